/**
 * Service times of least cost on any acyclic network. Each connected part by itself:
 *
 *   forest       exact, by dynamic programming
 *   otherwise    the outbound times of a few stages are fixed so that the arcs that are left form a forest, which is solved exactly.
 *                All combinations of these times are tried where that is little enough work, which is exact too; else the times are
 *                improved one after the other, from several starts, as far as the work goes. A spanning forest of the network, with the other
 *                arcs left out, costs no more than any solution: a lower bound, loose where there are many cycles.
 *
 * Source   Humair and Willems (2011), "Optimizing strategic safety stock placement in general acyclic networks", Operations Research
 *          59(3), 781-787 (general networks are NP-hard; exact by fixing times so that trees are left, bounds by relaxation).
 */
import { type ForestProblem, type ForestPromises, forestPromises } from './forest-promises.ts';

export type NetworkPromises = {
  readonly outbound: Int32Array;
  readonly isOptimal: boolean;
  readonly lowerBound: number;
};

// Pairs of times looked at: so many take some seconds.
const WORK_MOST = 5e8;

/** `workMost` bounds the pairs of times looked at in each connected part that is no tree, but for one solution. */
export function networkPromises(problem: ForestProblem, workMost = WORK_MOST): NetworkPromises {
  const outbound = new Int32Array(problem.suppliersOf.length);
  let isOptimal = true;
  let lowerBound = 0;
  for (const nodes of connectedParts(problem)) {
    const part = partOf(problem, nodes);
    const solved = partPromises(part, workMost);
    nodes.forEach((k, index) => (outbound[k] = solved.outbound[index]));
    isOptimal &&= solved.isOptimal;
    lowerBound += solved.lowerBound;
  }
  return { outbound, isOptimal, lowerBound };
}

function partPromises(part: ForestProblem, workMost: number): NetworkPromises {
  const cut = cyclicStages(part);
  if (cut.length === 0) {
    const { outbound, cost } = forestPromises(part);
    return { outbound, isOptimal: true, lowerBound: cost };
  }
  const forestsMost = Math.floor(workMost / workOf(part));
  const combinations = cut.reduce((product, k) => product * (part.outboundMost[k] + 1), 1);
  if (combinations <= forestsMost) {
    const { outbound, cost } = bestOfAll(part, cut);
    return { outbound, isOptimal: true, lowerBound: cost };
  }
  const relaxed = relaxations(part).map(forestPromises);
  const lowerBound = Math.max(...relaxed.map((promises) => promises.cost));
  const starts = relaxed.map((promises) => cut.map((k) => promises.outbound[k]));
  return { outbound: bestFound(part, cut, starts, forestsMost).outbound, isOptimal: false, lowerBound };
}

// What a stage costs a pass beside its pairs, in pairs: rows to allocate, neighbours to add up.
const WORK_A_STAGE = 500;

/** Pairs of times that one pass over the forest looks at, or takes as long as. */
function workOf({ inboundMost, outboundMost }: ForestProblem): number {
  let work = 0;
  for (let k = 0; k < inboundMost.length; k++) {
    work += WORK_A_STAGE + (inboundMost[k] + 1) * (outboundMost[k] + 1);
  }
  return work;
}

function connectedParts({ suppliersOf, customersOf }: ForestProblem): readonly (readonly number[])[] {
  const seen = new Uint8Array(suppliersOf.length);
  const parts: number[][] = [];
  for (let start = 0; start < suppliersOf.length; start++) {
    if (seen[start] === 1) continue;
    seen[start] = 1;
    const nodes = [start];
    for (let next = 0; next < nodes.length; next++) {
      for (const neighbour of [...suppliersOf[nodes[next]], ...customersOf[nodes[next]]]) {
        if (seen[neighbour] === 1) continue;
        seen[neighbour] = 1;
        nodes.push(neighbour);
      }
    }
    parts.push(nodes.sort((a, b) => a - b));
  }
  return parts;
}

