/**
 * What the plan found that someone should look at, the worst first.
 *
 * An alert weighs what it is worth: high from 1 % of a year's planned revenue on, medium from 0.1 %. The list is cut
 * where nobody reads on; the counts are of all that was found.
 */
import type { Snapshot } from '../snapshot.ts';
import { backlogAlerts, budgetGapAlerts, findingAlerts } from './alerts-of-demand.ts';
import { excessAlerts, overdueAlerts, overloadAlerts, shortageAlerts } from './alerts-of-supply.ts';
import { planWords } from './plan-words.ts';
import type { RunBlocks } from './run-blocks.ts';
import type { AlertCounts, EarlierResults, FoundAlert, MoneyFinding } from './stage-results.ts';

const ALERTS_KEPT_MAX = 500;

const HIGH_SHARE = 0.01;
const MEDIUM_SHARE = 0.001;

/** An alert without its severity, or with one that money does not tell. */
export type Finding = Omit<FoundAlert, 'severity'> & { readonly severity?: FoundAlert['severity'] };

const SEVERITIES = ['high', 'medium', 'low'] as const;

export function foundAlerts(
  snapshot: Snapshot,
  blocks: RunBlocks,
  earlier: EarlierResults,
  found: readonly MoneyFinding[],
): { readonly alerts: readonly FoundAlert[]; readonly alertCounts: AlertCounts } {
  const words = planWords(snapshot);
  const [finance] = earlier.finance;
  const yearRevenue = finance.groups[0].planRevenue;
  const points = earlier.supply.flatMap((result) => result.points);
  const findings: Finding[] = [
    ...shortageAlerts(snapshot, points, words),
    ...overloadAlerts(snapshot, blocks, earlier.capacity[0].resources, words),
    ...overdueAlerts(snapshot, words),
    ...excessAlerts(snapshot, points, words),
    ...backlogAlerts(snapshot, words),
    ...findingAlerts(snapshot, found, yearRevenue, words),
    ...budgetGapAlerts(snapshot, finance.finance, words),
  ];
  const alerts = findings.map((finding) => ({
    ...finding,
    severity: finding.severity ?? severityOf(finding.amount, yearRevenue),
  }));
  const rank = (alert: FoundAlert): number => SEVERITIES.indexOf(alert.severity);
  alerts.sort((a, b) => rank(a) - rank(b) || (b.amount ?? 0) - (a.amount ?? 0)); // Stable: equals stay as found.
  const countOf = (severity: FoundAlert['severity']): number =>
    alerts.filter((alert) => alert.severity === severity).length;
  return {
    alerts: alerts.slice(0, ALERTS_KEPT_MAX),
    alertCounts: { high: countOf('high'), medium: countOf('medium'), low: countOf('low') },
  };
}

function severityOf(amount: number | null, yearRevenue: number): FoundAlert['severity'] {
  if (amount === null || !(yearRevenue > 0)) return 'low';
  const share = Math.abs(amount) / yearRevenue;
  return share >= HIGH_SHARE ? 'high' : share >= MEDIUM_SHARE ? 'medium' : 'low';
}
