import { Worker } from 'node:worker_threads';
import type { Panel } from '@planwright/forecast';
import type { SeriesFile } from './series-file.ts';
import type { TrainNews, TrainTask } from './train-worker.ts';

/** Older buckets than this tell a model across series nothing more. */
const BUCKETS_MAX = 400;

/**
 * The series `from` to `to` of a file side by side, each ending in the last bucket: the newest 400 buckets of those that
 * have more.
 */
export function panelOf(
  { starts, values }: Pick<SeriesFile, 'starts' | 'values'>,
  season: number,
  bucketCount: number,
): Panel {
  const keyCount = starts.length - 1;
  const block = new Float64Array(keyCount * bucketCount).fill(Number.NaN);
  for (let key = 0; key < keyCount; key++) {
    const first = Math.max(starts[key]!, starts[key + 1]! - bucketCount);
    const series = values.subarray(first, starts[key + 1]);
    block.set(series, (key + 1) * bucketCount - series.length);
  }
  return { keyCount, bucketCount, values: block, season };
}

/** Buckets of the longest series of a file, 400 at most. */
export function panelWidth({ starts }: Pick<SeriesFile, 'starts'>): number {
  let longest = 0;
  for (let key = 0; key < starts.length - 1; key++)
    longest = Math.max(longest, starts[key + 1]! - starts[key]!);
  return Math.min(BUCKETS_MAX, longest);
}

/** Learns one model from all series of a file in a thread of its own. `onProgress` hears the share done, 0 to 1. */
export async function learnFromFile(
  file: SeriesFile,
  options: { readonly season: number; readonly horizon: number; readonly workers: number },
  onProgress: (share: number) => void,
): Promise<{ readonly bytes: Uint8Array; readonly reason: string }> {
  const panel = panelOf(file, options.season, panelWidth(file));
  const task: TrainTask = { panel, horizon: options.horizon, helperCount: options.workers - 1 };
  const worker = new Worker(new URL('./train-worker.ts', import.meta.url), {
    workerData: task,
    transferList: [panel.values.buffer as ArrayBuffer],
  });
  return new Promise((resolve, reject) => {
    worker.on('message', (news: TrainNews) => {
      if (news.kind === 'progress') onProgress(news.share);
      else resolve(news);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The learning thread ended without a model (${code}).`)));
  });
}
