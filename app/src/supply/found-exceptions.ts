/**
 * What is wrong with the supply of a published plan: the rules of the inbox, each with what could be done.
 *
 *   demandNotSatisfied  orders of customers that are late or short
 *   shortage            forecast that the plan cannot serve in its bucket
 *   belowSafetyStock    stock below its safety stock at the end of one of the next buckets
 *   resourceOverloaded  the unconstrained plan asks for more hours than there are
 *   supplierLate        open purchases whose promised day lies behind us
 *   demandDeviates      the last bucket of history against the forecast made for it
 *
 * One exception a rule and subject, whatever bucket is worst: it stays the same from run to run.
 */
import type { ExceptionAction, SupplyEdit } from '@planwright/contracts';
import { DEMAND_KIND } from '@planwright/supply';
import { bucketLabel, dayText, isoFromDay } from '@planwright/time';
import { constrainedSeries } from '../scenarios/stages/constrained-series.ts';
import { planJudge } from '../scenarios/stages/plan-judge.ts';
import { causeName, causeSubject } from './delay-words.ts';
import { delayOf } from './list-supply-demands.ts';
import { type BookChunk, isInternalDemand, type PlanBook } from './plan-book.ts';
import type { FoundException } from './ports.ts';
import { sourceWords } from './source-words.ts';

/** What the rules need beside the book. Series by id of resource or stock point. */
type ExceptionFacts = {
  readonly book: PlanBook;
  readonly loads: readonly {
    readonly resourceId: number;
    readonly code: string;
    readonly name: string;
    readonly location: string | null;
    readonly loadHours: readonly number[];
    readonly capacityHours: readonly number[];
  }[];
  readonly lastBucket: readonly {
    readonly item: string;
    readonly location: string;
    readonly actual: number;
    readonly forecast: number;
  }[];
};

const EXCEPTIONS_MAX = 5_000;
/** Buckets ahead in which stock below its safety stock is looked at. */
const NEAR_BUCKETS = 3;
const DEVIATION_RATIO_MIN = 0.3;
/** The dearest deviations; the rest is the noise of small streams. */
const DEVIATIONS_MAX = 200;
const DAYS_PER_WEEK = 7;

/** The dearest first. */
export function foundExceptions(facts: ExceptionFacts): FoundException[] {
  const found = [
    ...unservedDemand(facts.book),
    ...belowSafetyStock(facts.book),
    ...overloads(facts),
    ...lateSuppliers(facts.book),
    ...deviations(facts),
  ];
  return found.sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0)).slice(0, EXCEPTIONS_MAX);
}

const NOTHING = {
  item: null,
  location: null,
  resource: null,
  supplier: null,
  stockPointId: null,
  resourceId: null,
  bucket: null,
  bucketOn: null,
  expiresOn: null,
};

const fingerprint = (...parts: readonly string[]): string => parts.join('\u001f');
/** An amount without digits that decide nothing. */
const rounded = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0 });

type Unserved = {
  readonly chunk: BookChunk;
  readonly point: number;
  readonly isOrder: boolean;
  count: number;
  quantity: number;
  /** The demand that lacks most, which the proposed action is for. */
  worst: number;
  worstQuantity: number;
  firstDueDay: number;
  firstBucket: number;
};

function unservedDemand(book: PlanBook): FoundException[] {
  const groups = new Map<string, Unserved>();
  for (const chunk of book.chunks) {
    const { plan, service, piece } = chunk;
    for (let d = 0; d < plan.demands.count; d++) {
      const lacking = service.late[d] + service.short[d];
      if (!(lacking > 0) || isInternalDemand(book, chunk, d)) continue;
      const isOrder = plan.demands.kind[d] === DEMAND_KIND.order;
      const point = piece.points[plan.demands.stockPoint[d]];
      const name = `${isOrder} ${point}`;
      const group: Unserved = groups.get(name) ?? {
        chunk,
        point,
        isOrder,
        count: 0,
        quantity: 0,
        worst: d,
        worstQuantity: 0,
        firstDueDay: plan.demands.dueDay[d],
        firstBucket: service.bucket[d],
      };
      groups.set(name, group);
      group.count += 1;
      group.quantity += lacking;
      group.firstDueDay = Math.min(group.firstDueDay, plan.demands.dueDay[d]);
      group.firstBucket = Math.min(group.firstBucket, service.bucket[d]);
      if (lacking > group.worstQuantity) [group.worst, group.worstQuantity] = [d, lacking];
    }
  }
  return [...groups.values()].map((group) => unservedException(book, group));
}

