export { batchFaults } from './conformance.ts';
export { type DemoCompany, demoCompany, type DemoOptions, type DemoProfile } from './demo-company.ts';
export type { DemoSize } from './size.ts';
