/**
 * Bounds what a planning model can come to before it is planned, so that a slip of a few zeros is an issue with a name
 * and not a plan of a million million orders. The bound ignores stock and lets every source serve the whole need.
 *
 *   started(source) <= needed / yield + one lot in every bucket;   needed(component) += started x usage
 */
import { reporter } from '../check-rules.ts';
import { levelsOf } from '../levels.ts';
import { nameOf } from '../model.ts';
import { type CheckContext, QUANTITY_MAX } from './check-context.ts';
import { type SupplyEdges, supplyEdges } from './supply-cycles.ts';

const ORDERS_PER_SOURCE_MAX = 1_000_000;

/** Rows with other errors are left aside. Runs after the circles were found: what closes one counts as bad. */
export function checkPlanningVolume(context: CheckContext): void {
  const { model, log } = context;
  const edges = supplyEdges(context);
  const levels = levelsOf(edges.start, edges.component);
  if (levels.cycle !== null) return; // Its rows are told already.
  const needed = neededFirst(context);
  const sources = sourcesByPoint(context);
  for (const s of levels.planOrder) {
    const report = reporter(log, 'stockPoints', s, () => nameOf(model.stockPoints[s]));
    if (!(needed[s] <= QUANTITY_MAX)) {
      reportTooLarge(report);
      continue; // What it consumes would only repeat it.
    }
    const started = new Map<number, number>();
    for (const row of sources.get(s) ?? []) {
      started.set(row, startedBy(context, row, needed[s]));
      checkOrderCount(context, row, started.get(row) ?? 0);
    }
    if ([...started.values()].some((quantity) => !(quantity <= QUANTITY_MAX))) reportTooLarge(report);
    else passOn(context, edges, s, started, needed);
  }
}

function reportTooLarge(report: ReturnType<typeof reporter>): void {
  report(
    'QUANTITY_TOO_LARGE',
    `its lots or demand could come to more than ${QUANTITY_MAX} units`,
    'Check the quantities of it and of what it goes into for a slip of zeros, or plan in a larger unit.',
    'item',
  );
}

/** Independent demand, safety stock and stock owed of every stock point. */
function neededFirst({ model, pointOf, log }: CheckContext): Float64Array {
  const needed = Float64Array.from(model.stockPoints, ({ safetyStock = 0, onHand = 0 }) => {
    let most = typeof safetyStock === 'number' ? safetyStock : 0;
    if (typeof safetyStock !== 'number') {
      for (let t = 0; t < safetyStock.length; t++) most = Math.max(most, safetyStock[t]);
    }
    return most + Math.max(0, -onHand);
  });
  const badPoints = log.badRows.get('stockPoints');
  for (const point of badPoints ?? []) needed[point] = 0;
  const badDemands = log.badRows.get('demands');
  model.demands.forEach(({ item, location, quantity }, index) => {
    const point = pointOf(item, location);
    if (point >= 0 && !badDemands?.has(index)) needed[point] += quantity;
  });
  const badForecasts = log.badRows.get('forecasts');
  model.forecasts.forEach(({ item, location, quantity }, index) => {
    const point = pointOf(item, location);
    if (point < 0 || badForecasts?.has(index)) return;
    for (let t = 0; t < quantity.length; t++) needed[point] += quantity[t];
  });
  return needed;
}

function sourcesByPoint({ model, pointOf, log }: CheckContext): Map<number, number[]> {
  const bad = log.badRows.get('sources');
  const rows = new Map<number, number[]>();
  model.sources.forEach(({ item, location }, index) => {
    const point = pointOf(item, location);
    if (point < 0 || bad?.has(index)) return;
    const of = rows.get(point);
    if (of === undefined) rows.set(point, [index]);
    else of.push(index);
  });
  return rows;
}

function startedBy({ model, bucketCount }: CheckContext, row: number, needed: number): number {
  const { yieldRatio = 1, lotMinimum = 0, lotMultiple = 0 } = model.sources[row];
  return needed > 0 ? needed / yieldRatio + bucketCount * Math.max(lotMinimum, lotMultiple) : 0;
}

function checkOrderCount({ model, log }: CheckContext, row: number, started: number): void {
  const { source, lotMaximum = Infinity } = model.sources[row];
  const orderCount = started / lotMaximum;
  if (!(orderCount > ORDERS_PER_SOURCE_MAX)) return;
  const report = reporter(log, 'sources', row, () => `Source ${source}`);
  const problem = `lotMaximum ${lotMaximum} could cut its demand into ${Math.round(orderCount)} orders`;
  report('TOO_MANY_ORDERS', problem, 'Raise lotMaximum, or leave it out.', 'lotMaximum', lotMaximum);
}

/** What the sources of a stock point would take from its components at most. */
function passOn(
  { model, sourceOf, bucketCount }: CheckContext,
  edges: SupplyEdges,
  s: number,
  started: ReadonlyMap<number, number>,
  needed: Float64Array,
): void {
  for (let edge = edges.start[s]; edge < edges.start[s + 1]; edge++) {
    const row = edges.row[edge];
    if (row < 0) {
      needed[edges.component[edge]] += started.get(-1 - row) ?? 0;
      continue;
    }
    const { source, quantityPer, quantityPerOrder = 0, scrapRatio = 0 } = model.components[row];
    const sourceRow = sourceOf.get(source) ?? -1;
    const quantity = started.get(sourceRow) ?? 0;
    if (quantity === 0) continue;
    const orderCount = bucketCount + quantity / (model.sources[sourceRow].lotMaximum ?? Infinity);
    needed[edges.component[edge]] +=
      (quantity * quantityPer + orderCount * quantityPerOrder) / (1 - scrapRatio);
  }
}
