/**
 * Capacitated lot sizing as a mixed-integer program, in the facility-location form: what is made in bucket t for the
 * demand of bucket u is a column of its own, so that a setup is bound to each demand and not to a sum with a large
 * constant. Its linear relaxation is as tight as the convex hull of every single item's lots.
 *
 *   setup i,t      0 or 1. Cost: the setup's.
 *   made i,t,u     units made in t for u >= t. Cost: (u - t) x holding.
 *   demand i,u     sum over t of made = demand;   link i,t,u   made <= demand x setup
 *   capacity t     sum of hours a unit x made + setup hours x setup <= capacity
 *
 * Source    Krarup and Bilde (1977); Pochet and Wolsey (2006), Production Planning by Mixed Integer Programming, 7.
 */
import { assert } from '@planwright/units';
import { type LinearProgram, programBuilder } from '../linear-program.ts';
import { type LotPlan, type LotSizingProblem, lotCost } from './lot-sizing-problem.ts';

export type LotSizingProgram = {
  readonly problem: LotSizingProblem;
  readonly program: LinearProgram;
  /** By entry of made: item, bucket of making, bucket of demand; its column is items x buckets + entry. */
  readonly made: { readonly item: Int32Array; readonly bucket: Int32Array; readonly due: Int32Array };
};

/** O(items x buckets^2). */
export function lotSizingProgram(problem: LotSizingProblem): LotSizingProgram {
  const { itemCount, bucketCount, demand, capacityHours, hoursPerUnit, setupHours } = problem;
  const builder = programBuilder();
  const item: number[] = [];
  const bucket: number[] = [];
  const due: number[] = [];
  const capacityRow = Array.from(capacityHours, (hours) => builder.row(Number.NEGATIVE_INFINITY, hours));
  for (let i = 0; i < itemCount; i++) {
    for (let t = 0; t < bucketCount; t++) {
      builder.entry(capacityRow[t], builder.column(problem.setupCost[i], 0, 1, true), setupHours[i]);
    }
  }
  for (let i = 0; i < itemCount; i++) {
    for (let u = 0; u < bucketCount; u++) {
      const units = demand[i * bucketCount + u];
      if (units <= 0) continue;
      const demandRow = builder.row(units, units);
      for (let t = 0; t <= u; t++) {
        const made = builder.column((u - t) * problem.holdingCost[i], 0, units);
        item.push(i);
        bucket.push(t);
        due.push(u);
        builder.entry(demandRow, made, 1);
        builder.entry(capacityRow[t], made, hoursPerUnit[i]);
        const link = builder.row(Number.NEGATIVE_INFINITY, 0);
        builder.entry(link, made, 1);
        builder.entry(link, i * bucketCount + t, -units);
      }
    }
  }
  const made = { item: Int32Array.from(item), bucket: Int32Array.from(bucket), due: Int32Array.from(due) };
  return { problem, program: builder.seal(), made };
}

/** The plan of a solution; lots of crumbs are left out where the plan keeps all rows without them. */
export function lotPlanOf({ problem, program, made }: LotSizingProgram, columnValues: Float64Array): LotPlan {
  assert(columnValues.length === program.columnCount, 'the solution is one of this program');
  const { itemCount, bucketCount } = problem;
  const first = itemCount * bucketCount;
  const quantity = new Float64Array(first);
  made.item.forEach((item, entry) => {
    if (columnValues[item * bucketCount + made.bucket[entry]] < 0.5) return;
    quantity[item * bucketCount + made.bucket[entry]] += columnValues[first + entry];
  });
  return { quantity, cost: lotCost(problem, quantity) };
}

/** A plan as columns of the program, first made first used: where a solver may start. */
export function lotSizingStart({ problem, program, made }: LotSizingProgram, plan: LotPlan): Float64Array {
  const { itemCount, bucketCount, demand } = problem;
  const first = itemCount * bucketCount;
  const values = new Float64Array(program.columnCount);
  const left = plan.quantity.slice();
  const open = demand.slice();
  plan.quantity.forEach((lot, cell) => (values[cell] = lot > 0 ? 1 : 0));
  made.item.forEach((item, entry) => {
    const from = item * bucketCount + made.bucket[entry];
    const to = item * bucketCount + made.due[entry];
    const units = Math.min(left[from], open[to]);
    values[first + entry] = units;
    left[from] -= units;
    open[to] -= units;
  });
  return values;
}

/** The program with the setups of a plan held, but where `isFree` says so: a neighbourhood that is searched soon. */
export function withSetupsHeld(
  { problem, program }: LotSizingProgram,
  plan: LotPlan,
  isFree: (item: number, bucket: number) => boolean,
): LinearProgram {
  const columnLower = program.columnLower.slice();
  const columnUpper = program.columnUpper.slice();
  plan.quantity.forEach((lot, cell) => {
    const item = Math.floor(cell / problem.bucketCount);
    if (isFree(item, cell % problem.bucketCount)) return;
    columnLower[cell] = columnUpper[cell] = lot > 0 ? 1 : 0;
  });
  return { ...program, columnLower, columnUpper };
}
