/** Checks the tables of stock and of what is asked of it: stock points, demands, forecasts, receipts. */
import {
  checkBucketValues,
  checkNumber,
  type NumberRule,
  ON_HAND_RULE,
  reporter,
  SAFETY_STOCK_RULE,
} from '../check-rules.ts';
import { nameOf, stockPointKey } from '../model.ts';
import {
  amountRules,
  type CheckContext,
  checkName,
  checkPoint,
  checkWord,
  dayCountRule,
  dayRule,
  firstTimes,
  perBucket,
  priorityRule,
  QUANTITY_MAX,
  single,
  sizeRule,
} from './check-context.ts';
import type { DemandFacts, ForecastFacts, ReceiptFacts, StockPointFacts } from './planning-model.ts';

const POINT_RULES: readonly NumberRule<StockPointFacts>[] = [
  ON_HAND_RULE,
  sizeRule('onHand', (row) => row.onHand),
  SAFETY_STOCK_RULE,
  sizeRule('safetyStock', (row) => single(row.safetyStock)),
  dayCountRule('safetyStockCoverDays', (row) => row.safetyStockCoverDays),
  ...amountRules<StockPointFacts>('unitCost', (row) => row.unitCost),
  ...amountRules<StockPointFacts>('unitPrice', (row) => row.unitPrice),
  ...amountRules<StockPointFacts>('backlogCost', (row) => row.backlogCost),
  ...amountRules<StockPointFacts>('lostSaleCost', (row) => row.lostSaleCost),
  ...amountRules<StockPointFacts>('holdingRatioPerYear', (row) => row.holdingRatioPerYear),
  dayCountRule('buildAheadMaxDays', (row) => row.buildAheadMaxDays),
  dayCountRule('shelfLifeDays', (row) => row.shelfLifeDays),
  ...amountRules<StockPointFacts>('storageMax', (row) => row.storageMax),
];

export function checkStockPoints(context: CheckContext): void {
  const { model, log, pointOf, bucketCount } = context;
  const hasSource = new Uint8Array(model.stockPoints.length);
  for (const { item, location } of model.sources) {
    const point = pointOf(item, location);
    if (point >= 0) hasSource[point] = 1;
  }
  model.stockPoints.forEach((point, index) => {
    const report = reporter(log, 'stockPoints', index, () => nameOf(point));
    if (point.item === '') report('MISSING_NAME', 'item is empty', 'Give every row an item.', 'item', '');
    if (point.location === '') {
      report('MISSING_NAME', 'location is empty', 'Give every row a location.', 'location', '');
    }
    if (pointOf(point.item, point.location) !== index) {
      report('DUPLICATE_STOCK_POINT', 'is there twice', 'Keep one row for each item and location.', 'item');
    }
    for (const rule of POINT_RULES) checkNumber(rule, rule.read(point), report);
    checkBucketValues('safetyStock', perBucket(point.safetyStock), bucketCount, report);
    const { storageMax, onHand = 0 } = point;
    if (storageMax !== undefined && onHand > storageMax) {
      const problem = `${onHand} on hand is more than its storageMax ${storageMax}`;
      report('STORAGE_EXCEEDED', problem, 'Correct one of the two.', 'storageMax', storageMax);
    }
    if (hasSource[index] === 0) {
      const advice = 'Give it a source: make, buy or move.';
      report('NO_SOURCE', 'has no source, so nothing refills it', advice, 'source');
    }
  });
}

const DEMAND_RULES: readonly NumberRule<DemandFacts>[] = [
  dayRule('dueDay', (row) => row.dueDay),
  ...amountRules<DemandFacts>('quantity', (row) => row.quantity),
  priorityRule('priority', (row) => row.priority),
  dayCountRule('latenessMaxDays', (row) => row.latenessMaxDays),
  ...amountRules<DemandFacts>('pricePerUnit', (row) => row.pricePerUnit),
];
const STATUSES = ['open', 'quote', 'closed', 'cancelled'];
const POLICIES = ['partial', 'complete', 'onTimeOrNever'];

