/** What is kept of how a plan was made, so that a plan of the same network with an edit in it need not ask everybody anew. */
import type { Edited } from './journal-cells.ts';
import { journalKeeper } from './keep-journal.ts';
import { ages, type FiniteNetwork } from './network.ts';
import { wantsSafety } from './open-subnetwork.ts';
import type { PlanState } from './plan-state.ts';
import { serveAgain } from './serve-again.ts';
import type { ServeJournal } from './serve-journal.ts';
import { plainServing, type Serving } from './serve-subnetwork.ts';

/** By sub-network: journals of its promises without overtime and with it. */
export type Journals = Map<number, SubnetworkJournals>;
type SubnetworkJournals = { without?: ServeJournal; with?: ServeJournal };

/** Journals to put new ones into, or to go by. */
export type Memory = { readonly kept: Journals } | { readonly before: Journals; readonly edited: Edited };

/** How a sub-network is served, with overtime or without. */
export function servingOf(
  state: PlanState,
  subnetwork: number,
  memory: Memory | undefined,
): (hasOvertime: boolean) => Serving {
  if (memory === undefined) return plainServing;
  return 'kept' in memory
    ? keptServing(state, subnetwork, memory.kept)
    : servingAgain(state, subnetwork, memory.before.get(subnetwork), memory.edited);
}

/** Stock that ages is chosen by batches, of which no journal is kept. */
function keptServing(
  state: PlanState,
  subnetwork: number,
  kept: Journals,
): (hasOvertime: boolean) => Serving {
  const { points, pointStart } = state.network.subnetworks;
  const own = points.subarray(pointStart[subnetwork], pointStart[subnetwork + 1]);
  if (own.some((point) => ages(state.network, point))) return plainServing;
  const journals: SubnetworkJournals = {};
  kept.set(subnetwork, journals);
  return (hasOvertime) => {
    const { runPass, finished } = journalKeeper(state);
    return {
      runPass,
      end() {
        journals[hasOvertime ? 'with' : 'without'] = finished();
      },
    };
  };
}

function servingAgain(
  state: PlanState,
  subnetwork: number,
  journals: SubnetworkJournals | undefined,
  edited: Edited,
): (hasOvertime: boolean) => Serving {
  return (hasOvertime) => {
    const journal = journals?.[hasOvertime ? 'with' : 'without'];
    return journal === undefined ? plainServing() : serveAgain(state, subnetwork, journal, edited);
  };
}

/**
 * What of a network is not as it was; undefined where a journal of before is no help, for more than rules, stock on
 * hand, targets and hours may have changed.
 */
export function editedParts(network: FiniteNetwork, before: FiniteNetwork): Edited | undefined {
  if (!hasSameCells(network, before)) return undefined;
  const { points, sources, resources } = network;
  const bucketCount = resources.capacity.length;
  const edited = {
    rules: new Uint8Array(points.count),
    stock: new Uint8Array(points.count),
    counters: new Uint8Array(bucketCount + sources.maximum.length + sources.count),
  };
  noteChanged(edited.stock, 0, points.onHand, before.points.onHand);
  noteChanged(edited.rules, 0, points.storageMax, before.points.storageMax);
  noteChangedSources(edited.rules, network, before);
  for (const trait of ['how', 'isFree', 'openDay'] as const) {
    noteChanged(edited.rules, 0, network.traits[trait], before.traits[trait]);
  }
  for (const hours of ['capacity', 'overtime', 'committed', 'overtimeCost'] as const) {
    noteChanged(edited.counters, 0, resources[hours], before.resources[hours]);
  }
  noteChanged(edited.counters, bucketCount, sources.maximum, before.sources.maximum);
  return edited;
}

const RULES = [
  'leadDays',
  'lotMinimum',
  'lotMultiple',
  'lotMaximum',
  'yieldRatio',
  'shareRatio',
  'firstStartDay',
  'lastStartDay',
  'frozenDays',
] as const;

/** Points of whose sources a rule changed, or the order in which they are asked. */
function noteChangedSources(
  rules: Uint8Array,
  { points, sources }: FiniteNetwork,
  before: FiniteNetwork,
): void {
  for (const rule of RULES) {
    const [now, old] = [sources[rule], before.sources[rule]];
    for (let s = 0; s < sources.count; s++) if (now[s] !== old[s]) rules[sources.point[s]] = 1;
  }
  for (let i = 0; i < points.sources.length; i++) {
    if (points.sources[i] !== before.points.sources[i]) rules[sources.point[points.sources[i]]] = 1;
  }
}

/** Is what is asked for the same, and so is what the rows of a journal stand for? */
function hasSameCells(network: FiniteNetwork, before: FiniteNetwork): boolean {
  return (
    network.subnetworks === before.subnetworks &&
    network.demands === before.demands &&
    network.terms === before.terms &&
    network.receipts === before.receipts &&
    isSame(network.points.hasShares, before.points.hasShares) &&
    isSame(network.points.orderUseDays, before.points.orderUseDays) &&
    isSame(network.points.stockUseDays, before.points.stockUseDays) &&
    isSame(network.sources.maximumRow, before.sources.maximumRow) &&
    // Where safety stock is filled, the ledger knows more days of points that can have anything.
    Array.from({ length: network.subnetworks.count }, (_, n) => n).every(
      (n) => wantsSafety(network, n) === wantsSafety(before, n),
    )
  );
}

function noteChanged(
  changed: Uint8Array,
  first: number,
  now: ArrayLike<number>,
  before: ArrayLike<number>,
): void {
  for (let i = 0; i < now.length; i++) if (now[i] !== before[i]) changed[first + i] = 1;
}

function isSame(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
