import { blockFromRows, rowOf } from '@planwright/series';
import { capacityBillLoad, overallFactorLoad } from '@planwright/supply';
import { describe, expect, test } from 'vitest';
import golden from '../golden/rough-cut.json' with { type: 'json' };

const { completed, hoursPerUnit, share, bill, expected } = golden;
const block = blockFromRows(completed, 13);
const rows = {
  product: Int32Array.from(bill, (row) => row.product),
  resource: Int32Array.from(bill, (row) => row.resource),
  hoursPerUnit: Float64Array.from(bill, (row) => row.hours),
};

describe(`${golden.name} (${golden.source})`, () => {
  test('overall factors, first period', () => {
    const load = overallFactorLoad(block, hoursPerUnit, share);
    const first = [0, 1, 2].map((resource) => rowOf(load, resource)[0]!);
    expect(first.reduce((sum, hours) => sum + hours, 0)).toBeCloseTo(expected.overall.total, 9);
    first.forEach((hours, resource) => expect(hours).toBeCloseTo(expected.overall.byResource[resource]!, 2));
  });

  test('bill of capacity, first period', () => {
    const load = capacityBillLoad(block, 3, rows);
    expected.bill.forEach((hours, resource) => expect(rowOf(load, resource)[0]).toBeCloseTo(hours, 9));
  });
});
