/** The checks of figures, step by step. Each names its measure and its limit. */
import { fiscalYearOf } from '@planwright/time';
import { sumOf } from '../finance/fiscal-years.ts';
import type { GateCheck } from './model.ts';
import { NEAR_BUCKETS, type PlanFacts } from './plan-facts.ts';

const MOST_BIAS = 0.1;
const MOST_SHORTAGE = 0.05;
const MOST_LOAD = 1.1;
const MOST_GAP = 0.05;
const NAMES_SHOWN = 5;

export function productChecks(facts: PlanFacts): GateCheck[] {
  const known = (missing: readonly string[], what: string): string =>
    missing.length === 0
      ? `${counted(facts.itemCount, 'item')} with demand, each with a ${what}.`
      : `${missing.length} of ${counted(facts.itemCount, 'item')} with demand have no ${what}: ${named(missing)}.`;
  return [
    check(
      'costs-known',
      'Every item with demand has a cost',
      facts.itemsWithoutCost.length === 0,
      known(facts.itemsWithoutCost, 'cost'),
    ),
    check(
      'prices-known',
      'Every item with demand has a price',
      facts.itemsWithoutPrice.length === 0,
      known(facts.itemsWithoutPrice, 'price'),
    ),
    launchesCheck(facts),
  ];
}

/** For information: a launch planned from nothing may be meant so. */
function launchesCheck({ launchCount, launchesFromNothing }: PlanFacts): GateCheck {
  const detail =
    launchCount === 0
      ? 'No launches within a year of the plan’s start.'
      : launchesFromNothing.length === 0
        ? `${counted(launchCount, 'launch', 'launches')}, each with history or a predecessor.`
        : `${launchesFromNothing.length} of ${counted(launchCount, 'launch', 'launches')} have neither history nor a predecessor: ${named(launchesFromNothing)}.`;
  return check('launches', 'Launches have history or a like item (for information)', true, detail);
}

export function demandChecks(facts: PlanFacts): GateCheck[] {
  const { createdAt, newestDataAt, accuracyRatio, biasRatio } = facts;
  const isCurrent = newestDataAt === null || newestDataAt <= createdAt;
  return [
    check(
      'data-current',
      'The plan was run on the newest data',
      isCurrent,
      isCurrent
        ? 'Nothing was imported or undone since its inputs were frozen.'
        : `Data changed on ${minute(newestDataAt)}, after its inputs were frozen on ${minute(createdAt)}. Run the plan again.`,
    ),
    check(
      'accuracy-measured',
      'Forecast accuracy is measured',
      accuracyRatio !== null,
      accuracyRatio === null
        ? 'There is too little history to forecast any of it again.'
        : `${percent(accuracyRatio)} one period ahead.`,
    ),
    check(
      'bias-small',
      `Bias is within ±${percent(MOST_BIAS)}`,
      biasRatio !== null && Math.abs(biasRatio) <= MOST_BIAS,
      biasRatio === null
        ? 'Bias could not be measured.'
        : `${signedPercent(biasRatio)}: ${biasRatio > 0 ? 'too much' : biasRatio < 0 ? 'too little' : 'neither too much nor too little'} was forecast.`,
    ),
  ];
}

export function supplyChecks(facts: PlanFacts): GateCheck[] {
  const { currency, shortageValue, horizonCost, resourcePeaks, pastDueCount, pastDueValue } = facts;
  const share = shortageValue === 0 ? 0 : horizonCost === null ? null : shortageValue / horizonCost;
  const overloaded = resourcePeaks.filter(({ ratio }) => ratio > MOST_LOAD);
  const loadOf = ({ name, ratio }: { name: string; ratio: number }): string =>
    Number.isFinite(ratio) ? `${name} ${percent(ratio)}` : `${name} (load without hours)`;
  return [
    check(
      'shortages-small',
      `Shortages are below ${percent(MOST_SHORTAGE)} of the cost of sales`,
      share !== null && share < MOST_SHORTAGE,
      share === null
        ? `Shortages of ${money(currency, shortageValue)}; the cost of sales is not known.`
        : `Shortages of ${money(currency, shortageValue)} over the horizon, ${percent(share)} of the cost of sales.`,
    ),
    check(
      'load-feasible',
      `No resource is loaded over ${percent(MOST_LOAD)} in the next ${NEAR_BUCKETS} buckets`,
      overloaded.length === 0,
      overloaded.length > 0
        ? `${counted(overloaded.length, 'resource')} over: ${named(overloaded.map(loadOf))}.`
        : resourcePeaks.length === 0
          ? 'No resource has load or hours.'
          : `The highest load is ${loadOf(resourcePeaks[0])}.`,
    ),
    check(
      'past-due-orders',
      'Orders that should have been released already (for information)',
      true,
      pastDueCount === 0
        ? 'No planned order is past due.'
        : `${counted(pastDueCount, 'planned order')} worth ${money(currency, pastDueValue)}. See the proposed orders.`,
    ),
  ];
}

/** The fiscal year in which the plan begins: what is booked of it and what is planned, against its budget. */
export function financialChecks(facts: PlanFacts): GateCheck[] {
  const { calendar, currency, historyBuckets } = facts;
  const year = fiscalYearOf(calendar, historyBuckets);
  const buckets = Array.from({ length: calendar.bucketCount }, (_, index) => index);
  const first = buckets.findIndex((index) => fiscalYearOf(calendar, index) === year);
  const end = buckets.findLastIndex((index) => fiscalYearOf(calendar, index) === year) + 1;
  const label = `FY${String(year % 100).padStart(2, '0')}`;
  const budget = sumOf(facts.budgetRevenue, first, end);
  const hasBudget = budget !== null && budget > 0;
  const exists = check(
    'budget-exists',
    `There is a budget for ${label}`,
    hasBudget,
    hasBudget
      ? `Revenue of ${money(currency, budget)}.`
      : 'No revenue is budgeted in the periods of the plan.',
  );
  if (!hasBudget) return [exists]; // One cause, one failing check.
  const outlook = (sumOf(facts.actualRevenue, first, end) ?? 0) + (sumOf(facts.planRevenue, first, end) ?? 0);
  const gap = outlook - budget;
  return [
    exists,
    check(
      'gap-small',
      `Revenue of ${label} is within ±${percent(MOST_GAP)} of the budget`,
      Math.abs(gap) <= MOST_GAP * budget,
      `Outlook ${money(currency, outlook)}, ${signedPercent(gap / budget)} (${money(currency, gap)}) against the budget.`,
    ),
  ];
}

function check(code: string, label: string, holds: boolean, detail: string): GateCheck {
  return { code, label, status: holds ? 'holds' : 'fails', detail };
}

function named(names: readonly string[]): string {
  const rest = names.length - NAMES_SHOWN;
  return names.slice(0, NAMES_SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function money(currency: string, amount: number): string {
  return `${currency} ${Math.round(amount).toLocaleString('en-US')}`;
}

/** 0.0512 -> '5.1 %', 0.1 -> '10 %'. */
function percent(ratio: number): string {
  return `${Number((ratio * 100).toFixed(1))} %`;
}

function signedPercent(ratio: number): string {
  return `${ratio > 0 ? '+' : ''}${percent(ratio)}`;
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
