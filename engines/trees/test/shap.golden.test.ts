/**
 * The two models of Lundberg, Erion and Lee (2018), "Consistent individualized feature attribution for tree ensembles",
 * arXiv:1802.03888, figure 1: fever and cough, four equally likely patients.
 * A: 80 with both, else 0. B: as A, and 10 more with cough. The patient has both.
 */
import { expect, test } from 'vitest';
import { binTable, contributions, trainTrees } from '@planwright/trees';
import { tableOf } from './generated-tables.ts';

const patients = tableOf(
  ['fever', 'cough'],
  [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
);

test.each([
  { name: 'A', outputs: [0, 0, 0, 80], expected: [30, 30, 20] },
  { name: 'B', outputs: [0, 10, 0, 90], expected: [30, 35, 25] },
])('model $name', ({ outputs, expected }) => {
  const model = trainTrees(binTable(patients), Float64Array.from(outputs), {
    objective: { kind: 'l2' },
    treeCount: 1,
    leafCount: 4,
    learningRate: 1,
    minimumRowsInLeaf: 1,
    seed: 0,
  });
  const ofPatient = contributions(model, patients).subarray(9, 12);
  expected.forEach((value, i) => expect(ofPatient[i]).toBeCloseTo(value, 10));
});
