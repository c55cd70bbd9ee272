/** The program of a thread that learns one model from all series of a file, tells how far it is, and ends. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { encodePanelModel, type Panel, trainPanelModel } from '@planwright/forecast';

export type TrainTask = {
  readonly panel: Panel;
  readonly horizon: number;
  /** Threads beside this one that help. */
  readonly helperCount: number;
};

export type TrainNews =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly bytes: Uint8Array; readonly reason: string };

const { panel, horizon, helperCount } = workerData as TrainTask;
const tell = (news: TrainNews): void => parentPort?.postMessage(news);
const model = trainPanelModel(panel, {
  horizon,
  onProgress: (share) => tell({ kind: 'progress', share }),
  helpers: (shared) => {
    for (let helper = 0; helper < helperCount; helper++)
      new Worker(new URL('./crew-worker.ts', import.meta.url), { workerData: shared });
  },
});
tell({ kind: 'done', bytes: encodePanelModel(model), reason: model.reason });
