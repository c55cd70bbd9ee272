import { dayFromIso } from '@planwright/time';
import { expect, test } from 'vitest';
import { demoOf, SIZES } from './tables.ts';

test.each(SIZES)('every place lies in the contiguous United States, and clear of Canada: %s', (size) => {
  const { tables } = demoOf(size);
  for (const row of [...tables.rows('account'), ...tables.rows('location')]) {
    const latitude = Number(row.latitude);
    const longitude = Number(row.longitude);
    expect(latitude > 24.5 && latitude < 49 && longitude > -124.7 && longitude < -66.95).toBe(true);
    // North of 43 degrees and between the lakes and Maine it would be Ontario or Quebec.
    expect(latitude > 45.1 && longitude > -83 && longitude < -70.5).toBe(false);
    expect(latitude > 43.3 && longitude > -82.2 && longitude < -76.4).toBe(false);
  }
});

test.each(SIZES)('no territory has two sellers on one day, and quotas go to who holds it: %s', (size) => {
  const { tables } = demoOf(size);
  const byTerritory = Map.groupBy(tables.rows('seller_territory'), (row) => row.territory);
  for (const rows of byTerritory.values()) {
    const sorted = rows.toSorted((a, b) => dayFromIso(String(a.startsOn)) - dayFromIso(String(b.startsOn)));
    sorted.slice(1).forEach((row, index) => {
      expect(String(sorted[index].endsOn) < String(row.startsOn)).toBe(true);
    });
  }
  const sellers = new Set(
    tables
      .rows('employee')
      .filter((row) => row.isSeller)
      .map((row) => row.code),
  );
  for (const row of tables.rows('quota')) expect(sellers.has(row.seller)).toBe(true);
});

test.each(SIZES)('deals move forward in time, end once, and some are stale: %s', (size) => {
  const { tables, asOf } = demoOf(size);
  const events = Map.groupBy(tables.rows('opportunity_event'), (row) => row.opportunity);
  for (const deal of tables.rows('opportunity')) {
    const history = events.get(deal.code) ?? [];
    const days = history.map((row) => dayFromIso(String(row.on)));
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(history.at(-1)?.stage).toBe(deal.stage);
    expect(history.at(-1)?.amount).toBe(deal.amount);
    expect(deal.closedOn === null).toBe(deal.outcome === 'open');
    expect(String(history.at(-1)?.on) < asOf).toBe(true);
  }
  const deals = tables.rows('opportunity');
  const count = (outcome: string): number => deals.filter((row) => row.outcome === outcome).length;
  const winRatio = count('won') / (count('won') + count('lost'));
  expect(winRatio).toBeGreaterThan(0.18);
  expect(winRatio).toBeLessThan(0.4);
  expect(
    deals.filter((row) => row.outcome === 'open' && String(row.expectedCloseOn) < asOf).length,
  ).toBeGreaterThan(0);
});
