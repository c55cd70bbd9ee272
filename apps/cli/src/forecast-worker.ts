import { type MessagePort, parentPort } from 'node:worker_threads';
import { autoForecast, type ForecastTier } from '@planwright/forecast';

/** A run of series for one worker: series i is values[starts[i] .. starts[i + 1]). */
export type ForecastTask = {
  readonly chunk: number;
  readonly starts: Int32Array;
  readonly values: Float64Array;
  readonly season: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly tier: ForecastTier;
};

/** Rows of a series are mean, then lower and upper of each level: (1 + 2 × levels) × horizon numbers a series. */
export type ForecastAnswer = {
  readonly chunk: number;
  readonly numbers: Float64Array;
  readonly methods: readonly string[];
  readonly classes: readonly string[];
};

/** Forecasts the series of a task. */
export function forecastTask(task: ForecastTask): ForecastAnswer {
  const { starts, values, season, horizon, levels, tier } = task;
  const count = starts.length - 1;
  const width = (1 + 2 * levels.length) * horizon;
  const numbers = new Float64Array(count * width);
  const methods: string[] = [];
  const classes: string[] = [];
  for (let index = 0; index < count; index++) {
    const series = values.subarray(starts[index], starts[index + 1]);
    const forecast = autoForecast(series, { season, horizon, levels, tier });
    let at = index * width;
    for (const row of [forecast.mean, ...forecast.intervals.flatMap(({ lower, upper }) => [lower, upper])]) {
      numbers.set(row, at);
      at += horizon;
    }
    methods.push(forecast.method);
    classes.push(forecast.demandClass);
  }
  return { chunk: task.chunk, numbers, methods, classes };
}

function serve(port: MessagePort): void {
  port.on('message', (task: ForecastTask) => {
    const answer = forecastTask(task);
    port.postMessage(answer, [answer.numbers.buffer as ArrayBuffer]);
  });
}

if (parentPort !== null) serve(parentPort);
