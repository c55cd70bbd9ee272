/** The 180 capacitated lot-sizing instances of Trigeiro, Thomas and McClain (1989), from the real data sets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LotSizingProblem } from '@planwright/supply';

export type LotSizingInstance = { readonly name: string; readonly problem: LotSizingProblem };

/** All instances of the folder, by name; their cost of making, the same for every plan, is left out. */
export function readLotSizingInstances(folder: string): LotSizingInstance[] {
  const items = Map.groupBy(rowsOf(join(folder, 'items.csv')), (row) => row.instance);
  const demands = Map.groupBy(rowsOf(join(folder, 'demand.csv')), (row) => row.instance);
  return rowsOf(join(folder, 'instances.csv')).map((row) => {
    const itemCount = Number(row.n_items);
    const bucketCount = Number(row.n_periods);
    const column = (name: string) => {
      const values = new Float64Array(itemCount);
      for (const item of items.get(row.instance) ?? []) values[Number(item.item) - 1] = Number(item[name]);
      return values;
    };
    const demand = new Float64Array(itemCount * bucketCount);
    for (const due of demands.get(row.instance) ?? []) {
      demand[(Number(due.item) - 1) * bucketCount + Number(due.period) - 1] = Number(due.demand);
    }
    return {
      name: row.instance,
      problem: {
        itemCount,
        bucketCount,
        capacityHours: new Float64Array(bucketCount).fill(Number(row.capacity_per_period)),
        hoursPerUnit: column('capacity_use_per_unit'),
        setupHours: column('setup_time'),
        holdingCost: column('holding_cost'),
        setupCost: column('setup_cost'),
        demand,
      },
    };
  });
}

type Row = Readonly<Record<string, string>>;

/** Plain numbers and names, no quotes. */
function rowsOf(path: string): Row[] {
  const [head, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index]]));
  });
}
