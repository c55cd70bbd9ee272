import { randomStream, type RandomStream } from '@planwright/numerics';
import { makeHierarchy } from '@planwright/series';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  crossed,
  groupedStructure,
  reconcile,
  reconciledVariances,
  treeStructure,
  type ReconcileMethod,
  type Structure,
} from '@planwright/forecast';
import { correlatedErrors } from '../../src/hierarchy/correlated-errors.ts';
import { sparseStructure } from '../../src/hierarchy/structure.ts';
import { type Dense, denseMinT, diagonalOf, inverse, product, summingMatrix, transposed } from './dense.ts';

const HORIZON = 3;

/** A random tree of up to three levels, or item groups crossed with locations. */
function someStructure(stream: RandomStream, kind: 'tree' | 'crossed'): Structure {
  const leafCount = 4 + stream.integer(8);
  const group = Array.from({ length: leafCount }, () => stream.integer(3));
  const all = new Array<number>(leafCount).fill(0);
  if (kind === 'tree') {
    const used = [...new Set(group)].toSorted((a, b) => a - b);
    const parentOf = [
      ...group.map((value) => leafCount + used.indexOf(value)),
      ...used.map(() => leafCount + used.length),
      -1,
    ];
    return treeStructure(makeHierarchy(parentOf)!, leafCount);
  }
  const place = Array.from({ length: leafCount }, () => stream.integer(2));
  return groupedStructure(leafCount, [crossed(group, place), group, place, all]);
}

const numbers = (stream: RandomStream, count: number, scale = 1, shift = 0): Float64Array =>
  Float64Array.from({ length: count }, () => shift + scale * stream.normal());

function someMethod(stream: RandomStream, structure: Structure): ReconcileMethod {
  const { nodeCount } = structure;
  const variances = numbers(stream, nodeCount * HORIZON).map((value) => 0.1 + value * value);
  const residuals = numbers(stream, nodeCount * 8);
  const methods: readonly ReconcileMethod[] = [
    { kind: 'bottom-up' },
    { kind: 'structural' },
    { kind: 'variance', variances },
    { kind: 'variance', variances: variances.slice(0, nodeCount) },
    { kind: 'shrink', residuals },
    { kind: 'shrink', residuals, variances },
  ];
  return methods[stream.integer(methods.length)];
}

function expectCoherent(structure: Structure, values: Float64Array): void {
  const s = summingMatrix(structure);
  for (let t = 0; t < HORIZON; t++) {
    s.forEach((row, node) => {
      const size = row.reduce((sum, c, leaf) => sum + c * Math.abs(values[leaf * HORIZON + t]), 0);
      const sum = row.reduce((total, c, leaf) => total + c * values[leaf * HORIZON + t], 0);
      expect(Math.abs(values[node * HORIZON + t] - sum)).toBeLessThanOrEqual(1e-9 * size);
    });
  }
}

const cases = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  kind: fc.constantFrom('tree' as const, 'crossed' as const),
});

/** The covariance of base errors that a method means, for one bucket. */
function denseErrors(structure: Structure, method: ReconcileMethod, t: number): Dense {
  const { nodeCount } = structure;
  if (method.kind === 'structural' || method.kind === 'bottom-up') {
    return diagonalOf(
      summingMatrix(structure).map((row) =>
        Math.max(
          1,
          row.reduce((a, b) => a + b, 0),
        ),
      ),
    );
  }
  const given = method.variances;
  const errors = method.kind === 'shrink' ? correlatedErrors(method.residuals, nodeCount) : undefined;
  const v = (node: number): number => {
    if (given === undefined) return errors!.deviation[node] ** 2;
    return given.length === nodeCount ? given[node] : given[node * HORIZON + t];
  };
  return Array.from({ length: nodeCount }, (_, i) =>
    Array.from({ length: nodeCount }, (__, j) => {
      if (i === j) return v(i);
      if (errors === undefined) return 0;
      let dot = 0;
      for (let k = 0; k < 8; k++) dot += (errors.standard[i * 8 + k] * errors.standard[j * 8 + k]) / 8;
      return (1 - errors.shrinkage) * dot * Math.sqrt(v(i) * v(j));
    }),
  );
}

