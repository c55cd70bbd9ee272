/** What is kept of how a plan was made, so that a plan of the same network with an edit in it need not ask everybody anew. */
import type { Edited } from './journal-cells.ts';
import { journalKeeper } from './keep-journal.ts';
import { ages, type FiniteNetwork } from './network.ts';
import { openedLedger, openSubnetwork, wantsSafety } from './open-subnetwork.ts';
import { type Filling, plainFilling } from './fill-safety.ts';
import type { PlanState, SpareLedger } from './plan-state.ts';
import { hasSameRow, keptStock, type PlannedStock, writeRow } from './planned-stock.ts';
import { serveAgain } from './serve-again.ts';
import type { ServeJournal } from './serve-journal.ts';
import type { Served } from './serve-pass.ts';
import { plainServing, type ServingOf } from './serve-subnetwork.ts';
import { type Drawing, type Drawn, plainDrawing } from './tighten.ts';
import { drawingAgain } from './tighten-again.ts';
import { keptDrawing, type TightenJournal } from './tighten-journal.ts';

/** By sub-network: journals of its promises without overtime and with it, of drawing together, and of its safety stock. */
export type Journals = Map<number, SubnetworkJournals>;
type SubnetworkJournals = {
  without?: ServeJournal;
  with?: ServeJournal;
  drawing?: DrawJournal;
  filling?: FillJournal;
};

/** A journal of how supply was drawn together, and of the promises from which it was. */
type DrawJournal = { readonly journal: TightenJournal; readonly promises: ServeJournal };

/** A journal of how safety stock was filled, and from what. */
type FillJournal = { readonly journal: ServeJournal; readonly planned: PlannedStock };

/** Journals to put new ones into, or to go by. */
export type Memory =
  | { readonly kept: Journals }
  | { readonly before: Journals; readonly edited: Edited; readonly spare?: SpareLedger };

/** Opens the stock of a sub-network, and says how it is served: from nothing, or by a journal. */
export function servingOf(state: PlanState, subnetwork: number, memory: Memory | undefined): ServingOf {
  if (memory === undefined) return plainServing(state, subnetwork);
  return 'kept' in memory
    ? keptServing(state, subnetwork, memory.kept)
    : servingAgain(state, subnetwork, memory.before.get(subnetwork), memory.edited);
}

/** Stock that ages is chosen by batches, of which no journal is kept. */
function keptServing(state: PlanState, subnetwork: number, kept: Journals): ServingOf {
  const { points, pointStart } = state.network.subnetworks;
  const own = points.subarray(pointStart[subnetwork], pointStart[subnetwork + 1]);
  if (own.some((point) => ages(state.network, point))) return plainServing(state, subnetwork);
  const journals: SubnetworkJournals = {};
  kept.set(subnetwork, journals);
  return (hasOvertime, receiptsOf) => {
    openSubnetwork(state, subnetwork, receiptsOf);
    const { runPass, finished } = journalKeeper(state);
    return {
      runPass,
      end() {
        const journal = finished();
        journals[hasOvertime ? 'with' : 'without'] = journal;
        return { journal, isAsked: new Uint8Array(own.length) };
      },
    };
  };
}

function servingAgain(
  state: PlanState,
  subnetwork: number,
  journals: SubnetworkJournals | undefined,
  edited: Edited,
): ServingOf {
  return (hasOvertime, receiptsOf) => {
    const journal = journals?.[hasOvertime ? 'with' : 'without'];
    if (journal === undefined) return plainServing(state, subnetwork)(hasOvertime, receiptsOf);
    return serveAgain(state, subnetwork, journal, edited, openedLedger(state, subnetwork, receiptsOf));
  };
}

