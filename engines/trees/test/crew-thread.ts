/** A thread of a crew, for the test and the benchmark. */
import { workerData } from 'node:worker_threads';
import { type CrewShared, serveCrew } from '../src/index.ts';

serveCrew(workerData as CrewShared);
