export { readEngineVersion } from './engine-version.ts';
export {
  createJobs,
  type JobHandler,
  type JobOptions,
  type Jobs,
  type JobsDatabase,
  type JobsProblem,
} from './job-queue.ts';
export { studyInThread } from './method-thread.ts';
export { createRunExecutor, type RunExecutor, type RunExecutorDeps } from './run-executor.ts';
export { createWhatIfThread, type WhatIfThread } from './what-if-thread.ts';
export { createWorkerPool, type WorkerPool, type WorkerPoolOptions } from './worker-pool.ts';
