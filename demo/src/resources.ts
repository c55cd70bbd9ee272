import { CEDAR_RAPIDS, GREENVILLE } from './sites.ts';

export type WorkCentre = {
  readonly code: string;
  readonly name: string;
  readonly site: number;
  readonly kind: 'machine' | 'labour';
  readonly costPerHour: number;
  readonly efficiencyRatio: number;
  /** Share of its hours that the busiest month of the coming year asks for. Above 1 it is a bottleneck. */
  readonly peakRatio: number;
};

const C = CEDAR_RAPIDS;
const G = GREENVILLE;
const centre = (
  code: string,
  name: string,
  site: number,
  kind: WorkCentre['kind'],
  costPerHour: number,
  efficiencyRatio: number,
  peakRatio: number,
): WorkCentre => ({ code, name, site, kind, costPerHour, efficiencyRatio, peakRatio });

export const WORK_CENTRES: readonly WorkCentre[] = [
  centre('CID-PRESS', 'Stamping presses', C, 'machine', 92, 0.88, 0.72),
  centre('CID-WELD', 'Robot welding', C, 'machine', 84, 0.9, 0.8),
  centre('CID-PAINT', 'Powder coat line', C, 'machine', 78, 0.92, 1.04),
  centre('CID-MACH', 'Machining cells', C, 'machine', 88, 0.86, 0.82),
  centre('CID-ENG', 'Engine assembly', C, 'labour', 62, 0.95, 0.84),
  centre('CID-WALK', 'Walk-behind assembly', C, 'labour', 58, 0.94, 1.06),
  centre('CID-RIDE', 'Riding mower assembly', C, 'labour', 60, 0.94, 0.83),
  centre('CID-YARD', 'Snow and yard assembly', C, 'labour', 58, 0.93, 0.78),
  centre('CID-TEST', 'Run-in and test', C, 'machine', 66, 0.97, 0.68),
  centre('GSP-MOULD', 'Injection molding', G, 'machine', 74, 0.9, 0.76),
  centre('GSP-WIND', 'Motor winding', G, 'machine', 70, 0.91, 0.81),
  centre('GSP-PACK', 'Battery pack line', G, 'machine', 82, 0.93, 1.03),
  centre('GSP-ENG', 'Two-stroke assembly', G, 'labour', 56, 0.95, 0.7),
  centre('GSP-HAND', 'Handheld assembly', G, 'labour', 52, 0.95, 0.85),
  centre('GSP-ROBO', 'Robot assembly', G, 'labour', 64, 0.94, 0.79),
];
