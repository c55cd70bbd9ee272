import { describe, expect, test } from 'vitest';
import {
  autoModel,
  groupedStructure,
  movedBands,
  normalBands,
  reconcile,
  type ReconcileMethod,
  type Structure,
} from '@planwright/forecast';
import { hasData, orSkipped, rowsOf } from '../reference-data.ts';

const WEEKLY = 'online_retail/derived_weekly_net_sales.csv.gz';
const WEEKS = 52;
const HORIZON = 6;
const ORIGINS = [WEEKS - HORIZON, WEEKS - HORIZON - 2, WEEKS - HORIZON - 4];
const LEVEL_NAMES = ['article', '3 digits', '2 digits', 'total'];
const DAY_MS = 86_400_000;

/** The 600 best selling articles of UCI Online Retail, in weeks, under the first three and two digits of their code. */
function loadRetail(): { structure: Structure; history: Float64Array; levelOf: Int32Array } {
  const series = new Map<string, Float64Array>();
  for (const [code, monday, quantity] of rowsOf(WEEKLY)) {
    const week = Math.round((Date.parse(monday) - Date.parse('2010-11-29')) / (7 * DAY_MS));
    if (!/^\d{5}/.test(code) || week >= WEEKS) continue;
    const weeks = series.get(code) ?? new Float64Array(WEEKS);
    weeks[week] += Math.max(0, Number(quantity));
    series.set(code, weeks);
  }
  const volume = (weeks: Float64Array): number => weeks.reduce((sum, value) => sum + value, 0);
  const best = [...series].sort(([, one], [, other]) => volume(other) - volume(one)).slice(0, 600);
  const groupings = [3, 2, 0].map((digits) => {
    const codes = [...new Set(best.map(([code]) => code.slice(0, digits)))];
    return best.map(([code]) => codes.indexOf(code.slice(0, digits)));
  });
  const structure = groupedStructure(best.length, groupings);
  const leaves = new Float64Array(structure.nodeCount * WEEKS);
  best.forEach(([, weeks], key) => leaves.set(weeks, key * WEEKS));
  const { values: history } = reconcile({ structure, base: leaves, method: { kind: 'bottom-up' } });
  const levelOf = new Int32Array(structure.nodeCount);
  let first = best.length;
  groupings.forEach((grouping, index) => {
    const size = Math.max(...grouping) + 1;
    levelOf.fill(index + 1, first, first + size);
    first += size;
  });
  return { structure, history, levelOf };
}

type Tally = { error: number[]; demand: number[]; inside: number[]; count: number[] };
const tally = (): Tally => ({
  error: [0, 0, 0, 0],
  demand: [0, 0, 0, 0],
  inside: [0, 0, 0, 0],
  count: [0, 0, 0, 0],
});
const ratios = (parts: number[], wholes: number[]): number[] =>
  parts.map((part, level) => part / wholes[level]);
const percent = (shares: number[]): string => shares.map((share) => (100 * share).toFixed(1)).join(' / ');

describe('a real hierarchy', () => {
  test.skipIf(!hasData(WEEKLY))(
    `reconciled forecasts err less, and their bands hold${orSkipped(WEEKLY)}`,
    () => {
      const { structure, history, levelOf } = loadRetail();
      const { nodeCount } = structure;
      const wape = new Map<string, Tally>();
      const cover = new Map<string, Tally>();
      const noted = (book: Map<string, Tally>, name: string): Tally => {
        const entry = book.get(name) ?? tally();
        book.set(name, entry);
        return entry;
      };
      for (const origin of ORIGINS) {
        const actual = block((node) =>
          history.subarray(node * WEEKS + origin, node * WEEKS + origin + HORIZON),
        );
        const fitteds = Array.from({ length: nodeCount }, (_, node) =>
          autoModel().fit(history.subarray(node * WEEKS, node * WEEKS + origin), { season: 1 }),
        );
        const base = block((node) => fitteds[node].mean(HORIZON).map((value) => Math.max(0, value)));
        const residuals = new Float64Array(nodeCount * origin);
        fitteds.forEach((fitted, node) => residuals.set(fitted.residuals, node * origin));
        const methods: readonly ReconcileMethod[] = [
          { kind: 'bottom-up' },
          { kind: 'structural' },
          { kind: 'shrink', residuals },
        ];
        const results = new Map(
          methods.map((method) => [
            method.kind,
            reconcile({ structure, base, method, nonNegative: true }).values,
          ]),
        );
        for (const [name, values] of [['base', base] as const, ...results]) {
          const entry = noted(wape, name);
          values.forEach((value, i) => {
            const level = levelOf[Math.floor(i / HORIZON)];
            entry.error[level] += Math.abs(value - actual[i]);
            entry.demand[level] += actual[i];
          });
        }
        const own = {
          lower: block((node) => fitteds[node].interval(HORIZON, 95).lower),
          upper: block((node) => fitteds[node].interval(HORIZON, 95).upper),
        };
        const bottomUp = results.get('bottom-up')!;
        const spread = own.upper.map((limit, i) => ((limit - own.lower[i]) / 2 / 1.96) ** 2);
        const added = reconcile({ structure, base: spread, method: { kind: 'bottom-up' } }).values;
        const bands = new Map([
          ['keys as independent', normalBands(bottomUp, added, 95, 0)],
          ['moved, structural', movedBands(base, results.get('structural')!, own, 0)],
          ['moved', movedBands(base, results.get('shrink')!, own, 0)],
        ]);
        for (const [name, { lower, upper }] of bands) {
          const entry = noted(cover, name);
          actual.forEach((value, i) => {
            const level = levelOf[Math.floor(i / HORIZON)];
            entry.count[level] += 1;
            if (value >= lower[i] && value <= upper[i]) entry.inside[level] += 1;
          });
        }
      }
      const errorOf = (name: string): number[] => ratios(wape.get(name)!.error, wape.get(name)!.demand);
      const coverOf = (name: string): number[] => ratios(cover.get(name)!.inside, cover.get(name)!.count);
      process.stdout.write(`Online retail, weekly, by ${LEVEL_NAMES.join(' / ')}:\n`);
      for (const name of wape.keys())
        process.stdout.write(`  WAPE % ${name.padEnd(20)} ${percent(errorOf(name))}\n`);
      for (const name of cover.keys())
        process.stdout.write(`  95 % covers ${name.padEnd(20)} ${percent(coverOf(name))}\n`);
      const [shrink, bottomUp, base] = [errorOf('shrink'), errorOf('bottom-up'), errorOf('base')];
      expect(shrink[0]).toBeLessThan(1.01 * base[0]);
      for (const level of [1, 2, 3]) expect(shrink[level]).toBeLessThan(bottomUp[level]);
      expect(shrink[1] + shrink[2] + shrink[3]).toBeLessThan(base[1] + base[2] + base[3]);
      const moved = coverOf('moved');
      for (const level of [0, 1, 2]) expect(Math.abs(moved[level] - 0.95)).toBeLessThan(0.03);
      expect(moved[3]).toBeGreaterThan(coverOf('keys as independent')[3] + 0.5);

      function block(rowOf: (node: number) => Float64Array): Float64Array {
        const rows = new Float64Array(nodeCount * HORIZON);
        for (let node = 0; node < nodeCount; node++) rows.set(rowOf(node), node * HORIZON);
        return rows;
      }
    },
  );
});
