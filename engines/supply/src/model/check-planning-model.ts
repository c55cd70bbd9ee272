/**
 * Finds what is wrong with a planning model, all of it at once, each finding with table, row, column, value and cure;
 * and takes out what cannot be planned.
 *
 * An *error* makes its row unusable, a *warning* tells what is odd but planned as it stands. Days, names, numbers and
 * words are looked at in every row; then circles of supply, and what the demand could come to when it is exploded.
 *
 * Cost     O(rows x columns + forecast rows x buckets): a model of two million rows in seconds.
 */
import type { Issue } from '@planwright/units';
import { checkBuckets, checkNumber, issuesOf, type NumberRule } from '../check-rules.ts';
import { amountRules, type CheckContext, checkContext, priorityRule, rangeRule } from './check-context.ts';
import { checkPlanningVolume } from './check-planning-volume.ts';
import { checkComponentRows, checkLoads, checkResources, checkSources } from './check-source-rows.ts';
import { checkDemands, checkForecasts, checkReceipts, checkStockPoints } from './check-stock-rows.ts';
import type { PlanningModel, PlanningRules } from './planning-model.ts';
import { checkCycles } from './supply-cycles.ts';

/** All findings about a model, tables in the order of their fields, at most a thousand of a kind told one by one. */
export function checkPlanningModel(model: PlanningModel): Issue[] {
  return issuesOf(checkedModel(model).context.log);
}

/** The context with its log filled; `isUsable` is false where not even a row could be told good from bad. */
export function checkedModel(model: PlanningModel): { context: CheckContext; isUsable: boolean } {
  const context = checkContext(model);
  if (!checkBuckets(model.bucketStartDays, context.log)) return { context, isUsable: false };
  const isUsable = [checkAsOfDay(context), checkRules(context)].every(Boolean);
  checkStockPoints(context);
  checkSources(context);
  checkComponentRows(context);
  checkResources(context);
  checkLoads(context);
  checkDemands(context);
  checkForecasts(context);
  checkReceipts(context);
  checkCycles(context);
  checkPlanningVolume(context);
  return { context, isUsable };
}

function checkAsOfDay({ model, log }: CheckContext): boolean {
  const { asOfDay, bucketStartDays } = model;
  if (Number.isInteger(asOfDay) && asOfDay >= bucketStartDays[0] && asOfDay < bucketStartDays[1]) return true;
  log.issues.push({
    severity: 'error',
    code: 'BAD_AS_OF_DAY',
    message: `asOfDay ${asOfDay} is not a day of the first bucket, ${bucketStartDays[0]} to ${bucketStartDays[1] - 1}.`,
    advice: 'Let the first bucket hold the day the plan is made on.',
    file: 'asOfDay',
    value: String(asOfDay),
  });
  return false;
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0;
const countRule = (
  column: string,
  read: (rules: PlanningRules) => number | undefined,
): NumberRule<PlanningRules> => rangeRule(column, read, 'must be a whole number, 0 or more', isCount);

const PLAN_RULES: readonly NumberRule<PlanningRules>[] = [
  countRule('consumeBackwardBuckets', (rules) => rules.consumeBackwardBuckets),
  countRule('consumeForwardBuckets', (rules) => rules.consumeForwardBuckets),
  priorityRule('forecastPriority', (rules) => rules.forecastPriority),
  rangeRule(
    'forecastDueRatio',
    (rules) => rules.forecastDueRatio,
    'must be 0 to 1',
    (value) => value >= 0 && value <= 1,
  ),
  ...amountRules<PlanningRules>('holdingRatioPerYear', (rules) => rules.holdingRatioPerYear),
  ...amountRules<PlanningRules>('backlogRatioPerMonth', (rules) => rules.backlogRatioPerMonth),
  ...amountRules<PlanningRules>('lostSaleRatio', (rules) => rules.lostSaleRatio),
];

function checkRules({ model, log }: CheckContext): boolean {
  const { rules = {} } = model;
  let holds = true;
  for (const rule of PLAN_RULES) {
    checkNumber(rule, rule.read(rules), (code, problem, advice, column, value) => {
      holds = false;
      const shown = value === undefined ? {} : { value: String(value) };
      const message = `The rules: ${problem}.`;
      log.issues.push({ severity: 'error', code, message, advice, file: 'rules', column, ...shown });
    });
  }
  return holds;
}
