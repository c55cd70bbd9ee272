/** Wraps the inside of a model so that every input gets finite numbers or a named issue. */
import type { Issue } from '@planwright/units';
import { assert } from '@planwright/units';
import { counted } from '../explanation/spoken-number.ts';
import { rememberedByHorizon } from '../intervals/by-horizon.ts';
import { calibratedCore } from '../intervals/calibration.ts';
import { pathSampler } from '../simulation/sample-paths.ts';
import type {
  Core,
  FitOptions,
  Fitted,
  ForecastModel,
  Component,
  Interval,
  MethodMeans,
  ModelDefinition,
  RefitDepth,
  Regressors,
} from './contract.ts';
import { hasFiniteParameters } from './finite-parameters.ts';
import { naiveCore, zeroCore } from '../models/naive.ts';
import { prepare, type Prepared } from './prepare.ts';

export function defineModel(definition: ModelDefinition): ForecastModel {
  return {
    id: definition.id,
    fit: (series, options) => {
      assert(Number.isInteger(options.season) && options.season >= 1, 'season is a whole number of buckets');
      return fitWith(definition, series, options, (history, own) => definition.fit(history, own));
    },
  };
}

function fitWith(
  definition: ModelDefinition,
  series: Float64Array,
  options: FitOptions,
  fitCore: FitCore,
): Fitted {
  const prepared = prepare(series, options.season, definition.gaps);
  const issues = [...prepared.issues];
  const first = prepared.positions[0] ?? 0;
  const aligned = { ...options, regressors: regressorsFrom(options.regressors, first) };
  const { core, own } = soundCore(definition, prepared.history, aligned, fitCore, issues);
  const refit = (other: Float64Array, depth: RefitDepth): Fitted =>
    fitWith(definition, other, options, (history, theirs) => {
      // A model that learnt from regressors cannot go on where they would be shifted against the history.
      const goesOn = own && (options.regressors === undefined || firstObserved(other) === first);
      return goesOn ? core.refit(history, depth) : definition.fit(history, theirs);
    });
  return new CoreFitted(series, prepared, core, issues, refit);
}

type FitCore = (history: Float64Array, options: FitOptions) => Core;

const firstObserved = (series: Float64Array): number => Math.max(0, series.findIndex(Number.isFinite));

/** The rows from `first` on: models see the history from its first observed bucket. */
export function regressorsFrom(regressors: Regressors | undefined, first: number): Regressors | undefined {
  if (regressors === undefined || first === 0) return regressors;
  const { names, values } = regressors;
  return { names, values: values.subarray(Math.min(first, values.length / names.length) * names.length) };
}

/** The model's own core, or the plainest one in its place and an issue that says why. */
function soundCore(
  definition: ModelDefinition,
  history: Float64Array,
  options: FitOptions,
  fitCore: FitCore,
  issues: Issue[],
): { readonly core: Core; readonly own: boolean } {
  if (history.length === 0) return { core: zeroCore(0), own: false };
  const instead = (issue: Issue): { readonly core: Core; readonly own: boolean } => {
    issues.push(issue);
    return { core: naiveCore(history), own: false };
  };
  const needed = definition.minimumLength(options.season);
  if (history.length < needed) return instead(shortIssue(definition.id, history.length, needed));
  if (definition.positiveOnly === true && !history.every((value) => value > 0)) {
    return instead(notPositiveIssue(definition.id));
  }
  const core = fitCore(history, options);
  if (!isSound(core)) return instead(unstableIssue(definition.id));
  return { core: definition.calibrated ? calibratedCore(core, history, options.season) : core, own: true };
}

function isSound(core: Core): boolean {
  const spread = core.deviation === undefined ? core.quantile(1, 0.9) : core.deviation(1);
  return Number.isFinite(core.mean(1)[0]) && Number.isFinite(spread[0]) && hasFiniteParameters(core);
}

/**
 * A core in the scale of its series, and at its place. A class, because a getter in an object literal takes half a microsecond to
 * make, and three of them longer than Theta takes to be fitted to two years.
 */
class CoreFitted implements Fitted {
  readonly label: string;
  readonly description: string;
  readonly issues: readonly Issue[];
  readonly methods: Fitted['methods'];
  readonly refit: Fitted['refit'];
  private readonly series: Float64Array;
  private readonly prepared: Prepared;
  private readonly core: Core;
  // Who wants forecasts only does not pay for these.
  private fit: Float64Array | undefined;
  private errors: Float64Array | undefined;
  private sampler: ((horizon: number) => ReturnType<typeof pathSampler>) | undefined;

