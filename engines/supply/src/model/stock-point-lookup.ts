/**
 * Finds the row of a stock point by item and location. Two look-ups by the names as they are: joining them into one
 * key would make a new string for each of a million rows.
 */

/** Row of the stock point; -1 where there is none. Of duplicates the first. */
export type StockPointLookup = (item: string, location: string) => number;

/** O(rows) to make, O(1) to ask. */
export function stockPointLookup(
  rows: readonly { readonly item: string; readonly location: string }[],
): StockPointLookup {
  const rowByLocation = new Map<string, Map<string, number>>();
  rows.forEach(({ item, location }, row) => {
    let rowByItem = rowByLocation.get(location);
    if (rowByItem === undefined) rowByLocation.set(location, (rowByItem = new Map()));
    if (!rowByItem.has(item)) rowByItem.set(item, row);
  });
  return (item, location) => rowByLocation.get(location)?.get(item) ?? -1;
}