function partOf(problem: ForestProblem, nodes: readonly number[]): ForestProblem {
  const indexOf = new Map(nodes.map((k, index) => [k, index]));
  const arcs = (lists: ForestProblem['suppliersOf']): number[][] =>
    nodes.map((k) => lists[k].map((neighbour) => indexOf.get(neighbour) ?? -1));
  const times = (row: ArrayLike<number>): Int32Array => Int32Array.from(nodes, (k) => row[k]);
  return {
    suppliersOf: arcs(problem.suppliersOf),
    customersOf: arcs(problem.customersOf),
    processingTime: times(problem.processingTime),
    inboundLeast: times(problem.inboundLeast),
    inboundMost: times(problem.inboundMost),
    outboundLeast: times(problem.outboundLeast),
    outboundMost: times(problem.outboundMost),
    stockCost: nodes.map((k) => problem.stockCost[k]),
  };
}

/** Stages whose outgoing arcs, when taken out, leave a forest: those with most arcs in cycles first. */
function cyclicStages({ suppliersOf, customersOf }: ForestProblem): number[] {
  const cut: number[] = [];
  const isCut = new Uint8Array(suppliersOf.length);
  while (true) {
    const inCycle = coreOf(suppliersOf, customersOf, isCut);
    let worst = -1;
    let most = 0;
    for (let k = 0; k < suppliersOf.length; k++) {
      if (inCycle[k] === 0 || isCut[k] === 1) continue;
      const arcs = customersOf[k].filter((customer) => inCycle[customer] === 1).length;
      if (arcs > most) [worst, most] = [k, arcs];
    }
    if (worst < 0) return cut;
    isCut[worst] = 1;
    cut.push(worst);
  }
}

/** What is left when stages with one arc are taken away again and again: the cycles and what lies between them. */
function coreOf(
  suppliersOf: ForestProblem['suppliersOf'],
  customersOf: ForestProblem['customersOf'],
  isCut: Uint8Array,
): Uint8Array {
  const count = suppliersOf.length;
  const neighboursOf = (k: number): number[] => [
    ...suppliersOf[k].filter((supplier) => isCut[supplier] === 0),
    ...(isCut[k] === 1 ? [] : customersOf[k]),
  ];
  const degree = Int32Array.from({ length: count }, (_, k) => neighboursOf(k).length);
  const inCore = new Uint8Array(count).fill(1);
  const leaves = [...degree.keys()].filter((k) => degree[k] <= 1);
  for (let leaf = leaves.pop(); leaf !== undefined; leaf = leaves.pop()) {
    if (inCore[leaf] === 0) continue;
    inCore[leaf] = 0;
    for (const neighbour of neighboursOf(leaf)) {
      degree[neighbour] -= 1;
      if (inCore[neighbour] === 1 && degree[neighbour] <= 1) leaves.push(neighbour);
    }
  }
  return inCore;
}

function withoutArcsOf(problem: ForestProblem, cut: readonly number[]): ForestProblem {
  const isCut = new Set(cut);
  return {
    ...problem,
    suppliersOf: problem.suppliersOf.map((suppliers) => suppliers.filter((k) => !isCut.has(k))),
    customersOf: problem.customersOf.map((customers, k) => (isCut.has(k) ? [] : customers)),
  };
}

/** Forests of as many arcs as there can be, with those first that bind most: of dear suppliers, and of dear customers. */
function relaxations(problem: ForestProblem): readonly ForestProblem[] {
  const dearness = (k: number): number => problem.stockCost[k][problem.stockCost[k].length - 1];
  const arcs = problem.customersOf.flatMap((customers, supplier) =>
    customers.map((customer) => ({ supplier, customer })),
  );
  return [
    arcs.toSorted((a, b) => dearness(b.supplier) - dearness(a.supplier)),
    arcs.toSorted((a, b) => dearness(b.customer) - dearness(a.customer)),
  ].map((sorted) => {
    const root = problem.suppliersOf.map((_, k) => k);
    const rootOf = (k: number): number => {
      let top = k;
      while (root[top] !== top) {
        root[top] = root[root[top]];
        top = root[top];
      }
      return top;
    };
    const suppliersOf: number[][] = problem.suppliersOf.map(() => []);
    const customersOf: number[][] = problem.suppliersOf.map(() => []);
    for (const { supplier, customer } of sorted) {
      const [one, other] = [rootOf(supplier), rootOf(customer)];
      if (one === other) continue;
      root[one] = other;
      suppliersOf[customer].push(supplier);
      customersOf[supplier].push(customer);
    }
    return { ...problem, suppliersOf, customersOf };
  });
}

