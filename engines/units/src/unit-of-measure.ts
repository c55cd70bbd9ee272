/**
 * Units of measure and the table that converts between them.
 *
 * A row says "1 `from` is `factor` `to`". A row without an item holds for everything (1 KG is 1000 G);
 * a row with an item holds for that item alone (1 BOX of tea is 12 EA) and is preferred there, so a
 * quantity is never converted with another item's pack size.
 *
 * Rows need not cover every pair: a conversion follows the shortest chain of rows, in either direction; of the item's
 * own rows where they lead there, else of its own and the general ones.
 * Cost     a look-up is O(1) after the first use of a (item, from, to); the first walks the item's rows.
 */
import type { Issue } from './issue.ts';

export type UnitCode = string;

/** A number of a unit. Inside the engines quantities are bare numbers in the item's stocking unit. */
export type Quantity = { readonly value: number; readonly unit: UnitCode };

export type UnitConversion = {
  readonly from: UnitCode;
  readonly to: UnitCode;
  /** How many `to` one `from` holds; > 0. */
  readonly factor: number;
  readonly item?: string;
};

export type UnitTable = {
  /** Links of one scope ('' = every item), by unit. */
  readonly scopes: ReadonlyMap<string, UnitLinks>;
  readonly ratios: Map<string, number>;
};
type UnitLinks = ReadonlyMap<UnitCode, ReadonlyMap<UnitCode, number>>;

const EVERY_ITEM = '';
// Two chains between the same units may differ by float noise, not by more.
const CHAIN_TOLERANCE_RATIO = 1e-9;

/** Builds the table. Bad rows are left out and named; a row that contradicts earlier rows is one of them. */
export function buildUnitTable(rows: readonly UnitConversion[]): { table: UnitTable; issues: Issue[] } {
  const scopes = new Map<string, Map<UnitCode, Map<UnitCode, number>>>();
  const issues: Issue[] = [];
  rows.forEach((row, index) => {
    const scope = row.item ?? EVERY_ITEM;
    const links = scopes.get(scope) ?? new Map<UnitCode, Map<UnitCode, number>>();
    const problem = problemOf(row, links);
    if (problem !== null) {
      issues.push({ severity: 'error', ...problem, row: index + 1, value: String(row.factor) });
      return;
    }
    scopes.set(scope, links);
    addLink(links, row.from, row.to, row.factor);
    addLink(links, row.to, row.from, 1 / row.factor);
  });
  return { table: { scopes, ratios: new Map() }, issues };
}

/** How many `to` one `from` of the item holds; NaN where no chain of rows leads from one to the other. */
export function unitRatio(table: UnitTable, from: UnitCode, to: UnitCode, item?: string): number {
  if (from === to) return 1;
  const memo = JSON.stringify([item ?? EVERY_ITEM, from, to]);
  const known = table.ratios.get(memo);
  if (known !== undefined) return known;
  const general = table.scopes.get(EVERY_ITEM);
  const own = item === undefined ? undefined : table.scopes.get(item);
  const ownRatio = chainRatio([own], from, to);
  const ratio = Number.isNaN(ownRatio) ? chainRatio([own, general], from, to) : ownRatio;
  table.ratios.set(memo, ratio);
  return ratio;
}

/** The same amount in another unit; its value is NaN where the table has no way there. */
export function convertQuantity(table: UnitTable, quantity: Quantity, to: UnitCode, item?: string): Quantity {
  return { value: quantity.value * unitRatio(table, quantity.unit, to, item), unit: to };
}

function problemOf(
  row: UnitConversion,
  links: UnitLinks,
): { code: string; message: string; advice: string } | null {
  const what = `1 ${row.from} = ${row.factor} ${row.to}${row.item === undefined ? '' : ` of ${row.item}`}`;
  if (!(row.factor > 0) || !Number.isFinite(row.factor)) {
    return {
      code: 'UNIT_FACTOR_NOT_POSITIVE',
      message: `${what}: the factor must be a positive number.`,
      advice: `Give how many ${row.to} one ${row.from} holds.`,
    };
  }
  const known = row.from === row.to ? 1 : chainRatio([links], row.from, row.to);
  if (Number.isNaN(known) || Math.abs(known - row.factor) <= known * CHAIN_TOLERANCE_RATIO) return null;
  return {
    code: 'UNIT_FACTOR_CONTRADICTS',
    message: `${what} contradicts earlier rows, which make it ${known}.`,
    advice: 'Keep the right one of the rows and remove the other.',
  };
}

function addLink(
  links: Map<UnitCode, Map<UnitCode, number>>,
  from: UnitCode,
  to: UnitCode,
  factor: number,
): void {
  const neighbours = links.get(from) ?? new Map<UnitCode, number>();
  neighbours.set(to, factor);
  links.set(from, neighbours);
}

/** Breadth first, so the shortest chain wins; at each unit the item's own rows come before the general ones. */
function chainRatio(scopes: readonly (UnitLinks | undefined)[], from: UnitCode, to: UnitCode): number {
  const ratios = new Map<UnitCode, number>([[from, 1]]);
  for (const [unit, ratio] of ratios) {
    if (unit === to) return ratio;
    for (const links of scopes) {
      for (const [next, factor] of links?.get(unit) ?? []) {
        if (!ratios.has(next)) ratios.set(next, ratio * factor);
      }
    }
  }
  return Number.NaN;
}
