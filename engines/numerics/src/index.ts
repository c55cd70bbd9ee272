export { logFactorial } from './log-factorial.ts';
export { minimise } from './nelder-mead.ts';
export type { MinimiseOptions, Minimum, Objective } from './nelder-mead.ts';
export { normalCdf, normalQuantile } from './normal.ts';
export { randomStream } from './random-stream.ts';
export type { RandomStream } from './random-stream.ts';
export { autocorrelation, mean, median, quantile, sortedQuantile, variance } from './statistics.ts';