/** Runs a law on random structures, base forecasts and methods. */
function forAll(
  seed: number,
  law: (stream: RandomStream, structure: Structure, base: Float64Array, method: ReconcileMethod) => void,
): void {
  fc.assert(
    fc.property(cases, (one) => {
      const stream = randomStream(one.seed, one.kind);
      const structure = someStructure(stream, one.kind);
      const base = numbers(stream, structure.nodeCount * HORIZON, 20, 50);
      law(stream, structure, base, someMethod(stream, structure));
    }),
    { seed, numRuns: 200 },
  );
}

describe('reconciliation', () => {
  test('adds up', () => {
    forAll(1, (_, structure, base, method) => {
      const { values, issues } = reconcile({ structure, base, method });
      expect(issues).toEqual([]);
      expectCoherent(structure, values);
    });
  });

  test('leaves what adds up already as it is', () => {
    forAll(2, (stream, structure, _, method) => {
      const leaves = Array.from({ length: structure.leafCount }, () => [...numbers(stream, HORIZON, 10, 30)]);
      const coherent = Float64Array.from(product(summingMatrix(structure), leaves).flat());
      reconcile({ structure, base: coherent, method }).values.forEach((value, i) =>
        expect(Math.abs(value - coherent[i])).toBeLessThan(1e-7),
      );
    });
  });

  test('is the dense formula, with independent and with correlated errors', () => {
    forAll(3, (_, structure, base, method) => {
      if (method.kind === 'bottom-up') return;
      const { nodeCount } = structure;
      const s = summingMatrix(structure);
      const { values } = reconcile({ structure, base, method });
      for (let t = 0; t < HORIZON; t++) {
        const w = denseErrors(structure, method, t);
        const column = Array.from({ length: nodeCount }, (_, node) => base[node * HORIZON + t]);
        denseMinT(s, w, column).forEach((leaf, i) =>
          expect(Math.abs(values[i * HORIZON + t] - leaf)).toBeLessThan(1e-6 * (1 + Math.abs(leaf))),
        );
      }
    });
  });

  test('bottom-up keeps the leaves, whatever the groups say', () => {
    forAll(4, (_, structure, base) => {
      const { values } = reconcile({ structure, base, method: { kind: 'bottom-up' } });
      const leaves = structure.leafCount * HORIZON;
      expect(values.subarray(0, leaves)).toEqual(base.subarray(0, leaves));
    });
  });

  test('the tree and the sparse solver agree', () => {
    forAll(5, (_, structure, base, method) => {
      const { tree, ...open } = structure;
      if (tree === undefined) return;
      const one = reconcile({ structure, base, method }).values;
      reconcile({ structure: open, base, method }).values.forEach((value, i) =>
        expect(Math.abs(value - one[i])).toBeLessThan(1e-6),
      );
    });
  });

  test('meets locks exactly, on leaves and groups, and still adds up', () => {
    forAll(6, (stream, structure, base, method) => {
      const { nodeCount, leafCount } = structure;
      const locks = new Float64Array(base.length).fill(Number.NaN);
      const leaf = stream.integer(leafCount);
      const group = leafCount + stream.integer(nodeCount - leafCount);
      const held = summingMatrix(structure)[group].filter((value) => value > 0).length;
      locks[leaf * HORIZON] = 77;
      locks[leaf * HORIZON + 2] = 5;
      if (held > 1) locks[group * HORIZON] = 321;
      const { values, issues } = reconcile({ structure, base, method, locks });
      expect(issues).toEqual([]);
      expectCoherent(structure, values);
      expect(values.map((value, i) => (Number.isFinite(locks[i]) ? value : Number.NaN))).toEqual(locks);
    });
  });

  test('locks are equality constraints, also where errors are correlated', () => {
    forAll(10, (stream, structure, base, method) => {
      if (method.kind === 'bottom-up') return;
      const { nodeCount, leafCount } = structure;
      const s = summingMatrix(structure);
      const group = leafCount + stream.integer(nodeCount - leafCount);
      const leaf = s[group].findIndex((value) => value === 0);
      const locks = new Float64Array(base.length).fill(Number.NaN);
      const held = s[group].some((value) => value > 0) ? [group] : [];
      if (leaf >= 0) held.push(leaf);
      if (held.length === 0) return;
      for (const node of held) locks[node * HORIZON] = 60;
      const { values } = reconcile({ structure, base, method, locks });
      const w = denseErrors(structure, method, 0);
      const column = Array.from({ length: nodeCount }, (_, node) => base[node * HORIZON]);
      const free = denseMinT(s, w, column).map((value) => [value]);
      const covariance = inverse(product(product(transposed(s), inverse(w)), s));
      const l = held.map((node) => s[node]);
      const gain = product(
        product(covariance, transposed(l)),
        inverse(product(product(l, covariance), transposed(l))),
      );
      const gap = product(l, free).map(([value]) => [60 - value]);
      product(gain, gap).forEach(([move], i) =>
        expect(Math.abs(values[i * HORIZON] - free[i][0] - move)).toBeLessThan(1e-5),
      );
    });
  });

  test('variances of the result are the diagonal of S (S W^-1 S)^-1 S', () => {
    forAll(11, (_, structure, __, method) => {
      if (structure.tree === undefined || (method.kind !== 'variance' && method.kind !== 'shrink')) return;
      const s = summingMatrix(structure);
      const variances = reconciledVariances(structure, method, HORIZON);
      for (let t = 0; t < HORIZON; t++) {
        const w = denseErrors(structure, method, t);
        const covariance = inverse(product(product(transposed(s), inverse(w)), s));
        const all = product(product(s, covariance), transposed(s));
        // As a difference: a group that holds no leaf has the variance 0.
        all.forEach((row, i) =>
          expect(Math.abs(variances[i * HORIZON + t] - row[i])).toBeLessThanOrEqual(5e-7 * row[i]),
        );
      }
    });
  });

  test('no value is below 0 where that is asked, and no better such values are near', () => {
    forAll(7, (stream, structure, _, method) => {
      if (method.kind === 'shrink' || method.kind === 'bottom-up') return;
      const { nodeCount, leafCount } = structure;
      const base = numbers(stream, nodeCount * HORIZON, 20, 4);
      const { values, issues } = reconcile({ structure, base, method, nonNegative: true });
      expect(issues).toEqual([]);
      expect(values.every((value) => value >= 0)).toBe(true);
      expectCoherent(structure, values);
      const s = summingMatrix(structure);
      const variance = (node: number, t: number): number => {
        // A group that holds no leaf pulls at none, whatever its variance.
        if (method.kind === 'structural')
          return Math.max(
            1,
            s[node].reduce((a, b) => a + b, 0),
          );
        return method.variances.length === nodeCount
          ? method.variances[node]
          : method.variances[node * HORIZON + t];
      };
      for (let t = 0; t < HORIZON; t++) {
        for (let leaf = 0; leaf < leafCount; leaf++) {
          let slope = 0;
          let size = 0;
          s.forEach((row, node) => {
            const pull =
              (row[leaf] * (values[node * HORIZON + t] - base[node * HORIZON + t])) / variance(node, t);
            slope += pull;
            size += Math.abs(pull);
          });
          const wrong = values[leaf * HORIZON + t] > 0 ? Math.abs(slope) : -slope;
          expect(wrong).toBeLessThan(1e-6 * size + 1e-9);
        }
      }
    });
  });

  test('not below 0 holds with correlated errors too', () => {
    forAll(8, (stream, structure) => {
      const base = numbers(stream, structure.nodeCount * HORIZON, 20, 4);
      const residuals = numbers(stream, structure.nodeCount * 10);
      const { values, issues } = reconcile({
        structure,
        base,
        method: { kind: 'shrink', residuals },
        nonNegative: true,
      });
      expect(issues).toEqual([]);
      expect(values.every((value) => value >= 0)).toBe(true);
      expectCoherent(structure, values);
    });
  });

  test('not below 0 and locks hold together', () => {
    forAll(12, (stream, structure, _, method) => {
      const base = numbers(stream, structure.nodeCount * HORIZON, 20, 2);
      const locks = new Float64Array(base.length).fill(Number.NaN);
      locks.fill(40, base.length - HORIZON);
      const { values, issues } = reconcile({ structure, base, method, locks, nonNegative: true });
      expect(issues).toEqual([]);
      expect(values.every((value) => value >= 0)).toBe(true);
      expect([...values.subarray(base.length - HORIZON)]).toEqual([40, 40, 40]);
      expectCoherent(structure, values);
    });
  });

  test('paths are reconciled one by one', () => {
    forAll(13, (stream, structure, base, method) => {
      const other = numbers(stream, base.length, 20, 50);
      const { nodeCount } = structure;
      const paths = new Float64Array(2 * base.length);
      for (let node = 0; node < nodeCount; node++) {
        paths.set(base.subarray(node * HORIZON, (node + 1) * HORIZON), 2 * node * HORIZON);
        paths.set(other.subarray(node * HORIZON, (node + 1) * HORIZON), (2 * node + 1) * HORIZON);
      }
      const both = reconcile({ structure, base: paths, method, pathCount: 2 }).values;
      const second = reconcile({ structure, base: other, method }).values;
      second.forEach((value, i) => {
        const node = Math.floor(i / HORIZON);
        expect(both[(2 * node + 1) * HORIZON + (i % HORIZON)]).toBeCloseTo(value, 8);
      });
    });
  });

  test('a group without a forecast of its own takes its sum', () => {
    forAll(9, (_, structure, base, method) => {
      const holed = base.slice();
      const root = structure.nodeCount - 1;
      holed.fill(Number.NaN, root * HORIZON, (root + 1) * HORIZON);
      const { values } = reconcile({ structure, base: holed, method });
      expectCoherent(structure, values);
      const other = holed.map((value) => (Number.isNaN(value) ? 1e6 : value));
      const ignoresGroups = method.kind === 'bottom-up';
      const same = reconcile({ structure, base: other, method }).values.every(
        (value, at) => value === values[at],
      );
      expect(same).toBe(ignoresGroups);
    });
  });
});

