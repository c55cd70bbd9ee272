/**
 * The supply network inside: the model's rows as typed arrays, in an order that can be planned in one pass.
 *
 * Make and move are the same maths: both consume component rows when they release. A made item has its bill of
 * material; a moved item has one component, itself at the other location, one for one.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import type { Issue } from '@planwright/units';
import { checkModel, indexStockPoints } from './check-model.ts';
import { checkVolume } from './check-volume.ts';
import { cycleText, levelsOf } from './levels.ts';
import { effectiveLot } from './lots.ts';
import { nameOf, type SourceKind, type StockPointRow, type SupplyModel, stockPointKey } from './model.ts';

/** Who a stock point is, for screens and sentences. */
export type StockPoint = {
  readonly item: string;
  readonly location: string;
  readonly kind: SourceKind | 'none';
  readonly supplier?: string;
  readonly fromLocation?: string;
};

/** Arrays have one entry per stock point, in the order of the model's rows, unless said otherwise. */
export type SupplyNetwork = {
  readonly bucketStartDays: Int32Array;
  readonly bucketCount: number;
  readonly stockPoints: readonly StockPoint[];
  readonly onHand: Float64Array;
  readonly safetyStock: Float64Array;
  readonly leadTimeDays: Float64Array;
  /** Smallest, step and largest order quantity as they act together: step 0 = any, largest Infinity = no limit. */
  readonly lotMinimum: Float64Array;
  readonly lotMultiple: Float64Array;
  readonly lotMaximum: Float64Array;
  readonly yieldRatio: Float64Array;
  /** NaN where the model gives none. */
  readonly costPerUnit: Float64Array;
  readonly independentDemand: SeriesBlock;
  readonly scheduledReceipts: SeriesBlock;
  /** Components of stock point s are rows componentStart[s] up to componentStart[s + 1] of the next two arrays. */
  readonly componentStart: Int32Array;
  readonly component: Int32Array;
  readonly quantityPer: Float64Array;
  /** Low-level code: 0 where nothing consumes the stock point, else one more than its deepest consumer. */
  readonly level: Int32Array;
  /** All stock points by level, so that everyone who consumes a stock point is planned before it. */
  readonly planOrder: Int32Array;
};

/** The network, or null where an error makes the model unplannable. Warnings come with a network. */
export type NetworkResult = { readonly network: SupplyNetwork | null; readonly issues: Issue[] };

/** Checks a model and turns it into a network. O(rows x buckets). */
export function buildNetwork(model: SupplyModel): NetworkResult {
  const indexOf = indexStockPoints(model.stockPoints);
  const issues = checkModel(model, indexOf);
  if (issues.some((issue) => issue.severity === 'error')) return { network: null, issues };

  const links = linksOf(model, indexOf);
  const levels = levelsOf(links.componentStart, links.component);
  if (levels.cycle !== null) {
    const names = levels.cycle.map((s) => nameOf(model.stockPoints[s]));
    return { network: null, issues: [...issues, cycleIssue(names, levels.cycle[0] + 1)] };
  }
  const { level, planOrder } = levels;
  const network = { ...arraysOf(model), ...links, level, planOrder };
  const volumeIssues = checkVolume(network);
  issues.push(...volumeIssues);
  return { network: volumeIssues.length === 0 ? network : null, issues };
}

function cycleIssue(names: readonly string[], row: number): Issue {
  const message = `These stock points supply each other in a circle: ${cycleText(names)}.`;
  const advice = 'Remove the component row or transfer that closes the circle.';
  return { severity: 'error', code: 'SUPPLY_CYCLE', message, advice, file: 'stockPoints', row };
}

type Links = Pick<SupplyNetwork, 'componentStart' | 'component' | 'quantityPer'>;

function linksOf(model: SupplyModel, indexOf: ReadonlyMap<string, number>): Links {
  const parents: number[] = [];
  const components: number[] = [];
  const quantities: number[] = [];
  const add = (parent: number, item: string, location: string, quantityPer: number): void => {
    parents.push(parent);
    components.push(indexOf.get(stockPointKey(item, location)) ?? -1);
    quantities.push(quantityPer);
  };
  for (const row of model.components) {
    const parent = indexOf.get(stockPointKey(row.item, row.location)) ?? -1;
    if (model.stockPoints[parent].source?.kind === 'make') {
      add(parent, row.component, row.location, row.quantityPer);
    }
  }
  model.stockPoints.forEach((point, s) => {
    if (point.source?.kind === 'move') add(s, point.item, point.source.fromLocation ?? '', 1);
  });

  const componentStart = new Int32Array(model.stockPoints.length + 1);
  for (const parent of parents) componentStart[parent + 1] += 1;
  for (let s = 0; s < model.stockPoints.length; s++) componentStart[s + 1] += componentStart[s];
  const next = componentStart.slice();
  const component = new Int32Array(parents.length);
  const quantityPer = new Float64Array(parents.length);
  parents.forEach((parent, row) => {
    component[next[parent]] = components[row];
    quantityPer[next[parent]] = quantities[row];
    next[parent] += 1;
  });
  return { componentStart, component, quantityPer };
}

function arraysOf(model: SupplyModel): Omit<SupplyNetwork, keyof Links | 'level' | 'planOrder'> {
  const rows = model.stockPoints;
  const bucketCount = model.bucketStartDays.length - 1;
  const column = (read: (row: StockPointRow) => number): Float64Array => Float64Array.from(rows, read);
  const lots = rows.map((row) => effectiveLot(row.source));
  return {
    bucketStartDays: Int32Array.from(model.bucketStartDays),
    bucketCount,
    stockPoints: rows.map(({ item, location, source }) => ({
      item,
      location,
      kind: source?.kind ?? 'none',
      supplier: source?.supplier,
      fromLocation: source?.fromLocation,
    })),
    onHand: column((row) => row.onHand),
    safetyStock: column((row) => row.safetyStock ?? 0),
    leadTimeDays: column((row) => row.source?.leadTimeDays ?? 0),
    lotMinimum: Float64Array.from(lots, (lot) => lot.minimum),
    lotMultiple: Float64Array.from(lots, (lot) => lot.multiple),
    lotMaximum: Float64Array.from(lots, (lot) => lot.maximum),
    yieldRatio: column((row) => row.source?.yieldRatio ?? 1),
    costPerUnit: column((row) => row.costPerUnit ?? Number.NaN),
    independentDemand: blockOf(rows, bucketCount, (row) => row.independentDemand),
    scheduledReceipts: blockOf(rows, bucketCount, (row) => row.scheduledReceipts),
  };
}

function blockOf(
  rows: readonly StockPointRow[],
  bucketCount: number,
  read: (row: StockPointRow) => ArrayLike<number> | undefined,
): SeriesBlock {
  const block = makeBlock(rows.length, bucketCount);
  rows.forEach((row, s) => {
    const values = read(row);
    if (values !== undefined) block.values.set(values, s * bucketCount);
  });
  return block;
}
