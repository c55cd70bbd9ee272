/** The plan in money: of each demand key, and of every item group beside budget and last year. */
import { netPrices, planMoney } from '@planwright/finance';
import { makeBlock } from '@planwright/series';
import type { Snapshot } from '../snapshot.ts';
import { demandView } from './demand-view.ts';
import { financeSeries } from './finance-series.ts';
import { groupSeries, supplySeries } from './group-sums.ts';
import { groupTotals, keyTotals } from './demand-totals.ts';
import { plannedPriceFactors } from './planned-prices.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { FinanceResult, ForecastResult } from './stage-results.ts';

export function financeStage(
  snapshot: Snapshot,
  blocks: RunBlocks,
  forecastResults: readonly ForecastResult[],
): FinanceResult {
  const { meta, items, keys, actualQuantity, actualAmount } = snapshot;
  const view = demandView(snapshot);
  const indexOf = new Map(items.code.map((code, item) => [code, item]));
  const perKey = (read: (item: number) => number | null): Float64Array =>
    Float64Array.from(keys.item, (code) => {
      const item = indexOf.get(code);
      return (item === undefined ? null : read(item)) ?? Number.NaN;
    });
  const history = makeBlock(meta.keyCount, meta.historyBuckets, actualQuantity);
  const amounts = makeBlock(meta.keyCount, meta.historyBuckets, actualAmount);
  const { price, basis } = netPrices(
    history,
    amounts,
    perKey((item) => items.listPrice[item]),
  );
  const unitCost = perKey((item) => items.unitCost[item]);
  const plan = planMoney(makeBlock(meta.keyCount, meta.horizonBuckets, blocks.consensus), price, unitCost);
  const past = planMoney(history, price, unitCost);
  for (let key = 0; key < meta.keyCount; key++) {
    const revenue = rowIn(blocks, meta, 'revenue', key);
    const cost = rowIn(blocks, meta, 'cost', key);
    revenue.set(slice(actualAmount, key, meta.historyBuckets)); // What was invoiced, not quantity x price.
    const factors = plannedPriceFactors(view, key);
    const ahead = slice(plan.revenue.values, key, meta.horizonBuckets);
    revenue.set(
      factors === undefined ? ahead : ahead.map((amount, t) => amount * factors[t]),
      meta.historyBuckets,
    );
    cost.set(slice(past.cost.values, key, meta.historyBuckets));
    cost.set(slice(plan.cost.values, key, meta.horizonBuckets), meta.historyBuckets);
  }
  const totals = keyTotals(
    snapshot,
    blocks,
    forecastResults.flatMap((result) => result.keys),
    price,
  );
  const priceNotes = (['net', 'list', 'none'] as const).map((from) =>
    priceNote(from, basis.filter((one) => one === from).length),
  );
  return {
    keys: totals,
    groups: groupTotals(snapshot, totals),
    groupSeries: [...groupSeries(snapshot, blocks), ...supplySeries(snapshot, blocks)],
    finance: financeSeries(snapshot, blocks),
    notes: [...priceNotes, ...snapshot.finance.notes, COST_NOTE].filter((note) => note !== ''),
  };
}

const COST_NOTE = 'Past quantities are costed at today’s unit costs, so that margins compare like with like.';

function priceNote(basis: 'net' | 'list' | 'none', keyCount: number): string {
  if (keyCount === 0) return '';
  const streams = keyCount === 1 ? '1 demand stream is' : `${keyCount} demand streams are`;
  const texts = {
    net: `${streams} priced at the net price of the last twelve periods.`,
    list: `${streams} priced at list price, because nothing was sold lately.`,
    none: `${streams} without any price, so the plan's revenue leaves them out.`,
  };
  return texts[basis];
}

function slice(values: Float64Array, row: number, width: number): Float64Array {
  return values.subarray(row * width, (row + 1) * width);
}
