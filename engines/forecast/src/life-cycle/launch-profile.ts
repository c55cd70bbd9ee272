/**
 * The forecast of an item that has no history yet: level x launch curve x season, from items like it and from the planner.
 *
 * Input    the like items' histories from their launch on with their weights (see like-items.ts), the season of the group as
 *          one factor per phase, and what the planner knows: a level, the price against that of the like items.
 * Level    the weighted mean of the like items' levels, drawn by the price, joined with the planner's by inverse variance.
 *          Its spread is theirs, drawn towards SPREAD_BEFORE by two items' worth.
 * Bands    from the gamma distribution with the variance of the level and of the demand about the curve, the upper end raised
 *          as far as the like items, each forecast from the others, passed it.
 * Update   every bucket that has sold says what the level is, the more precisely the less the like items differ in that
 *          bucket of their curve (see level-belief.ts).
 * No like items  the planner's level alone, flat; without that too, zeros and the issue NO_LAUNCH_BASIS.
 * Cost     O(items x horizon x rounds of the curve); 26 weeks from 5 items take under 0.1 ms.
 *
 * Source   Kahn (2002), J. of Product Innovation Management 19(2), 133-143, for how far launch forecasts are off (42 %
 *          on average); Hu, Acimovic, Erize, Thomas and Van Mieghem (2019), Manufacturing & Service Operations Management
 *          21(1), 66-85, for normalised curves of like items.
 */
import { normalQuantile } from '@planwright/numerics';
import type { Issue } from '@planwright/units';
import { assert } from '@planwright/units';
import { counted, spokenNumber, spokenShare } from '../explanation/spoken-number.ts';
import { effectiveCount, launchCurve, type LaunchCurve, type LaunchHistory } from './launch-curve.ts';
import {
  beliefMean,
  gammaQuantile,
  type LevelBelief,
  ownDemandShare,
  updatedBelief,
} from './level-belief.ts';

export type LaunchAnalogue = {
  /** Demand per bucket from the launch on; NaN is not observed. */
  readonly history: Float64Array;
  /** 0 or more; only proportions count. */
  readonly weight: number;
  /** Position in the season of its launch bucket; 0 unless told. */
  readonly launchPhase?: number;
};

export type LaunchInput = {
  readonly analogues: readonly LaunchAnalogue[];
  /** Buckets from the launch on. */
  readonly horizon: number;
  /** One factor per phase of the season, averaging 1; none unless told. */
  readonly seasonalFigure?: Float64Array;
  /** Position in the season of the new item's launch bucket; 0 unless told. */
  readonly launchPhase?: number;
  /** What the planner expects per bucket, averaged over the horizon and free of season. */
  readonly plannedLevel?: number;
  /** Standard deviation of such plans over the plan; 0.5 unless told. */
  readonly plannedSpreadRatio?: number;
  /** The new item's price over the like items' weighted mean price; 1 unless told. */
  readonly priceRatio?: number;
  /** Percent of demand per percent of price; -1 (the same revenue) unless told. */
  readonly priceElasticity?: number;
  /** Percentage of the central band; 80 unless told. */
  readonly band?: number;
  readonly unit?: string;
};

export type LaunchForecast = {
  /** Expected demand per bucket from the launch on. */
  readonly mean: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly band: number;
  /** Averages 1 over the horizon. */
  readonly curve: Float64Array;
  /** Season factor per bucket. */
  readonly seasonal: Float64Array;
  /** Expected demand per bucket, averaged over the horizon and free of season. */
  readonly level: number;
  /** Variance of each bucket's demand about level x curve, over the squared level, free of season. */
  readonly noise: Float64Array;
  /** Share of buckets in which nothing at all is sold, 0 to 1: quantiles up to it are 0. */
  readonly emptyShare: number;
  /** Factors on the quantiles at RAISED, by which like items forecast from the others passed them; 1 at least. */
  readonly raises: readonly number[];
  readonly method: 'like items' | 'Bass' | 'flat' | 'plan' | 'none';
  /** What was believed of the level before launch, and what is now. */
  readonly prior: LevelBelief;
  readonly belief: LevelBelief;
  readonly unit: string;
  readonly explanation: string;
  readonly issues: readonly Issue[];
};

