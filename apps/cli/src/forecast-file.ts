import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import type { ForecastTier } from '@planwright/forecast';
import type { ForecastAnswer, ForecastTask, WorkerStart } from './forecast-worker.ts';
import { panelWidth } from './panel-of-file.ts';
import { type Frequency, laterDay, type SeriesFile } from './series-file.ts';

export type ForecastFileOptions = {
  readonly horizon: number;
  readonly season: number;
  readonly frequency: Frequency;
  readonly tier: ForecastTier;
  readonly levels: readonly number[];
  readonly workers: number;
  readonly out: string;
  /** File of the model chosen for each series; none where missing. */
  readonly models?: string;
  /** The encoded model across series, for the tier 'best'. */
  readonly panelModel?: Uint8Array;
};

const SERIES_A_CHUNK = 200;

/**
 * Forecasts every series on worker threads and writes `unique_id,ds,mean,lo-80,hi-80,...` in the order of the file.
 * `onProgress` hears how many series are written.
 */
export async function forecastFile(
  file: SeriesFile,
  options: ForecastFileOptions,
  onProgress: (done: number) => void,
): Promise<void> {
  const out = createWriteStream(options.out);
  const models = options.models === undefined ? undefined : createWriteStream(options.models);
  out.write(`unique_id,ds,mean${options.levels.map((level) => `,lo-${level},hi-${level}`).join('')}\n`);
  models?.write('unique_id,method,demand_class\n');

  let written = 0;
  const daysOf = rememberedDays(options);
  for await (const answer of answersInOrder(file, options)) {
    const first = answer.chunk * SERIES_A_CHUNK;
    await writeText(out, forecastRows(file, options, first, answer, daysOf));
    if (models !== undefined) {
      const rows = answer.methods.map(
        (method, index) =>
          `${csvCell(file.ids[first + index]!)},${csvCell(method)},${answer.classes[index]}\n`,
      );
      await writeText(models, rows.join(''));
    }
    written += answer.methods.length;
    onProgress(written);
  }
  for (const stream of models === undefined ? [out] : [out, models]) {
    stream.end();
    await finished(stream);
  }
}

/** The days of the buckets behind a last day. Most series of a file end alike, and dates take longer than numbers. */
function rememberedDays({ frequency, horizon }: ForecastFileOptions): (lastDay: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (lastDay) => {
    const days =
      known.get(lastDay) ??
      Array.from({ length: horizon }, (_, step) => laterDay(lastDay, frequency, step + 1));
    known.set(lastDay, days);
    return days;
  };
}

function forecastRows(
  file: SeriesFile,
  options: ForecastFileOptions,
  first: number,
  answer: ForecastAnswer,
  daysOf: (lastDay: string) => readonly string[],
): string {
  const { horizon, levels } = options;
  const width = (1 + 2 * levels.length) * horizon;
  const lines: string[] = [];
  answer.methods.forEach((_, index) => {
    const id = csvCell(file.ids[first + index]!);
    const days = daysOf(file.lastDays[first + index]!);
    for (let step = 0; step < horizon; step++) {
      const cells = Array.from(
        { length: 1 + 2 * levels.length },
        (_, row) => answer.numbers[index * width + row * horizon + step],
      );
      lines.push(`${id},${days[step]},${cells.join(',')}\n`);
    }
  });
  return lines.join('');
}

/** Chunks spread over workers; answers come back in order, each worker one chunk at a time. */
async function* answersInOrder(
  file: SeriesFile,
  options: ForecastFileOptions,
): AsyncGenerator<ForecastAnswer> {
  const chunkCount = Math.ceil(file.ids.length / SERIES_A_CHUNK);
  const workerCount = Math.max(1, Math.min(options.workers, chunkCount));
  const start: WorkerStart = { panelModel: options.panelModel };
  const width = options.panelModel === undefined ? 0 : panelWidth(file);
  const workers = Array.from(
    { length: workerCount },
    () => new Worker(new URL('./forecast-worker.ts', import.meta.url), { workerData: start }),
  );
  const answers = new Map<number, Promise<ForecastAnswer>>();
  let next = 0;
  const ask = (worker: Worker) => {
    if (next >= chunkCount) return;
    const chunk = next;
    next += 1;
    const answer = askWorker(worker, taskOf(file, options, chunk, width));
    answers.set(chunk, answer);
    // A rejection is met where the answer is awaited, in its turn.
    answer.then(
      () => ask(worker),
      () => undefined,
    );
  };
  try {
    for (const worker of workers) ask(worker);
    for (let chunk = 0; chunk < chunkCount; chunk++) {
      yield await answers.get(chunk)!;
      answers.delete(chunk);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function askWorker(worker: Worker, task: ForecastTask): Promise<ForecastAnswer> {
  worker.postMessage(task);
  const [answer] = (await once(worker, 'message')) as [ForecastAnswer];
  return answer;
}

function taskOf(file: SeriesFile, options: ForecastFileOptions, chunk: number, width: number): ForecastTask {
  const first = chunk * SERIES_A_CHUNK;
  const end = Math.min(first + SERIES_A_CHUNK, file.ids.length);
  const offset = file.starts[first];
  const { season, horizon, levels, tier } = options;
  return {
    chunk,
    starts: file.starts.slice(first, end + 1).map((start) => start - offset),
    values: file.values.slice(offset, file.starts[end]),
    season,
    horizon,
    levels,
    tier,
    panelWidth: width,
  };
}

async function writeText(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
