/**
 * What a stream cost, bucket by bucket, as far as it tells of the price list: net amount over quantity, without what only one
 * bucket shows (a large customer's discount, a day's promotion), carried on where nothing was sold.
 */
import { autoForecast, type EventPanel, estimateUplifts, type KeyEvents } from '@planwright/forecast';
import type { DemandView } from './demand-view.ts';

export type PricePaths = {
  /** keys x (history + horizon), row-major; NaN throughout where nothing is known of a stream's price. */
  readonly values: Float64Array;
  readonly bucketCount: number;
  /** Streams whose price moved. */
  readonly moved: readonly number[];
};

/** A price has moved when its highest is that far above its lowest; less is rounding and mix. */
const MOVED_RATIO = 1.03;
/** A return hides what was paid. */
const RETURNED_MOST = 0.1;

/** The last price holds on over the horizon. */
export function pricePaths(view: DemandView): PricePaths {
  const { meta } = view.snapshot;
  const bucketCount = meta.historyBuckets + meta.horizonBuckets;
  const values = new Float64Array(meta.keyCount * bucketCount).fill(Number.NaN);
  const moved: number[] = [];
  for (let key = 0; key < meta.keyCount; key++) {
    const path = values.subarray(key * bucketCount, (key + 1) * bucketCount);
    const { lowest, highest } = writePath(view, key, path);
    if (highest > MOVED_RATIO * lowest) moved.push(key);
  }
  return { values, bucketCount, moved };
}

function writePath(view: DemandView, key: number, path: Float64Array): { lowest: number; highest: number } {
  const { historyBuckets } = view.snapshot.meta;
  const quantity = view.actualOf(key);
  const amount = view.amountOf(key);
  const returned = view.returnedOf(key);
  const seen: { readonly t: number; readonly price: number }[] = [];
  for (let t = 0; t < historyBuckets; t++) {
    const price = amount[t] / quantity[t];
    if (quantity[t] > 0 && price > 0 && price < Infinity && returned[t] <= RETURNED_MOST * quantity[t])
      seen.push({ t, price });
  }
  let lowest = Infinity;
  let highest = 0;
  let last = Number.NaN;
  let next = 0;
  for (let t = 0; t < path.length; t++) {
    if (next < seen.length && seen[next].t === t) {
      // The newest has no neighbour behind it: until the next agrees it may be chance.
      last = medianOf3(seen[Math.max(0, next - 1)].price, seen[next].price, seen[next + 1]?.price ?? last);
      lowest = Math.min(lowest, last);
      highest = Math.max(highest, last);
      next += 1;
    }
    path[t] = last;
  }
  return { lowest, highest };
}

function medianOf3(a: number, b: number, c: number): number {
  if (Number.isNaN(c)) return b;
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

type PriceTrial = { readonly isUsed: boolean; readonly reason: string };

const TRIAL_STREAMS = 200;
const TRIAL_BUCKETS = 6;
const TRAINING_FEWEST = 18;
/** So much smaller must the error be. */
const GAIN_LEAST = 0.01;
/** And so many of its standard errors is it above nothing. */
const GAIN_ERRORS = 2;

/**
 * Whether prices help: streams whose price moved are forecast from a while before the end of the history, with what was
 * known then, the last price included, once with prices and once without. Prices of the buckets that are judged stay unknown: a
 * bucket in which a large customer got a discount would give itself away.
 */
export function priceTrial(panel: EventPanel, prices: PricePaths): PriceTrial {
  const { bucketCount, season, values } = panel;
  const start = bucketCount - TRIAL_BUCKETS;
  const step = Math.max(1, Math.ceil(prices.moved.length / TRIAL_STREAMS));
  const judged = prices.moved.filter((key, index) => {
    const series = values.subarray(key * bucketCount, key * bucketCount + start);
    return index % step === 0 && series.filter((value) => value > 0).length >= TRAINING_FEWEST;
  });
  if (judged.length === 0)
    return { isUsed: false, reason: 'No stream with a long enough history has had two prices.' };
  const past = { ...panel, bucketCount: start, values: cutOff(values, bucketCount, start) };
  const effects = estimateUplifts(past, onlyPrices(panel.keyCount, cutPrices(prices, start)), {
    others: false,
  });
  let plain = 0;
  const gains = judged.map((key) => {
    const series = past.values.subarray(key * start, (key + 1) * start);
    const actual = values.subarray(key * bucketCount + start, (key + 1) * bucketCount);
    const path = prices.values.subarray(key * prices.bucketCount, key * prices.bucketCount + bucketCount);
    const { usualPrice, effects: own } = effects[key];
    const elasticity = own.find(({ role }) => role === 'price')?.log ?? 0;
    const factor = path.map((price) => (price > 0 ? (price / usualPrice) ** elasticity : 1));
    const options = { season, horizon: TRIAL_BUCKETS, levels: [80], tier: 'fast' as const };
    const without = autoForecast(series, options).mean;
    const base = autoForecast(
      series.map((value, t) => value / factor[t]),
      options,
    ).mean;
    const scale = series.reduce((sum, value) => sum + (value > 0 ? value : 0), 0) / start;
    let gain = 0;
    for (let t = 0; t < TRIAL_BUCKETS; t++) {
      if (!Number.isFinite(actual[t])) continue;
      plain += Math.abs(actual[t] - without[t]) / scale;
      gain += (Math.abs(actual[t] - without[t]) - Math.abs(actual[t] - base[t] * factor[start - 1])) / scale;
    }
    return gain;
  });
  return judgement(gains, plain);
}

/** The gain must be worth having, and be more than chance over the streams. */
function judgement(gains: readonly number[], plain: number): PriceTrial {
  const count = gains.length;
  const sum = gains.reduce((total, gain) => total + gain, 0);
  const squares = gains.reduce((total, gain) => total + (gain - sum / count) ** 2, 0);
  const chance = Math.sqrt((count * squares) / Math.max(1, count - 1));
  const isUsed = sum > GAIN_LEAST * plain && sum > GAIN_ERRORS * chance;
  const change = Math.round((1000 * Math.abs(sum)) / plain) / 10;
  const found = `On ${count} streams whose price moved, forecasts that reckon with prices missed by ${change} % ${sum > 0 ? 'less' : 'more'} over the last ${TRIAL_BUCKETS} periods`;
  return { isUsed, reason: `${found}${isUsed ? '' : ', which is no reason to'}.` };
}

/** The first `kept` buckets of each row. */
function cutOff(values: Float64Array, width: number, kept: number): Float64Array {
  const rows = values.length / width;
  const cut = new Float64Array(rows * kept);
  for (let row = 0; row < rows; row++) cut.set(values.subarray(row * width, row * width + kept), row * kept);
  return cut;
}

const cutPrices = ({ values, bucketCount }: PricePaths, kept: number): NonNullable<KeyEvents['prices']> => ({
  values: cutOff(values, bucketCount, kept),
  bucketCount: kept,
});

const onlyPrices = (keyCount: number, prices: NonNullable<KeyEvents['prices']>): KeyEvents => ({
  events: [],
  firstOfKey: new Int32Array(keyCount + 1),
  eventIndex: new Int32Array(0),
  prices,
});
