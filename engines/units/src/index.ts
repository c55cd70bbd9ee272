export { assert } from './assert.ts';
export type { Issue } from './issue.ts';
