/** The optimal plan of a planning model: solved in a thread of its own, and said as the plan file says it. */
import { createSolver } from '@planwright/solver';
import {
  compileFiniteNetwork,
  type FinitePlan,
  NO_ALTERNATES,
  type OptimalPlan,
  optimalPlan,
  type OptimalProgram,
  optimalProgram,
  planBlocks,
  planCost,
  planFinite,
  planningDemands,
  type PlanningModel,
  planView,
} from '@planwright/supply';
import { isoFromDay } from '@planwright/time';
import { type PlanDraft, planFileOf } from './plan-to-file.ts';

/** `plan` is null where the solver found none; `status` says why. */
export type OptimumResult = { readonly plan: PlanDraft | null; readonly status: string };

export async function optimumFile(model: PlanningModel, timeLimitSeconds: number): Promise<OptimumResult> {
  const drafted = optimalProgram(model);
  const solver = createSolver();
  try {
    const solution = await solver.solve(drafted.program, { timeLimitSeconds });
    const optimum = optimalPlan(drafted, solution);
    if (optimum === undefined) return { plan: null, status: solution.status };
    const network = compileFiniteNetwork(model);
    const heuristic = planFinite(network);
    // The plan above offsets lead times by whole buckets. The constrained plan works by days, so only a program in
    // which a bucket may do what any of its days could is a floor under it.
    const { demands } = heuristic;
    const floor = optimalProgram(model, { timing: 'anyDay', setups: 'relaxed', demands });
    const { bestBound } = await solver.solve(floor.program, { timeLimitSeconds });
    const file = fileOf(model, network, drafted, optimum, {
      heuristicCost: planCost(model, heuristic, { demands }).total,
      heuristicBound: finiteOrNull(bestBound),
    });
    return { plan: file, status: solution.status };
  } finally {
    await solver.destroy();
  }
}

type HeuristicPrice = { readonly heuristicCost: number; readonly heuristicBound: number | null };

function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function fileOf(
  model: PlanningModel,
  network: ReturnType<typeof compileFiniteNetwork>,
  drafted: OptimalProgram,
  optimum: OptimalPlan,
  heuristic: HeuristicPrice,
): PlanDraft {
  const plan = datedPlan(model, drafted, optimum);
  const view = planView(model, network, plan);
  const blocks = planBlocks(network, plan);
  blocks.projectedOnHand.values.set(optimum.flows.stock);
  blocks.dependentDemand.values.set(dependentDemand(blocks, network.points.onHand, network.bucketCount));
  const file = planFileOf(view, 'optimal', blocks, optimum.cost);
  return {
    ...file,
    orders: withReason(file.orders),
    optimum: {
      status: optimum.status,
      bestBound: finiteOrNull(optimum.bestBound),
      gapRatio: finiteOrNull(optimum.gapRatio),
      ...heuristic,
      scarce: scarceRows(model, optimum),
    },
  };
}

function withReason(orders: PlanDraft['orders']): PlanDraft['orders'] {
  return Array.from(orders, (order) => ({ ...order, reason: 'Part of the plan that costs least.' }));
}

/** What stock loses beyond deliveries is what orders took. */
function dependentDemand(
  { scheduledReceipts, plannedReceipts, delivered, projectedOnHand }: ReturnType<typeof planBlocks>,
  onHand: Float64Array,
  bucketCount: number,
): Float64Array {
  return scheduledReceipts.values.map((scheduled, cell) => {
    const before = cell % bucketCount === 0 ? onHand[cell / bucketCount] : projectedOnHand.values[cell - 1];
    const taken =
      before +
      scheduled +
      plannedReceipts.values[cell] -
      delivered.values[cell] -
      projectedOnHand.values[cell];
    return Math.abs(taken) > 1e-6 ? taken : 0;
  });
}

/** Buckets become days: an order starts and arrives on the first day of its bucket that the plan has. */
function datedPlan(
  model: PlanningModel,
  { terms, resources }: OptimalProgram,
  optimum: OptimalPlan,
): FinitePlan {
  const demands = planningDemands(model);
  const dayOf = (bucket: number): number => Math.max(model.asOfDay, model.bucketStartDays[bucket]);
  const { orders, flows } = optimum;
  return {
    demands,
    orders: {
      count: orders.length,
      source: Int32Array.from(orders, ({ source }) => source),
      startDay: Int32Array.from(orders, ({ startBucket }) => dayOf(startBucket)),
      endDay: Int32Array.from(orders, ({ receiptBucket }) => dayOf(receiptBucket)),
      quantity: Float64Array.from(orders, ({ quantity }) => quantity),
    },
    deliveries: deliveriesOf(demands, terms, flows.delivered, dayOf),
    pegs: {
      count: 0,
      supplyKind: new Uint8Array(0),
      supply: new Int32Array(0),
      useKind: new Uint8Array(0),
      use: new Int32Array(0),
      quantity: new Float64Array(0),
    },
    delays: {
      count: 0,
      demand: new Int32Array(0),
      cause: new Uint8Array(0),
      subject: new Int32Array(0),
      day: new Int32Array(0),
      quantity: new Float64Array(0),
    },
    alternates: NO_ALTERNATES,
    resourceStart: resources.start,
    loadHours: flows.hours,
  };
}

/** What a class of alike demands gets in each bucket goes to those due first. */
function deliveriesOf(
  demands: FinitePlan['demands'],
  { classes, bucketCount }: OptimalProgram['terms'],
  delivered: Float64Array,
  dayOf: (bucket: number) => number,
): FinitePlan['deliveries'] {
  const rows: { demand: number; day: number; quantity: number }[] = [];
  const ofClass: number[][] = classes.list.map(() => []);
  for (let demand = 0; demand < demands.count; demand++) ofClass[classes.classOfDemand[demand]].push(demand);
  ofClass.forEach((members, row) => {
    members.sort((a, b) => demands.dueDay[a] - demands.dueDay[b] || a - b);
    let next = 0;
    let asked = members.length > 0 ? demands.quantity[members[0]] : 0;
    for (let t = 0; t < bucketCount; t++) {
      let rest = delivered[row * bucketCount + t];
      while (rest > 1e-9 && next < members.length) {
        const demand = members[next];
        const quantity = Math.min(rest, asked);
        const isDueThen = classes.dueBucketOfDemand[demand] === t;
        const day = isDueThen ? Math.max(dayOf(t), demands.dueDay[demand]) : dayOf(t);
        if (quantity > 0) rows.push({ demand, day, quantity });
        rest -= quantity;
        asked -= quantity;
        if (asked > 1e-9) continue;
        next += 1;
        asked = next < members.length ? demands.quantity[members[next]] : 0;
      }
    }
  });
  return {
    count: rows.length,
    demand: Int32Array.from(rows, ({ demand }) => demand),
    day: Int32Array.from(rows, ({ day }) => day),
    quantity: Float64Array.from(rows, ({ quantity }) => quantity),
  };
}

function scarceRows(model: PlanningModel, { scarce }: OptimalPlan) {
  return scarce.map(({ kind, subject, bucket, savingPerUnit }) => {
    const isHours = kind === 'capacity' || kind === 'overtime';
    const { item, location } = model.stockPoints[kind === 'storage' ? subject : 0];
    const starts = (isHours ? model.resources[subject].bucketStartDays : undefined) ?? model.bucketStartDays;
    const stored = kind === 'storage' ? `${item} at ${location}` : model.sources[subject]?.source;
    return {
      kind,
      subject: isHours ? model.resources[subject].resource : (stored ?? ''),
      bucketStart: isoFromDay(starts[bucket]),
      savingPerUnit,
    };
  });
}
