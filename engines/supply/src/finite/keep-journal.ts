/** Keeps a journal of promises while they are made. */
import { limit } from './capacity-window.ts';
import { grown } from './columns.ts';
import { rowsByOwner } from './compile-points.ts';
import type { PlanState } from './plan-state.ts';
import {
  addChange,
  changeTable,
  FINDING,
  findingTable,
  promisedTables,
  rulesStart,
  rowsSince,
  type ServeJournal,
  stepTable,
} from './serve-journal.ts';
import { orderOfPass, type RunPass, type ServePass } from './serve-pass.ts';

type Keeper = Pick<
  ServeJournal,
  'rowCount' | 'countersBefore' | 'steps' | 'cells' | 'changes' | 'findings'
> & {
  readonly state: PlanState;
  readonly passStart: number[];
  /** Rows of the promised tables before the first step. */
  readonly firstRows: readonly number[];
  /** By cell: the last step that looked at it. */
  readonly seenIn: Int32Array;
};

/**
 * The journal of what is served from now on, the ledger being that of the sub-network; `finished` gives it.
 * @param openRow writes the row of a point before somebody looks at it, where not all rows are
 */
export function journalKeeper(
  state: PlanState,
  openRow: (point: number) => void = () => {},
): { readonly runPass: RunPass; finished(): ServeJournal } {
  const keeper = newKeeper(state);
  const { slot } = state.network.subnetworks;
  const { rowCount, steps, changes } = keeper;
  state.watch = {
    point(point) {
      openRow(point);
      see(keeper, slot[point]);
    },
    counter: (counter) => see(keeper, rowCount + counter),
    rules: (point) => see(keeper, rulesStart(keeper) + slot[point]),
    stockAdded: (row, day, quantity) => addChange(changes, steps.count, row, day, quantity),
    counterAdded: (counter, quantity) => addChange(changes, steps.count, rowCount + counter, 0, quantity),
    stockFound(point, day, quantity, had, early) {
      addFinding(keeper, FINDING.stock, slot[point], day, quantity, 0, had);
      const row = keeper.findings.count - 1;
      keeper.findings.alsoFound[row] = early;
      return row;
    },
    earlyAsked: (found) => (keeper.findings.alsoAsked[found] = 1),
    replyFound: (point, day, before, after) =>
      addFinding(keeper, FINDING.reply, slot[point], day, before, 0, after),
    shortFound: (point, from, to, target, short) =>
      addFinding(keeper, FINDING.short, slot[point], from, to, target, short),
    lotFound(source, day, least, wanted, lot) {
      if (!isLimited(state, source)) return;
      addFinding(keeper, FINDING.lot, source, day, least, wanted, lot);
      const [row, { findings }] = [keeper.findings.count - 1, keeper];
      findings.cause[row] = limit.quantity < Number.POSITIVE_INFINITY ? limit.cause : -1;
      findings.causeSubject[row] = limit.subject;
      findings.earlierDay[row] = limit.earlierDay;
    },
    openDayFound: (source, day, least, open) =>
      addFinding(keeper, FINDING.openDay, source, day, least, 0, open),
    looksElsewhere: () => (steps.looksElsewhere[steps.count] = 1),
  };
  return {
    runPass: (pass) => keepPass(keeper, pass),
    finished() {
      state.watch = undefined;
      return journalOf(keeper);
    },
  };
}

function newKeeper(state: PlanState): Keeper {
  const rowCount = state.ledger.dayCount.length;
  return {
    state,
    rowCount,
    countersBefore: state.counters.slice(),
    steps: stepTable(64),
    passStart: [],
    cells: { count: 0, cell: new Int32Array(64) },
    changes: changeTable(64),
    findings: findingTable(64),
    firstRows: promisedTables(state).map(({ count }) => count),
    seenIn: new Int32Array(rowCount + state.counters.length + rowCount).fill(-1),
  };
}

function see({ steps, seenIn, cells }: Keeper, cell: number): void {
  if (seenIn[cell] === steps.count) return;
  seenIn[cell] = steps.count;
  grown(cells, cells.cell);
  cells.cell[cells.count++] = cell;
}

function keepPass(keeper: Keeper, pass: ServePass): void {
  const { steps, passStart } = keeper;
  const { demands, keys, left, serve } = pass;
  passStart.push(steps.count);
  for (const place of orderOfPass(pass)) {
    beginStep(keeper, demands[place], keys[place], left[place]);
    serve(place);
    steps.after[steps.count] = left[place];
    steps.count += 1;
  }
}

function beginStep(keeper: Keeper, demand: number, key: number, left: number): void {
  const { state, steps, cells, changes, findings, firstRows } = keeper;
  grown(steps, steps.key);
  const step = steps.count;
  steps.demand[step] = demand;
  steps.looksElsewhere[step] = 0;
  steps.key[step] = key;
  steps.before[step] = left;
  steps.cell[step] = cells.count;
  steps.change[step] = changes.count;
  steps.finding[step] = findings.count;
  steps.order[step] = state.orders.count - firstRows[0];
  steps.use[step] = state.uses.count - firstRows[1];
  steps.delivery[step] = state.deliveries.count - firstRows[2];
  steps.delay[step] = state.delays.count - firstRows[3];
  steps.alternate[step] = state.alternates.count - firstRows[4];
}

function addFinding(
  { findings, changes }: Keeper,
  kind: number,
  subject: number,
  day: number,
  asked: number,
  alsoAsked: number,
  found: number,
): void {
  grown(findings, findings.found);
  const row = findings.count++;
  findings.kind[row] = kind;
  findings.change[row] = changes.count;
  findings.subject[row] = subject;
  findings.day[row] = day;
  findings.asked[row] = asked;
  findings.alsoAsked[row] = alsoAsked;
  findings.found[row] = found;
}

/** Has a source any limit that counters show? */
function isLimited({ network: { sources } }: PlanState, source: number): boolean {
  return sources.maximumRow[source] >= 0 || sources.loadStart[source] < sources.loadStart[source + 1];
}

function journalOf(keeper: Keeper): ServeJournal {
  const { state, rowCount, steps, passStart, cells, changes, findings, firstRows } = keeper;
  beginStep(keeper, -1, 0, 0); // Where the last one ends.
  return {
    rowCount,
    countersBefore: keeper.countersBefore,
    steps,
    passStart,
    cells,
    changes,
    findings,
    changesOf: rowsByOwner(changes.cell.subarray(0, changes.count), rowCount + state.counters.length),
    rows: rowsSince(state, firstRows),
  };
}
