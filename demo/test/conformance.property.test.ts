import { TARGET_NAMES, type TargetBatch } from '@planwright/contracts';
import { batchFaults, demoCompany } from '@planwright/demo';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fingerprint } from './tables.ts';

test('any seed and day give a company that an importer takes whole', () => {
  const days = fc.constantFrom('2026-11-01', '2024-03-01', '2025-07-17', '2028-02-29', '2026-01-01');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), days, (seed, asOf) => {
      expect(batchFaults(demoCompany({ size: 'S', seed, asOf }).batches())).toEqual([]);
    }),
    { numRuns: 6, seed: 7 },
  );
});

test('M is taken whole too, every target has rows, and no batch is longer than 10,000', () => {
  const batches = [...demoCompany({ size: 'M' }).batches()];
  expect(batchFaults(batches)).toEqual([]);
  expect([...new Set(batches.map((batch) => batch.target))]).toEqual(TARGET_NAMES);
  expect(Math.max(...batches.map((batch) => batch.rowCount))).toBeLessThanOrEqual(10_000);
});

test('the same seed gives the same bytes, another seed or day other ones', () => {
  const first = fingerprint({ size: 'S', seed: 5 });
  expect(fingerprint({ size: 'S', seed: 5 })).toBe(first);
  expect(fingerprint({ size: 'S', seed: 6 })).not.toBe(first);
  expect(fingerprint({ size: 'S', seed: 5, asOf: '2026-10-01' })).not.toBe(first);
});

test('a day that does not exist is refused, with a way out', () => {
  expect(() => demoCompany({ size: 'S', asOf: '2026-02-30' })).toThrow(/not a day.*Maybe/);
});

test('the checker finds what it looks for', () => {
  const location = (cells: Record<string, string | number | null>): TargetBatch => ({
    target: 'location',
    rowCount: 1,
    columns: Object.fromEntries(
      ['code', 'name', 'kind', 'country', 'latitude', 'longitude', 'suppliedFrom', 'transitDays'].map(
        (name) => [name, [cells[name] ?? null]],
      ),
    ),
  });
  const good = { code: 'A', name: 'Site A', kind: 'plant', transitDays: 0 };
  expect(batchFaults([location(good)])).toEqual([]);
  expect(batchFaults([location({ ...good, name: null })])).toEqual([
    'location.name: a required cell is empty',
  ]);
  expect(batchFaults([location({ ...good, kind: 'office' })])).toEqual([
    'location.kind: office is not one of the choices',
  ]);
  expect(batchFaults([location({ ...good, latitude: 91 })])).toEqual(['location.latitude: 91 is above 90']);
  expect(batchFaults([location({ ...good, transitDays: 'two' })])).toEqual([
    'location.transitDays: "two" is not number',
  ]);
  expect(batchFaults([location({ ...good, suppliedFrom: 'B' })])).toEqual([
    'location.suppliedFrom: no location has the code B',
  ]);
  expect(batchFaults([location(good), location(good)])).toEqual(['location: the key ["A"] comes twice']);
});
