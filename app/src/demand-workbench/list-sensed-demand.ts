import type { SENSED_ONLY } from '@planwright/contracts';
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
    const shown = selected.filter((row) => isShown(row, query.only));
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
      ...totalsOf(selected),
      sentence: sentenceOf(run, window, selected),
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
  const items =
    group === ''
      ? undefined
      : new Set((await plan.groupItems(run.runId, { group }, true)).map(({ code }) => code));
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

function isShown(row: SensedRow, only: (typeof SENSED_ONLY)[number]): boolean {
  if (only === 'changed') return row.isChanged;
  return only === 'all' || row.stream.broken !== null;
}

/** Behind the row of that change and stream in the order of the list. */
function isBehind({ stream }: SensedRow, largest: number, keyId: number): boolean {
  const size = Math.abs(stream.moneyChange);
  return size < largest || (size === largest && stream.keyId > keyId);
}

function totalsOf(rows: readonly SensedRow[]) {
  let [quantityChange, moneyChange, changedCount, brokenCount] = [0, 0, 0, 0];
  for (const { stream, isChanged } of rows) {
    quantityChange += stream.quantityChange;
    moneyChange += stream.moneyChange;
    if (isChanged) changedCount += 1;
    if (stream.broken !== null) brokenCount += 1;
  }
  return { quantityChange, moneyChange, changedCount, brokenCount };
}

function sentenceOf(run: RunHead, window: SensingWindow | undefined, rows: readonly SensedRow[]): string {
  if (window === undefined)
    return 'Orders go beyond the last bucket of the plan in view. A new run of the plan starts after them.';
  if (rows.length === 0) return 'Nothing of the selection is planned.';
  const { moneyChange, changedCount } = totalsOf(rows);
  const bucket = bucketLabel(run.calendar, window.current);
  const known = `With orders up to ${isoFromDay(window.knownUpTo)}, ${Math.round(100 * window.elapsedRatio)} % into ${bucket}`;
  if (changedCount === 0) return `${known}, nothing moves the forecast.${brokenOf(rows)}`;
  const [{ stream }] = rows;
  const way = moneyChange < 0 ? 'lower' : 'raise';
  const moved = `${counted(changedCount)} of ${counted(rows.length)} streams ${way} the near term by ${money(run, moneyChange)}`;
  const most = `${stream.item} at ${stream.location} moves most, ${stream.moneyChange < 0 ? 'down' : 'up'} ${money(run, stream.moneyChange)}`;
  return `${known}, ${moved}; ${most}.${brokenOf(rows)}`;
}

function brokenOf(rows: readonly SensedRow[]): string {
  const broken = rows.flatMap(({ stream }) => stream.broken ?? []);
  if (broken.length === 0) return '';
  const since = broken.filter(({ sinceRun }) => sinceRun).length;
  const all =
    broken.length === 1 ? '1 forecast no longer holds' : `${counted(broken.length)} forecasts no longer hold`;
  return since === 0
    ? ` ${all}, as when the plan was made.`
    : ` ${all}; ${counted(since)} broke since the plan and should be refitted.`;
}

const counted = (count: number): string => count.toLocaleString('en-US');

const money = ({ currency }: RunHead, amount: number): string =>
  `${currency} ${Math.abs(Math.round(amount)).toLocaleString('en-US')}`;
