/**
 * What each stock point should keep: safety stock, reorder point and order quantity for the service that its class is promised.
 *
 * Demand is that of the plan, customers' and orders' together. Its spread is the error of the forecast one bucket ahead where
 * there is one (the normal distribution's 1.25 mean absolute errors), else the spread of the plan's own buckets.
 */
import type { PolicyProposal } from '@planwright/contracts';
import { policyTable, STOCK_ERROR_CLASSES, STOCK_VALUE_CLASSES, stockClasses } from '@planwright/supply';
import { decodeCursor } from '../paging.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import type { PolicyReads } from './ports.ts';
import { pageOfRanked } from './ranked-pages.ts';

const DAYS_PER_YEAR = 365;

type Deps = { readonly plan: PlanReader; readonly openBook: OpenBook; readonly policy: PolicyReads };

/** The largest change in money first. Stock points without demand have no policy. */
export function listPolicyProposals(deps: Deps): Service<'listPolicyProposals'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const rows = (await policyRows(deps.policy, book)).filter(
      (row) =>
        (query.location === undefined || row.location === query.location) &&
        (query.valueClass === undefined || row.valueClass === query.valueClass) &&
        (query.q === undefined || contains(row, query.q.toLowerCase())),
    );
    return {
      ...pageOfRanked(rows, decodeCursor(query.cursor, 1), query.limit, (row) => row),
      currency: run.currency,
      valueChange: rows.reduce((sum, row) => sum + row.valueChange, 0),
    };
  };
}

const contains = ({ item, itemName }: PolicyProposal, q: string): boolean =>
  item.toLowerCase().includes(q) || itemName.toLowerCase().includes(q);

const known = new WeakMap<PlanBook, Promise<readonly PolicyProposal[]>>();

function policyRows(policy: PolicyReads, book: PlanBook): Promise<readonly PolicyProposal[]> {
  const rows = known.get(book) ?? computedRows(policy, book);
  known.set(book, rows);
  rows.catch(() => known.delete(book));
  return rows;
}

type PointFacts = {
  readonly point: number;
  readonly perBucket: number;
  readonly spread: number;
  /** Whether the spread is the error of forecasts. */
  readonly hasError: boolean;
  readonly wape: number;
};

async function computedRows(policy: PolicyReads, book: PlanBook): Promise<readonly PolicyProposal[]> {
  const facts = await demandFacts(policy, book);
  const { planning, meta } = book.blocks;
  const starts = meta.starts.slice(meta.historyBuckets);
  const bucketDays = (starts[starts.length - 1] - starts[0]) / meta.horizonBuckets;
  const column = (value: (row: PointFacts) => number) => Float64Array.from(facts, value);
  const cost = column(({ point }) => planning.stockPoints[point].unitCost ?? 0);
  const perDay = column(({ perBucket }) => perBucket / bucketDays);
  const leading = leadingSources(book);
  const of = (value: (source: (typeof leading)[number]) => number) =>
    column(({ point }) => value(leading[point]));
  const classes = stockClasses({
    yearlyValue: perDay.map((quantity, row) => quantity * DAYS_PER_YEAR * cost[row]),
    backTestErrorRatio: column(({ wape }) => wape),
    variationRatio: column(({ spread, perBucket }) => spread / perBucket),
  });
  const leadTimeDays = of((source) => source?.leadTimeDays ?? 0);
  const table = policyTable({
    classes,
    demandPerDay: perDay,
    demandSdPerDay: column(({ spread }) => spread / Math.sqrt(bucketDays)),
    leadTimeDays,
    unitCost: cost,
    lotMinimum: of((source) => source?.lotMinimum ?? 0),
    lotMultiple: of((source) => source?.lotMultiple ?? 0),
  });
  const rows = facts.map(({ point, perBucket }, row): PolicyProposal => {
    const { item, location, safetyStock } = planning.stockPoints[point];
    const now = typeof safetyStock === 'number' ? safetyStock : 0;
    const wanted = Math.max(0, Math.round(table.safetyStock[row]));
    return {
      stockPointId: book.pointIds[point],
      item,
      itemName: book.items.name(item),
      location,
      unit: book.items.unit(item),
      valueClass: STOCK_VALUE_CLASSES[classes.valueClass[row]],
      steadinessClass: steadiness(classes.errorClass[row]),
      serviceRatio: table.serviceRatio[row],
      demandPerBucket: perBucket,
      leadTimeDays: leadTimeDays[row],
      safetyStockNow: now,
      safetyStock: wanted,
      reorderPoint: table.reorderPoint[row],
      orderQuantity: table.orderQuantity[row],
      fillRatio: table.expectedFillRatio[row],
      valueChange: (wanted - now) * cost[row],
      reason: reasonOf(
        facts[row],
        { unit: book.items.unit(item), leadTimeDays: leadTimeDays[row], bucketDays },
        {
          serviceRatio: table.serviceRatio[row],
          reorderPoint: table.reorderPoint[row],
          fillRatio: table.expectedFillRatio[row],
          safetyStock: wanted,
        },
      ),
    };
  });
  return rows
    .filter((row) => Number.isFinite(row.reorderPoint))
    .sort((a, b) => Math.abs(b.valueChange) - Math.abs(a.valueChange) || a.stockPointId - b.stockPointId);
}

