/** Where demand and money need a look: orders we owe, forecasts that lean to one side, plans off the budget. */
import { totalGap } from '@planwright/finance';
import type { Snapshot } from '../snapshot.ts';
import type { Finding } from './alerts.ts';
import type { PlanWords } from './plan-words.ts';
import type { FinanceSeries, MoneyFinding } from './stage-results.ts';

const NOTHING = {
  item: null,
  location: null,
  resource: null,
  bucket: null,
  quantity: null,
  amount: null,
  point: null,
};

/** Orders that customers wanted before the plan starts, by item and location. */
export function backlogAlerts(snapshot: Snapshot, words: PlanWords): Finding[] {
  const { keys, openOrders, supply } = snapshot;
  const owed = new Map<number, { key: number; quantity: number; amount: number }>();
  openOrders.key.forEach((key, row) => {
    if (openOrders.bucket[row] >= 0 || !(openOrders.quantity[row] > 0)) return;
    const point = supply.pointOfKey[key];
    const entry = owed.get(point) ?? { key, quantity: 0, amount: 0 };
    owed.set(point, {
      key: entry.key,
      quantity: entry.quantity + openOrders.quantity[row],
      amount: entry.amount + openOrders.amount[row],
    });
  });
  return [...owed].map(([point, { key, quantity, amount }]) => {
    const [item, location] = [keys.item[key], keys.location[key]];
    return {
      ...NOTHING,
      kind: 'backlog',
      title: `${words.itemName(item)} is owed to customers at ${location}`,
      detail: `${words.quantity(quantity)} ${words.unit(item)} worth ${words.money(amount)} were wanted before the plan starts and have not been shipped.`,
      item,
      location,
      bucket: words.bucket(0),
      quantity,
      amount,
      point,
    };
  });
}

/** What a finding must be worth, as a share of a year's planned revenue, to become an alert. */
const FINDING_SHARE_MIN = 0.0005;

const TITLES: Partial<Record<MoneyFinding['kind'], (item: string) => string>> = {
  bias: (item) => `The forecast of ${item} leans to one side`,
  coverage: (item) => `${item} keeps leaving the band of its forecast`,
  'beaten-by-naive': (item) => `Repeating last year would forecast ${item} better`,
  'level-shift': (item) => `Demand of ${item} moved to another level`,
  'suspected-stock-out': (item) => `${item} may have been out of stock`,
  'phase-out': (item) => `${item} seems to have ended`,
};

/** A level that moved is news for so long. */
const NEWS_BUCKETS = 6;

/** Findings worth a look now: what is wrong with a forecast, and what changed lately. Errors that were mended are not. */
export function findingAlerts(
  { keys, meta }: Snapshot,
  findings: readonly MoneyFinding[],
  yearRevenue: number,
  words: PlanWords,
): Finding[] {
  return findings.flatMap(({ key, kind, bucket, amount, detail }) => {
    const title = TITLES[kind];
    const isOld = bucket !== null && bucket < meta.historyBuckets - NEWS_BUCKETS;
    if (title === undefined || isOld || !(amount >= FINDING_SHARE_MIN * yearRevenue)) return [];
    const [item, location, channel] = [keys.item[key], keys.location[key], keys.channel[key]];
    return [
      {
        ...NOTHING,
        kind: kind === 'bias' ? ('bias' as const) : ('demand' as const),
        title: title(words.itemName(item)),
        detail: `At ${location}, ${channel}: ${detail}`,
        item,
        location,
        amount,
      },
    ];
  });
}

const BUDGET_GAP_RATIO_MIN = 0.05;

/** Groups below these repeat what their parent's alert says; the finance screen has them all. */
const BUDGET_GAP_DEPTH_MAX = 1;

/** Revenue planned ahead against its budget, for the company and its highest groups. */
export function budgetGapAlerts(
  snapshot: Snapshot,
  finance: readonly FinanceSeries[],
  words: PlanWords,
): Finding[] {
  const seriesOf = (group: string, kind: FinanceSeries['kind']): readonly number[] =>
    finance
      .find((row) => row.group === group && row.measure === 'revenue' && row.kind === kind)
      ?.values.map((value) => value ?? Number.NaN) ?? [];
  return snapshot.groups.groups.flatMap(({ code, name, depth }) => {
    if (depth > BUDGET_GAP_DEPTH_MAX) return [];
    const { gap, gapRatio, bucketCount } = totalGap(seriesOf(code, 'plan'), seriesOf(code, 'budget'));
    if (gapRatio === null || Math.abs(gapRatio) < BUDGET_GAP_RATIO_MIN) return [];
    const percent = `${Math.round(Math.abs(gapRatio) * 100)} %`;
    const side = gap < 0 ? 'below' : 'above';
    return [
      {
        ...NOTHING,
        kind: 'budget-gap' as const,
        title: `${name}: planned revenue is ${percent} ${side} budget`,
        detail: `Over the ${bucketCount} periods ahead that have a budget, it is ${words.money(Math.abs(gap))} ${side}.`,
        amount: Math.abs(gap),
      },
    ];
  });
}