const SPREAD_BEFORE = 0.5;
const ITEMS_BEFORE = 2;
/** Relative variance of demand about a curve that nobody has seen yet. */
const NOISE_BEFORE = 0.16;
/** No bucket is known better than to a seventh of the level, however alike a few like items were. */
const LEAST_NOISE = 0.02;
const LARGEST_PRICE_EFFECT = 3;
const DEFAULT_BAND = 80;
/** Probabilities whose quantiles are held against the like items. */
const RAISED = [0.9, 0.975];
const ITEMS_UNSEEN = 2;
const LARGEST_RAISE = 4;
const NEGLIGIBLE = 1e-9;
const SMALLEST_EXPOSURE = 1e-6;
/** A level below this is none: its reciprocal would run off. */
const SMALLEST_LEVEL = 1e-100;

export function launchProfile(input: LaunchInput): LaunchForecast {
  const { horizon, launchPhase = 0, band = DEFAULT_BAND, unit = '' } = input;
  assert(Number.isInteger(horizon) && horizon >= 1, 'a launch has a horizon of at least one bucket');
  const figure = input.seasonalFigure ?? Float64Array.of(1);
  assert(figure.length >= 1 && figure.every((factor) => factor >= 0), 'season factors are not negative');
  assert((input.plannedSpreadRatio ?? SPREAD_BEFORE) > 0, 'a plan has a spread');
  assert(
    input.analogues.every(({ weight }) => weight >= 0),
    'weights of like items are not negative',
  );
  const histories = usable(input.analogues);
  const shared = launchCurve(histories, horizon, figure);
  const { mean: expected, spread, method } = levelOf(input, histories, shared);
  const mean = expected > SMALLEST_LEVEL ? expected : 0;
  const prior: LevelBelief =
    mean > 0 ? { shape: 1 / (spread * spread), rate: 1 / (spread * spread * mean) } : { shape: 0, rate: 0 };
  // Counts vary by their square root even where nothing else is known to disturb them.
  const usual = mean > 0 ? Math.max(1 / mean, NOISE_BEFORE) : NOISE_BEFORE;
  const noise = shared.noise.map((seen, t) =>
    Math.max(LEAST_NOISE, Number.isFinite(seen) ? seen : usual * shared.curve[t]),
  );
  const seasonal = Float64Array.from(
    { length: horizon },
    (_, t) => figure[(launchPhase + t) % figure.length],
  );
  return believed({
    band,
    curve: shared.curve,
    seasonal,
    noise,
    emptyShare: shared.emptyShare,
    raises: raisesOf(histories, shared, noise, figure),
    method,
    prior,
    belief: prior,
    unit,
    explanation: explained(input, histories.length, shared, mean, method),
    issues: method === 'none' ? [NO_LAUNCH_BASIS] : [],
  });
}

/**
 * The forecast after the first buckets: the same curve at a level that moves from the like items' to the item's own as its
 * demand outweighs the prior. `demand` starts at the launch bucket; NaN is not observed. Always reckons from the prior, so
 * give it all buckets since the launch every time.
 */
export function updatedLaunch(launch: LaunchForecast, demand: Float64Array): LaunchForecast {
  const { curve, seasonal, noise, prior, unit } = launch;
  let sum = 0;
  let seen = 0;
  let precision = 0;
  let weighted = 0;
  for (let t = 0; t < Math.min(demand.length, curve.length); t++) {
    if (!Number.isFinite(demand[t])) continue;
    sum += demand[t];
    seen += 1;
    const exposure = curve[t] * seasonal[t];
    if (!(exposure > SMALLEST_EXPOSURE)) continue;
    const ofBucket = (curve[t] * curve[t]) / noise[t];
    precision += ofBucket;
    weighted += (ofBucket * Math.max(0, demand[t])) / exposure;
  }
  if (seen === 0) return launch;
  const belief = updatedBelief(prior, { precision, weighted });
  const own = ownDemandShare(prior, belief);
  const before = beliefMean(prior);
  const basis = prior.rate > 0 ? `moves from ${spokenNumber(before, unit)}` : 'is set';
  return believed({
    ...launch,
    belief,
    explanation:
      `After ${counted(seen, 'bucket')} with ${spokenNumber(sum, unit)} in all, the level ${basis} to ` +
      `${spokenNumber(beliefMean(belief), unit)} a bucket; ${spokenShare(own)} of it rests on the item's own demand.`,
    issues: launch.issues.filter(({ code }) => code !== NO_LAUNCH_BASIS.code),
  });
}

