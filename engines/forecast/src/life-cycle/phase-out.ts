/** The forecast of an item that is to end: it fades from a bucket on, and nothing is asked after the last one. */
import { assert } from '@planwright/units';

export type PhaseOut = {
  /** Demand per bucket up to the last one, 0 after it. */
  readonly forecast: Float64Array;
  /** What the plain forecast held and this one does not. */
  readonly lost: number;
};

/**
 * `lastBucket` is the last bucket with demand, counted from the first of the forecast (-1: none has any). From `firstFading`
 * on (0 unless told), each bucket keeps `decay` of the one before (1 keeps all, 0.8 loses a fifth each). Apply it to the
 * limits of a band as well. Negative forecasts count as 0.
 */
export function phaseOut(input: {
  readonly forecast: Float64Array;
  readonly lastBucket: number;
  readonly decay: number;
  readonly firstFading?: number;
}): PhaseOut {
  const { forecast, lastBucket, decay, firstFading = 0 } = input;
  assert(decay >= 0 && decay <= 1, 'decay is between 0 and 1');
  const fading = new Float64Array(forecast.length);
  let kept = 1;
  let lost = 0;
  for (let t = 0; t < forecast.length; t++) {
    const plain = Math.max(0, forecast[t]);
    if (t >= firstFading) kept *= decay;
    if (t <= lastBucket) fading[t] = kept * plain;
    lost += plain - fading[t];
  }
  return { forecast: fading, lost };
}
