/** The plainest models: the yardsticks that every other one has to beat. */
import type { Core, ModelDefinition } from '../contract/contract.ts';
import { normalErrors, residualDeviation } from '../intervals/normal-errors.ts';

type Shape = {
  readonly label: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly fitted: Float64Array;
  readonly mean: (horizon: number) => Float64Array;
  readonly deviation: (horizon: number) => Float64Array;
  readonly refit: (history: Float64Array) => Core;
  /** Left out by models that are a level and nothing else. */
  readonly components?: Core['components'];
};

/** A core with normal errors whose refit has nothing to keep. */
function plainCore(shape: Shape): Core {
  const { label, description, parameters, fitted, mean, deviation } = shape;
  return {
    label,
    description,
    parameters: () => parameters,
    fitted: () => fitted,
    ...normalErrors(mean, deviation),
    components: shape.components,
    refit: (history) => shape.refit(history),
  };
}

const steps = (horizon: number, value: (step: number) => number): Float64Array =>
  Float64Array.from({ length: horizon }, (_, index) => value(index + 1));

/** The forecast of a series that has nothing to go by. */
export function zeroCore(length: number): Core {
  return plainCore({
    label: 'Zero',
    description: 'Forecasts 0, because there is no demand to learn from.',
    parameters: {},
    fitted: new Float64Array(length),
    mean: (horizon) => new Float64Array(horizon),
    deviation: (horizon) => new Float64Array(horizon),
    refit: (history) => (history.length === 0 ? zeroCore(0) : naiveCore(history)),
  });
}

/** Repeats the last value; the error of step h has variance h sigma^2. */
export function naiveCore(history: Float64Array): Core {
  const fitted = new Float64Array(history.length).fill(Number.NaN);
  for (let t = 1; t < history.length; t++) fitted[t] = history[t - 1];
  const sigma = residualDeviation(history, fitted, 0);
  const last = history[history.length - 1];
  return plainCore({
    label: 'Naive',
    description: 'Repeats the last observed value.',
    parameters: {},
    fitted,
    mean: (horizon) => new Float64Array(horizon).fill(last),
    deviation: (horizon) => steps(horizon, (h) => sigma * Math.sqrt(h)),
    refit: naiveCore,
  });
}

/** Repeats the last season; the variance grows by sigma^2 with every whole season ahead. */
function seasonalNaiveCore(history: Float64Array, season: number): Core {
  const count = history.length;
  const lag = Math.min(season, count);
  const fitted = new Float64Array(count).fill(Number.NaN);
  for (let t = lag; t < count; t++) fitted[t] = history[t - lag];
  const sigma = residualDeviation(history, fitted, 0);
  return plainCore({
    label: 'Seasonal naive',
    description: 'Repeats the value of the same bucket one season ago.',
    parameters: { season: lag },
    fitted,
    mean: (horizon) => steps(horizon, (h) => history[count - lag + ((h - 1) % lag)]),
    deviation: (horizon) => steps(horizon, (h) => sigma * Math.sqrt(Math.floor((h - 1) / lag) + 1)),
    refit: (other) => seasonalNaiveCore(other, season),
  });
}

/** Random walk with drift: the line from the first to the last value, continued. */
function driftCore(history: Float64Array): Core {
  const count = history.length;
  const last = history[count - 1];
  const drift = (last - history[0]) / (count - 1);
  const fitted = new Float64Array(count).fill(Number.NaN);
  for (let t = 1; t < count; t++) fitted[t] = history[t - 1] + drift;
  const sigma = residualDeviation(history, fitted, 1);
  return plainCore({
    label: 'Drift',
    description: 'Continues the average step from the first to the last value.',
    parameters: { drift },
    fitted,
    mean: (horizon) => steps(horizon, (h) => last + h * drift),
    deviation: (horizon) => steps(horizon, (h) => sigma * Math.sqrt(h * (1 + h / (count - 1)))),
    components: (horizon) => [
      {
        name: 'level',
        history: fitted.map((value) => value - drift),
        future: new Float64Array(horizon).fill(last),
      },
      {
        name: 'trend',
        history: fitted.map((value) => (Number.isNaN(value) ? value : drift)),
        future: steps(horizon, (h) => h * drift),
      },
    ],
    refit: driftCore,
  });
}

/** Mean of the last `window` values (all of them where there are fewer). */
function movingAverageCore(history: Float64Array, window: number): Core {
  const count = history.length;
  const span = Math.min(window, count);
  const fitted = new Float64Array(count).fill(Number.NaN);
  let sum = 0;
  for (let t = 0; t < count; t++) {
    const known = Math.min(t, span);
    if (known > 0) fitted[t] = sum / known;
    sum += history[t];
    if (t >= span) sum -= history[t - span];
  }
  let mean = 0;
  for (let t = count - span; t < count; t++) mean += history[t] / span;
  const sigma = residualDeviation(history, fitted, 1);
  return plainCore({
    label: `Moving average (${span})`,
    description: `Takes the mean of the last ${span} buckets.`,
    parameters: { window: span },
    fitted,
    mean: (horizon) => new Float64Array(horizon).fill(mean),
    // Each further step adds the spread of one value to the average's.
    deviation: (horizon) => steps(horizon, (h) => sigma * Math.sqrt(1 + (h - 1) / span)),
    refit: (other) => movingAverageCore(other, window),
  });
}

export const naiveDefinition: ModelDefinition = {
  id: 'naive',
  gaps: 'fill',
  minimumLength: () => 1,
  fit: naiveCore,
};

export const seasonalNaiveDefinition: ModelDefinition = {
  id: 'seasonal-naive',
  gaps: 'fill',
  minimumLength: (season) => season,
  fit: (history, { season }) => seasonalNaiveCore(history, season),
};

export const driftDefinition: ModelDefinition = {
  id: 'drift',
  gaps: 'fill',
  minimumLength: () => 2,
  fit: driftCore,
};

/** Moving average over one season, or over `window` buckets where given. */
export const movingAverageDefinition = (window?: number): ModelDefinition => ({
  id: 'moving-average',
  gaps: 'fill',
  minimumLength: () => 1,
  fit: (history, { season }) => movingAverageCore(history, window ?? Math.max(season, 3)),
});
