import { expect, test } from 'vitest';
import { centsOf, demoOf, monthOf, type Row, SIZES, sum, totals } from './tables.ts';

test.each(SIZES)('has the size it promises: %s', (size) => {
  const { tables, lines } = demoOf(size);
  const keys = new Set(lines.map((row) => `${row.item} ${row.location} ${row.channel}`)).size;
  const kinds = totals(
    tables.rows('item'),
    (row) => String(row.kind),
    () => 1,
  );
  const [low, high] = size === 'S' ? [150, 200] : [1500, 2500];
  expect(keys).toBeGreaterThanOrEqual(low);
  expect(keys).toBeLessThanOrEqual(high);
  expect([kinds.get('finished'), kinds.get('spare')]).toEqual(size === 'S' ? [40, 15] : [300, 200]);
  expect(lines.length).toBeGreaterThan(size === 'S' ? 8_000 : 150_000);
  expect(lines.length).toBeLessThan(size === 'S' ? 13_000 : 250_000);
});

test.each(SIZES)('an order is the sum of its lines: %s', (size) => {
  const { tables, orders } = demoOf(size);
  const byOrder = totals(
    orders,
    (row) => String(row.order),
    (row) => centsOf(row.netAmount),
  );
  const heads = tables.rows('sales_order');
  expect(heads.length).toBe(byOrder.size);
  const wrong = heads.filter(
    (head) =>
      byOrder.get(String(head.code)) !== centsOf(head.netAmount) ||
      centsOf(head.totalAmount) !==
        centsOf(head.netAmount) + centsOf(head.taxAmount) + centsOf(head.freightAmount),
  );
  expect(wrong).toEqual([]);
});

test.each(SIZES)('service is good and not perfect, worst in season, and a backlog is left: %s', (size) => {
  const { lines, asOf } = demoOf(size);
  const due = lines.filter((row) => String(row.requestedOn) < asOf);
  const isOtif = (row: Row): boolean =>
    row.shippedOn !== null &&
    String(row.shippedOn) <= String(row.requestedOn) &&
    Number(row.shippedQuantity) >= Number(row.quantity);
  const ratioOf = (rows: readonly Row[]): number => rows.filter(isOtif).length / rows.length;
  const [low, high] = size === 'S' ? [0.82, 0.94] : [0.88, 0.93];
  expect(ratioOf(due)).toBeGreaterThan(low);
  expect(ratioOf(due)).toBeLessThan(high);
  const inMonths = (months: readonly string[]) =>
    due.filter((row) => months.includes(String(row.requestedOn).slice(5, 7)));
  expect(ratioOf(inMonths(['04', '05']))).toBeLessThan(ratioOf(inMonths(['01', '02'])) - 0.04);
  const backlog = due.filter((row) => row.shippedOn === null);
  expect(backlog.length).toBeGreaterThan(size === 'S' ? 2 : 100);
  expect(
    lines.some((row) => row.shippedOn !== null && Number(row.shippedQuantity) < Number(row.quantity)),
  ).toBe(true);
  expect(lines.filter((row) => String(row.requestedOn) >= asOf).length).toBeGreaterThan(lines.length / 200);
});

test.each(SIZES)(
  'nothing is ordered before its launch or after its phase-out, and nothing happens on the as-of day: %s',
  (size) => {
    const { tables, orders, asOf } = demoOf(size);
    const items = new Map(tables.rows('item').map((row) => [row.code, row]));
    const wrong = orders.filter((row) => {
      const item = items.get(row.item);
      const ordered = String(row.orderedOn);
      const isAlive =
        ordered >= String(item?.activeFrom) && (item?.activeTo === null || ordered <= String(item?.activeTo));
      return !isAlive || ordered >= asOf || (row.shippedOn !== null && String(row.shippedOn) >= asOf);
    });
    expect(wrong).toEqual([]);
    const lives = [...items.values()];
    expect(lives.filter((row) => row.successorCode !== null && row.activeTo !== null).length).toBeGreaterThan(
      0,
    );
    expect(lives.filter((row) => String(row.activeFrom ?? '') > asOf).length).toBeGreaterThan(0);
  },
);

test.each(SIZES)('service parts are asked for now and then: %s', (size) => {
  const { tables, lines } = demoOf(size);
  const spares = new Set(
    tables
      .rows('item')
      .filter((row) => row.kind === 'spare')
      .map((row) => row.code),
  );
  const months = new Map<unknown, Set<string>>();
  for (const row of lines.filter((line) => spares.has(line.item))) {
    months.set(row.item, (months.get(row.item) ?? new Set()).add(monthOf(row.requestedOn)));
  }
  expect(months.size).toBeGreaterThan(spares.size * 0.95);
  for (const withDemand of months.values()) expect(48 / withDemand.size).toBeGreaterThan(1.32);
});

test.each(SIZES)(
  'mowers have a spring, snow throwers an autumn, and battery tools grow where gas tools shrink: %s',
  (size) => {
    const { tables, lines, asOf } = demoOf(size);
    const groupOf = new Map(tables.rows('item').map((row) => [row.code, String(row.groupCode)]));
    const units = (groups: readonly string[], fits: (day: string) => boolean): number =>
      sum(
        lines
          .filter((row) => groups.includes(groupOf.get(row.item) ?? '') && fits(String(row.requestedOn)))
          .map((row) => Number(row.quantity)),
      );
    const share = (groups: readonly string[], months: readonly string[]) =>
      units(groups, (day) => day < asOf && months.includes(day.slice(5, 7))) /
      units(groups, (day) => day < asOf);
    // A quarter of the year would be 0.25 without a season.
    expect(share(['PUSH', 'SELF', 'TRAC', 'ZERO'], ['03', '04', '05'])).toBeGreaterThan(0.4);
    expect(share(['SNW1', 'SNW2', 'SNWB'], ['10', '11', '12'])).toBeGreaterThan(0.4);
    expect(share(['SNW1', 'SNW2', 'SNWB'], ['04', '05', '06'])).toBeLessThan(0.05);
    const growth = (groups: readonly string[]) =>
      units(groups, (day) => day >= '2025-11-01' && day < asOf) / units(groups, (day) => day < '2023-11-01');
    expect(growth(['TRMB', 'BLWB', 'SAWB', 'BATM'])).toBeGreaterThan(
      growth(['TRMG', 'BLWG', 'PUSH', 'SELF']) + 0.2,
    );
  },
);
