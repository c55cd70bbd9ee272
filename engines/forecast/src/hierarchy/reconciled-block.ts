/**
 * A block of forecasts for all nodes of a hierarchy, made to add up, with its bands.
 *
 * Use     forecast keys and groups as one block (rows of keys, then rows of the groups' rolled-up histories), then reconcile it.
 *         Each node's forecast may come from another worker: only this step needs them all.
 * Method  structural weights unless told: they need no error history and err within 2 % of the shrunken covariance on
 *         the hierarchies measured (UCI Online Retail by week, AdventureWorks by month).
 * Bands   each node's own, stretched to where its forecast moved (`movedBands`).
 * Cost    O(nodes x horizon) on a tree.
 */
import type { Issue } from '@planwright/units';
import type { ForecastBlock } from '../choice/forecast-block.ts';
import { movedBands } from './coherent-bands.ts';
import { reconcile, type ReconcileMethod } from './reconcile.ts';
import type { Structure } from './structure.ts';

/** The numbers of a forecast block, nodes x horizon each. */
export type BlockNumbers = Pick<ForecastBlock, 'mean' | 'lo80' | 'hi80' | 'lo95' | 'hi95'>;

export type ReconciledBlock = BlockNumbers & { readonly issues: readonly Issue[] };

export type ReconcileBlockOptions = {
  readonly method?: ReconcileMethod;
  /** Nothing below 0; true unless told. */
  readonly nonNegative?: boolean;
  /** nodes x horizon, NaN where free. A locked cell's bands are its value: it is decided, not forecast. */
  readonly locks?: Float64Array;
};

export function reconciledBlock(
  structure: Structure,
  block: BlockNumbers,
  options: ReconcileBlockOptions = {},
): ReconciledBlock {
  const { method = { kind: 'structural' }, nonNegative = true, locks } = options;
  const { values: mean, issues } = reconcile({ structure, base: block.mean, method, nonNegative, locks });
  const least = nonNegative ? 0 : -Infinity;
  const at80 = movedBands(block.mean, mean, { lower: block.lo80, upper: block.hi80 }, least);
  const at95 = movedBands(block.mean, mean, { lower: block.lo95, upper: block.hi95 }, least);
  const bands = { lo80: at80.lower, hi80: at80.upper, lo95: at95.lower, hi95: at95.upper };
  locks?.forEach((lock, cell) => {
    if (!Number.isFinite(lock)) return;
    for (const limit of Object.values(bands)) limit[cell] = mean[cell];
  });
  return { mean, ...bands, issues };
}