function unservedException(book: PlanBook, group: Unserved): FoundException {
  const { chunk, point, isOrder, quantity, count, worst, firstDueDay, firstBucket } = group;
  const { item, location, unitCost } = book.blocks.planning.stockPoints[point];
  const name = book.items.name(item);
  const unit = book.items.unit(item);
  const delay = delayOf(chunk, worst);
  const subject =
    delay < 0
      ? ''
      : causeSubject(book, chunk, causeName(chunk.plan.delays.cause[delay]), chunk.plan.delays.subject[delay])
          .name;
  const because = subject === '' ? '' : ` What holds most of it up: ${subject}.`;
  const rule = isOrder ? 'demandNotSatisfied' : 'shortage';
  const what = isOrder
    ? `${count} order${count === 1 ? '' : 's'}`
    : `the forecast of ${count} period${count === 1 ? '' : 's'}`;
  return {
    ...NOTHING,
    ...bucketOf(book, firstBucket),
    fingerprint: fingerprint(rule, item, location),
    rule,
    title: isOrder ? `Orders of ${name} at ${location} come late` : `${name} runs short at ${location}`,
    detail: `${rounded(quantity)} ${unit} of ${what} are not served in time, the first due on ${dayText(firstDueDay)}.${because}`,
    item,
    location,
    stockPointId: book.pointIds[point],
    size: quantity,
    unit,
    amount: unitCost === undefined ? null : quantity * unitCost,
    expiresOn: firstDueDay < book.blocks.meta.asOf ? null : isoFromDay(firstDueDay),
    action: delay < 0 ? null : actionAgainst(book, chunk, delay, firstBucket, quantity),
  };
}

function bucketOf(book: PlanBook, bucket: number) {
  const { calendar, historyBuckets } = book.run;
  return {
    bucket: bucketLabel(calendar, historyBuckets + bucket),
    bucketOn: isoFromDay(calendar.starts[historyBuckets + bucket]),
  };
}

/** What could be done about the cause of a delay. */
function actionAgainst(
  book: PlanBook,
  chunk: BookChunk,
  delay: number,
  bucket: number,
  quantity: number,
): ExceptionAction | null {
  const { delays } = chunk.plan;
  const cause = causeName(delays.cause[delay]);
  const { point, resource } = causeSubject(book, chunk, cause, delays.subject[delay]);
  if (cause === 'capacity' && resource >= 0)
    return overtimeAction(book, resource, bucket, quantity * hoursOf(chunk, delay));
  if (point < 0) return null;
  const other = fasterSource(book, point);
  if ((cause === 'leadTime' || cause === 'sourceMaximum' || cause === 'effectivity') && other !== undefined) {
    const { item, location, source } = other;
    const edit: SupplyEdit = { kind: 'sourcePriority', item, location, source, priority: 1 };
    return { kind: 'edit', title: `Ask first for ${sourceWords(book, other)}`, edit, proposalId: null };
  }
  const leading = book.blocks.planning.sources.find((row) => row.point === point);
  if (leading?.supplier === undefined) return null;
  const supplier = book.supplierNames.get(leading.supplier) ?? leading.supplier;
  const title = `Ask ${supplier} to deliver ${book.items.name(leading.item)} sooner`;
  return { kind: 'contact', title, edit: null, proposalId: null };
}