  constructor(
    series: Float64Array,
    prepared: Prepared,
    core: Core,
    issues: readonly Issue[],
    refit: Fitted['refit'],
  ) {
    this.label = core.label;
    this.description = core.description;
    this.issues = issues;
    this.methods = core.methods && ((horizon) => restoredMethods(core.methods!(horizon), prepared.scale));
    this.refit = refit;
    this.series = series;
    this.prepared = prepared;
    this.core = core;
  }

  get parameters(): Readonly<Record<string, number>> {
    return this.core.parameters();
  }

  get fitted(): Float64Array {
    return (this.fit ??= fittedOf(this.series.length, this.prepared, this.core));
  }

  get residuals(): Float64Array {
    return (this.errors ??= this.fitted.map((value, t) =>
      Number.isFinite(this.series[t]) && Number.isFinite(value)
        ? bounded(this.series[t] - value, 1)
        : Number.NaN,
    ));
  }

  // Properties, so that they can be handed on by themselves.
  readonly mean: Fitted['mean'] = (horizon) => restored(this.core.mean(horizon), this.prepared.scale);

  readonly quantile: Fitted['quantile'] = (horizon, probability) => {
    assert(probability > 0 && probability < 1, 'a probability lies between 0 and 1');
    return restored(this.core.quantile(horizon, probability), this.prepared.scale);
  };

  readonly interval: Fitted['interval'] = (horizon, level) => intervalOf(this.quantile, horizon, level);

  readonly simulate: Fitted['simulate'] = (horizon, count, source) => {
    this.sampler ??= rememberedByHorizon((steps) => pathSampler(this.quantile, steps));
    return this.sampler(horizon)(count, source);
  };

  readonly components: Fitted['components'] = (horizon) =>
    componentsOf(this.core, horizon, this.fitted, this.prepared);
}

/** One-step forecasts at their place in the whole series and in its scale; NaN where there is none. */
function fittedOf(count: number, { positions, scale }: Prepared, core: Core): Float64Array {
  const fitted = new Float64Array(count).fill(Number.NaN);
  const own = core.fitted();
  for (let i = 0; i < positions.length; i++) {
    const value = own[i] * scale;
    if (Number.isFinite(value)) fitted[positions[i]] = value;
  }
  return fitted;
}

/** A core's parts at their place in the whole series and in its scale. */
function componentsOf(
  core: Core,
  horizon: number,
  fitted: Float64Array,
  { positions, scale }: Prepared,
): readonly Component[] {
  if (core.components === undefined) {
    return [{ name: 'level', history: fitted.slice(), future: restored(core.mean(horizon), scale) }];
  }
  return core.components(horizon).map((part) => {
    const history = new Float64Array(fitted.length).fill(Number.NaN);
    positions.forEach((t, i) => {
      if (Number.isFinite(fitted[t])) history[t] = bounded(part.history[i], scale);
    });
    return { name: part.name, history, future: restored(part.future, scale) };
  });
}

/** The central interval of `level` percent, from a model's quantiles. */
function intervalOf(
  quantile: (horizon: number, probability: number) => Float64Array,
  horizon: number,
  level: number,
): Interval {
  assert(level > 0 && level < 100, 'a level is a percentage between 0 and 100');
  const tail = (1 - level / 100) / 2;
  return { lower: quantile(horizon, tail), upper: quantile(horizon, 1 - tail) };
}

/** A core's fresh array, brought back to the series' own scale in place. */
function restored(values: Float64Array, scale: number): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = bounded(values[i], scale);
  return values;
}

function restoredMethods(methods: MethodMeans, scale: number): MethodMeans {
  for (const mean of methods.values()) restored(mean, scale);
  return methods;
}

/** Back to the series' own scale; a trend of astronomic size stops at the largest number there is. */
function bounded(value: number, scale: number): number {
  const scaled = value * scale;
  if (Number.isFinite(scaled)) return scaled;
  return scaled < 0 ? -Number.MAX_VALUE : Number.MAX_VALUE;
}

const shortIssue = (model: string, count: number, needed: number): Issue => ({
  severity: 'warning',
  code: 'HISTORY_TOO_SHORT',
  message: `${counted(count, 'observed bucket')} ${count === 1 ? 'is' : 'are'} too few for ${model}, which needs ${needed}; the last value is repeated instead.`,
  advice: 'Wait for more history, or give the item a like-item to learn from.',
});

const notPositiveIssue = (model: string): Issue => ({
  severity: 'warning',
  code: 'NOT_POSITIVE',
  message: `${model} needs values above 0 throughout; the last value is repeated instead.`,
  advice: 'Choose a model with additive errors and season, or the automatic choice.',
});

const unstableIssue = (model: string): Issue => ({
  severity: 'warning',
  code: 'MODEL_UNSTABLE',
  message: `${model} finds no stable fit for this history; the last value is repeated instead.`,
  advice: 'Look for values that cannot be right, such as a wrong unit.',
});