/** The forest that is left when the cut stages promise these times; their customers count on them. */
function fixed(problem: ForestProblem, cut: readonly number[], times: readonly number[]): ForestProblem {
  const outboundLeast = Int32Array.from(problem.outboundLeast);
  const outboundMost = Int32Array.from(problem.outboundMost);
  const inboundLeast = Int32Array.from(problem.inboundLeast);
  cut.forEach((k, index) => {
    outboundLeast[k] = times[index];
    outboundMost[k] = times[index];
    for (const customer of problem.customersOf[k]) {
      inboundLeast[customer] = Math.max(inboundLeast[customer], times[index]);
    }
  });
  return { ...withoutArcsOf(problem, cut), outboundLeast, outboundMost, inboundLeast };
}

function bestOfAll(problem: ForestProblem, cut: readonly number[]): ForestPromises {
  const times = cut.map(() => 0);
  let best = forestPromises(fixed(problem, cut, times));
  for (let digit = 0; digit < cut.length; ) {
    times[digit] += 1;
    if (times[digit] > problem.outboundMost[cut[digit]]) {
      times[digit] = 0;
      digit += 1;
      continue;
    }
    digit = 0;
    const tried = forestPromises(fixed(problem, cut, times));
    if (tried.cost < best.cost) best = tried;
  }
  return best;
}

/** From promises of 0, those of the relaxed networks, and the longest; each start has its share of the forests. */
function bestFound(
  problem: ForestProblem,
  cut: readonly number[],
  relaxedStarts: readonly number[][],
  forestsMost: number,
): ForestPromises {
  const starts = [cut.map(() => 0), ...relaxedStarts, cut.map((k) => problem.outboundMost[k])];
  return starts
    .map((times) => improved(problem, cut, times, Math.floor(forestsMost / starts.length)))
    .reduce((best, found) => (found.cost < best.cost ? found : best));
}

/**
 * One time after the other, as long as that helps: first only to those where a concave cost can have its least value, then to
 * all.
 */
function improved(
  problem: ForestProblem,
  cut: readonly number[],
  start: readonly number[],
  forestsMost: number,
): ForestPromises {
  const times = [...start];
  let left = forestsMost;
  let present = forestPromises(fixed(problem, cut, times));
  for (const candidatesOf of [cornersOf, allTimesOf]) {
    let before = Infinity;
    while (present.cost < before && left > 0) {
      before = present.cost;
      cut.forEach((k, index) => {
        let chosen = times[index];
        for (const time of candidatesOf(problem, present, k)) {
          if (time === chosen || left <= 0) continue;
          left -= 1;
          times[index] = time;
          const tried = forestPromises(fixed(problem, cut, times));
          if (tried.cost < present.cost) {
            present = tried;
            chosen = time;
          }
        }
        times[index] = chosen;
      });
    }
  }
  return present;
}

/** No wait, no stock, or as long as a customer has to wait for others anyway. */
function cornersOf(problem: ForestProblem, present: ForestPromises, k: number): readonly number[] {
  const most = problem.outboundMost[k];
  const withoutStock = present.inbound[k] + problem.processingTime[k];
  const waits = problem.customersOf[k].map((customer) => present.inbound[customer]);
  return [...new Set([0, withoutStock, ...waits].map((time) => Math.min(most, time)))];
}

const allTimesOf = (problem: ForestProblem, _: ForestPromises, k: number): readonly number[] =>
  Array.from({ length: problem.outboundMost[k] + 1 }, (_time, time) => time);