/** Hours that a unit of the delayed demand asks of the resource that holds it up, where its own making does. */
function hoursOf({ plan, piece }: BookChunk, delay: number): number {
  const point = piece.model.stockPoints[plan.demands.stockPoint[plan.delays.demand[delay]]];
  const { resource } = piece.model.resources[plan.delays.subject[delay]];
  const own = new Set(
    piece.model.sources
      .filter((row) => row.item === point.item && row.location === point.location)
      .map((row) => row.source),
  );
  const load = piece.model.loads.find((row) => row.resource === resource && own.has(row.source));
  return load?.hoursPerUnit ?? 1;
}

/** Overtime for the bucket and the one before it, enough for the hours that lack but at most as long again as a normal week. */
function overtimeAction(book: PlanBook, resource: number, bucket: number, hours: number): ExceptionAction {
  const { code, name, hours: rule } = book.blocks.resources[resource];
  const { meta } = book.blocks;
  const from = Math.max(0, bucket - 1);
  const [start, end] = [
    meta.starts[meta.historyBuckets + from],
    meta.starts[meta.historyBuckets + bucket + 1],
  ];
  const weeks = (end - start) / DAYS_PER_WEEK;
  const normal = rule.ratedHoursPerDay * DAYS_PER_WEEK;
  const wanted = Math.ceil(hours / weeks);
  const edit: SupplyEdit = {
    kind: 'overtime',
    resource: code,
    startsOn: isoFromDay(start),
    endsOn: isoFromDay(end - 1),
    hoursPerWeek: Math.max(1, Math.min(wanted, Math.ceil(normal))),
  };
  const title = `Allow ${name} ${edit.hoursPerWeek} hours of overtime a week`;
  return { kind: 'edit', title, edit, proposalId: null };
}

/** A source of the stock point that is quicker than the one that leads. */
function fasterSource(book: PlanBook, point: number) {
  const sources = book.blocks.planning.sources.filter((row) => row.point === point);
  const byPriority = sources.toSorted((a, b) => (a.priority ?? 1) - (b.priority ?? 1));
  const [leading] = byPriority;
  return byPriority.find((row) => row.leadTimeDays < leading.leadTimeDays);
}

function belowSafetyStock(book: PlanBook): FoundException[] {
  const { meta, planning } = book.blocks;
  return book.chunks.flatMap((chunk) => {
    const judge = planJudge(chunk.piece.model, chunk.plan.demands);
    const { onHand } = constrainedSeries(judge, chunk.plan, chunk.service);
    return chunk.piece.points.flatMap((point, row): FoundException[] => {
      const { item, location, safetyStock, unitCost } = planning.stockPoints[point];
      if (typeof safetyStock !== 'number' || !(safetyStock > 0)) return [];
      let [worst, bucket] = [0, 0];
      for (let t = 0; t < Math.min(NEAR_BUCKETS, meta.horizonBuckets); t++) {
        const missing = safetyStock - onHand[row * meta.horizonBuckets + t];
        if (missing > worst + 1e-6) [worst, bucket] = [missing, t];
      }
      if (worst === 0) return [];
      const unit = book.items.unit(item);
      return [
        {
          ...NOTHING,
          ...bucketOf(book, bucket),
          fingerprint: fingerprint('belowSafetyStock', item, location),
          rule: 'belowSafetyStock',
          title: `${book.items.name(item)} falls below its safety stock at ${location}`,
          detail: `${rounded(worst)} of ${rounded(safetyStock)} ${unit} are missing at the end of ${bucketOf(book, bucket).bucket}.`,
          item,
          location,
          stockPointId: book.pointIds[point],
          size: worst,
          unit,
          amount: unitCost === undefined ? null : worst * unitCost,
          action: null,
        },
      ];
    });
  });
}

