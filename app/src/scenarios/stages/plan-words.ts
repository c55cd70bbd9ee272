/** How figures, buckets and items are called in the sentences of a plan. */
import { bucketLabel, calendarFromStarts } from '@planwright/time';
import type { Snapshot } from '../snapshot.ts';

export type PlanWords = {
  /** Name of a bucket of the horizon. */
  bucket(index: number): string;
  itemName(code: string): string;
  unit(code: string): string;
  /** NaN where no cost is known. */
  unitCost(code: string): number;
  money(amount: number): string;
  quantity(quantity: number): string;
};

export function planWords({ meta, items }: Snapshot): PlanWords {
  const calendar = calendarFromStarts(meta.calendar, Int32Array.from(meta.starts));
  const indexOf = new Map(items.code.map((code, item) => [code, item]));
  const of = <T>(column: readonly T[], code: string): T | undefined => column[indexOf.get(code) ?? -1];
  return {
    bucket: (index) => bucketLabel(calendar, meta.historyBuckets + index),
    itemName: (code) => of(items.name, code) ?? code,
    unit: (code) => of(items.unit, code) ?? '',
    unitCost: (code) => of(items.unitCost, code) ?? Number.NaN,
    money: (amount) => `${meta.currency} ${grouped(Math.round(amount))}`,
    quantity: (quantity) =>
      grouped(Math.abs(quantity) >= 100 ? Math.round(quantity) : Math.round(quantity * 10) / 10),
  };
}

/** 1234567.5 -> '1,234,567.5', the same on every machine. */
function grouped(value: number): string {
  const [whole, fraction] = String(Math.abs(value)).split('.');
  const digits = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${digits}${fraction === undefined ? '' : `.${fraction}`}`;
}
