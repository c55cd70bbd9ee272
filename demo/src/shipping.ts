/** Goods in, and order lines out. */
import type { CalendarDay } from '@planwright/time';
import { CHANNELS } from './catalogue.ts';
import type { Floor, Receipt } from './floor.ts';

/** Books goods in and serves who has waited for them. */
export function receive(floor: Floor, receipt: Receipt, day: CalendarDay): void {
  const { node, home, quantity, ordered } = receipt;
  floor.onHand[node] += quantity;
  floor.onOrder[node] = Math.max(0, floor.onOrder[node] - ordered);
  if (home >= 0) floor.onTheWay[home] -= quantity;
  let line = floor.queueHead[node];
  while (line >= 0) {
    // Oldest first, and nobody overtakes: a large order is not starved by small ones.
    if (!tryShip(floor, line, node, day)) return;
    line = floor.queueNext[line];
    floor.queueHead[node] = line;
  }
  floor.queueTail[node] = -1;
}

/** Ships the lines that fall due on a day, as far as stock and dock allow. */
export function shipDue(floor: Floor, day: CalendarDay): void {
  const { dueLines, inputs } = floor;
  const { lines, keys } = inputs;
  const loaded = new Map<number, number>();
  const due = floor.carriedOver;
  floor.carriedOver = [];
  while (floor.nextDue < dueLines.length && lines.requestedOn[dueLines[floor.nextDue]] <= day) {
    due.push(dueLines[floor.nextDue]);
    floor.nextDue += 1;
  }
  for (const line of due) {
    if (floor.lost[line] === 1) continue;
    const { warehouse } = keys[lines.key[line]];
    const count = loaded.get(warehouse) ?? 0;
    if (count >= floor.dockLines) {
      floor.carriedOver.push(line);
      continue;
    }
    loaded.set(warehouse, count + 1);
    const node = inputs.lineNode[line];
    if (floor.queueHead[node] < 0 && tryShip(floor, line, node, day)) continue;
    join(floor, line, node);
  }
}

const PATIENCE_DAYS = 30;

/**
 * Closes what nobody can ship any more: lines of an item that was phased out a month ago and has no stock left.
 * Such a line is closed short, at what was shipped of it.
 */
export function closeDeadLines(floor: Floor): void {
  const { lines, keys, items, timeline } = floor.inputs;
  for (const line of floor.dueLines) {
    const { activeTo } = items[keys[lines.key[line]].item].sold ?? { activeTo: null };
    if (floor.shippedOn[line] !== 0 || activeTo === null) continue;
    if (activeTo + PATIENCE_DAYS < timeline.asOf) floor.shippedOn[line] = activeTo + PATIENCE_DAYS;
  }
}

function join(floor: Floor, line: number, node: number): void {
  if (floor.queueHead[node] < 0) {
    floor.queueHead[node] = line;
    floor.owed[node] += floor.inputs.lines.quantity[line] - floor.shippedQuantity[line];
  } else {
    floor.queueNext[floor.queueTail[node]] = line;
    floor.owed[node] += floor.inputs.lines.quantity[line];
  }
  floor.queueTail[node] = line;
}

/** What a customer wants done when there is not enough: wait for all, take a part and wait, or take a part and close. */
type Habit = 'wait' | 'partial' | 'short';
const SHORT_FROM_RATIO = 0.5;

function habitOf(floor: Floor, line: number): Habit {
  const account = floor.inputs.accounts[floor.inputs.lines.account[line]];
  if (account.segment === 'Regional chain' || account.segment === 'National chain') return 'short';
  return CHANNELS[account.channel] === 'dealer' && account.orderCycleDays <= 14 ? 'partial' : 'wait';
}

/** Ships a line or a part of it. True when the line is closed. */
function tryShip(floor: Floor, line: number, node: number, day: CalendarDay): boolean {
  const quantity = floor.inputs.lines.quantity[line];
  const wanted = quantity - floor.shippedQuantity[line];
  const available = Math.floor(floor.onHand[node] + 1e-9);
  const isWaiting = floor.queueHead[node] === line;
  if (available >= wanted) {
    move(floor, line, node, wanted, isWaiting);
    floor.shippedOn[line] = day;
    return true;
  }
  if (available <= 0) return false;
  const habit = habitOf(floor, line);
  if (habit === 'short' && available >= wanted * SHORT_FROM_RATIO) {
    move(floor, line, node, available, isWaiting);
    if (isWaiting) floor.owed[node] -= wanted - available;
    floor.shippedOn[line] = day;
    return true;
  }
  if (habit === 'partial') move(floor, line, node, available, isWaiting);
  return false;
}

function move(floor: Floor, line: number, node: number, units: number, isWaiting: boolean): void {
  floor.onHand[node] -= units;
  floor.shippedQuantity[line] += units;
  if (isWaiting) floor.owed[node] -= units;
}