function overloads({ book, loads }: ExceptionFacts): FoundException[] {
  return loads.flatMap((row): FoundException[] => {
    const over = row.loadHours.map((load, t) => load - row.capacityHours[t]);
    const worst = over.reduce((best, value, t) => (value > (over[best] ?? 0) ? t : best), 0);
    const total = over.reduce((sum, value) => sum + Math.max(0, value || 0), 0);
    const resource = book.rowOfResourceId.get(row.resourceId);
    if (resource === undefined || !(over[worst] > row.capacityHours[worst] * 1e-9)) return [];
    const bucket = bucketOf(book, worst);
    const { costPerHour } = book.blocks.resources[resource];
    return [
      {
        ...NOTHING,
        ...bucket,
        fingerprint: fingerprint('resourceOverloaded', row.code),
        rule: 'resourceOverloaded',
        title: `${row.name} is asked for more hours than it has`,
        detail: `${rounded(row.loadHours[worst])} of ${rounded(row.capacityHours[worst])} hours in ${bucket.bucket}; ${rounded(total)} hours too many over the plan.`,
        location: row.location,
        resource: row.code,
        resourceId: row.resourceId,
        size: over[worst],
        unit: 'hours',
        amount: costPerHour === null ? null : total * costPerHour,
        expiresOn: bucket.bucketOn,
        action: overtimeAction(book, resource, worst, over[worst]),
      },
    ];
  });
}

function lateSuppliers(book: PlanBook): FoundException[] {
  const { meta, planning } = book.blocks;
  const late = planning.receipts.filter(
    (row) => row.supplier !== undefined && row.promisedDay !== null && row.promisedDay < meta.asOf,
  );
  return [...Map.groupBy(late, (row) => row.supplier ?? '')].map(([supplier, rows]): FoundException => {
    const oldest = Math.min(...rows.map((row) => row.promisedDay ?? meta.asOf));
    const amount = rows.reduce(
      (sum, row) => sum + row.quantity * (planning.stockPoints[row.point].unitCost ?? 0),
      0,
    );
    const lines = `${rows.length} order line${rows.length === 1 ? '' : 's'}`;
    const name = book.supplierNames.get(supplier) ?? supplier;
    return {
      ...NOTHING,
      fingerprint: fingerprint('supplierLate', supplier),
      rule: 'supplierLate',
      title: `${name} is late with ${lines}`,
      detail: `${lines} should have come, the oldest on ${dayText(oldest)}, ${meta.asOf - oldest} days ago. The plan expects them at once.`,
      supplier,
      size: rows.length,
      unit: 'lines',
      amount,
      action: {
        kind: 'contact',
        title: `Ask ${name} when they come`,
        edit: null,
        proposalId: null,
      },
    };
  });
}

function deviations({ book, lastBucket }: ExceptionFacts): FoundException[] {
  const { planning } = book.blocks;
  const rowOf = new Map(planning.stockPoints.map((row, p) => [`${row.item}\u0000${row.location}`, p]));
  const found = lastBucket.flatMap((row): FoundException[] => {
    const point = rowOf.get(`${row.item}\u0000${row.location}`);
    const gap = row.actual - row.forecast;
    if (point === undefined || !Number.isFinite(gap)) return [];
    if (Math.abs(gap) <= DEVIATION_RATIO_MIN * Math.max(row.forecast, 1e-9)) return [];
    const { unitCost } = planning.stockPoints[point];
    const unit = book.items.unit(row.item);
    const more = gap > 0 ? 'more' : 'less';
    return [
      {
        ...NOTHING,
        fingerprint: fingerprint('demandDeviates', row.item, row.location),
        rule: 'demandDeviates',
        title: `${book.items.name(row.item)} sells ${more} at ${row.location} than was planned`,
        detail: `The last period brought ${rounded(row.actual)} ${unit}, the forecast for it was ${rounded(row.forecast)}.`,
        item: row.item,
        location: row.location,
        stockPointId: book.pointIds[point],
        size: Math.abs(gap),
        unit,
        amount: unitCost === undefined ? null : Math.abs(gap) * unitCost,
        action: null,
      },
    ];
  });
  return found.sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0)).slice(0, DEVIATIONS_MAX);
}
