export * from './batch.ts';
export * from './targets.ts';
