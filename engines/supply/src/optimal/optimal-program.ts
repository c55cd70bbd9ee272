/**
 * The optimal plan as a linear program over the buckets of a planning model.
 *
 * Columns, all >= 0, money in their cost
 *   start s,a,b     units that source s starts in bucket a and that arrive in b (see `startOptions`). Cost: costPerUnit.
 *                   Making, buying (subcontracting is buying beside making) and moving are the same column.
 *   orders s,a,b    orders they are made of. Cost: costPerOrder. Whole where setups are binary.
 *   lots s,a,b      lots of the multiple. Whole; only where lots are.
 *   use c,a,b       units of the start that take component row c, where rows stand for each other.
 *   hours l,a,b     units of the start that take load row l, where rows stand for each other; `ordersAt` their orders.
 *   spread r,k      hours of one bucket's starts that fall into bucket k of a resource with buckets of its own.
 *   overtime r,k    hours beyond capacity. Cost: overtimeCostPerHour - costPerHour; every hour costs costPerHour.
 *   people, hired, laidOff r,k      where the resource has a workforce. Cost: wage, hiring, lay-off.
 *   stock i,t       on hand at the end of t. Cost: holding.
 *   safetyShort i,t what it lacks of the safety stock. Cost: the penalty of `planTerms`.
 *   storageOver i,t what it has above the storage limit. Cost: the unit's, each bucket.
 *   disposal i,t    what is thrown away, where age limits how long a unit may lie. Free: its cost is spent.
 *   delivery d,t    units delivered to demand class d; backlog d,t owed at the end of t; lost d,t never delivered of
 *                   what is due in t. Cost: those of `demandClasses`, and the revenue of what is lost. Where a
 *                   stock point serves one class alone, its demand rows are folded into its balance.
 *
 * Rows
 *   balance i,t     stock before + receipts under way + yield x start - use by others - delivery - disposal = stock
 *   demand d,t      backlog before + due = delivery + lost + backlog; nothing is owed after the last bucket
 *   patience d,t    backlog <= what fell due, and was not lost, in the buckets it may still be delivered for
 *   orderSize       start <= the largest order x orders; lotMinimum: start >= minimum x orders; lotMultiple: start =
 *                   multiple x lots
 *   choice          start = sum of use (or of hours) over the rows that stand for each other
 *   capacity r,k    hours asked - overtime <= capacity - committed + hours per person x (people - people at first)
 *   spreadSum       hours asked by one bucket's starts = sum of spread
 *   peopleBalance   people = people before + hired - laidOff; overtimeLimit: overtime <= limit + limit a person x people
 *   sourceMaximum   starts of a source in a bucket <= what its supplier or lane gives
 *   safetyStock     stock + safetyShort >= safety stock; storage: stock - storageOver <= limit
 *   age i,t         stock <= what came in within the shelf life, or within the build-ahead limit and the safety stock
 *
 * Not in it: source priorities and shares (the plan chooses), backlog before launches, orders that ship complete or not
 * at all, per-order use of substitutes. Stock below zero counts as none.
 *
 * Input    a checked model (see `checkPlanningModel`).
 * Cost     O(columns + entries) time and memory: about eight columns and twenty entries a stock point and bucket.
 * Source   Hax and Candea (1984), Production and Inventory Management, ch. 3; Pochet and Wolsey (2006), Production
 *          Planning by Mixed Integer Programming, ch. 9 and 12.
 */
import type { PlanningModel } from '../model/planning-model.ts';
import type { LinearProgram } from './linear-program.ts';
import type { OptimalOptions } from './optimal-options.ts';
import { type PlanTerms, planTerms } from './plan-terms.ts';
import { addDemand } from './program-demand.ts';
import {
  COLUMN_KINDS,
  entryName,
  type NamedBuilder,
  namedBuilder,
  type ProgramIndex,
  ROW_KINDS,
} from './program-index.ts';
import { addResources, type HourEntry, type ResourceShape, resourceShape } from './program-resources.ts';
import { addStock } from './program-stock.ts';
import { addSupply } from './program-supply.ts';
import { type StartOption, startOptions } from './start-options.ts';
import { componentsBySource } from './source-rows.ts';

const NEED_RATIO = 0.5;

export type OptimalProgram = {
  readonly model: PlanningModel;
  readonly options: OptimalOptions;
  readonly terms: PlanTerms;
  readonly resources: ResourceShape;
  readonly starts: readonly StartOption[];
  readonly hourEntries: readonly HourEntry[];
  readonly program: LinearProgram;
  readonly columnIndex: ProgramIndex;
  readonly rowIndex: ProgramIndex;
};

/** What the parts of the formulation are given. */
export type Drafting = NamedBuilder & {
  readonly model: PlanningModel;
  readonly options: OptimalOptions;
  readonly terms: PlanTerms;
  readonly resources: ResourceShape;
  readonly starts: readonly StartOption[];
  /** Row of the balance of a stock point in a bucket. */
  readonly balanceRow: (stockPoint: number, bucket: number) => number;
};

export function optimalProgram(model: PlanningModel, options: OptimalOptions = {}): OptimalProgram {
  const terms = planTerms(model, options);
  const resources = resourceShape(model);
  const timing = options.timing ?? 'planned';
  const needRatio = options.needRatio ?? model.rules?.forecastDueRatio ?? NEED_RATIO;
  const starts = startOptions(model, terms.starts, componentsBySource(model), { timing, needRatio });
  const named = namedBuilder();
  const { bucketCount } = terms;
  for (let point = 0; point < model.stockPoints.length; point++) {
    for (let t = 0; t < bucketCount; t++) named.row({ kind: 'balance', subject: point, bucket: t }, 0, 0);
  }
  const balanceRow = (point: number, bucket: number) => point * bucketCount + bucket;
  const drafting: Drafting = { ...named, model, options, terms, resources, starts, balanceRow };
  const supply = addSupply(drafting);
  addStock(drafting, supply.startColumn);
  addDemand(drafting);
  const hourEntries = addResources(drafting, supply);
  return {
    model,
    options,
    terms,
    resources,
    starts,
    hourEntries,
    program: named.builder.seal(),
    ...named.sealedIndexes(),
  };
}

/** What a column stands for, e.g. 'start make BIKE-1 @ PLANT, bucket 3, 4': for reading a program. */
export function columnName({ columnIndex, model, terms }: OptimalProgram, column: number): string {
  return entryName(columnIndex, COLUMN_KINDS, column, model, (row) => terms.classes.list[row].stockPoint);
}

/** What a row stands for, e.g. 'capacity WELD, bucket 2'. */
export function rowName({ rowIndex, model, terms }: OptimalProgram, row: number): string {
  return entryName(
    rowIndex,
    ROW_KINDS,
    row,
    model,
    (demandClass) => terms.classes.list[demandClass].stockPoint,
  );
}
