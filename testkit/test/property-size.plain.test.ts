import fc from 'fast-check';
import { expect, test } from 'vitest';

const longest = (arrays: fc.Arbitrary<unknown[]>): number =>
  Math.max(...fc.sample(arrays, { numRuns: 200, seed: 1 }).map((values) => values.length));

test('an array of a property reaches the length that is written down', () => {
  expect(longest(fc.array(fc.nat(), { maxLength: 60 }))).toBeGreaterThan(50);
});

test('a size that is written down wins over the length', () => {
  expect(longest(fc.array(fc.nat(), { maxLength: 60, size: 'small' }))).toBeLessThan(15);
});
