/**
 * A whole company's forecast, and the model across its keys.
 *
 * Figures for 100,000 keys are processor time of 2,000 of them times 50, shared by two cores: keys do not know each other, so
 * that the time is in proportion.
 */
import { forecastBlock, type ForecastTier, type PanelModel, trainPanelModel } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { binTable, trainTrees } from '@planwright/trees';
import { METHOD_NAMES } from '../src/panel/method-forecasts.ts';
import { SERIES_FEATURES } from '../src/panel/series-features.ts';

type Figure = { readonly figure: number; readonly unit: string };

type PanelBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly most: number };
  run(): Figure;
};

const SEASON = 12;
const BUCKETS = 60;
const HORIZON = 18;
const COMPANY_KEYS = 100_000;
const SAMPLE_KEYS = 2000;
const CORES = 2;
const TRAINING_ROWS = 100_000;
const FEATURE_ROWS = {
  rowCount: 100,
  names: SERIES_FEATURES,
  values: new Float32Array(100 * SERIES_FEATURES.length),
};

/** Monthly demand of items whose season is one of four, with levels, trends and noise of their own. */
function company(keyCount: number): Float64Array {
  const values = new Float64Array(keyCount * BUCKETS);
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(2, `panel-bench-${key}`);
    const level = 100 + 900 * random.uniform();
    const trend = (random.uniform() - 0.4) * 0.01;
    const noise = 0.1 + 0.2 * random.uniform();
    for (let t = 0; t < BUCKETS; t++) {
      const season = 1 + 0.3 * Math.sin((2 * Math.PI * (t + 3 * (key % 4))) / SEASON);
      values[key * BUCKETS + t] = Math.max(
        1,
        level * (1 + trend * t) * season * (1 + noise * random.normal()),
      );
    }
  }
  return values;
}

function processorSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const panelOf = (keyCount: number) => ({
  values: company(keyCount),
  keyCount,
  bucketCount: BUCKETS,
  season: SEASON,
});

function companySeconds(tier: ForecastTier, panelModel?: PanelModel): Figure {
  const panel = panelOf(SAMPLE_KEYS);
  const seconds = processorSeconds(() => {
    forecastBlock({ ...panel, horizon: HORIZON, tier, panelModel, backtestOrigins: 0 });
  });
  return { figure: (seconds * COMPANY_KEYS) / SAMPLE_KEYS / CORES, unit: 's on 2 cores' };
}

let trained: PanelModel | undefined;
const trainedOnce = (): PanelModel =>
  (trained ??= trainPanelModel(panelOf(400), { horizon: HORIZON, rowLimit: 20_000 }));

/** The trained model with weights that its panel, whose keys are of one kind, would not ask for. */
function withWeights(): PanelModel {
  const model = trainedOnce();
  const forest = trainTrees(binTable(FEATURE_ROWS), new Float64Array(FEATURE_ROWS.rowCount), {
    objective: { kind: 'l2' },
    treeCount: 60,
    leafCount: 6,
    learningRate: 0.15,
    seed: 1,
  });
  return { ...model, methods: { share: 0.4, gain: 0, forests: METHOD_NAMES.map(() => forest) } };
}

/** Orders of one in three months in sizes of 1 to 9. */
function spares(keyCount: number): Float64Array {
  const random = randomStream(3, 'panel-bench spares');
  return new Float64Array(keyCount * BUCKETS).map(() =>
    random.uniform() < 1 / 3 ? Math.ceil(9 * random.uniform()) : 0,
  );
}

export const benchmarks: readonly PanelBenchmark[] = [
  {
    name: '100,000 keys of 60 months with bands, standard tier, no back-test (from 2,000)',
    sketch: 'ETS family 0.4 ms + CES 0.15 ms + Theta 0.05 ms + calibration 0.3 ms a key: 45 s',
    budget: { most: 120 },
    run: () => companySeconds('standard'),
  },
  {
    name: '100,000 keys of 60 months with bands, best tier, trained model (from 2,000)',
    sketch:
      'standard, 18 rows x 600 trees x 20 ns = 0.2 ms and 18 rows of features of 8 us = 0.15 ms a key: 63 s',
    budget: { most: 120 },
    run: () => companySeconds('best', trainedOnce()),
  },
  {
    name: '100,000 keys of 60 months with bands, best tier, with weights of methods (from 2,000)',
    sketch:
      'the best tier, and features and eight small forests 0.2 ms a key; what the methods say is known: 73 s',
    budget: { most: 160 },
    run: () => companySeconds('best', withWeights()),
  },
  {
    name: 'sparse forest learnt from 1,000 keys of 60 months, with the trial of four losses',
    sketch:
      '240 trees x 40,000 and 120 trees x 43,000 rows x 40 features x 0.5 x 2.5 cells x 3 ns = 2.5 s, and features 1 s',
    budget: { most: 12 },
    run: () => {
      const panel = { ...panelOf(1000), values: spares(1000) };
      const figure = processorSeconds(() => {
        trainPanelModel(panel, { horizon: HORIZON });
      });
      return { figure, unit: 's processor time' };
    },
  },
  {
    name: 'panel model learnt from 2,000 keys, 100,000 rows, with its trial',
    sketch:
      '600 trees x 100,000 rows x 45 features x 0.5 x 2.5 cells x 2 ns = 7 s, and 11,000 origins x 0.5 ms = 6 s',
    budget: { most: 40 },
    run: () => {
      const panel = panelOf(SAMPLE_KEYS);
      const figure = processorSeconds(() => {
        trainPanelModel(panel, { horizon: HORIZON, rowLimit: TRAINING_ROWS });
      });
      return { figure, unit: 's processor time' };
    },
  },
];
