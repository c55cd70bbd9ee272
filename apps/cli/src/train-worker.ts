/** The program of a thread that learns one model from all series of a file, tells how far it is, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { encodePanelModel, type Panel, trainPanelModel } from '@planwright/forecast';

export type TrainTask = { readonly panel: Panel; readonly horizon: number };

export type TrainNews =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'done'; readonly bytes: Uint8Array; readonly reason: string };

const { panel, horizon } = workerData as TrainTask;
const tell = (news: TrainNews): void => parentPort?.postMessage(news);
const model = trainPanelModel(panel, { horizon, onProgress: (share) => tell({ kind: 'progress', share }) });
tell({ kind: 'done', bytes: encodePanelModel(model), reason: model.reason });
