/**
 * Solves the capacitated lot-sizing instances: the heuristic's plan and bound, then HiGHS: by fixing and
 * optimising near that plan, and on the whole.
 *
 *   npm run bench:lots                        all 180 instances, 5 s of HiGHS each
 *   npm run bench:lots -- --seconds 30        longer
 *   npm run bench:lots -- --seconds 0         the heuristic alone
 *   npm run bench:lots -- X11117              only names that begin so
 *
 * Prints a line an instance (costs without the cost of making, which is the same for every plan) and the mean gaps.
 */
import { createSolver, improveLots, type Solver } from '@planwright/solver';
import { capacitatedLots, lotPlanOf, lotSizingProgram, lotSizingStart } from '@planwright/supply';
import { sharedData, skipReason } from '@planwright/testkit';
import { type LotSizingInstance, readLotSizingInstances } from './instances.ts';

type Line = {
  readonly name: string;
  readonly heuristic: number;
  readonly heuristicBound: number;
  readonly heuristicSeconds: number;
  readonly cost: number;
  readonly bound: number;
  readonly seconds: number;
};

const words = process.argv.slice(2);
const secondsAt = words.indexOf('--seconds');
const timeLimitSeconds = secondsAt < 0 ? 5 : Number(words[secondsAt + 1]);
const prefixes = words.filter(
  (_, index) => index !== secondsAt && (secondsAt < 0 || index !== secondsAt + 1),
);
const folder = sharedData('lot_sizing');

async function solved({ name, problem }: LotSizingInstance, solver: Solver): Promise<Line> {
  const startedAt = performance.now();
  const { plan, bound } = capacitatedLots(problem);
  const heuristic = plan?.cost ?? Number.POSITIVE_INFINITY;
  const heuristicSeconds = (performance.now() - startedAt) / 1000;
  const line = { name, heuristic, heuristicBound: bound, heuristicSeconds };
  if (timeLimitSeconds <= 0) return { ...line, cost: heuristic, bound, seconds: heuristicSeconds };
  const drafted = lotSizingProgram(problem);
  // Half of the time for better plans near the heuristic's, half for the bound and what the whole search finds.
  const half = timeLimitSeconds / 2;
  const improved = plan && (await improveLots(solver, drafted, plan, { timeLimitSeconds: half }));
  const solution = await solver.solve(drafted.program, {
    timeLimitSeconds: timeLimitSeconds - half,
    gapRatio: 0.0001,
    ...(improved && { start: lotSizingStart(drafted, improved) }),
  });
  const searched =
    solution.columnValues.length > 0
      ? lotPlanOf(drafted, solution.columnValues).cost
      : Number.POSITIVE_INFINITY;
  const found = Math.min(searched, improved?.cost ?? Number.POSITIVE_INFINITY);
  return {
    ...line,
    cost: Math.min(heuristic, found),
    bound: Math.max(bound, solution.bestBound),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

const gap = (cost: number, bound: number) => (cost - bound) / cost;
const percent = (ratio: number) => `${(100 * ratio).toFixed(2)} %`;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function summary(lines: readonly Line[]): string {
  const planned = lines.filter(({ heuristic }) => Number.isFinite(heuristic));
  const feasible = lines.filter(({ cost }) => Number.isFinite(cost));
  const gaps = feasible.map(({ cost, bound }) => gap(cost, bound));
  const ofHeuristic = planned.map(({ heuristic, bound }) => gap(heuristic, bound));
  const alone = planned.map(({ heuristic, heuristicBound }) => gap(heuristic, heuristicBound));
  return [
    `${lines.length} instances; the heuristic finds a plan for ${planned.length}, with the solver ${feasible.length} have one`,
    `heuristic against its own bound: mean gap ${percent(mean(alone))}; against the best bound: ${percent(mean(ofHeuristic))}, largest ${percent(Math.max(...ofHeuristic))}; ${(1000 * mean(lines.map((line) => line.heuristicSeconds))).toFixed(0)} ms each`,
    `best: mean gap ${percent(mean(gaps))}, largest ${percent(Math.max(...gaps))}; ${gaps.filter((one) => one <= 0.0001).length} proven optimal; ${mean(lines.map(({ seconds }) => seconds)).toFixed(1)} s each`,
  ].join('\n');
}

if (folder === undefined) {
  console.log(skipReason('lot_sizing'));
} else {
  const solver = createSolver();
  const lines: Line[] = [];
  console.log('instance  heuristic    its bound  best cost   best bound  gap');
  try {
    for (const instance of readLotSizingInstances(folder)) {
      if (prefixes.length > 0 && !prefixes.some((prefix) => instance.name.startsWith(prefix))) continue;
      const line = await solved(instance, solver);
      lines.push(line);
      const { name, heuristic, heuristicBound, cost, bound } = line;
      const money = [heuristic, heuristicBound, cost, bound]
        .map((value) => value.toFixed(1).padStart(11))
        .join(' ');
      console.log(`${name} ${money}  ${percent(gap(cost, bound))}`);
    }
  } finally {
    await solver.destroy();
  }
  console.log(summary(lines));
}
