/** Why an expression is not accepted, as the end of a sentence: "has a query inside, which is not allowed". */
export class ExpressionRefusal extends Error {
  readonly code: 'EXPRESSION_REFUSED' | 'COLUMN_MISSING' | 'COLUMN_AMBIGUOUS';

  constructor(reason: string, code: ExpressionRefusal['code'] = 'EXPRESSION_REFUSED') {
    super(reason);
    this.code = code;
  }
}
