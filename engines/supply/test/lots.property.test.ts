import fc from 'fast-check';
import { expect, test } from 'vitest';
import { netRequirements } from '@planwright/supply';
import { SEED } from './arbitrary-model.ts';

const units = fc.integer({ min: 0, max: 10_000 });
const buckets = fc.array(fc.record({ gross: units, receipt: units, safety: units }), {
  minLength: 1,
  maxLength: 60,
});

test('netting conserves stock, honours safety stock, and buys no lot it could skip', () => {
  fc.assert(
    fc.property(buckets, units, fc.integer({ min: 1, max: 500 }), (rows, onHandInitial, multiple) => {
      const column = (read: (row: (typeof rows)[number]) => number): Float64Array =>
        Float64Array.from(rows, read);
      const [orderedQuantity, plannedReceipts] = [column(() => 0), column(() => 0)];
      const [projectedOnHand, shortage] = [column(() => 0), column(() => 0)];
      const input = {
        grossDemand: column((row) => row.gross),
        scheduledReceipts: column((row) => row.receipt),
        safetyStock: column((row) => row.safety),
        onHandInitial,
        lot: { minimum: multiple, multiple, maximum: Number.POSITIVE_INFINITY },
        yieldRatio: 1,
        firstReceiptBucket: 0,
      };
      netRequirements(input, { orderedQuantity, plannedReceipts, projectedOnHand, shortage });
      rows.forEach((row, t) => {
        const before = t === 0 ? onHandInitial : projectedOnHand[t - 1];
        expect(projectedOnHand[t]).toBe(before + row.receipt - row.gross + plannedReceipts[t]);
        expect(projectedOnHand[t]).toBeGreaterThanOrEqual(row.safety);
        expect(plannedReceipts[t] === 0 || projectedOnHand[t] - multiple < row.safety).toBe(true);
      });
    }),
    { seed: SEED },
  );
});

test('with any yield, a receipt covers the need and one lot less would not', () => {
  const yields = fc.double({ min: 0.05, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 1, max: 50 }),
      yields,
      (need, multiple, yieldRatio) => {
        const output = {
          orderedQuantity: new Float64Array(1),
          plannedReceipts: new Float64Array(1),
          projectedOnHand: new Float64Array(1),
          shortage: new Float64Array(1),
        };
        const [grossDemand, scheduledReceipts, safetyStock] = [
          Float64Array.of(need),
          new Float64Array(1),
          new Float64Array(1),
        ];
        const lot = { minimum: 0, multiple, maximum: Number.POSITIVE_INFINITY };
        const input = {
          grossDemand,
          scheduledReceipts,
          safetyStock,
          onHandInitial: 0,
          lot,
          yieldRatio,
          firstReceiptBucket: 0,
        };
        netRequirements(input, output);
        const slack = need * 1e-8;
        expect(output.projectedOnHand[0]).toBeGreaterThanOrEqual(-slack);
        expect((output.orderedQuantity[0] - multiple) * yieldRatio).toBeLessThan(need + slack);
        expect(output.orderedQuantity[0] % multiple).toBe(0);
      },
    ),
    { seed: SEED },
  );
});
