/** Rows of what planners know of demand: events, stock-outs, launches and hand-overs. */
import { isoFromDay } from '@planwright/time';
import type { Company } from './company.ts';
import type { DemandEvent } from './events.ts';
import { OVERLAP_DAYS, type SoldItem } from './items.ts';
import { listSource, type RowSource } from './row-batches.ts';
import { SITES } from './sites.ts';

/** What is still to come and was told to supply in time rests on what such events did; marketing says no more of it. */
export function eventRows({ events, timeline }: Company): RowSource {
  return listSource('demand_event', events, {
    code: (event) => event.code,
    name: (event) => event.name,
    kind: (event) => event.kind,
    itemGroup: (event) => event.group,
    item: (event) => event.item,
    channel: (event) => event.channel,
    startsOn: (event) => isoFromDay(event.startsOn),
    endsOn: (event) => isoFromDay(event.endsOn),
    upliftRatio: (event) =>
      event.kind === 'promotion' && event.isPlanned && event.startsOn >= timeline.asOf
        ? null
        : event.upliftRatio,
    location: (event) => (event.site === undefined ? null : SITES[event.site].code),
    strength: () => 1,
    note: (event) => event.note ?? NOTES[event.kind] ?? null,
  });
}

const NOTES: Partial<Record<DemandEvent['kind'], string>> = {
  promotion: '7 % off the invoice and a second placement.',
  price: 'Dealers buy ahead of the new list and less after it.',
};

export function stockOutRows({ operations, nodes, items }: Company): RowSource {
  const place = (row: { readonly node: number }) => nodes[row.node];
  return listSource('stock_out', operations.stockOuts, {
    item: (row) => items[place(row).item].code,
    location: (row) => SITES[place(row).site].code,
    startsOn: (row) => isoFromDay(row.startsOn),
    endsOn: (row) => isoFromDay(row.endsOn),
  });
}

/** Items that had to win customers of their own since the history began, and those that will. */
export function launchRows({ sold, timeline }: Company): RowSource {
  const launched = sold.filter((item) => item.activeFrom >= timeline.start && !item.inherits);
  return listSource('launch', launched, {
    item: (item) => item.code,
    location: () => '',
    channel: () => '',
    startsOn: (item) => isoFromDay(item.activeFrom),
    likeItems: (item) => likeItems(item, sold).join(', ') || null,
    note: (item) =>
      item.activeFrom > timeline.asOf ? 'Listed with the chains for the coming season.' : null,
  });
}

/** The two settled items nearest to it: of its line before those of its family, and then by the price aimed at. */
function likeItems(item: SoldItem, sold: readonly SoldItem[]): string[] {
  const distance = (other: SoldItem): number =>
    Math.abs(Math.log(other.aimedPrice / item.aimedPrice)) + (other.line === item.line ? 0 : 10);
  return sold
    .filter((other) => other.line !== null && other.line.family === item.line?.family)
    .filter((other) => other.activeTo === null && other.activeFrom < item.activeFrom - SETTLED_DAYS)
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 2)
    .map((other) => other.code);
}

const SETTLED_DAYS = 365;

export function successionRows({ sold }: Company): RowSource {
  const replaced = sold.filter((item) => item.successor !== null && item.activeTo !== null);
  return listSource('succession', replaced, {
    predecessor: (item) => item.code,
    successor: (item) => item.successor,
    switchOn: (item) => isoFromDay((item.activeTo ?? 0) - OVERLAP_DAYS),
    conversionRatio: () => 1,
    rampDays: () => OVERLAP_DAYS,
    keptRatio: () => 0,
    note: () => 'The new model takes over as the stock of the old one runs out.',
  });
}

const PLANNERS: Readonly<Record<string, string>> = {
  LAWN: 'Nina Barlow',
  HAND: 'Marcus Chen',
  WINTER: 'Ingrid Novak',
  YARD: 'Marcus Chen',
  ENERGY: 'Priya Shaw',
  GEAR: 'Tessa Ochoa',
  PARTS: 'Tessa Ochoa',
};

/** Who plans an item's demand: one person a division. */
export const plannerOf = (division: string | undefined): string | null => PLANNERS[division ?? ''] ?? null;
