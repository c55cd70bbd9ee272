/** Proposals as people see them: those of the published plan that nobody touched, and those that somebody acted upon. */
import type { Proposal, ReleaseRules, SupplierRisk } from '@planwright/contracts';
import { isoFromDay } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import { decodeCursor } from '../paging.ts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import type { Service } from '../services.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import type { StoredProposal, SupplyReader } from './ports.ts';
import { addedValue, proposalTotals, spentOn } from './proposal-values.ts';
import { type Proposed, proposedOrders } from './proposed-orders.ts';
import { pageOfRanked } from './ranked-pages.ts';
import { DEFAULT_RULES } from './release-rules.ts';
import { supplierRisks } from './supplier-risk.ts';

export type ProposalDeps = {
  readonly plan: PlanReader;
  readonly openBook: OpenBook;
  readonly supply: SupplyReader;
};

/** Acted upon that are looked at; older ones are history that the audit trail keeps. */
const ACTED_MAX = 5_000;

/** All that lists and decisions about proposals rest on, read once. */
export type ProposalDesk = {
  readonly run: RunHead;
  readonly book: PlanBook;
  readonly rules: ReleaseRules;
  readonly acted: readonly StoredProposal[];
  readonly risks: ReadonlyMap<string, SupplierRisk>;
  /** Of the run, without those that were acted upon. */
  readonly open: readonly Proposed[];
};

/** @throws PlanningError NO_PUBLISHED_RUN, NO_CONSTRAINED_PLAN. */
export async function proposalDesk(deps: ProposalDeps, companyId: number): Promise<ProposalDesk> {
  const run = await deps.plan.findRun(companyId, undefined);
  if (run === undefined) throw new PlanningError('NO_PUBLISHED_RUN');
  const [book, rules = DEFAULT_RULES, acted, risks] = await Promise.all([
    deps.openBook(run),
    deps.supply.rules(companyId),
    deps.supply.proposals(companyId, ACTED_MAX),
    supplierRisks(deps, companyId),
  ]);
  const touched = new Set(acted.filter((row) => row.runId === run.runId).map((row) => row.runNumber));
  const open = proposedOrders(book, rules.windowDays).filter((row) => !touched.has(row.runNumber));
  return { run, book, rules, acted, risks, open };
}

export function listProposals(deps: ProposalDeps): Service<'listProposals'> {
  return async (member, { query }) => {
    const desk = await proposalDesk(deps, member.companyId);
    const blocked = blockedPlaces(desk);
    const all = [
      ...desk.open.map((row) => openView(desk, row, blocked)),
      ...desk.acted.map((row) => actedView(desk, row)),
    ];
    const wanted = all.filter(
      (row) =>
        (query.kind === undefined || row.kind === query.kind) &&
        (query.location === undefined || row.location === query.location) &&
        (query.from === undefined || row.from === query.from) &&
        (query.q === undefined || matches(row, query.q)),
    );
    const rows = wanted.filter((row) => query.status === undefined || row.status === query.status);
    const counts = [...Map.groupBy(wanted, (row) => row.status)].map(([status, list]) => {
      const totals = proposalTotals(list);
      return { status, count: list.length, value: spentOn(totals), totals };
    });
    const totals = proposalTotals(rows);
    return {
      ...pageOfRanked(rows, decodeCursor(query.cursor, 1), query.limit, (row) => row),
      currency: desk.run.currency,
      value: spentOn(totals),
      totals,
      counts,
    };
  };
}

function matches({ item, itemName, number, from }: Proposal, q: string): boolean {
  const wanted = q.toLowerCase();
  return [item, itemName, number, from ?? ''].some((text) => text.toLowerCase().includes(wanted));
}

const placeOf = ({ item, location }: { item: string; location: string }) => `${item}\u0000${location}`;

/** Stock points for which something was approved after the run was frozen, out of an earlier plan: the run does not count on it. */
export function blockedPlaces({ run, acted }: Pick<ProposalDesk, 'run' | 'acted'>): ReadonlySet<string> {
  return new Set(
    acted
      .filter(
        (row) =>
          row.runId !== run.runId &&
          row.changedAt > run.createdAt &&
          (row.status === 'approved' || row.status === 'released'),
      )
      .map(placeOf),
  );
}

export const isBlocked = (blocked: ReadonlySet<string>, row: { item: string; location: string }): boolean =>
  blocked.has(placeOf(row));

const OUTDATED = 'Something was approved for this stock after the plan was made: run the plan again.';

export function approvalsNeeded(rules: ReleaseRules, value: number): number {
  return rules.fourEyesFrom !== null && value >= rules.fourEyesFrom ? 2 : 1;
}

function openView(desk: ProposalDesk, row: Proposed, blocked: ReadonlySet<string>): Proposal {
  const { book, run, rules } = desk;
  const unit = book.items.unit(row.item);
  const { kind, item, location, from, quantity, value, order, reason, stockPointId } = row;
  return {
    id: `${run.runId}/${row.runNumber}`,
    number: row.runNumber,
    kind,
    status: 'proposed',
    stockPointId,
    item,
    itemName: book.items.name(item),
    location,
    from,
    startOn: isoFromDay(row.startDay),
    dueOn: isoFromDay(row.dueDay),
    quantity,
    unit,
    value,
    addedValue: addedValue(book, row),
    order,
    orderDueOn: row.orderDueDay === null ? null : isoFromDay(row.orderDueDay),
    reason,
    riskLevel: riskOf(desk, kind, from),
    approvals: [],
    approvalsMissing: approvalsNeeded(rules, value),
    releasedBy: null,
    releasedAt: null,
    blocked: isBlocked(blocked, row) ? OUTDATED : null,
  };
}

export function actedView(desk: Pick<ProposalDesk, 'book' | 'risks'>, row: StoredProposal): Proposal {
  const { kind, status, item, itemName, location, from, startOn, dueOn, quantity, unit, value } = row;
  const { order, orderDueOn, reason, releasedBy, releasedAt } = row;
  const { stockPoints } = desk.book.blocks.planning;
  const point = stockPoints.findIndex((place) => place.item === item && place.location === location);
  return {
    id: row.id,
    number: `PW-${row.number}`,
    kind,
    status,
    stockPointId: point < 0 ? null : desk.book.pointIds[point],
    item,
    itemName,
    location,
    from,
    startOn,
    dueOn,
    quantity,
    unit,
    value,
    addedValue: addedValue(desk.book, row),
    order,
    orderDueOn,
    reason,
    riskLevel: riskOf(desk, kind, from),
    approvals: row.approvals.map(({ by, at }) => ({ by, at })),
    approvalsMissing: Math.max(0, row.approvalsNeeded - row.approvals.length),
    releasedBy,
    releasedAt,
    blocked: null,
  };
}

function riskOf(
  { risks }: Pick<ProposalDesk, 'risks'>,
  kind: Proposal['kind'],
  from: string | null,
): Proposal['riskLevel'] {
  return kind === 'move' || from === null ? null : (risks.get(from)?.level ?? null);
}
