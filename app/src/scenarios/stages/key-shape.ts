/** A forecast of one key over the horizon, with its bands and what it is made of. */
import {
  autoForecast,
  type AutoForecast,
  type BorrowedSeason,
  type ForecastTier,
} from '@planwright/forecast';
import type { Issue } from '@planwright/units';

export const BANDS = ['lower80', 'upper80', 'lower95', 'upper95'] as const;
export type Band = (typeof BANDS)[number];
export const PARTS = ['level', 'trend', 'season'] as const;
export type Part = (typeof PARTS)[number];

/** All arrays over the horizon. The parts add up to the mean. */
export type KeyShape = {
  readonly mean: Float64Array;
  readonly bands: Readonly<Record<Band, Float64Array>>;
  readonly parts: Readonly<Record<Part, Float64Array>>;
  readonly demandClass: string;
  readonly method: string;
  readonly explanation: string;
  readonly issues: readonly Issue[];
};

/** With what its methods say one by one, which a model across keys need not reckon again. */
export type StatisticalShape = KeyShape & Pick<AutoForecast, 'methods'>;

export type ShapeOptions = {
  readonly season: number;
  readonly horizon: number;
  readonly tier: ForecastTier;
  /** What a history of less than three and a half seasons leans on. */
  readonly borrowedSeason?: BorrowedSeason;
};

/** The automatic forecast of a history. */
export const statisticalShape = (history: Float64Array, options: ShapeOptions): StatisticalShape =>
  shapeOf(autoForecast(history, { ...options, levels: [80, 95] }));

/** A forecast with bands of 80 and 95 %, in that order. */
export function shapeOf(forecast: AutoForecast): StatisticalShape {
  const [at80, at95] = forecast.intervals;
  return {
    mean: forecast.mean,
    bands: { lower80: at80.lower, upper80: at80.upper, lower95: at95.lower, upper95: at95.upper },
    parts: partsOf(forecast),
    demandClass: forecast.demandClass,
    method: forecast.method,
    explanation: forecast.explanation,
    issues: forecast.issues,
    methods: forecast.methods,
  };
}

/** What a model's parts leave out of the mean, such as where it was held at 0, counts as level. */
function partsOf({ mean, components }: AutoForecast): Record<Part, Float64Array> {
  const parts = {
    level: mean.slice(),
    trend: new Float64Array(mean.length),
    season: new Float64Array(mean.length),
  };
  for (const { name, future } of components()) {
    const part = name === 'trend' ? 'trend' : name.startsWith('season') ? 'season' : null;
    if (part === null) continue;
    for (let t = 0; t < mean.length; t++) {
      parts[part][t] += future[t];
      parts.level[t] -= future[t];
    }
  }
  return parts;
}

/** Each bucket of a forecast times a factor of its own, 0 or more. */
export function scaled(shape: KeyShape, factors: ArrayLike<number>): KeyShape {
  const times = (values: Float64Array): Float64Array => values.map((value, t) => value * factors[t]);
  return { ...shape, ...mapped(shape, times) };
}

/** Two forecasts in one; the bands as if their errors went together. The words are those of the first. */
export function added(one: KeyShape, other: KeyShape): KeyShape {
  const sum = (values: Float64Array, more: Float64Array): Float64Array =>
    values.map((value, t) => value + more[t]);
  const bands = Object.fromEntries(BANDS.map((band) => [band, sum(one.bands[band], other.bands[band])]));
  const parts = Object.fromEntries(PARTS.map((part) => [part, sum(one.parts[part], other.parts[part])]));
  return {
    ...one,
    mean: sum(one.mean, other.mean),
    bands: bands as KeyShape['bands'],
    parts: parts as KeyShape['parts'],
  };
}

function mapped(
  { mean, bands, parts }: KeyShape,
  change: (values: Float64Array) => Float64Array,
): Pick<KeyShape, 'mean' | 'bands' | 'parts'> {
  return {
    mean: change(mean),
    bands: Object.fromEntries(BANDS.map((band) => [band, change(bands[band])])) as KeyShape['bands'],
    parts: Object.fromEntries(PARTS.map((part) => [part, change(parts[part])])) as KeyShape['parts'],
  };
}
