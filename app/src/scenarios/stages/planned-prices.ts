/**
 * Prices that events will bring. Where an event says how far the price will move, and nobody said what that will do, the plan
 * takes the elasticity of each stream: learnt where prices moved, drawn together over groups and towards what is usual
 * elsewhere, and never above 0. It may be used where the history itself is forecast without prices: there its trial found them
 * no help with what has been, which says nothing of a price that nobody has seen yet.
 */
import {
  type EventPanel,
  estimateUplifts,
  type KeyUplifts,
  USUAL_ELASTICITY,
  upliftInterval,
} from '@planwright/forecast';
import type { EventRow } from '../demand-drivers.ts';
import type { CalendarPath } from './calendar-effects.ts';
import type { DemandView } from './demand-view.ts';
import { actsByPrice, coveredShare, type EventReach, eventReach } from './event-reach.ts';
import type { PricePaths } from './price-paths.ts';
import type { LearntEffect } from './stage-results.ts';

/** No price multiplies demand by more than five, or divides it by more: such prices are errors of booking. */
export const MOST_OF_PRICE = Math.log(5);

/** A price p times the usual one multiplies demand by p to the power of `log`. */
export type Elasticity = { readonly log: number; readonly standardError: number };
export type ElasticityOf = (key: number) => Elasticity;

/** Of every stream. `learnt` is what the run has estimated with prices already; without it that is done here, where it is asked for. */
export function elasticities(
  view: DemandView,
  { events, keyEvents }: EventReach,
  panel: EventPanel,
  prices: PricePaths,
  learnt: readonly Pick<KeyUplifts, 'effects'>[] | undefined,
): ElasticityOf {
  if (!events.some(({ row }) => actsByPrice(view, row))) return () => USUAL_ELASTICITY;
  const uplifts = learnt ?? estimateUplifts(panel, { ...keyEvents, prices });
  return (key) =>
    uplifts[key].effects.find(({ role, known }) => role === 'price' && known) ?? USUAL_ELASTICITY;
}

/** What planned prices make of a key, over history and horizon; undefined where none is planned. */
export function plannedPath(
  view: DemandView,
  reach: EventReach,
  key: number,
  elasticityOf: ElasticityOf,
): CalendarPath | undefined {
  const moves = priceMoves(view, reach, key, (row) => actsByPrice(view, row));
  if (moves === undefined) return undefined;
  const { log, standardError } = elasticityOf(key);
  return {
    log: moves.map((move) => Math.max(-MOST_OF_PRICE, Math.min(MOST_OF_PRICE, log * move))),
    logVariance: moves.map((move) => (standardError * move) ** 2),
  };
}

/** What planned events make of the price of a key in each bucket of the horizon: 0.8 is 20 % off. Undefined where none does. */
export function plannedPriceFactors(view: DemandView, key: number): Float64Array | undefined {
  const { historyBuckets, asOf } = view.snapshot.meta;
  const moves = priceMoves(view, eventReach(view), key, ({ startsOn }) => startsOn >= asOf);
  return moves?.subarray(historyBuckets).map(Math.exp);
}

/** Logarithm of the price over what it would be without the events, in each bucket of history and horizon. */
function priceMoves(
  view: DemandView,
  { events, eventsOf }: EventReach,
  key: number,
  counts: (row: EventRow) => boolean,
): Float64Array | undefined {
  const { historyBuckets, horizonBuckets } = view.snapshot.meta;
  const own = eventsOf[key]
    .map((index) => events[index])
    .filter(({ row }) => row.priceChangeRatio !== null && counts(row));
  if (own.length === 0) return undefined;
  const moves = new Float64Array(historyBuckets + horizonBuckets);
  for (const { row, first, last } of own) {
    const full = Math.log1p(row.priceChangeRatio ?? 0);
    for (let t = Math.max(first, historyBuckets); t <= last; t++)
      moves[t] += full * coveredShare(view, row, t);
  }
  return moves;
}

/** What a planned price does, as people read it; `elasticity` is the mean of the streams that it reaches. */
export function pricedEffect(
  { name, priceChangeRatio }: EventRow,
  elasticity: Elasticity,
  movedCount: number,
): Pick<LearntEffect, 'upliftRatio' | 'lower80Ratio' | 'upper80Ratio' | 'afterRatio' | 'explanation'> {
  const change = priceChangeRatio ?? 0;
  const { ratio, lower, upper } = upliftInterval(elasticity, Math.log1p(change), 80);
  const learnt =
    movedCount === 0
      ? 'as prices usually do: no price of the company has moved yet'
      : `learnt from ${movedCount === 1 ? 'the one stream' : `${movedCount} streams`} whose price has moved, and from what prices usually do`;
  return {
    upliftRatio: ratio - 1,
    lower80Ratio: lower - 1,
    upper80Ratio: upper - 1,
    afterRatio: 0,
    explanation: `${name}: at a price ${spoken(change, 'lower', 'higher')} demand is about ${spoken(ratio - 1, 'less', 'more')} (80 %: ${spoken(lower - 1, 'less', 'more')} to ${spoken(upper - 1, 'less', 'more')}). 1 % of price moves demand by about ${Math.abs(elasticity.log).toFixed(1)} %, ${learnt}.`,
  };
}

const spoken = (ratio: number, below: string, above: string): string =>
  `${Math.round(100 * Math.abs(ratio))} % ${ratio < 0 ? below : above}`;