/** How the supply of a sub-network is drawn together, given what is known of its promises. */
export function drawingOf(
  state: PlanState,
  subnetwork: number,
  memory: Memory | undefined,
  served: Served,
): Drawing {
  if (memory === undefined || served === undefined) return plainDrawing;
  if ('kept' in memory) {
    const journals = memory.kept.get(subnetwork);
    return keptDrawing(served.journal.rows, (journal) => {
      if (journals !== undefined) journals.drawing = { journal, promises: served.journal };
    });
  }
  const drawing = memory.before.get(subnetwork)?.drawing;
  const isOfSame = drawing?.promises === served.journal && isSame(drawing.journal.how, state.how);
  return isOfSame ? drawingAgain(drawing.journal, memory.edited, served.isAsked) : plainDrawing;
}

/** How the safety stock of a sub-network is filled; where targets follow from uses, of which no journal tells, from nothing. */
export function fillingOf(
  state: PlanState,
  subnetwork: number,
  memory: Memory | undefined,
  drawn: Drawn,
): Filling {
  const { network } = state;
  const { points, pointStart } = network.subnetworks;
  const own = points.subarray(pointStart[subnetwork], pointStart[subnetwork + 1]);
  if (memory === undefined || own.some((point) => network.points.safetyCoverDays[point] > 0))
    return plainFilling(state);
  const journals = ('kept' in memory ? memory.kept : memory.before).get(subnetwork);
  if (journals === undefined) return plainFilling(state);
  return 'kept' in memory
    ? keptFilling(state, journals)
    : fillingAgain(state, subnetwork, journals.filling, memory.edited, drawn);
}

function keptFilling(state: PlanState, journals: SubnetworkJournals): Filling {
  return (planned) => {
    const kept = keptStock(planned);
    const { runPass, finished } = journalKeeper(state, (point) => writeRow(state, planned, point));
    return {
      runPass,
      end() {
        journals.filling = { journal: finished(), planned: kept };
        return undefined;
      },
    };
  };
}

function fillingAgain(
  state: PlanState,
  subnetwork: number,
  before: FillJournal | undefined,
  edited: Edited,
  drawn: Drawn,
): Filling {
  if (before === undefined) return plainFilling(state);
  const { points, pointStart } = state.network.subnetworks;
  return (planned) => {
    const [rules, stock] = [edited.rules.slice(), edited.stock.slice()];
    for (let i = pointStart[subnetwork]; i < pointStart[subnetwork + 1]; i++) {
      const point = points[i];
      rules[point] |= edited.targets[point];
      const slot = i - pointStart[subnetwork];
      if (drawn?.[slot] !== 0 && !hasSameRow(planned, before.planned, slot)) stock[point] = 1;
    }
    const openRow = (point: number) => writeRow(state, planned, point);
    return serveAgain(state, subnetwork, before.journal, { ...edited, rules, stock }, openRow);
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
    traits: new Uint8Array(points.count),
    stock: new Uint8Array(points.count),
    targets: new Uint8Array(points.count),
    counters: new Uint8Array(bucketCount + sources.maximum.length + sources.count),
  };
  noteChanged(edited.stock, 0, points.onHand, before.points.onHand);
  noteChanged(edited.rules, 0, points.storageMax, before.points.storageMax);
  noteChanged(edited.rules, 0, points.unitCost, before.points.unitCost); // Dear orders are placed first.
  noteChangedSources(edited.rules, network, before);
  noteChangedTargets(edited.targets, network, before);
  for (const trait of ['how', 'isFree', 'openDay', 'earlyNeed'] as const) {
    noteChanged(edited.traits, 0, network.traits[trait], before.traits[trait]);
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

/** Points whose safety stock is to be another. */
function noteChangedTargets(
  targets: Uint8Array,
  { points, bucketCount }: FiniteNetwork,
  before: FiniteNetwork,
): void {
  for (let point = 0; point < points.count; point++) {
    const [row, old] = [points.safetyRow[point], before.points.safetyRow[point]];
    if (row < 0 !== old < 0) targets[point] = 1;
    for (let t = 0; row >= 0 && old >= 0 && t < bucketCount; t++) {
      if (points.safetyStock[row + t] !== before.points.safetyStock[old + t]) targets[point] = 1;
    }
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
