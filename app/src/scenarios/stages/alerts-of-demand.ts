/** Where demand and money need a look: orders we owe, forecasts that lean to one side, plans off the budget. */
import { totalGap } from '@planwright/finance';
import type { Snapshot } from '../snapshot.ts';
import type { Finding } from './alerts.ts';
import type { PlanWords } from './plan-words.ts';
import type { EarlierResults, FinanceSeries } from './stage-results.ts';

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

// The usual alarm of a tracking signal; a bias below a tenth moves nobody's stock.
const TRACKING_SIGNAL_ALARM = 4;
const BIAS_RATIO_MIN = 0.1;

/** Streams whose forecast kept missing to the same side in the back-test. */
export function biasAlerts(snapshot: Snapshot, earlier: EarlierResults, words: PlanWords): Finding[] {
  const { keys } = snapshot;
  const forecasts = earlier.forecast.flatMap((result) => result.keys);
  return forecasts.flatMap(({ trackingSignal, biasRatio }, key) => {
    if (trackingSignal === null || biasRatio === null) return [];
    if (Math.abs(trackingSignal) < TRACKING_SIGNAL_ALARM || Math.abs(biasRatio) < BIAS_RATIO_MIN) return [];
    const [item, location, channel] = [keys.item[key], keys.location[key], keys.channel[key]];
    const percent = Math.round(Math.abs(biasRatio) * 100);
    const { planQuantity, planRevenue } = earlier.finance[0].keys[key];
    return [
      {
        ...NOTHING,
        kind: 'bias' as const,
        title: `The forecast of ${words.itemName(item)} leans ${biasRatio > 0 ? 'high' : 'low'}`,
        detail: `At ${location}, ${channel}: in the back-test it was ${percent} % ${biasRatio > 0 ? 'above' : 'below'} the actual, bucket after bucket.`,
        item,
        location,
        quantity: Math.abs(biasRatio) * planQuantity,
        amount: Math.abs(biasRatio) * planRevenue,
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
    return [
      {
        ...NOTHING,
        kind: 'budget-gap' as const,
        title: `${name}: planned revenue is ${percent} ${gap < 0 ? 'below' : 'above'} budget`,
        detail: `Over the ${bucketCount} buckets ahead that have a budget, the gap is ${words.money(gap)}.`,
        amount: Math.abs(gap),
      },
    ];
  });
}
