import { dayFromIso } from '@planwright/time';
import { expect, test } from 'vitest';
import { demoOf, sum } from './tables.ts';

test('promotions sell, and the weeks after them pay for a part of it', () => {
  const { tables } = demoOf('M');
  const parentOf = new Map(tables.rows('item_group').map((row) => [row.code, row.parentCode]));
  const groupOf = new Map(tables.rows('item').map((row) => [row.code, row.groupCode]));
  const unitsOn = new Map<string, number>();
  for (const row of tables.rows('sales_order_line')) {
    if (Number(row.quantity) <= 0) continue;
    const day = dayFromIso(String(row.requestedOn));
    for (let group = groupOf.get(row.item) ?? null; group !== null; group = parentOf.get(group) ?? null) {
      const name = `${group} ${row.channel} ${day}`;
      unitsOn.set(name, (unitsOn.get(name) ?? 0) + Number(row.quantity));
    }
  }
  const asOf = dayFromIso(tables.profile.asOf);
  const first = dayFromIso('2022-12-01');
  const channels = ['dealer', 'retail', 'online'];
  const rate = (group: unknown, among: readonly unknown[], from: number, length: number): number =>
    sum(
      among.flatMap((channel) =>
        Array.from({ length }, (_, t) => unitsOn.get(`${group} ${channel} ${from + t}`) ?? 0),
      ),
    ) / length;
  const effects = tables
    .rows('demand_event')
    .filter((row) => row.kind === 'promotion')
    .flatMap((row) => {
      const from = dayFromIso(String(row.startsOn));
      const to = dayFromIso(String(row.endsOn));
      if (from - 28 <= first || to + 50 >= asOf) return [];
      const length = to - from + 1;
      const dipLength = Math.round(length * 0.9);
      const against = (among: readonly unknown[]) => {
        const before = rate(row.itemGroup, among, from - 28, 28);
        const after = rate(row.itemGroup, among, to + dipLength + 1, 28);
        const calm = (before + after) / 2;
        return {
          lift: rate(row.itemGroup, among, from, length) / calm,
          dip: rate(row.itemGroup, among, to + 1, dipLength) / calm,
        };
      };
      // The other channels have the same season and no promotion.
      const own = against([row.channel]);
      const other = against(channels.filter((channel) => channel !== row.channel));
      return [{ lift: own.lift / other.lift, dip: own.dip / other.dip }];
    });
  expect(effects.length).toBeGreaterThan(30);
  expect(sum(effects.map((effect) => effect.lift)) / effects.length).toBeGreaterThan(1.2);
  expect(sum(effects.map((effect) => effect.dip)) / effects.length).toBeLessThan(0.95);
});

test('three work centres are too small for the season, the others are not', () => {
  const { tables } = demoOf('M');
  const items = new Map(tables.rows('item').map((row) => [row.code, row]));
  const billOf = Map.groupBy(tables.rows('bom_row'), (row) => row.parent);
  const units = new Map<string, number[]>();
  const add = (item: unknown, month: number, quantity: number): void => {
    const months = units.get(String(item)) ?? new Array<number>(12).fill(0);
    units.set(String(item), months);
    months[month] += quantity;
    for (const row of billOf.get(String(item)) ?? []) {
      add(row.component, month, (quantity * Number(row.quantityPer)) / (1 - Number(row.scrapRatio)));
    }
  };
  for (const row of tables.rows('sales_order_line')) {
    const requestedOn = String(row.requestedOn);
    if (Number(row.quantity) <= 0 || requestedOn < '2025-11-01' || requestedOn >= '2026-11-01') continue;
    add(row.item, Number(requestedOn.slice(5, 7)) - 1, Number(row.quantity));
  }
  const hours = new Map<unknown, number[]>();
  for (const step of tables.rows('routing_step')) {
    const load = hours.get(step.resource) ?? new Array<number>(12).fill(0);
    hours.set(step.resource, load);
    (units.get(String(step.item)) ?? []).forEach((quantity, month) => {
      const lots = quantity / Number(items.get(step.item)?.lotMinimum);
      load[month] += quantity * Number(step.hoursPerUnit) + lots * Number(step.setupHours);
    });
  }
  const peaks = tables
    .rows('resource')
    .map((row) => {
      const capacity = ((Number(row.hoursPerWeek) * Number(row.efficiencyRatio)) / 7) * 30.4;
      return { code: String(row.code), ratio: Math.max(...(hours.get(row.code) ?? [])) / capacity };
    })
    .sort((a, b) => b.ratio - a.ratio);
  // Last year's demand against capacity that fits the coming year.
  expect(
    peaks
      .slice(0, 3)
      .map((peak) => peak.code)
      .toSorted(),
  ).toEqual(['CID-PAINT', 'CID-WALK', 'GSP-PACK']);
  expect(peaks[2].ratio).toBeGreaterThan(0.9);
  expect(peaks[0].ratio).toBeLessThan(1.2);
  for (const peak of peaks.slice(3)) expect(peak.ratio).toBeLessThan(0.95);
});
