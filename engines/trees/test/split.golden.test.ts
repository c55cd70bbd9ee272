/**
 * Trees small enough to be worked out with pencil and paper from the formulas in print:
 * leaf value -G / (H + L) and gain 1/2 [Gl^2/(Hl+L) + Gr^2/(Hr+L) - G^2/(H+L)], Chen and Guestrin (2016), KDD, eq. 5 and 7;
 * gradients of the losses in Friedman (2001), Annals of Statistics 29(5), 1189-1232.
 */
import { describe, expect, test } from 'vitest';
import { binTable, featureGain, predictTrees, trainTrees } from '@planwright/trees';
import { tableOf } from './generated-tables.ts';

const one = { treeCount: 1, leafCount: 2, learningRate: 1, minimumRowsInLeaf: 1, seed: 0 };
const table = tableOf(
  ['x'],
  [1, 2, 3, 4, 5, 6].map((x) => [x]),
);
const target = Float64Array.of(1, 2, 3, 10, 11, 12);

describe('one split', () => {
  test('of squared errors: mean 6.5, gradients 5.5 4.5 3.5 -3.5 -4.5 -5.5, gain 1/2 (13.5^2/3 + 13.5^2/3)', () => {
    const model = trainTrees(binTable(table), target, { ...one, objective: { kind: 'l2' } });
    expect(model.baseScore).toBe(6.5);
    expect(model.nodes.threshold[0]).toBe(3.5);
    expect([...featureGain(model)]).toEqual([60.75]);
    expect([...predictTrees(model, table)]).toEqual([2, 2, 2, 11, 11, 11]);
  });

  test('with a penalty of 1: gain 1/2 (13.5^2/4 + 13.5^2/4), leaves -/+ 13.5/4', () => {
    const options = { ...one, objective: { kind: 'l2' } as const, l2Penalty: 1 };
    const model = trainTrees(binTable(table), target, options);
    expect([...featureGain(model)]).toEqual([45.5625]);
    expect([...predictTrees(model, table)]).toEqual([3.125, 3.125, 3.125, 9.875, 9.875, 9.875]);
  });

  test('of absolute errors: median 6.5, leaves at the medians 2 and 11', () => {
    const model = trainTrees(binTable(table), target, { ...one, objective: { kind: 'l1' } });
    expect(model.baseScore).toBe(6.5);
    expect([...predictTrees(model, table)]).toEqual([2, 2, 2, 11, 11, 11]);
  });

  test('of pinball loss at 0.75: gain 1/2 (1.5^2/6 + 1.5^2/2), leaves at the quantiles of their rows', () => {
    const eight = tableOf(
      ['x'],
      [1, 2, 3, 4, 5, 6, 7, 8].map((x) => [x]),
    );
    const values = Float64Array.of(1, 2, 3, 4, 10, 11, 12, 13);
    const objective = { kind: 'quantile', level: 0.75 } as const;
    const model = trainTrees(binTable(eight), values, { ...one, objective });
    // Six values lie below 11.5 with the gradient 0.25 each, two above with -0.75.
    expect(model.baseScore).toBe(11.5);
    expect(model.nodes.threshold[0]).toBe(6.5);
    expect([...featureGain(model)]).toEqual([0.75]);
    expect([...predictTrees(model, eight)]).toEqual([10, 10, 10, 10, 10, 10, 13, 13]);
  });

  test('of Poisson deviance: leaf (sum y - n mu) / (n mu e^0.7) on the log scale', () => {
    const counts = Float64Array.of(1, 1, 1, 3, 3, 3);
    const model = trainTrees(binTable(table), counts, { ...one, objective: { kind: 'poisson' } });
    expect(model.baseScore).toBeCloseTo(Math.log(2), 14);
    const step = 3 / (6 * Math.exp(0.7));
    const [low, , , high] = predictTrees(model, table);
    expect(low).toBeCloseTo(2 * Math.exp(-step), 13);
    expect(high).toBeCloseTo(2 * Math.exp(step), 13);
    expect(featureGain(model)[0]).toBeCloseTo(9 / (6 * Math.exp(0.7)), 13);
  });

  test('of Tweedie deviance at power 1.5: derivatives y e^(-s/2), e^(s/2) at s = 0', () => {
    const amounts = Float64Array.of(0, 0, 0, 2, 2, 2);
    const model = trainTrees(binTable(table), amounts, {
      ...one,
      objective: { kind: 'tweedie', power: 1.5 },
    });
    // Mean 1: gradients 1 - y, hessians (1 + y) / 2. Left -3 / 1.5, right 3 / 4.5.
    const [low, , , high] = predictTrees(model, table);
    expect(low).toBeCloseTo(Math.exp(-2), 13);
    expect(high).toBeCloseTo(Math.exp(2 / 3), 13);
  });

  test('with missing rows: they join the side they resemble (Chen and Guestrin 2016, algorithm 3)', () => {
    const holed = tableOf(
      ['x'],
      [1, 2, 3, 4, 5, 6, Number.NaN].map((x) => [x]),
    );
    const model = trainTrees(binTable(holed), Float64Array.of(1, 2, 3, 10, 11, 12, 11), {
      ...one,
      objective: { kind: 'l2' },
    });
    expect(model.nodes.missingLeft[0]).toBe(0);
    predictTrees(model, holed).forEach((p, r) => expect(p).toBeCloseTo(r < 3 ? 2 : 11, 12));
    const low = trainTrees(binTable(holed), Float64Array.of(1, 2, 3, 10, 11, 12, 2), {
      ...one,
      objective: { kind: 'l2' },
    });
    expect(low.nodes.missingLeft[0]).toBe(1);
  });
});
