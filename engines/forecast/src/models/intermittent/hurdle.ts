/**
 * The forecast distribution of intermittent demand: nothing with probability 1 - p, else one of the sizes seen,
 * scaled so that the mean is the model's rate. It never falls below zero and keeps the sizes' own shape,
 * where a normal interval would promise negative demand.
 */
import { sortedQuantile } from '@planwright/numerics';
import type { Core } from '../../contract/contract.ts';

export type HurdleShape = {
  readonly label: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly history: Float64Array;
  readonly fitted: Float64Array;
  /** Expected quantity per bucket. */
  readonly rate: number;
  /** Chance of any demand in a bucket, above 0 and at most 1. */
  readonly probability: number;
  /** Share of the items still alive from one future bucket to the next; 1 unless told. */
  readonly kept?: number;
  readonly refit: (history: Float64Array) => Core;
};

export function hurdleCore(shape: HurdleShape): Core {
  const { rate, kept = 1 } = shape;
  const sizes = shape.history.filter((value) => value > 0).sort();
  const meanSize = sizes.reduce((sum, size) => sum + size / sizes.length, 0);
  const probability = Math.min(1, shape.probability);
  const scale = rate / (probability * meanSize);
  const alive = (step: number): number => kept ** (step + 1);
  const quantileAt = (step: number, level: number): number => {
    const chance = probability * alive(step);
    const share = (level - (1 - chance)) / chance;
    return share <= 0 ? 0 : scale * sortedQuantile(sizes, share);
  };
  return {
    label: shape.label,
    description: shape.description,
    parameters: () => shape.parameters,
    fitted: () => shape.fitted,
    mean: (horizon) => Float64Array.from({ length: horizon }, (_, step) => rate * alive(step)),
    quantile: (horizon, level) =>
      Float64Array.from({ length: horizon }, (_, step) => quantileAt(step, level)),
    refit: (history) => shape.refit(history),
  };
}
