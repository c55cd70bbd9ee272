export * from './axe.ts';
export * from './browser.ts';
export * from './shared-data.ts';
export * from './server-process.ts';