export function checkDemands(context: CheckContext): void {
  const { model, log } = context;
  const isFirst = firstTimes();
  const horizonEnd = model.bucketStartDays[context.bucketCount];
  model.demands.forEach((demand, index) => {
    const report = reporter(log, 'demands', index, () => `Demand ${demand.demand || index + 1}`);
    checkName('demand', demand.demand, isFirst(demand.demand), report);
    checkPoint(context, 'item', demand.item, demand.location, report);
    for (const rule of DEMAND_RULES) checkNumber(rule, rule.read(demand), report);
    checkWord('status', demand.status, STATUSES, report);
    checkWord('policy', demand.policy, POLICIES, report);
    if (demand.dueDay >= horizonEnd && (demand.status ?? 'open') === 'open') {
      const advice = 'Plan further ahead to have it planned.';
      report(
        'DUE_AFTER_HORIZON',
        'is due after the last bucket and is not planned',
        advice,
        'dueDay',
        demand.dueDay,
      );
    }
  });
}

const FORECAST_RULES: readonly NumberRule<ForecastFacts>[] = [
  priorityRule('priority', (row) => row.priority),
];

export function checkForecasts(context: CheckContext): void {
  const { model, log, bucketCount } = context;
  const keyOf = (row: ForecastFacts): string =>
    stockPointKey(stockPointKey(row.item, row.location), row.customer ?? '');
  const isFirst = firstTimes();
  model.forecasts.forEach((forecast, index) => {
    const report = reporter(log, 'forecasts', index, () => `Forecast of ${nameOf(forecast)}`);
    checkPoint(context, 'item', forecast.item, forecast.location, report);
    for (const rule of FORECAST_RULES) checkNumber(rule, rule.read(forecast), report);
    checkBucketValues('quantity', forecast.quantity, bucketCount, report);
    for (let t = 0; t < forecast.quantity.length; t++) {
      if (!(forecast.quantity[t] > QUANTITY_MAX && Number.isFinite(forecast.quantity[t]))) continue;
      checkNumber(
        sizeRule('quantity', () => 0),
        forecast.quantity[t],
        report,
      );
      break;
    }
    if (!isFirst(keyOf(forecast))) {
      const of = forecast.customer === undefined ? 'all customers' : `customer ${forecast.customer}`;
      const advice = 'Add the two up into one row: orders would net only the first.';
      report('DUPLICATE_FORECAST', `there is another row of ${of}`, advice, 'item', forecast.item);
    }
  });
}

const RECEIPT_RULES: readonly NumberRule<ReceiptFacts>[] = [
  dayRule('dueDay', (row) => row.dueDay),
  ...amountRules<ReceiptFacts>('quantity', (row) => row.quantity),
];

export function checkReceipts(context: CheckContext): void {
  const { model, log } = context;
  const isFirst = firstTimes();
  model.receipts.forEach((receipt, index) => {
    const report = reporter(log, 'receipts', index, () => `Receipt ${receipt.receipt || index + 1}`);
    checkName('receipt', receipt.receipt, isFirst(receipt.receipt), report);
    checkPoint(context, 'item', receipt.item, receipt.location, report);
    for (const rule of RECEIPT_RULES) checkNumber(rule, rule.read(receipt), report);
    checkWord('kind', receipt.kind, ['purchase', 'work', 'transfer'], report);
    checkWord('status', receipt.status, ['planned', 'released', 'confirmed'], report);
    if (receipt.dueDay < model.asOfDay) {
      const advice = 'Ask when it comes and correct dueDay, or drop it.';
      report(
        'RECEIPT_OVERDUE',
        'is overdue and is expected on the first day',
        advice,
        'dueDay',
        receipt.dueDay,
      );
    }
  });
}
