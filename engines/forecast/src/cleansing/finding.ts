/** What cleansing found in one bucket, in numbers and in a sentence for a planner. */

/** Stored as Uint8 codes in this order. */
export const CLEANSING_REASONS = ['none', 'outlier', 'stock-out', 'missing', 'return', 'event'] as const;

export type CleansingReason = (typeof CLEANSING_REASONS)[number];

export const reasonCode = (reason: CleansingReason): number => CLEANSING_REASONS.indexOf(reason);

export type CleansingFinding = {
  readonly bucket: number;
  /** Why the bucket was changed; of a bucket left as it is, what it may be. 'none' marks the first bucket of a new level. */
  readonly reason: CleansingReason;
  /** As it came; NaN where nothing was observed. */
  readonly raw: number;
  readonly cleansed: number;
  /** False where it is only shown, and left to a planner. */
  readonly changed: boolean;
  /** How sure, 0 to 1. */
  readonly strength: number;
  /** Why and how sure, for a planner. */
  readonly sentence: string;
};

/** A quantity as a planner writes it: whole from 100, else with three digits. */
export function quantityText(value: number): string {
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return value >= 1e15 ? value.toExponential(2) : String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

export const percentText = (ratio: number): string => `${Math.round(ratio * 100)} %`;

/** How sure one is of an outlier, from how far beyond the limit it lies: 0.5 at the limit, towards 1 far beyond. */
export const outlierStrength = (score: number, limit: number): number =>
  Number.isFinite(score) ? 1 - 0.5 * (limit / Math.max(limit, Math.abs(score))) : 1;

export function sureness(strength: number): string {
  if (strength >= 0.8) return 'almost certainly';
  return strength >= 0.65 ? 'very likely' : 'probably';
}