/** The figures behind a safety stock, in the order in which they make it (see `policyTable`). */
function reasonOf(
  { perBucket, spread, hasError }: PointFacts,
  supply: { readonly unit: string; readonly leadTimeDays: number; readonly bucketDays: number },
  policy: Pick<PolicyProposal, 'serviceRatio' | 'reorderPoint' | 'fillRatio' | 'safetyStock'>,
): string {
  const { unit, leadTimeDays, bucketDays } = supply;
  const buckets = leadTimeDays / bucketDays;
  const units = (quantity: number): string =>
    `${quantity.toLocaleString('en-US', { maximumFractionDigits: quantity < 10 ? 1 : 0 })} ${unit}`;
  const percent = (ratio: number): string => `${Math.round(ratio * 1000) / 10} %`;
  const from = hasError ? 'the error of the forecast' : 'how the plan itself varies';
  return (
    `${units(perBucket)} a period, give or take ${units(spread)} by ${from}, are ` +
    `${units(perBucket * buckets)} give or take ${units(spread * Math.sqrt(buckets))} over a lead time of ${Math.round(leadTimeDays)} days. ` +
    `Its class is promised ${percent(policy.serviceRatio)} from stock: ordering at ${units(policy.reorderPoint)} gives ${percent(policy.fillRatio)}, ` +
    `${units(policy.safetyStock)} of it beyond what is expected.`
  );
}

/** What has no history to judge by is taken for the least steady. */
function steadiness(errorClass: number): PolicyProposal['steadinessClass'] {
  const name = STOCK_ERROR_CLASSES[errorClass];
  return name === 'new' ? 'Z' : name;
}

function leadingSources(book: PlanBook) {
  const { sources, stockPoints } = book.blocks.planning;
  const leading: ((typeof sources)[number] | undefined)[] = stockPoints.map(() => undefined);
  for (const source of sources) {
    const best = leading[source.point];
    if (best === undefined || (source.priority ?? 1) < (best.priority ?? 1)) leading[source.point] = source;
  }
  return leading;
}

async function demandFacts(policy: PolicyReads, book: PlanBook): Promise<PointFacts[]> {
  const { runId } = book.run;
  const [demand, errors] = await Promise.all([policy.stockDemand(runId), policy.streamErrors(runId)]);
  const errorOf = new Map(errors.map((row) => [`${row.item}\u0000${row.location}`, row]));
  const { stockPoints } = book.blocks.planning;
  return demand.flatMap(({ id, values }): PointFacts[] => {
    const point = book.rowOfPointId.get(id);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    if (point === undefined || !(mean > 0)) return [];
    const own = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const { item, location } = stockPoints[point];
    const error = errorOf.get(`${item}\u0000${location}`);
    return [
      {
        point,
        perBucket: mean,
        spread: error?.spread ?? own,
        hasError: error !== undefined,
        wape: error?.wape ?? Number.NaN,
      },
    ];
  });
}
