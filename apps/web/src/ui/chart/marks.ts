import type { Palette } from '../../app/tokens.ts';

/**
 * How each measure is drawn. The meaning of a mark is the same on every screen: actual is solid ink,
 * baseline grey, consensus the accent, budget a long dash, last year light dots.
 */
export type MarkName =
  | 'actual'
  | 'baseline'
  | 'consensus'
  | 'plan'
  | 'budget'
  | 'lastYear'
  | 'stock'
  | 'safetyStock'
  | 'shortage'
  | 'receipts'
  | 'demand'
  | 'late'
  | 'constrained'
  | 'unconstrained'
  | 'limit'
  | 'committed'
  | 'target'
  | 'corrected'
  | 'saidBefore'
  | 'likeItem'
  | 'overallFactors'
  | 'capacityBill'
  | 'resourceProfile';

export type Mark = {
  readonly form: 'line' | 'dots' | 'bars';
  readonly colour: (palette: Palette) => string;
  readonly width: number;
  /** Lengths of dash and gap in pixels; solid where missing. */
  readonly dash?: readonly number[];
  /** Steps rather than slopes, for levels that hold until they change. */
  readonly step?: true;
};

const LONG_DASH = [10, 5] as const;

export const MARKS: Readonly<Record<MarkName, Mark>> = {
  actual: { form: 'line', colour: (palette) => palette.ink, width: 2 },
  baseline: { form: 'line', colour: (palette) => palette.baseline, width: 1.5 },
  consensus: { form: 'line', colour: (palette) => palette.accent, width: 2 },
  plan: { form: 'line', colour: (palette) => palette.accent, width: 2 },
  budget: { form: 'line', colour: (palette) => palette.budget, width: 1.25, dash: LONG_DASH },
  lastYear: { form: 'dots', colour: (palette) => palette.lastYear, width: 3 },
  stock: { form: 'line', colour: (palette) => palette.ink, width: 2 },
  safetyStock: { form: 'line', colour: (palette) => palette.baseline, width: 1.25, dash: [3, 3], step: true },
  shortage: { form: 'bars', colour: (palette) => palette.bad, width: 0 },
  receipts: { form: 'bars', colour: (palette) => palette.accent, width: 0 },
  demand: { form: 'line', colour: (palette) => palette.inkQuiet, width: 1.25, step: true },
  late: { form: 'bars', colour: (palette) => palette.watch, width: 0 },
  constrained: { form: 'bars', colour: (palette) => palette.accentDark, width: 0 },
  unconstrained: { form: 'line', colour: (palette) => palette.baseline, width: 1.5, dash: [3, 3] },
  limit: { form: 'line', colour: (palette) => palette.ink, width: 1.5, step: true },
  committed: { form: 'bars', colour: (palette) => palette.lastYear, width: 0 },
  target: { form: 'line', colour: (palette) => palette.budget, width: 1.25, dash: LONG_DASH },
  corrected: { form: 'dots', colour: (palette) => palette.watch, width: 7 },
  saidBefore: { form: 'line', colour: (palette) => palette.baseline, width: 1, dash: [2, 3] },
  overallFactors: { form: 'line', colour: (palette) => palette.baseline, width: 1.5, dash: [3, 3] },
  capacityBill: { form: 'line', colour: (palette) => palette.inkQuiet, width: 1.5 },
  resourceProfile: { form: 'line', colour: (palette) => palette.accent, width: 2 },
  likeItem: { form: 'line', colour: (palette) => palette.lastYear, width: 1 },
};
