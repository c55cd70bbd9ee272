/**
 * Croston's method, its Syntetos-Boylan correction (SBA) and the Teunter-Syntetos-Babai method (TSB),
 * for intermittent demand.
 *
 * Input     quantity per bucket, oldest first, buckets that were not observed left out. Values below zero (returns)
 *           count as no demand. Without any demand the forecast is 0.
 * Output    the expected quantity per bucket, the same for every future bucket.
 * Cost      O(n) time, one pass.
 *
 * Croston   in each bucket with demand y, reached q buckets after the last one:
 *             size <- size + alpha (y - size),  interval <- interval + alpha (q - interval),  forecast = size / interval
 * SBA       multiplies by 1 - alpha / 2, which removes Croston's bias.
 * TSB       moves the probability of demand in every bucket, so that the forecast of a dying item fades:
 *             probability <- probability + beta (1 or 0 - probability),  forecast = probability x size
 * Source    Croston (1972), Operational Research Quarterly 23(3); Syntetos and Boylan (2005), Int. J. of Forecasting 21(2),
 *           303-314; Teunter, Syntetos and Babai (2011), European J. of Operational Research 214(3), 606-615.
 */
import type { Core, ModelDefinition } from '../../contract/contract.ts';
import { zeroCore } from '../naive.ts';
import { hurdleCore } from './hurdle.ts';

const CROSTON_ALPHA = 0.1;

function crostonCore(history: Float64Array, corrected: boolean, alpha = CROSTON_ALPHA): Core {
  const factor = corrected ? 1 - alpha / 2 : 1;
  const fitted = new Float64Array(history.length).fill(Number.NaN);
  let size = 0;
  let interval = 0;
  let sinceLast = 0;
  for (let t = 0; t < history.length; t++) {
    if (interval > 0) fitted[t] = (factor * size) / interval;
    sinceLast += 1;
    if (!(history[t] > 0)) continue;
    size = interval === 0 ? history[t] : size + alpha * (history[t] - size);
    interval = interval === 0 ? sinceLast : interval + alpha * (sinceLast - interval);
    sinceLast = 0;
  }
  if (interval === 0) return zeroCore(history.length);
  return hurdleCore({
    label: corrected ? 'SBA' : 'Croston',
    description: `Smooths the size of a demand and the time between demands apart from each other${corrected ? ', and takes out the bias of that' : ''}.`,
    parameters: { alpha, size, interval },
    history,
    fitted,
    rate: (factor * size) / interval,
    probability: 1 / interval,
    refit: (other) => crostonCore(other, corrected, alpha),
  });
}

const TSB_SIZE_ALPHA = 0.1;
const TSB_PROBABILITY_BETA = 0.1;

function tsbCore(history: Float64Array, alpha = TSB_SIZE_ALPHA, beta = TSB_PROBABILITY_BETA): Core {
  const fitted = new Float64Array(history.length).fill(Number.NaN);
  const first = history.findIndex((value) => value > 0);
  if (first < 0) return zeroCore(history.length);
  let size = history[first];
  let probability = 1 / (first + 1);
  for (let t = first + 1; t < history.length; t++) {
    fitted[t] = probability * size;
    const demand = history[t] > 0;
    if (demand) size += alpha * (history[t] - size);
    probability += beta * ((demand ? 1 : 0) - probability);
  }
  return hurdleCore({
    label: 'TSB',
    description: 'Smooths the size of a demand and its probability, which fades while none comes.',
    parameters: { alpha, beta, size, probability },
    history,
    fitted,
    rate: probability * size,
    probability,
    refit: (other) => tsbCore(other, alpha, beta),
  });
}

export const crostonDefinition: ModelDefinition = {
  id: 'croston',
  gaps: 'leave-out',
  minimumLength: () => 1,
  fit: (history) => crostonCore(history, false),
};

export const sbaDefinition: ModelDefinition = {
  id: 'sba',
  gaps: 'leave-out',
  minimumLength: () => 1,
  fit: (history) => crostonCore(history, true),
};

export const tsbDefinition: ModelDefinition = {
  id: 'tsb',
  gaps: 'leave-out',
  minimumLength: () => 1,
  fit: (history) => tsbCore(history),
};
