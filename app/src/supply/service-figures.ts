import type { ServiceFigures } from '@planwright/contracts';
import type { ServiceSums } from '../scenarios/stages/stage-results.ts';

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** The sums of all networks as the figures that screens show. */
export function serviceFigures(all: readonly ServiceSums[]): ServiceFigures {
  const total = (value: (sums: ServiceSums) => number): number =>
    all.reduce((sum, sums) => sum + value(sums), 0);
  const demandQuantity = total((sums) => sums.demandQuantity);
  const onTimeQuantity = total((sums) => sums.onTimeQuantity);
  const lateQuantity = total((sums) => sums.lateQuantity);
  const buckets = all[0]?.stockValueByBucket.length ?? 0;
  const stockValue = total((sums) => sums.stockValueByBucket.reduce((sum, value) => sum + value, 0));
  return {
    demandQuantity,
    onTimeQuantity,
    lateQuantity,
    shortQuantity: total((sums) => sums.shortQuantity),
    onTimeRatio: ratio(onTimeQuantity, demandQuantity),
    lateValue: total((sums) => sums.lateValue),
    shortValue: total((sums) => sums.shortValue),
    meanDelayDays: ratio(
      total((sums) => sums.delayUnitDays),
      lateQuantity,
    ),
    backlogQuantity: total((sums) => sums.backlogQuantity),
    backlogValue: total((sums) => sums.backlogValue),
    meanStockValue: buckets === 0 ? 0 : stockValue / buckets,
    orderValue: total((sums) => sums.orderValue),
    orderCount: total((sums) => sums.orderCount),
    loadRatio: ratio(
      total((sums) => sums.loadHours),
      total((sums) => sums.capacityHours),
    ),
  };
}

/** Values by bucket, added up over networks. */
export function addedByBucket(
  all: readonly ServiceSums[],
  values: (sums: ServiceSums) => readonly number[],
  bucketCount: number,
): number[] {
  return Array.from({ length: bucketCount }, (_, t) =>
    all.reduce((sum, sums) => sum + (values(sums)[t] ?? 0), 0),
  );
}
