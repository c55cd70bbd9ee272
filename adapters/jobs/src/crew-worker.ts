/** The program of a thread that helps to grow trees until they are grown. */
import { workerData } from 'node:worker_threads';
import { type CrewShared, serveCrew } from '@planwright/trees';

serveCrew(workerData as CrewShared);
