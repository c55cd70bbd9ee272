import type { SupplierFacts } from '@planwright/app';
import { expect, test } from 'vitest';
import { supplierRisk } from '../../src/supply/supplier-risk.ts';

const facts = (more: Partial<SupplierFacts>): SupplierFacts => ({
  supplier: 'S',
  supplierName: 'Steel',
  preferred: true,
  active: true,
  receivedLineCount: 100,
  lateLineCount: 5,
  meanLateDays: 0.2,
  lateDays90: 0,
  receivedQuantity: 1000,
  rejectedQuantity: 0,
  openValue: 0,
  spend: 10,
  itemCount: 4,
  singleSourceCount: 0,
  ...more,
});

test.each([
  [{}, 'low'],
  [{ lateLineCount: 30 }, 'medium'],
  [{ lateLineCount: 50 }, 'high'],
  [{ lateDays90: 30 }, 'high'],
  [{ rejectedQuantity: 50 }, 'medium'],
  [{ rejectedQuantity: 200 }, 'high'],
  [{ active: false }, 'high'],
  [{ spend: 60 }, 'medium'],
  // Two lines say nothing, however late they were.
  [{ receivedLineCount: 2, lateLineCount: 2, lateDays90: 90 }, 'low'],
] as const)('%j is %s', (more, level) => {
  expect(supplierRisk(facts(more), 100).level).toBe(level);
});

test('says what hangs on a supplier', () => {
  const { sentence, spendRatio } = supplierRisk(facts({ spend: 60, singleSourceCount: 2 }), 100);
  expect(spendRatio).toBe(0.6);
  expect(sentence).toContain('60\u00a0% of the spend');
  expect(sentence).toContain('2 items have no other supplier');
});
