import { expect, test } from 'vitest';
import { centsOf, demoOf, monthOf, type Row, SIZES, sum, totals } from './tables.ts';

test.each(SIZES)(
  'revenue of every month in the ledger is what was shipped in it, to the cent: %s',
  (size) => {
    const { tables, orders } = demoOf(size);
    const actual = tables
      .rows('ledger_line')
      .filter((row) => row.scenario === 'actual' && row.accountType === 'revenue');
    const booked = totals(
      actual,
      (row) => monthOf(row.postedOn),
      (row) => centsOf(row.amount),
    );
    const shipped = totals(
      orders.filter((row) => row.shippedOn !== null),
      (row) => monthOf(row.shippedOn),
      (row) => centsOf(row.netAmount),
    );
    expect(booked.size).toBe(48);
    expect(Object.fromEntries(booked)).toEqual(Object.fromEntries(shipped));
  },
);

test.each(SIZES)('inventory turns and margins are those of a maker of machines: %s', (size) => {
  const { tables } = demoOf(size);
  const ledger = tables
    .rows('ledger_line')
    .filter((row) => row.scenario === 'actual' && String(row.postedOn) >= '2025-10-31');
  const total = (rows: readonly Row[]): number => sum(rows.map((row) => centsOf(row.amount)));
  const cost = total(ledger.filter((row) => row.accountType === 'cost of sales'));
  const revenue = total(ledger.filter((row) => row.accountType === 'revenue'));
  const expense = total(ledger.filter((row) => row.accountType === 'expense'));
  const stock = ledger.filter((row) => String(row.account).startsWith('1300'));
  const turns = ((cost / 13) * 12) / (total(stock) / stock.length);
  expect(turns).toBeGreaterThan(size === 'S' ? 3.3 : 4);
  expect(turns).toBeLessThan(7);
  expect(1 - cost / revenue).toBeGreaterThan(0.25);
  expect(1 - cost / revenue).toBeLessThan(0.45);
  expect(expense / revenue).toBeLessThan(1 - cost / revenue);
});

test.each(SIZES)(
  'the standard cost of what is made is its material and its hours, to the cent: %s',
  (size) => {
    const { tables } = demoOf(size);
    const cost = new Map(tables.rows('item').map((row) => [row.code, Number(row.standardCost)]));
    const rate = new Map(tables.rows('resource').map((row) => [row.code, Number(row.costPerHour)]));
    const material = totals(
      tables.rows('bom_row'),
      (row) => String(row.parent),
      (row) => (Number(row.quantityPer) * (cost.get(row.component) ?? 0)) / (1 - Number(row.scrapRatio)),
    );
    const labour = totals(
      tables.rows('routing_step'),
      (row) => String(row.item),
      (row) => Number(row.hoursPerUnit) * (rate.get(row.resource) ?? 0),
    );
    const made = tables.rows('item').filter((row) => row.source === 'make');
    expect(made.length).toBeGreaterThan(50);
    for (const row of made) {
      const code = String(row.code);
      expect(
        Math.abs((material.get(code) ?? 0) + (labour.get(code) ?? 0) - Number(row.standardCost)),
      ).toBeLessThan(0.0051);
    }
  },
);