/** The value that each bucket stays below with this probability (0 to 1, both excluded). */
export function launchQuantile(
  launch: Pick<LaunchForecast, 'prior' | 'belief' | 'curve' | 'seasonal' | 'noise' | 'emptyShare' | 'raises'>,
  probability: number,
): Float64Array {
  assert(probability > 0 && probability < 1, 'a probability lies between 0 and 1');
  const { prior, belief, curve, seasonal, noise, emptyShare, raises } = launch;
  if (probability <= emptyShare) return new Float64Array(curve.length);
  const level = beliefMean(belief);
  // The noise was measured at the level of the like items: relatively, smaller items vary more, greater ones not less.
  const ofLevel = level * Math.max(level, beliefMean(prior));
  const spread = belief.shape > 0 ? 1 / belief.shape : 0;
  const raise = raiseAt(raises, probability);
  return curve.map((share, t) => {
    const mean = level * share * seasonal[t];
    return (
      raise *
      gammaQuantile(mean, ofLevel * seasonal[t] * seasonal[t] * noise[t] + spread * mean * mean, probability)
    );
  });
}

/** Nothing up to the middle, then between the known probabilities on the scale of normal deviations; the last one goes on. */
function raiseAt(raises: readonly number[], probability: number): number {
  if (probability <= 0.5) return 1;
  const next = RAISED.findIndex((known) => known >= probability);
  if (next < 0) return raises[raises.length - 1];
  const low = next === 0 ? 0 : normalQuantile(RAISED[next - 1]);
  const before = next === 0 ? 1 : raises[next - 1];
  const share = (normalQuantile(probability) - low) / (normalQuantile(RAISED[next]) - low);
  return before + share * (raises[next] - before);
}

function believed(parts: Omit<LaunchForecast, 'mean' | 'lower' | 'upper' | 'level'>): LaunchForecast {
  const level = beliefMean(parts.belief);
  const tail = (1 - parts.band / 100) / 2;
  return {
    ...parts,
    level,
    mean: parts.curve.map((share, t) => level * share * parts.seasonal[t]),
    lower: launchQuantile(parts, tail),
    upper: launchQuantile(parts, 1 - tail),
  };
}

/** Those with a history and a weight that matters, which is then at most 1. */
function usable(analogues: readonly LaunchAnalogue[]): readonly LaunchHistory[] {
  const known = analogues.filter(({ history }) => history.some(Number.isFinite));
  const heaviest = known.reduce((most, { weight }) => Math.max(most, weight), 0);
  return known
    .filter(({ weight }) => weight > heaviest * NEGLIGIBLE)
    .map(({ history, weight, launchPhase = 0 }) => ({ history, weight: weight / heaviest, launchPhase }));
}

type Level = { readonly mean: number; readonly spread: number; readonly method: LaunchForecast['method'] };

/** Expected level, its standard deviation over it, and where it comes from. */
function levelOf(input: LaunchInput, histories: readonly LaunchHistory[], shared: LaunchCurve): Level {
  const { plannedLevel, plannedSpreadRatio = SPREAD_BEFORE } = input;
  const weights = histories.map(({ weight }) => weight);
  const ofItems = itemsLevel(shared.levels, weights);
  const planned = plannedLevel !== undefined && plannedLevel >= 0 ? plannedLevel : undefined;
  if (ofItems === undefined) {
    if (planned === undefined) return { mean: 0, spread: SPREAD_BEFORE, method: 'none' };
    return { mean: planned, spread: plannedSpreadRatio, method: 'plan' };
  }
  const { spread } = ofItems;
  const mean = ofItems.mean * priceEffect(input);
  if (planned === undefined) return { mean, spread, method: shared.kind };
  const deviationOfItems = spread * mean;
  const deviationOfPlan = plannedSpreadRatio * planned;
  const both = Math.hypot(deviationOfItems, deviationOfPlan);
  if (!(both > 0)) return { mean: 0, spread: SPREAD_BEFORE, method: shared.kind };
  // In products, not as 1 - share: where one of the two is a billion times the other, nothing would be left of that.
  const joined = mean * (deviationOfPlan / both) ** 2 + planned * (deviationOfItems / both) ** 2;
  const deviation = deviationOfItems * (deviationOfPlan / both);
  return {
    mean: joined,
    spread: joined > SMALLEST_LEVEL ? deviation / joined : SPREAD_BEFORE,
    method: shared.kind,
  };
}

function itemsLevel(
  levels: Float64Array,
  weights: readonly number[],
): { readonly mean: number; readonly spread: number } | undefined {
  const known = Array.from(levels.keys()).filter((i) => Number.isFinite(levels[i]));
  if (known.length === 0) return undefined;
  const total = known.reduce((sum, i) => sum + weights[i], 0);
  const mean = known.reduce((sum, i) => sum + (weights[i] * levels[i]) / total, 0);
  if (!(mean > 0)) return { mean: 0, spread: SPREAD_BEFORE };
  const count = effectiveCount(known.map((i) => weights[i]));
  let squares = 0;
  for (const i of known) squares += (weights[i] / total) * (levels[i] / mean - 1) ** 2;
  // The weighted variance with its (count - 1) / count made good, and the prior's as if it were two items more.
  const pooled = (count * squares + ITEMS_BEFORE * SPREAD_BEFORE ** 2) / (count - 1 + ITEMS_BEFORE);
  return { mean, spread: Math.sqrt(pooled * (1 + 1 / count)) };
}

