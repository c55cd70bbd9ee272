/**
 * A supply model of one source a stock point, as a planning model: what it knows is told in the rows of the other. Its
 * demand per bucket becomes forecast, its receipts per bucket are due on the bucket's first day.
 */
import { nameOf, type SupplyModel } from '../model.ts';
import type { PlanningModel, ReceiptFacts, ReceiptKind, SourceFacts } from './planning-model.ts';

const RECEIPT_KIND = { make: 'work', buy: 'purchase', move: 'transfer', none: 'purchase' } as const;

/** O(rows x buckets). What is wrong with the model stays wrong: check the result. */
export function planningModelFrom(model: SupplyModel): PlanningModel {
  const { bucketStartDays, stockPoints, components } = model;
  return {
    asOfDay: bucketStartDays[0],
    bucketStartDays,
    stockPoints: stockPoints.map(({ item, location, onHand, safetyStock, costPerUnit }) => ({
      item,
      location,
      onHand,
      ...(safetyStock === undefined ? {} : { safetyStock }),
      ...(costPerUnit === undefined ? {} : { unitCost: costPerUnit }),
    })),
    sources: stockPoints.flatMap(({ item, location, source }): SourceFacts[] =>
      source === undefined ? [] : [{ ...source, source: sourceName(item, location), item, location }],
    ),
    components: components.map(({ item, location, component, quantityPer }) => ({
      source: sourceName(item, location),
      component,
      quantityPer,
    })),
    resources: [],
    loads: [],
    demands: [],
    forecasts: stockPoints.flatMap(({ item, location, independentDemand }) =>
      independentDemand === undefined ? [] : { item, location, quantity: independentDemand },
    ),
    receipts: stockPoints.flatMap((point) => {
      const kind = RECEIPT_KIND[point.source?.kind ?? 'none'];
      return receiptsOf(point, kind, point.scheduledReceipts ?? [], bucketStartDays);
    }),
  };
}

const sourceName = (item: string, location: string): string => `refill ${nameOf({ item, location })}`;

function receiptsOf(
  point: { readonly item: string; readonly location: string },
  kind: ReceiptKind,
  quantities: ArrayLike<number>,
  bucketStartDays: ArrayLike<number>,
): ReceiptFacts[] {
  const { item, location } = point;
  return Array.from(quantities, (quantity, t) => ({
    receipt: `${nameOf(point)} bucket ${t + 1}`,
    kind,
    item,
    location,
    dueDay: bucketStartDays[t],
    quantity,
  })).filter(({ quantity }) => quantity !== 0);
}
