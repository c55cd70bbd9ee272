/**
 * The weights of methods of a panel: the features and losses of its keys, what the trial made of them, and their use.
 *
 * Each key teaches from its held-out end, and from one as long before that where the history allows.
 * Cost      of the trial the forecasts of all methods at both origins, about 3 ms a key; of a forecast 1.5 ms a key.
 */
import { contributions, type FeatureTable, softmaxWeights, type TreeModel } from '@planwright/trees';
import { METHOD_COUNT, METHOD_NAMES, methodForecasts } from './method-forecasts.ts';
import { meanAbsoluteError, tryMethods, weightedMean } from './method-trial.ts';
import { observedAt, type Origin, shortestHistory } from './panel-rows.ts';
import type { Panel } from './panel.ts';
import { SERIES_FEATURES, seriesFeatures } from './series-features.ts';

export type MethodWeights = {
  /** How far a forecast moves from the key's own combination towards the weighted mean, above 0 to 1. */
  readonly share: number;
  /** By how much the error of keys not learnt from fell in the trial, 0 to 1. */
  readonly gain: number;
  /** One for each method. */
  readonly forests: readonly TreeModel[];
};

export type TriedMethods = {
  /** Undefined where they do not help. */
  readonly methods: MethodWeights | undefined;
  /** Local forecasts as they are with the weights of keys not learnt from. */
  readonly local: Float64Array;
};

/** Blocks are ends x steps, row-major; `unitsOf` is what an error at an origin is measured by. */
export function triedMethods(
  panel: Panel,
  ends: readonly Origin[],
  {
    actual,
    local,
    steps,
  }: { readonly actual: Float64Array; readonly local: Float64Array; readonly steps: number },
  unitsOf: (origins: readonly Origin[]) => Float64Array,
): TriedMethods {
  const earlier = ends
    .map(({ owner, length }): Origin => ({ owner, length: length - steps, steps }))
    .filter(({ length }) => length >= shortestHistory(panel.season));
  const origins = [...ends, ...earlier];
  const units = unitsOf(origins);
  const losses = new Float64Array(origins.length * METHOD_COUNT);
  const forecasts = new Float64Array(ends.length * METHOD_COUNT * steps);
  origins.forEach((origin, row) => {
    const { owner, length, methods } = origin;
    const said = methodForecasts(owner.history.subarray(0, length), panel.season, steps, methods);
    if (row < ends.length) forecasts.set(said, row * said.length);
    const came = Float64Array.from({ length: steps }, (_, step) => observedAt(panel, owner, length + step));
    for (let method = 0; method < METHOD_COUNT; method++) {
      const error = meanAbsoluteError(said.subarray(method * steps, (method + 1) * steps), came);
      // Without a level there is no unit either, and nothing to teach.
      losses[row * METHOD_COUNT + method] = units[row] > 0 ? error / units[row] : Number.NaN;
    }
  });
  const { share, gain, forests, moved } = tryMethods({
    methodCount: METHOD_COUNT,
    table: featureTable(origins, panel.season),
    series: origins.map(({ owner }) => owner.key),
    losses,
    judgedCount: ends.length,
    steps,
    forecasts,
    actual,
    local,
    units: units.subarray(0, ends.length),
  });
  return { methods: share > 0 ? { share, gain, forests } : undefined, local: moved };
}

/** By how much each step of each origin moves, in the unit of its history, from the local forecast in that unit. */
export function methodMoves(
  { forests, share }: MethodWeights,
  origins: readonly Origin[],
  season: number,
  localOf: (origin: Origin, step: number) => number,
): Float64Array[] {
  const weights = softmaxWeights(forests, featureTable(origins, season));
  return origins.map((origin, row) => {
    const { owner, length, steps, methods } = origin;
    const said = methodForecasts(owner.history.subarray(0, length), season, steps, methods);
    const own = weights.subarray(row * METHOD_COUNT, (row + 1) * METHOD_COUNT);
    return weightedMean(said, own, steps).map((value, step) => share * (value - localOf(origin, step)));
  });
}

function featureTable(origins: readonly Origin[], season: number): FeatureTable {
  const rowCount = origins.length;
  const values = new Float32Array(rowCount * SERIES_FEATURES.length);
  origins.forEach(({ owner, length }, row) =>
    seriesFeatures(owner.history.subarray(0, length), season).forEach((value, column) => {
      values[column * rowCount + row] = Number.isFinite(Math.fround(value)) ? value : Number.NaN;
    }),
  );
  return { rowCount, names: SERIES_FEATURES, values };
}

/** One sentence: which methods have most of the weight of a history, and by what. */
export function methodSentence(
  { forests, share, gain }: MethodWeights,
  origin: Origin,
  season: number,
): string {
  const table = featureTable([origin], season);
  const weights = softmaxWeights(forests, table);
  const [first, second] = [...weights.keys()].sort((a, b) => weights[b] - weights[a]);
  const percent = (part: number): string => `${Math.round(100 * part)} %`;
  const named = (method: number): string => `${METHOD_NAMES[method]} (${percent(weights[method])})`;
  // What speaks for the first method against the second.
  const pro = contributions(forests[first], table);
  const contra = contributions(forests[second], table);
  const [reason] = [...SERIES_FEATURES.keys()].sort((a, b) => pro[b] - contra[b] - (pro[a] - contra[a]));
  return `Of the methods tried on series like it, ${named(first)} and ${named(second)} count most, mainly by the ${SERIES_FEATURES[reason]}; on series not learnt from such weights lowered the error by ${(100 * gain).toFixed(1)} %, so they have ${percent(share)} of its own forecast.`;
}