test('locks that cannot hold together are named', () => {
  const structure = groupedStructure(2, [[0, 0]]);
  const locks = Float64Array.of(1, 2, 9);
  const { values, issues } = reconcile({
    structure,
    base: Float64Array.of(5, 5, 5),
    method: { kind: 'structural' },
    locks,
  });
  expect(issues.map((issue) => issue.code)).toEqual(['LOCKS_CONFLICT']);
  expect(values).toEqual(Float64Array.of(1, 2, 3));
});

test('nothing to reconcile is no trouble', () => {
  expect(
    reconcile({
      structure: sparseStructure(0, []),
      base: new Float64Array(0),
      method: { kind: 'structural' },
    }).values.length,
  ).toBe(0);
  const alone = sparseStructure(1, [[], [0]]);
  const { values } = reconcile({
    structure: alone,
    base: Float64Array.of(4, 9, 6),
    method: { kind: 'structural' },
  });
  expect([...values]).toEqual([5, 0, 5]);
});

test('groupings that nest are a tree, those that cross are not', () => {
  expect(
    groupedStructure(4, [
      [0, 0, 1, 1],
      [0, 0, 0, 0],
    ]).tree,
  ).toBeDefined();
  expect(
    groupedStructure(4, [
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ]).tree,
  ).toBeUndefined();
  expect(
    groupedStructure(3, [
      [0, 0, -1],
      [0, 0, 0],
    ]).tree,
  ).toBeDefined();
  expect(
    groupedStructure(3, [
      [0, 0, 0],
      [0, 0, -1],
    ]).tree,
  ).toBeUndefined();
  expect([...crossed([0, 0, 1, -1], [0, 1, 1, 0])]).toEqual([0, 1, 2, -1]);
});
