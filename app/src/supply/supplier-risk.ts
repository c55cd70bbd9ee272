/** What speaks against a supplier: late deliveries, rejected goods, and how much hangs on it. */
import type { SupplierRisk } from '@planwright/contracts';
import { decodeCursor } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import type { Service } from '../services.ts';
import type { SupplierFacts, SupplyReader } from './ports.ts';
import { pageOfRanked } from './ranked-pages.ts';

// Fewer lines say nothing about how a supplier delivers.
const LINES_MIN = 5;
const HIGH = { lateRatio: 0.4, lateDays90: 21, rejectedRatio: 0.1 };
const MEDIUM = { lateRatio: 0.2, lateDays90: 7, rejectedRatio: 0.03 };
/** Spend at one supplier from which its failure would hurt. */
const SPEND_RATIO = 0.2;
const LEVELS = ['high', 'medium', 'low'] as const;

/** The riskiest first, then by spend. */
export function listSupplierRisks(deps: {
  plan: PlanReader;
  supply: SupplyReader;
}): Service<'listSupplierRisks'> {
  return async (member, { query }) => {
    const risks = await supplierRisks(deps, member.companyId);
    const rows = [...risks.values()].sort(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        b.spendRatio - a.spendRatio ||
        (a.supplier < b.supplier ? -1 : 1),
    );
    return pageOfRanked(rows, decodeCursor(query.cursor, 1), query.limit, (row) => row);
  };
}

/** Risks by supplier, as of the published plan; of all time before there is one. */
export async function supplierRisks(
  { plan, supply }: { plan: PlanReader; supply: SupplyReader },
  companyId: number,
): Promise<Map<string, SupplierRisk>> {
  const run = await plan.findRun(companyId, undefined);
  const facts = await supply.suppliers(companyId, run?.asOf ?? '9999-12-31');
  const spend = facts.reduce((sum, row) => sum + row.spend, 0);
  return new Map(facts.map((row) => [row.supplier, supplierRisk(row, spend)]));
}

/** One supplier's risk. `totalSpend`: of all suppliers in the same year. */
export function supplierRisk(facts: SupplierFacts, totalSpend: number): SupplierRisk {
  const isKnown = facts.receivedLineCount >= LINES_MIN;
  const lateRatio = isKnown ? facts.lateLineCount / facts.receivedLineCount : null;
  const rejectedRatio =
    isKnown && facts.receivedQuantity > 0 ? facts.rejectedQuantity / facts.receivedQuantity : null;
  const spendRatio = totalSpend > 0 ? facts.spend / totalSpend : 0;
  const exceeds = (limits: typeof HIGH) =>
    (lateRatio ?? 0) > limits.lateRatio ||
    (isKnown && (facts.lateDays90 ?? 0) > limits.lateDays90) ||
    (rejectedRatio ?? 0) > limits.rejectedRatio;
  const level =
    !facts.active || exceeds(HIGH) ? 'high' : exceeds(MEDIUM) || spendRatio > SPEND_RATIO ? 'medium' : 'low';
  return {
    supplier: facts.supplier,
    supplierName: facts.supplierName,
    preferred: facts.preferred,
    active: facts.active,
    receivedLineCount: facts.receivedLineCount,
    lateRatio,
    meanLateDays: isKnown ? facts.meanLateDays : null,
    lateDays90: isKnown ? facts.lateDays90 : null,
    rejectedRatio,
    openValue: facts.openValue,
    spendRatio,
    itemCount: facts.itemCount,
    singleSourceCount: facts.singleSourceCount,
    level,
    sentence: riskSentence(facts, { lateRatio, rejectedRatio, spendRatio }),
  };
}

function riskSentence(
  facts: SupplierFacts,
  found: { lateRatio: number | null; rejectedRatio: number | null; spendRatio: number },
): string {
  const percent = (ratio: number) => `${Math.round(ratio * 100)}\u00a0%`;
  const parts = [
    ...(facts.active ? [] : ['It may not be ordered from.']),
    found.lateRatio === null
      ? `Only ${facts.receivedLineCount} lines came: too few to judge by.`
      : found.lateRatio === 0
        ? `None of ${facts.receivedLineCount} lines came late.`
        : `${percent(found.lateRatio)} of ${facts.receivedLineCount} lines came late, nine of ten within ${Math.max(0, Math.round(facts.lateDays90 ?? 0))} days of the promise.`,
    ...(found.rejectedRatio !== null && found.rejectedRatio > 0
      ? [`${percent(found.rejectedRatio)} of the units were rejected.`]
      : []),
    ...(found.spendRatio > SPEND_RATIO ? [`${percent(found.spendRatio)} of the spend is here.`] : []),
    ...(facts.singleSourceCount > 0
      ? [
          `${facts.singleSourceCount} item${facts.singleSourceCount === 1 ? ' has' : 's have'} no other supplier.`,
        ]
      : []),
  ];
  return parts.join(' ');
}
