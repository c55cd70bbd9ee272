/** The program of a thread that compares methods on one series, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { methodStudy, type MethodStudyInput } from '@planwright/app';

parentPort?.postMessage(methodStudy(workerData as MethodStudyInput));
