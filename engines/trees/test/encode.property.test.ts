import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  binTable,
  decodeTrees,
  encodeTrees,
  featureGain,
  type Objective,
  predictTrees,
  trainTrees,
} from '@planwright/trees';
import { tableOf } from './generated-tables.ts';

const objective = fc.constantFrom<Objective>(
  { kind: 'l2' },
  { level: 0.25, kind: 'quantile' },
  { power: 1.7, kind: 'tweedie' },
);
const rows = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 9 }),
    fc.oneof(fc.double({ min: 0, max: 1 }), fc.constant(Number.NaN)),
    fc.integer({ min: 0, max: 30 }),
  ),
  { maxLength: 50 },
);

test('a model comes back from its bytes as it was, and to the same bytes', () => {
  fc.assert(
    fc.property(objective, rows, fc.string({ unit: 'grapheme' }), (kind, list, name) => {
      const table = tableOf(
        [name, `${name} x`],
        list.map(([code, x]) => [code, x]),
        [0],
      );
      const target = Float64Array.from(list, ([, , y]) => y);
      const options = { treeCount: 4, leafCount: 5, learningRate: 0.5, minimumRowsInLeaf: 2, seed: 1 };
      const model = trainTrees(binTable(table), target, { ...options, objective: kind });
      const bytes = encodeTrees(model);
      // At an odd place of a larger buffer, as a database driver may hand them over.
      const moved = new Uint8Array(bytes.length + 3);
      moved.set(bytes, 3);
      const decoded = decodeTrees(moved.subarray(3));
      expect(decoded).toEqual(model);
      expect(encodeTrees(decoded)).toEqual(bytes);
      expect(predictTrees(decoded, table)).toEqual(predictTrees(model, table));
      expect(featureGain(decoded)).toEqual(featureGain(model));
      for (const length of [0, 7, 15, bytes.length - 1]) {
        expect(() => decodeTrees(bytes.subarray(0, length))).toThrow(/tree model/);
      }
    }),
    { seed: 61, numRuns: 100 },
  );
});
