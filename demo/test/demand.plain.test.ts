import { dayFromIso } from '@planwright/time';
import { expect, test } from 'vitest';
import { demoOf, monthOf, SIZES, sum, totals } from './tables.ts';

test.each(SIZES)('planners share out what is sold, and parts have none: %s', (size) => {
  const items = demoOf(size).tables.rows('item');
  const planners = new Set(items.map((row) => row.planner));
  expect(planners.size).toBeGreaterThan(4);
  for (const row of items) expect(row.planner === null).toBe(row.kind !== 'finished' && row.kind !== 'spare');
});

test('stock-outs hide demand: fewer order lines are entered while they last', () => {
  const { tables, lines } = demoOf('M');
  const linesOn = totals(
    lines,
    (row) => `${row.item} ${row.location} ${dayFromIso(String(row.orderedOn))}`,
    () => 1,
  );
  const rate = (item: unknown, location: unknown, from: number, length: number): number =>
    sum(Array.from({ length }, (_, t) => linesOn.get(`${item} ${location} ${from + t}`) ?? 0)) / length;
  const long = tables.rows('stock_out').flatMap((row) => {
    const from = dayFromIso(String(row.startsOn)) + 10;
    const length = dayFromIso(String(row.endsOn)) - from + 1;
    if (length < 14) return [];
    const around =
      rate(row.item, row.location, from - 52, 42) + rate(row.item, row.location, from + length, 42);
    return [{ during: rate(row.item, row.location, from, length), around: around / 2 }];
  });
  expect(long.length).toBeGreaterThan(50);
  const ratio = sum(long.map((one) => one.during)) / sum(long.map((one) => one.around));
  expect(ratio).toBeLessThan(0.8);
});

test.each(SIZES)('stock-outs lie in the past, last two weeks at least, and do not overlap: %s', (size) => {
  const { tables, asOf } = demoOf(size);
  const rows = tables.rows('stock_out');
  expect(rows.length).toBeGreaterThan(size === 'S' ? 5 : 100);
  const ends = new Map<string, string>();
  for (const row of rows.toSorted((a, b) => (String(a.startsOn) < String(b.startsOn) ? -1 : 1))) {
    const place = `${row.item} ${row.location}`;
    expect(String(row.startsOn) > (ends.get(place) ?? '')).toBe(true);
    expect(dayFromIso(String(row.endsOn)) - dayFromIso(String(row.startsOn))).toBeGreaterThanOrEqual(13);
    expect(String(row.endsOn) < asOf).toBe(true);
    ends.set(place, String(row.endsOn));
  }
});

test.each(SIZES)('launches name items of their family; one is young and one is still to come: %s', (size) => {
  const { tables, asOf } = demoOf(size);
  const items = new Map(tables.rows('item').map((row) => [row.code, row]));
  const parents = new Map(tables.rows('item_group').map((row) => [row.code, row.parentCode]));
  const familyOf = (group: unknown) => parents.get(String(group));
  const launches = tables.rows('launch');
  for (const row of launches) {
    const item = items.get(row.item);
    expect(row.startsOn).toBe(item?.activeFrom);
    const like = String(row.likeItems ?? '')
      .split(', ')
      .filter((code) => code !== '');
    for (const code of like) expect(familyOf(items.get(code)?.groupCode)).toBe(familyOf(item?.groupCode));
  }
  const age = (row: (typeof launches)[number]): number => dayFromIso(asOf) - dayFromIso(String(row.startsOn));
  expect(launches.filter((row) => age(row) < 0 && row.likeItems !== null).length).toBeGreaterThan(0);
  expect(
    launches.filter((row) => age(row) > 0 && age(row) < 250 && row.likeItems !== null).length,
  ).toBeGreaterThan(0);
});

test.each(SIZES)('successors take over about what their predecessors sold: %s', (size) => {
  const { tables, lines, asOf } = demoOf(size);
  const units = totals(
    lines,
    (row) => `${row.item} ${monthOf(row.requestedOn)}`,
    (row) => Number(row.quantity),
  );
  const yearFrom = (item: unknown, first: number): number =>
    sum(
      Array.from({ length: 12 }, (_, k) => {
        const month = first + k;
        return (
          units.get(`${item} ${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`) ?? 0
        );
      }),
    );
  const monthIndex = (day: unknown): number =>
    Number(String(day).slice(0, 4)) * 12 + Number(String(day).slice(5, 7)) - 1;
  const pairs = tables.rows('succession').flatMap((row) => {
    const at = monthIndex(row.switchOn);
    if (at + 15 > monthIndex(asOf) || at - 13 < monthIndex(tables.rows('sales_order')[0].orderedOn))
      return [];
    return [{ before: yearFrom(row.predecessor, at - 12), after: yearFrom(row.successor, at + 3) }];
  });
  expect(pairs.length).toBeGreaterThanOrEqual(size === 'M' ? 3 : 0);
  const before = sum(pairs.map((pair) => pair.before));
  expect(sum(pairs.map((pair) => pair.after))).toBeGreaterThan(before * 0.6 - 1);
  expect(sum(pairs.map((pair) => pair.after))).toBeLessThan(before * 1.6 + 1);
});

test.each(SIZES)(
  'a few quantities were typed with a zero too many, and billed as they were meant: %s',
  (size) => {
    const { lines } = demoOf(size);
    const slips = lines.filter(
      (row) =>
        row.shippedOn !== null &&
        Number(row.quantity) === 10 * Number(row.shippedQuantity) &&
        Number(row.quantity) > 10,
    );
    expect(slips.length).toBeGreaterThan(0);
    expect(slips.length).toBeLessThan(lines.length / 1000);
  },
);

test('something happened in one place only: the storms, with their note', () => {
  const { tables } = demoOf('S');
  const storms = tables.rows('demand_event').filter((row) => row.location !== null);
  expect(storms.map((row) => [row.kind, row.location])).toEqual([['other', 'ATL']]);
  expect(storms[0].note).not.toBeNull();
});
