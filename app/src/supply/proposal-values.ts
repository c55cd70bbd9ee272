/**
 * What proposals are worth, so that a sum over a bill of material counts nothing twice: goods that are made hold the
 * value of their components, which were bought or made by proposals of their own.
 */
import type { Proposal, ProposalTotals } from '@planwright/contracts';
import { placeKey } from '../scenarios/supply-sources.ts';
import type { PlanBook } from './plan-book.ts';

type Valued = Pick<Proposal, 'kind' | 'item' | 'location' | 'quantity' | 'value'>;

/** What a proposal adds to what is spent: see `Proposal.addedValue`. Never below 0. */
export function addedValue(book: PlanBook, { kind, item, location, quantity, value }: Valued): number {
  if (kind === 'buy') return value;
  if (kind !== 'make') return 0;
  const taken = componentValues(book).get(placeKey(item, location));
  if (taken === undefined) return value;
  return Math.max(0, value - taken.perUnit * quantity - taken.perOrder);
}

export function proposalTotals(
  rows: readonly Pick<Proposal, 'kind' | 'value' | 'addedValue'>[],
): ProposalTotals {
  const totals = { purchaseValue: 0, workValue: 0, moveValue: 0, openOrderValue: 0 };
  for (const { kind, value, addedValue: added } of rows) {
    if (kind === 'buy') totals.purchaseValue += value;
    else if (kind === 'make') totals.workValue += added;
    else if (kind === 'move') totals.moveValue += value;
    else totals.openOrderValue += value;
  }
  return totals;
}

export const spentOn = ({ purchaseValue, workValue }: ProposalTotals): number => purchaseValue + workValue;

/** Money of the components in a unit started, and in an order whatever its quantity. */
type ComponentValue = { perUnit: number; perOrder: number };

const valuesOfBook = new WeakMap<PlanBook, ReadonlyMap<string, ComponentValue>>();

/** By item and location, of the way to make it that is asked first; of substitutes the first. */
function componentValues(book: PlanBook): ReadonlyMap<string, ComponentValue> {
  const known = valuesOfBook.get(book);
  if (known !== undefined) return known;
  const { stockPoints, sources, components } = book.blocks.planning;
  const costOf = new Map(stockPoints.map((row) => [placeKey(row.item, row.location), row.unitCost ?? 0]));
  const rowsOf = Map.groupBy(components, (row) => row.source);
  const values = new Map<string, ComponentValue>();
  const makers = sources.filter((row) => row.kind === 'make');
  for (const { source, item, location } of makers.toSorted((a, b) => (a.priority ?? 1) - (b.priority ?? 1))) {
    if (values.has(placeKey(item, location))) continue;
    const value: ComponentValue = { perUnit: 0, perOrder: 0 };
    const groups = new Set<string>();
    const rows = rowsOf.get(source) ?? [];
    for (const row of rows.toSorted((a, b) => (a.substitutePriority ?? 1) - (b.substitutePriority ?? 1))) {
      if (row.substituteGroup !== undefined && groups.has(row.substituteGroup)) continue;
      if (row.substituteGroup !== undefined) groups.add(row.substituteGroup);
      const cost = (costOf.get(placeKey(row.component, location)) ?? 0) / (1 - (row.scrapRatio ?? 0));
      value.perUnit += cost * row.quantityPer;
      value.perOrder += cost * (row.quantityPerOrder ?? 0);
    }
    values.set(placeKey(item, location), value);
  }
  valuesOfBook.set(book, values);
  return values;
}
