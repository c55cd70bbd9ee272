/**
 * ADIDA and IMAPA: intermittent demand summed over longer buckets, where it is no longer intermittent, smoothed there
 * and spread evenly.
 *
 * ADIDA     one bucket length, the mean interval between demands.
 * IMAPA     the mean over every length from 1 to that.
 * Smoothing simple exponential from the first sum, alpha between 0.1 and 0.3 by least squares. The oldest buckets that
 *           do not fill a long one are left out.
 * Survival  with a `hazard`, the rate is multiplied by the chance that the item is still alive, now and in each future
 *           bucket (see survival.ts).
 * Source    Nikolopoulos et al. (2011), J. of the Operational Research Society 62(3), 544-554; Petropoulos and
 *           Kourentzes (2015), ibid. 66(6), 914-924. Limits of alpha as in statsforecast.
 */
import type { Core, ModelDefinition } from '../../contract/contract.ts';
import { counted } from '../../explanation/spoken-number.ts';
import { hurdleCore } from './hurdle.ts';
import { zeroCore } from '../naive.ts';
import { bestAlpha } from '../theta/simple-smoothing.ts';
import { deathHazard, survivalChance } from './survival.ts';

const ALPHA_LOW = 0.1;
const ALPHA_HIGH = 0.3;

export type AggregationKind = 'ADIDA' | 'IMAPA';

/** `hazard` is the chance of the item's death in one bucket; 0 leaves survival out. */
function aggregationCore(history: Float64Array, kind: AggregationKind, hazard: number): Core {
  const demand = history.map((value) => Math.max(0, value));
  const interval = meanInterval(demand);
  if (interval === 0) return zeroCore(history.length);
  const longest = Math.max(1, Math.min(Math.round(interval), history.length));
  const shortest = kind === 'ADIDA' ? longest : 1;
  const fitted = new Float64Array(history.length);
  const levels = longest - shortest + 1;
  let rate = 0;
  for (let length = shortest; length <= longest; length++)
    rate += smoothedRate(demand, length, 1 / levels, fitted) / levels;
  const alive = hazard > 0 ? survivalChance(demand, hazard) : 1;
  return hurdleCore({
    label: hazard > 0 ? `${kind} with survival` : kind,
    description: describe(kind, longest, alive),
    parameters: { interval, rate, alive },
    history,
    fitted,
    rate: rate * alive,
    probability: alive / interval,
    kept: 1 - hazard,
    refit: (other) => aggregationCore(other, kind, hazard),
  });
}

function describe(kind: AggregationKind, longest: number, alive: number): string {
  const how =
    longest === 1
      ? 'Smooths the demand'
      : kind === 'ADIDA'
        ? `Smooths the demand summed over ${counted(longest, 'bucket')} and spreads it evenly`
        : `Averages what smoothing says of the demand summed over 1 to ${longest} buckets`;
  return alive < 0.995
    ? `${how}, times a chance of ${Math.round(alive * 100)} % that the item still sells.`
    : `${how}.`;
}

/** Buckets per demand, counted from the start to the last demand; 0 without demand. */
function meanInterval(demand: Float64Array): number {
  let demands = 0;
  let last = -1;
  for (let t = 0; t < demand.length; t++) {
    if (!(demand[t] > 0)) continue;
    demands += 1;
    last = t;
  }
  return demands === 0 ? 0 : (last + 1) / demands;
}

/** Smooths sums of `length` buckets; adds `share` of each one-step rate to `fitted` and returns the last rate. */
function smoothedRate(demand: Float64Array, length: number, share: number, fitted: Float64Array): number {
  const blocks = Math.floor(demand.length / length);
  const skipped = demand.length - blocks * length;
  const sums = new Float64Array(blocks);
  for (let t = skipped; t < demand.length; t++) sums[Math.floor((t - skipped) / length)] += demand[t];
  const alpha = bestAlpha((candidate) => smoothedSquares(sums, candidate), ALPHA_LOW, ALPHA_HIGH);
  let level = sums[0];
  for (let t = 0; t < skipped; t++) fitted[t] += (share * level) / length;
  for (let block = 0; block < blocks; block++) {
    for (let i = 0; i < length; i++) fitted[skipped + block * length + i] += (share * level) / length;
    level += alpha * (sums[block] - level);
  }
  return level / length;
}

function smoothedSquares(sums: Float64Array, alpha: number): number {
  let level = sums[0];
  let squares = 0;
  for (let block = 1; block < sums.length; block++) {
    const error = sums[block] - level;
    squares += error * error;
    level += alpha * error;
  }
  return squares;
}

/** ADIDA or IMAPA; with `survival` it gives up items that fell silent. */
export const aggregationDefinition = (kind: AggregationKind, survival = false): ModelDefinition => ({
  id: `${kind.toLowerCase()}${survival ? '-survival' : ''}`,
  gaps: 'leave-out',
  minimumLength: () => 1,
  fit: (history, { season }) => aggregationCore(history, kind, survival ? deathHazard(season) : 0),
});
