import type { Accuracy } from '@planwright/contracts';
import type { DemandKeyRow, DemandTotals } from '../plan-view/plan-reader.ts';

/** Back-test ratios of a node from the sums below it: WAPE and bias add up, the others do not. */
export function nodeRatios(totals: DemandTotals): { wapeRatio: number | null; biasRatio: number | null } {
  const { backtestActual, backtestAbsoluteError, backtestError } = totals;
  if (!(backtestActual > 0)) return { wapeRatio: null, biasRatio: null };
  return { wapeRatio: backtestAbsoluteError / backtestActual, biasRatio: backtestError / backtestActual };
}

/** Accuracy of a node of several keys. */
export function nodeAccuracy(totals: DemandTotals): Accuracy {
  return {
    ...nodeRatios(totals),
    mapeRatio: null,
    mapeDropped: 0,
    smapeRatio: null,
    maseRatio: null,
    trackingSignal: null,
    coverage80Ratio: null,
    coverage95Ratio: null,
  };
}

/** Accuracy of one key, as its back-test measured it. */
export function keyAccuracy(row: DemandKeyRow): Accuracy {
  return {
    wapeRatio: row.wapeRatio,
    mapeRatio: row.mapeRatio,
    mapeDropped: row.mapeDropped,
    smapeRatio: row.smapeRatio,
    maseRatio: row.maseRatio,
    biasRatio: row.biasRatio,
    trackingSignal: row.trackingSignal,
    coverage80Ratio: row.coverage80Ratio,
    coverage95Ratio: row.coverage95Ratio,
  };
}
