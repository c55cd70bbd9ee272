export { assert } from './assert.ts';
export type { Issue } from './issue.ts';
export {
  allocate,
  type CurrencyCode,
  currencyCode,
  decimalFromMoney,
  minorDigitsOf,
  type Money,
  moneyFromDecimal,
  sumOfMoney,
} from './money.ts';
export {
  buildUnitTable,
  convertQuantity,
  type Quantity,
  type UnitCode,
  type UnitConversion,
  unitRatio,
  type UnitTable,
} from './unit-of-measure.ts';
