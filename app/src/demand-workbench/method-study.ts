/**
 * What each method would have said of one series, and says now. Pure and heavy, some tenths of a second: it runs in
 * a thread of its own.
 */
import {
  type Accuracy,
  autoModel,
  compareMethods,
  FORECAST_MODELS,
  type ForecastModel,
  type ForecastTier,
} from '@planwright/forecast';

export type MethodStudyInput = {
  /** History as the forecast saw it: cleansed; NaN is not observed. */
  readonly series: Float64Array;
  readonly season: number;
  readonly horizon: number;
  readonly tier: ForecastTier;
  /** What the method's forecast is held against, such as the one the run chose. */
  readonly chosen: string;
};

export type StudiedMethod = {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly chosen: boolean;
  readonly accuracy: Accuracy;
  readonly coverage80: number;
  readonly coverage95: number;
  readonly wapeByLag: readonly number[];
  readonly mean: Float64Array;
  readonly lower80: Float64Array;
  readonly upper80: Float64Array;
};

export type MethodStudy = {
  readonly judged: number;
  readonly origins: number;
  readonly lags: number;
  readonly sentence: string;
  readonly methods: readonly StudiedMethod[];
};

const ORIGINS = 6;
const LAGS = 6;
const LEVELS = [80, 95];

/** Of the models that stand alone, those that say something of their own; the automatic choice comes first. */
const COMPARED: readonly string[] = [
  'seasonal-naive',
  'moving-average',
  'theta',
  'dynamic-theta',
  'ets',
  'ces',
  'arima',
  'mstl',
  'tsb',
  'imapa',
];

export function methodStudy({ series, season, horizon, tier, chosen }: MethodStudyInput): MethodStudy {
  const start = Math.max(
    0,
    series.findIndex((value) => Number.isFinite(value)),
  );
  const history = series.subarray(start);
  const lags = Math.min(LAGS, horizon, Math.floor(history.length / 3));
  const models: ForecastModel[] = [
    autoModel(tier),
    ...FORECAST_MODELS.filter(({ id }) => COMPARED.includes(id)),
  ];
  if (lags < 1) return NOTHING_TO_STUDY;
  const nonNegative = !history.some((value) => value < 0);
  const compared = compareMethods(history, {
    season,
    horizon: lags,
    origins: ORIGINS,
    models,
    levels: LEVELS,
    nonNegative,
  });
  const floor = nonNegative ? 0 : -Infinity;
  const cut = (values: Float64Array): Float64Array => values.map((value) => Math.max(floor, value));
  const methods = compared.methods.map((result): StudiedMethod => {
    const model = models.find(({ id }) => id === result.modelId)!;
    const fitted = model.fit(history, { season });
    const { lower, upper } = fitted.interval(horizon, 80);
    return {
      id: result.modelId,
      label: fitted.label,
      description: fitted.description,
      chosen: fitted.label === chosen || result.modelId === models[0].id,
      accuracy: result.accuracy,
      coverage80: result.levels[0].coverage,
      coverage95: result.levels[1].coverage,
      wapeByLag: result.accuracyByLag.map(({ wape }) => wape),
      mean: cut(fitted.mean(horizon)),
      lower80: cut(lower),
      upper80: cut(upper),
    };
  });
  const origins = lags > 0 ? Math.round(compared.judged / lags) : 0;
  const sentence = asNamedNow(
    compared.sentence,
    compared.methods.map(({ method }, index) => [method, methods[index].label]),
  );
  return { judged: compared.judged, origins, lags, sentence, methods };
}

/**
 * A method that chooses names itself by what it chose, which in the past may have been something else than now. The list
 * names it by what it says now, and so must the sentence.
 */
function asNamedNow(sentence: string, names: readonly (readonly [then: string, now: string])[]): string {
  const now = new Map(names);
  // The longest first: one name may be the beginning of another.
  const thens = [...now.keys()].toSorted((a, b) => b.length - a.length);
  const escaped = thens.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return sentence.replaceAll(new RegExp(escaped.join('|'), 'g'), (then) => now.get(then) ?? then);
}

const NOTHING_TO_STUDY: MethodStudy = {
  judged: 0,
  origins: 0,
  lags: 0,
  sentence: 'The history is too short to compare methods on it.',
  methods: [],
};
