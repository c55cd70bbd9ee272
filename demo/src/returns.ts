/** Goods that came back: few, most of them bought online. They are credited and not put back into stock. */
import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import type { Account } from './accounts.ts';
import type { DemandKey } from './demand.ts';
import { drawInteger } from './draws.ts';
import type { SoldItem } from './items.ts';
import type { OperationsLog } from './operations.ts';
import type { OrderLines } from './order-lines.ts';
import type { Timeline } from './timeline.ts';

export type ReturnLine = {
  /** The order line that is returned. */
  readonly line: number;
  readonly on: CalendarDay;
  /** Units, above 0. */
  readonly quantity: number;
};

const RETURN_CHANCE = [0.003, 0.006, 0.022];

export function makeReturns(
  lines: OrderLines,
  operations: OperationsLog,
  keys: readonly DemandKey[],
  sold: readonly SoldItem[],
  accounts: readonly Account[],
  timeline: Timeline,
  seed: number,
): ReturnLine[] {
  const stream = randomStream(seed, 'returns');
  const returns: ReturnLine[] = [];
  for (let line = 0; line < lines.count; line++) {
    const chance = RETURN_CHANCE[accounts[lines.account[line]].channel];
    if (stream.uniform() >= chance || operations.shippedOn[line] === 0) continue;
    const on = operations.shippedOn[line] + drawInteger(stream, 8, 45);
    const quantity = Math.max(
      1,
      Math.round(operations.shippedQuantity[line] * (stream.uniform() < 0.6 ? 0.2 : 1)),
    );
    const { activeTo } = sold[keys[lines.key[line]].item];
    if (on < timeline.asOf && (activeTo === null || on <= activeTo)) returns.push({ line, on, quantity });
  }
  return returns.sort((a, b) => a.on - b.on || a.line - b.line);
}
