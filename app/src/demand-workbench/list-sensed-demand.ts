import { bucketLabel, isoFromDay } from '@planwright/time';
import { selectionOf } from '../demand/selection.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { DemandSelection, PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OrderBookReader } from './order-book.ts';
import { type SensedRow, sensedStreams } from './sensed-streams.ts';
import { knownUpTo, type SensingWindow, sensingWindow } from './sensing-window.ts';

/** Lists that are kept: a company's published run over its newest orders, and a few that somebody else looks at. */
const LISTS_MAX = 4;

/** How orders since the plan move its first buckets. A list is made once for a run and a state of the orders. */
export function listSensedDemand(deps: {
  plan: PlanReader;
  orderBook: OrderBookReader;
}): Service<'listSensedDemand'> {
  const lists = new Map<string, Promise<readonly SensedRow[]>>();
  const listOf = (question: string, make: () => Promise<readonly SensedRow[]>) => {
    const known = lists.get(question);
    if (known !== undefined) return known;
    const made = make();
    lists.set(question, made);
    made.catch(() => lists.delete(question)); // A failure is no answer.
    if (lists.size > LISTS_MAX) lists.delete(lists.keys().next().value!);
    return made;
  };
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const after = decodeCursor(query.cursor, 2);
    const state = await deps.orderBook.state(member.companyId);
    const window = sensingWindow(run, state);
    const rows =
      window === undefined
        ? []
        : await listOf(JSON.stringify([run.runId, window.knownUpTo, state.version]), () =>
            sensedStreams(deps.orderBook, run, window),
          );
    const selected = await selectedRows(deps.plan, run, rows, selectionOf(query));
    const totals = totalsOf(selected);
    const { only } = query;
    const shown = only === 'all' ? selected : selected.filter((row) => isShown(row, only));
    const [largest, keyId] = (after ?? []).map(Number);
    const behind = after === undefined ? shown : shown.filter((row) => isBehind(row, largest, keyId));
    const page = pageFrom(
      behind.slice(0, query.limit + 1),
      query.limit,
      shown.length,
      ({ stream }) => [Math.abs(stream.moneyChange), stream.keyId],
      ({ stream }) => stream,
    );
    return {
      ...page,
      currency: run.currency,
      orderedUpTo: isoFromDay(knownUpTo(run, state)),
      elapsedRatio: window?.elapsedRatio ?? 1,
      quantityChange: totals.quantityChange,
      moneyChange: totals.moneyChange,
      changedCount: totals.changedCount,
      brokenCount: totals.brokenCount,
      sentence: sentenceOf(run, window, selected, totals),
    };
  };
}

/** The rows of a selection; a group has all items below it. */
async function selectedRows(
  plan: PlanReader,
  run: RunHead,
  rows: readonly SensedRow[],
  selection: DemandSelection,
): Promise<readonly SensedRow[]> {
  const { group, item, location, channel } = selection;
  if (group === '' && item === undefined && location === undefined && channel === undefined) return rows;
  const items = group === '' ? undefined : new Set(await plan.itemsBelow(run.runId, group));
  const isOf = (wanted: string | undefined, value: string): boolean =>
    wanted === undefined || wanted === value;
  return rows.filter(
    ({ stream }) =>
      (items === undefined || items.has(stream.item)) &&
      isOf(item, stream.item) &&
      isOf(location, stream.location) &&
      isOf(channel, stream.channel),
  );
}

const isShown = (row: SensedRow, only: 'changed' | 'broken'): boolean =>
  only === 'changed' ? row.isChanged : row.stream.broken !== null;

/** Behind the row of that change and stream in the order of the list. */
function isBehind({ stream }: SensedRow, largest: number, keyId: number): boolean {
  const size = Math.abs(stream.moneyChange);
  return size < largest || (size === largest && stream.keyId > keyId);
}

type Totals = {
  readonly quantityChange: number;
  readonly moneyChange: number;
  readonly changedCount: number;
  readonly brokenCount: number;
  readonly brokenSinceRun: number;
};

function totalsOf(rows: readonly SensedRow[]): Totals {
  let [quantityChange, moneyChange, changedCount, brokenCount, brokenSinceRun] = [0, 0, 0, 0, 0];
  for (const { stream, isChanged } of rows) {
    quantityChange += stream.quantityChange;
    moneyChange += stream.moneyChange;
    if (isChanged) changedCount += 1;
    if (stream.broken !== null) brokenCount += 1;
    if (stream.broken?.sinceRun === true) brokenSinceRun += 1;
  }
  return { quantityChange, moneyChange, changedCount, brokenCount, brokenSinceRun };
}

function sentenceOf(
  run: RunHead,
  window: SensingWindow | undefined,
  rows: readonly SensedRow[],
  totals: Totals,
): string {
  if (window === undefined)
    return 'Orders go beyond the last period of the plan in view. A new run of the plan starts after them.';
  if (rows.length === 0) return 'Nothing of the selection is planned.';
  const { moneyChange, changedCount } = totals;
  const bucket = bucketLabel(run.calendar, window.current);
  const elapsed = Math.round(100 * window.elapsedRatio);
  const when = elapsed === 0 ? `before ${bucket} has begun` : `${elapsed} % into ${bucket}`;
  const known = `With orders up to ${isoFromDay(window.knownUpTo)}, ${when}`;
  if (changedCount === 0) return `${known}, nothing moves the forecast.${brokenOf(totals)}`;
  const [{ stream }] = rows;
  const verb = changedCount === 1 ? 'moves and' : 'move and together';
  const way = `${moneyChange < 0 ? 'lower' : 'raise'}${changedCount === 1 ? 's' : ''}`;
  const moved = `${counted(changedCount)} of ${counted(rows.length)} streams ${verb} ${way} the near term by ${money(run, moneyChange)}`;
  const most = `${stream.item} at ${stream.location} moves most, ${stream.moneyChange < 0 ? 'down' : 'up'} ${money(run, stream.moneyChange)}`;
  return `${known}, ${moved}; ${most}.${brokenOf(totals)}`;
}

function brokenOf({ brokenCount, brokenSinceRun }: Totals): string {
  if (brokenCount === 0) return '';
  const all =
    brokenCount === 1 ? '1 forecast no longer holds' : `${counted(brokenCount)} forecasts no longer hold`;
  return brokenSinceRun === 0
    ? ` ${all}: none of them broke since the plan was made.`
    : ` ${all}; ${counted(brokenSinceRun)} broke since the plan and should be refitted.`;
}

// Made once: a formatter takes longer to make than all else that is done for an answer.
const grouped = new Intl.NumberFormat('en-US');
const counted = (count: number): string => grouped.format(count);

const money = ({ currency }: RunHead, amount: number): string =>
  `${currency} ${grouped.format(Math.abs(Math.round(amount)))}`;