/**
 * Every like item is forecast by the level of the others and the common curve: by what its demand passed the upper quantiles
 * promised for it, those of the new item are raised (split conformal scores). Few items tell of a tail less than they seem
 * to, so a little further than they reach.
 */
function raisesOf(
  histories: readonly LaunchHistory[],
  { curve, levels }: LaunchCurve,
  noise: Float64Array,
  figure: Float64Array,
): readonly number[] {
  const weights = histories.map(({ weight }) => weight);
  const cells: { weight: number; ratios: number[] }[] = [];
  histories.forEach(({ history, launchPhase, weight }, i) => {
    const ofOthers = itemsLevel(
      levels.map((level, j) => (j === i ? Number.NaN : level)),
      weights,
    );
    if (ofOthers === undefined || !(ofOthers.mean > SMALLEST_LEVEL)) return;
    for (let t = 0; t < Math.min(curve.length, history.length); t++) {
      const factor = figure[(launchPhase + t) % figure.length];
      if (!Number.isFinite(history[t]) || !(factor > 0)) continue;
      const sold = Math.max(0, history[t]) / factor / ofOthers.mean;
      const variance = noise[t] + (ofOthers.spread * curve[t]) ** 2;
      const ratios = RAISED.map((probability) => sold / gammaQuantile(curve[t], variance, probability));
      if (ratios.every(Number.isFinite)) cells.push({ weight, ratios });
    }
  });
  const count = effectiveCount(weights);
  const total = cells.reduce((sum, { weight }) => sum + weight, 0);
  let raise = 1;
  return RAISED.map((probability, place) => {
    const beyond = (1 - probability) * (count / (count + ITEMS_UNSEEN)) * total;
    const ranked = cells.toSorted((x, y) => y.ratios[place] - x.ratios[place]);
    let passed = 0;
    const reached = ranked.find(({ weight }) => {
      passed += weight;
      return passed > beyond;
    });
    // Never less than at the probability before, so that quantiles stay in their order.
    raise = Math.min(LARGEST_RAISE, Math.max(raise, reached?.ratios[place] ?? 1));
    return raise;
  });
}

function priceEffect({ priceRatio = 1, priceElasticity = -1 }: LaunchInput): number {
  if (!(priceRatio > 0) || !Number.isFinite(priceRatio)) return 1;
  const effect = priceRatio ** priceElasticity;
  return Math.min(LARGEST_PRICE_EFFECT, Math.max(1 / LARGEST_PRICE_EFFECT, effect));
}

function explained(
  input: LaunchInput,
  count: number,
  shared: LaunchCurve,
  level: number,
  method: LaunchForecast['method'],
): string {
  const { unit = '', plannedLevel, priceRatio = 1 } = input;
  const figure = `${spokenNumber(level, unit)} a bucket`;
  if (method === 'none') return 'Neither like items nor a planned level are known, so the forecast is 0.';
  if (method === 'plan')
    return `No like items are known, so the planned level of ${figure} is taken, the same in every bucket.`;
  const shape = {
    'like items': `the mean launch curve of ${counted(count, 'like item')}`,
    Bass: `a smooth launch curve fitted to ${counted(count, 'like item')}`,
    flat: `no curve, because too little of a launch has been seen`,
  }[shared.kind];
  const from = [
    `the ${count === 1 ? 'level' : 'levels'} of ${counted(count, 'like item')}`,
    ...(plannedLevel === undefined ? [] : ['the planned level']),
  ];
  const priced =
    priceRatio === 1
      ? ''
      : `, at a price ${spokenShare(Math.abs(priceRatio - 1))} ${priceRatio > 1 ? 'above' : 'below'} theirs`;
  return `The forecast follows ${shape}; ${from.join(' and ')} give ${figure} on average${priced}.`;
}

const NO_LAUNCH_BASIS: Issue = {
  severity: 'warning',
  code: 'NO_LAUNCH_BASIS',
  message: 'A new item has neither like items nor a planned level.',
  advice: 'Name like items, or enter what is expected per bucket; the forecast is 0 until then.',
};
