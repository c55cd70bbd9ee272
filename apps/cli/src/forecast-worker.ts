import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import {
  type AutoForecast,
  autoForecast,
  blendInto,
  decodePanelModel,
  type ForecastTier,
  type PanelModel,
} from '@planwright/forecast';
import { panelOf } from './panel-of-file.ts';

/** A run of series for one worker: series i is values[starts[i] .. starts[i + 1]). */
export type ForecastTask = {
  readonly chunk: number;
  readonly starts: Int32Array;
  readonly values: Float64Array;
  readonly season: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly tier: ForecastTier;
  /** Buckets of the panel that the model across series learnt from; only with one. */
  readonly panelWidth: number;
};

/** What every worker is given at its start: the encoded model across series, where there is one. */
export type WorkerStart = { readonly panelModel: Uint8Array | undefined };

/** Rows of a series are mean, then lower and upper of each level: (1 + 2 × levels) × horizon numbers a series. */
export type ForecastAnswer = {
  readonly chunk: number;
  readonly numbers: Float64Array;
  readonly methods: readonly string[];
  readonly classes: readonly string[];
};

/** Forecasts the series of a task; with a model across series, each moved towards what that says. */
export function forecastTask(task: ForecastTask, panelModel?: PanelModel): ForecastAnswer {
  const { starts, values, season, horizon, levels, tier } = task;
  const count = starts.length - 1;
  const block = (): Float64Array => new Float64Array(count * horizon);
  const mean = block();
  const bands = levels.map((level) => ({ level, lower: block(), upper: block() }));
  const methods: string[] = [];
  const classes: string[] = [];
  const said: ReturnType<AutoForecast['methods']>[] = [];
  for (let index = 0; index < count; index++) {
    const series = values.subarray(starts[index], starts[index + 1]);
    const forecast = autoForecast(series, { season, horizon, levels, tier });
    mean.set(forecast.mean, index * horizon);
    forecast.intervals.forEach(({ lower, upper }, level) => {
      bands[level]!.lower.set(lower, index * horizon);
      bands[level]!.upper.set(upper, index * horizon);
    });
    methods.push(forecast.method);
    classes.push(forecast.demandClass);
    if (panelModel !== undefined) said.push(forecast.methods());
  }
  if (panelModel !== undefined) {
    const panel = panelOf(task, season, task.panelWidth);
    const judged = blendInto({ mean, bands, methods: said }, panelModel, panel, horizon);
    judged.forEach((moved, index) => {
      if (moved === 1) methods[index] += ' + model across series';
    });
  }
  return { chunk: task.chunk, numbers: rowsBySeries(count, horizon, mean, bands), methods, classes };
}

/** Mean, then lower and upper of each band, series by series. */
function rowsBySeries(
  count: number,
  horizon: number,
  mean: Float64Array,
  bands: readonly { readonly lower: Float64Array; readonly upper: Float64Array }[],
): Float64Array {
  const blocks = [mean, ...bands.flatMap(({ lower, upper }) => [lower, upper])];
  const numbers = new Float64Array(count * horizon * blocks.length);
  let at = 0;
  for (let index = 0; index < count; index++) {
    for (const block of blocks) {
      numbers.set(block.subarray(index * horizon, (index + 1) * horizon), at);
      at += horizon;
    }
  }
  return numbers;
}

function serve(port: MessagePort, { panelModel }: WorkerStart): void {
  const model = panelModel === undefined ? undefined : decodePanelModel(panelModel);
  port.on('message', (task: ForecastTask) => {
    const answer = forecastTask(task, model);
    port.postMessage(answer, [answer.numbers.buffer as ArrayBuffer]);
  });
}

if (parentPort !== null) serve(parentPort, workerData as WorkerStart);
