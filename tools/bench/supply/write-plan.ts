/** Writes a plan as the two CSV files that the checker reads. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { PlanningModel } from '@planwright/supply';
import type { PlanRows } from './check-plan.ts';

const MS_PER_DAY = 86_400_000;
const LINES_AT_ONCE = 10_000;

const dates = new Map<number, string>();

function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) dates.set(day, (date = new Date(day * MS_PER_DAY).toISOString().slice(0, 10)));
  return date;
}

/** PREFIX.orders.csv and PREFIX.deliveries.csv. */
export function writePlan(prefix: string, model: PlanningModel, { orders, deliveries }: PlanRows): void {
  writeLines(`${prefix}.orders.csv`, 'type,item,start,end,quantity', orders.count, (row) => {
    const { kind, item } = model.sources[orders.source[row]];
    return `${kind},${item},${dateOf(orders.startDay[row])},${dateOf(orders.endDay[row])},${orders.quantity[row]}`;
  });
  writeLines(`${prefix}.deliveries.csv`, 'demand,date,quantity', deliveries.count, (row) => {
    const { demand } = model.demands[deliveries.demand[row]];
    return `${demand},${dateOf(deliveries.day[row])},${deliveries.quantity[row]}`;
  });
}

function writeLines(path: string, header: string, count: number, lineOf: (row: number) => string): void {
  const file = openSync(path, 'w');
  let text = `${header}\n`;
  for (let row = 0; row < count; row++) {
    text += `${lineOf(row)}\n`;
    if (row % LINES_AT_ONCE === 0) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}
