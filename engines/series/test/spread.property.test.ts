import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  blockFromRows,
  keysUnder,
  makeHierarchy,
  rollUp,
  rowOf,
  spread,
  spreadDown,
} from '@planwright/series';

const seed = 20_261;
const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
const basisValue = fc.oneof(
  fc.double({ min: 0, max: 1e12, noNaN: true }),
  fc.integer({ min: 0, max: 100_000 }),
  fc.constantFrom(0, 0, Number.NaN, -5, 1e-300),
);
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

test('parts sum to the total to the last bit, in whatever order they are added', () => {
  fc.assert(
    fc.property(finite, fc.array(basisValue, { minLength: 1, maxLength: 50 }), (total, basis) => {
      const parts = new Float64Array(basis.length);
      spread(total, basis, parts);
      expect(sum(parts)).toBe(total === 0 ? 0 : total);
      expect(sum(parts.toReversed())).toBe(total === 0 ? 0 : total);
      expect(sum(parts.toSorted())).toBe(total === 0 ? 0 : total);
    }),
    { seed, numRuns: 3000 },
  );
});

test('each part is its share, no part turns against the total, and nothing goes where there is no share', () => {
  fc.assert(
    fc.property(finite, fc.array(basisValue, { minLength: 1, maxLength: 50 }), (total, basis) => {
      const parts = new Float64Array(basis.length);
      spread(total, basis, parts);
      const shares = basis.map((value) => (value > 0 ? value : 0));
      const shareSum = sum(shares);
      parts.forEach((part, i) => {
        const ratio = shareSum > 0 ? shares[i] / shareSum : 1 / basis.length;
        expect(Math.abs(part - total * ratio)).toBeLessThanOrEqual(
          Math.abs(total) * 1e-15 + Number.MIN_VALUE,
        );
        expect(part * Math.sign(total)).toBeGreaterThanOrEqual(0);
        expect(ratio > 0 || part === 0).toBe(true);
      });
    }),
    { seed },
  );
});

test('spreading a group down and rolling it up again gives the totals that went in', () => {
  const rows = fc.array(fc.array(basisValue, { minLength: 4, maxLength: 4 }), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(rows, fc.array(finite, { minLength: 4, maxLength: 4 }), (basisRows, totals) => {
      const keyCount = basisRows.length;
      const hierarchy = makeHierarchy([...basisRows.map(() => keyCount), -1]);
      const parts = spreadDown(Float64Array.from(totals), blockFromRows(basisRows, 4));
      const rolled = rollUp(parts, hierarchy!);
      expect([...rowOf(rolled, keyCount)].map((value) => value + 0)).toEqual(
        totals.map((value) => value + 0),
      );
      expect(keysUnder(hierarchy!, keyCount, keyCount)).toHaveLength(keyCount);
    }),
    { seed },
  );
});
