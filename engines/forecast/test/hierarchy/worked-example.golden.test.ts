import { makeHierarchy } from '@planwright/series';
import { describe, expect, test } from 'vitest';
import {
  groupedStructure,
  movedBands,
  normalBands,
  pathQuantiles,
  reconcile,
  reconciledVariances,
  spreadByShares,
  treeStructure,
} from '@planwright/forecast';

/** Hyndman and Athanasopoulos (2021), Forecasting: Principles and Practice, 3rd ed., figure 11.1: A with 3 keys, B with 2. */
const tree = treeStructure(makeHierarchy([5, 5, 5, 6, 6, 7, 7, -1])!, 5);

describe('least squares by hand', () => {
  test('two keys, structural weights: half of the gap goes to the total', () => {
    // Keys 3 + 5 = 8 against a total of 10; variances 1, 1 and 2: y = 8 + (2 / (2 + 2)) 2 = 9, and each key takes half of 1.
    const structure = groupedStructure(2, [[0, 0]]);
    const { values } = reconcile({
      structure,
      base: Float64Array.of(3, 5, 10),
      method: { kind: 'structural' },
    });
    expect([...values]).toEqual([3.5, 5.5, 9]);
  });

  test('unequal variances: the surer key moves less', () => {
    // Widths 1 and 3, total of width 4: y = 8 + (4 / 8) 2 = 9; the keys share the 1 as 1 : 3.
    const structure = groupedStructure(2, [[0, 0]]);
    const method = { kind: 'variance', variances: Float64Array.of(1, 3, 4) } as const;
    expect([...reconcile({ structure, base: Float64Array.of(3, 5, 10), method }).values]).toEqual([
      3.25, 5.75, 9,
    ]);
    // Variance of the total: 1 / (1/4 + 1/4) = 2; of the keys: 1 - 1/4 + 2/16 = 7/8 and 3 - 9/4 + 2 x 9/16 = 15/8.
    expect([...reconciledVariances(structure, method, 1)]).toEqual([0.875, 1.875, 2]);
  });

  test('ordinary least squares on the published hierarchy, in exact fractions', () => {
    // Leaves of (S'S)^-1 S' applied to each unit vector of base forecasts, for nodes AA AB AC BA BB A B Total.
    const equal = { kind: 'variance', variances: new Float64Array(8).fill(1) } as const;
    const weightOf = (node: number, leaf: number): number => {
      const base = new Float64Array(8);
      base[node] = 1;
      return reconcile({ structure: tree, base, method: equal }).values[leaf];
    };
    OLS_WEIGHTS.forEach((row, leaf) =>
      row.forEach(([top, bottom], node) => expect(weightOf(node, leaf)).toBeCloseTo(top / bottom, 13)),
    );
  });
});

/** Computed with rational arithmetic from (S'S)^-1 S': rows AA AB AC BA BB, columns the eight nodes. */
const OLS_WEIGHTS: readonly (readonly (readonly [number, number])[])[] = [
  [
    [21, 29],
    [-8, 29],
    [-8, 29],
    [-1, 29],
    [-1, 29],
    [5, 29],
    [-2, 29],
    [3, 29],
  ],
  [
    [-8, 29],
    [21, 29],
    [-8, 29],
    [-1, 29],
    [-1, 29],
    [5, 29],
    [-2, 29],
    [3, 29],
  ],
  [
    [-8, 29],
    [-8, 29],
    [21, 29],
    [-1, 29],
    [-1, 29],
    [5, 29],
    [-2, 29],
    [3, 29],
  ],
  [
    [-1, 29],
    [-1, 29],
    [-1, 29],
    [18, 29],
    [-11, 29],
    [-3, 29],
    [7, 29],
    [4, 29],
  ],
  [
    [-1, 29],
    [-1, 29],
    [-1, 29],
    [-11, 29],
    [18, 29],
    [-3, 29],
    [7, 29],
    [4, 29],
  ],
];

describe('shares', () => {
  const base = Float64Array.of(2, 3, 5, 1, 3, 20, 6, 30);

  test('top-down by forecast shares spreads each group over its children', () => {
    const values = spreadByShares({ structure: tree, base, shares: { kind: 'forecast' } });
    // A and B share 30 as 20 : 6, the keys of A share that as 2 : 3 : 5.
    const a = (30 * 20) / 26;
    const expected = [0.2 * a, 0.3 * a, 0.5 * a, (30 - a) / 4, (3 * (30 - a)) / 4, a, 30 - a, 30];
    values.forEach((value, node) => expect(value).toBeCloseTo(expected[node], 12));
  });

  test('middle-out keeps the groups and adds them up', () => {
    const values = spreadByShares({ structure: tree, base, from: [5, 6], shares: { kind: 'forecast' } });
    expect([...values]).toEqual([4, 6, 10, 1.5, 4.5, 20, 6, 26]);
  });

  test('history gives shares by averages or by average proportions (Gross and Sohl 1990)', () => {
    const pair = groupedStructure(2, [[0, 0]]);
    const history = Float64Array.of(1, 9, 3, 3, 4, 12);
    const of = (kind: 'averages' | 'proportions'): number[] => [
      ...spreadByShares({ structure: pair, base: Float64Array.of(0, 0, 16), shares: { kind, history } }),
    ];
    expect(of('averages')).toEqual([10, 6, 16]);
    expect(of('proportions')).toEqual([8, 8, 16]);
  });
});

describe('bands', () => {
  test('normal limits, cut at 0 where told', () => {
    const { lower, upper } = normalBands(Float64Array.of(1, 10), Float64Array.of(4, 4), 95, 0);
    expect(lower[0]).toBe(0);
    expect(lower[1]).toBeCloseTo(6.080072030919892, 12);
    expect(upper[0]).toBeCloseTo(4.919927969080108, 12);
  });

  test('own limits are stretched to the side that the forecast moved to', () => {
    const own = { lower: Float64Array.of(8, 1, 8), upper: Float64Array.of(12, 5, 12) };
    const bands = movedBands(Float64Array.of(10, 3, Number.NaN), Float64Array.of(13, 1, 20), own, 0);
    expect([...bands.lower]).toEqual([8, 0, 8]);
    expect([...bands.upper]).toEqual([15, 5, 12]);
  });

  test('quantiles of paths, row by row', () => {
    const paths = Float64Array.of(1, 10, 3, 30, 2, 20, 5, 5, 5, 5, 5, 5);
    const [low, middle] = pathQuantiles(paths, 3, 2, [0, 0.5]);
    expect([...low]).toEqual([1, 10, 5, 5]);
    expect([...middle]).toEqual([2, 20, 5, 5]);
  });
});
