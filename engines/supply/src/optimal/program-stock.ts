/** Stock from bucket to bucket: balance, safety stock, storage, and how long a unit may lie. */
import type { Drafting } from './optimal-program.ts';

export function addStock(drafting: Drafting, startColumn: Int32Array): void {
  const { model, terms, builder } = drafting;
  const { bucketCount } = terms;
  model.stockPoints.forEach((facts, point) => {
    const stock: number[] = [];
    builder.addConstant(drafting.balanceRow(point, 0), Math.max(0, facts.onHand ?? 0));
    for (let t = 0; t < bucketCount; t++) {
      const row = drafting.balanceRow(point, t);
      const cell = point * bucketCount + t;
      const name = { kind: 'stock', subject: point, bucket: t } as const;
      const column = drafting.column(name, terms.holdingCost[cell], 0, Number.POSITIVE_INFINITY);
      stock.push(column);
      builder.entry(row, column, -1);
      if (t + 1 < bucketCount) builder.entry(drafting.balanceRow(point, t + 1), column, 1);
      builder.addConstant(row, terms.scheduledReceipts[cell]);
      addSafetyStock(drafting, point, t, column);
      addStorage(drafting, point, t, column);
    }
    if (facts.shelfLifeDays === undefined && facts.buildAheadMaxDays === undefined) return;
    addAge(drafting, point, stock, startColumn);
  });
}

/** The last bucket's counts twice: what it lacks is a penalty, and stock that will not be there for the time after. */
function addSafetyStock(drafting: Drafting, point: number, t: number, stockColumn: number): void {
  const { terms, builder } = drafting;
  const cell = point * terms.bucketCount + t;
  const wanted = terms.safetyStock[cell];
  if (wanted <= 0) return;
  const endValue = t === terms.bucketCount - 1 ? terms.endStockValue[point] : 0;
  const name = { subject: point, bucket: t };
  const short = drafting.column(
    { kind: 'safetyShort', ...name },
    terms.safetyCost[cell] + endValue,
    0,
    wanted,
  );
  builder.addOffset(-endValue * wanted);
  const row = drafting.row({ kind: 'safetyStock', ...name }, wanted, Number.POSITIVE_INFINITY);
  builder.entry(row, stockColumn, 1);
  builder.entry(row, short, 1);
}

function addStorage(drafting: Drafting, point: number, t: number, stockColumn: number): void {
  const { terms, builder } = drafting;
  const limit = terms.storageMax[point];
  if (!Number.isFinite(limit)) return;
  const name = { subject: point, bucket: t };
  const over = drafting.column(
    { kind: 'storageOver', ...name },
    terms.storageCost[point],
    0,
    Number.POSITIVE_INFINITY,
  );
  const row = drafting.row({ kind: 'storage', ...name }, Number.NEGATIVE_INFINITY, limit);
  builder.entry(row, stockColumn, 1);
  builder.entry(row, over, -1);
}

/**
 * With the oldest used first, no unit grows too old exactly if what is in stock at the end of a bucket came in late
 * enough to be of use on the next day: stock <= what came in since. Within a bucket every receipt counts as its last
 * day's. Safety stock is there for no demand in particular, so it may lie longer than the build-ahead limit.
 */
function addAge(drafting: Drafting, point: number, stock: readonly number[], startColumn: Int32Array): void {
  const { model, terms, builder } = drafting;
  const { bucketCount, starts, safetyStock, scheduledReceipts } = terms;
  const { shelfLifeDays, buildAheadMaxDays } = model.stockPoints[point];
  const arrivals = arrivalsOf(drafting, point, startColumn);
  for (let t = 0; t < bucketCount; t++) {
    const disposal = drafting.column(
      { kind: 'disposal', subject: point, bucket: t },
      0,
      0,
      Number.POSITIVE_INFINITY,
    );
    builder.entry(drafting.balanceRow(point, t), disposal, -1);
  }
  const limits = [
    { days: shelfLifeDays, allowance: 0 },
    { days: buildAheadMaxDays, allowance: 1 },
  ];
  for (const { days, allowance } of limits) {
    if (days === undefined) continue;
    for (let t = 0; t < bucketCount - 1; t++) {
      const oldest = starts[t + 1] - days;
      if (oldest <= starts[0]) continue;
      let first = 0;
      while (starts[first + 1] - 1 < oldest) first += 1;
      const cell = point * bucketCount + t;
      let constant = allowance * safetyStock[cell];
      const name = { kind: 'age', subject: point, bucket: t, detail: days } as const;
      const row = drafting.row(name, Number.NEGATIVE_INFINITY, 0);
      builder.entry(row, stock[t], 1);
      for (let u = first; u <= t; u++) {
        constant += scheduledReceipts[point * bucketCount + u];
        for (const { column, yieldRatio } of arrivals[u]) builder.entry(row, column, -yieldRatio);
      }
      builder.addConstant(row, -constant);
    }
  }
}

type Arrival = { readonly column: number; readonly yieldRatio: number };

/** Starts that arrive at a stock point, by bucket of receipt. */
function arrivalsOf({ starts, model, terms }: Drafting, point: number, startColumn: Int32Array): Arrival[][] {
  const arrivals: Arrival[][] = Array.from({ length: terms.bucketCount }, () => []);
  const { item, location } = model.stockPoints[point];
  starts.forEach(({ source, receiptBucket }, option) => {
    const facts = model.sources[source];
    if (facts.item !== item || facts.location !== location) return;
    arrivals[receiptBucket].push({ column: startColumn[option], yieldRatio: facts.yieldRatio ?? 1 });
  });
  return arrivals;
}
