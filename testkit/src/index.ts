export * from './axe.ts';
export * from './browser.ts';
export * from './shared-data.ts';
