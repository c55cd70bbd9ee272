import type { PlannedSource } from '../scenarios/planning-sources.ts';
import type { PlanBook } from './plan-book.ts';

type Source = Pick<PlannedSource, 'kind' | 'item' | 'location' | 'supplier' | 'fromLocation'>;

/** A way to refill a stock point as people speak of it: "moving BIKE from PLANT to SHOP". */
export function sourceWords({ supplierNames }: PlanBook, source: Source): string {
  const { kind, item, location, supplier, fromLocation } = source;
  switch (kind) {
    case 'make':
      return `making ${item} at ${location}`;
    case 'buy':
      return `buying ${item} for ${location}${supplier === undefined ? '' : ` from ${supplierNames.get(supplier) ?? supplier}`}`;
    case 'move':
      return `moving ${item}${fromLocation === undefined ? '' : ` from ${fromLocation}`} to ${location}`;
  }
}

/** The same at the head of a sentence. */
export function sourceHead(book: PlanBook, source: Source): string {
  const words = sourceWords(book, source);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
