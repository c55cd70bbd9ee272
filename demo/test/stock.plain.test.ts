import { expect, test } from 'vitest';
import { centsOf, demoOf, monthOf, type Row, SIZES, sum, totals } from './tables.ts';

test.each(SIZES)(
  'the inventory of the ledger is the stock at its cost, and stock on hand is the last of it: %s',
  (size) => {
    const { tables } = demoOf(size);
    const balances = tables.rows('stock_balance');
    const stock = totals(
      balances,
      (row) => monthOf(row.on),
      (row) => Math.round(Number(row.quantity) * centsOf(row.unitCost)),
    );
    const booked = tables.rows('ledger_line').filter((row) => String(row.account).startsWith('1300'));
    expect(booked.length).toBe(48);
    for (const row of booked) expect(centsOf(row.amount)).toBe(stock.get(monthOf(row.postedOn)));
    const last = new Map(
      balances
        .filter((row) => row.on === '2026-10-31')
        .map((row) => [`${row.item} ${row.location}`, row.quantity]),
    );
    for (const row of tables.rows('on_hand')) {
      expect(row.quantity).toBe(last.get(`${row.item} ${row.location}`));
      expect(Number(row.quantity)).toBeGreaterThanOrEqual(0);
    }
  },
);

test.each(SIZES)('nothing is lost: stock moves by what came in and what went out: %s', (size) => {
  const { tables, lines } = demoOf(size);
  // From the sixth month on, when what was under way on the first day has arrived.
  const from = '2023-04-30';
  const finished = tables.rows('item').filter((row) => row.kind === 'finished');
  const accepted = (row: Row): number => Number(row.receivedQuantity) - Number(row.rejectedQuantity);
  const of = (rows: readonly Row[], day: (row: Row) => unknown, units: (row: Row) => number) =>
    totals(
      rows.filter((row) => day(row) === null || String(day(row)) > from),
      (row) => String(row.item),
      units,
    );
  const opening = totals(
    tables.rows('stock_balance').filter((row) => row.on === from),
    (row) => String(row.item),
    (row) => Number(row.quantity),
  );
  const closing = totals(
    tables.rows('on_hand'),
    (row) => String(row.item),
    (row) => Number(row.quantity),
  );
  const made = of(
    tables.rows('work_order'),
    (row) => row.endOn,
    (row) => Number(row.completedQuantity),
  );
  const bought = of(tables.rows('purchase_order_line'), (row) => row.receivedOn, accepted);
  const shipped = of(
    lines,
    (row) => row.shippedOn,
    (row) => Number(row.shippedQuantity),
  );
  // Lines and purchases with a part on either side of the day cannot be told apart by their rows.
  const astride = new Set([
    ...lines
      .filter(
        (row) => String(row.requestedOn) <= from && (row.shippedOn === null || String(row.shippedOn) > from),
      )
      .map((row) => row.item),
    ...tables
      .rows('purchase_order_line')
      .filter(
        (row) => String(row.orderedOn) <= from && (row.receivedOn === null || String(row.receivedOn) > from),
      )
      .map((row) => row.item),
  ]);
  const tested = finished.filter((row) => !astride.has(row.code));
  expect(tested.length).toBeGreaterThan(finished.length / 2);
  for (const { code } of tested) {
    const item = String(code);
    const moved = (made.get(item) ?? 0) + (bought.get(item) ?? 0) - (shipped.get(item) ?? 0);
    expect([item, (closing.get(item) ?? 0) - (opening.get(item) ?? 0)]).toEqual([item, moved]);
  }
});

test.each(SIZES)('suppliers with a bad name deliver late more often: %s', (size) => {
  const { tables, asOf } = demoOf(size);
  const rating = new Map(tables.rows('supplier').map((row) => [row.code, String(row.rating)]));
  const received = tables.rows('purchase_order_line').filter((row) => row.receivedOn !== null);
  const lateRatio = (wanted: string): number => {
    const rows = received.filter((row) => rating.get(row.supplier) === wanted);
    return rows.filter((row) => String(row.receivedOn) > String(row.dueOn)).length / rows.length;
  };
  expect(lateRatio('C')).toBeGreaterThan(lateRatio('A') + 0.1);
  expect(
    tables.rows('purchase_order_line').filter((row) => row.status === 'open' && String(row.dueOn) < asOf)
      .length,
  ).toBeGreaterThan(0);
  expect(tables.rows('work_order').filter((row) => row.status === 'open').length).toBeGreaterThan(0);
  expect(sum(received.map((row) => Number(row.rejectedQuantity)))).toBeGreaterThan(0);
});
