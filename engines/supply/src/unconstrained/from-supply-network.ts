/**
 * A supply network as requirements planning reads it: the source of a stock point, always in force, has the stock point's
 * row. Where a stock point has none, nobody asks for that row.
 */
import { bucketsOfDays } from '../finite/compile-resources.ts';
import { NEVER } from '../finite/network.ts';
import type { SupplyNetwork } from '../network.ts';
import type { RequirementNetwork } from './requirement-network.ts';

/** O(stock points x buckets + component rows). */
export function requirementNetworkFrom(network: SupplyNetwork): RequirementNetwork {
  const { bucketCount, bucketStartDays, component } = network;
  const asOfDay = bucketStartDays[0];
  const bucketFirstDay = bucketStartDays.map((day) => day - asOfDay);
  const dayCount = bucketFirstDay[bucketCount];
  return {
    asOfDay,
    dayCount,
    bucketCount,
    bucketOfDay: bucketsOfDays(bucketFirstDay, dayCount),
    bucketFirstDay,
    points: pointsOf(network),
    sources: sourcesOf(network),
    needs: {
      optionStart: Int32Array.from({ length: component.length + 1 }, (_, need) => need),
      point: component,
      per: network.quantityPer,
      perOrder: new Float64Array(component.length),
      fromDay: new Int32Array(component.length).fill(-NEVER),
      toDay: new Int32Array(component.length).fill(NEVER),
    },
  };
}

function pointsOf(network: SupplyNetwork): RequirementNetwork['points'] {
  const { stockPoints, onHand, level } = network;
  const sourceStart = new Int32Array(stockPoints.length + 1);
  stockPoints.forEach(({ kind }, s) => {
    sourceStart[s + 1] = sourceStart[s] + (kind === 'none' ? 0 : 1);
  });
  return {
    count: stockPoints.length,
    onHand,
    sourceStart,
    sources: Int32Array.from(stockPoints.keys()).filter((s) => stockPoints[s].kind !== 'none'),
    hasShares: new Uint8Array(stockPoints.length),
    ...safetyOf(network),
    depth: level,
  };
}

function sourcesOf(network: SupplyNetwork): RequirementNetwork['sources'] {
  const { stockPoints, leadTimeDays, lotMinimum, lotMultiple, lotMaximum, yieldRatio, componentStart } =
    network;
  const atOnce = new Int32Array(stockPoints.length);
  return {
    point: Int32Array.from(stockPoints.keys()),
    leadDays: Int32Array.from(leadTimeDays, Math.ceil),
    lotMinimum,
    lotMultiple,
    lotMaximum,
    yieldRatio,
    shareRatio: new Float64Array(stockPoints.length),
    firstStartDay: atOnce,
    lastStartDay: new Int32Array(stockPoints.length).fill(NEVER),
    frozenDays: atOnce,
    needStart: componentStart,
  };
}

/** One level in every bucket, for the stock points that have any. */
function safetyOf({ safetyStock, bucketCount }: SupplyNetwork) {
  const kept = Int32Array.from(safetyStock.keys()).filter((s) => safetyStock[s] > 0);
  const safetyRow = new Int32Array(safetyStock.length).fill(-1);
  const levels = new Float64Array(kept.length * bucketCount);
  kept.forEach((s, index) => {
    safetyRow[s] = index * bucketCount;
    levels.fill(safetyStock[s], safetyRow[s], safetyRow[s] + bucketCount);
  });
  return { safetyRow, safetyStock: levels, safetyCoverDays: new Float64Array(safetyStock.length) };
}
