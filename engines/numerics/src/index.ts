export { logFactorial } from './log-factorial.ts';
export { normalCdf, normalQuantile } from './normal.ts';
export { randomStream } from './random-stream.ts';
export type { RandomStream } from './random-stream.ts';
