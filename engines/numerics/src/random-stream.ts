/**
 * Seeded random numbers: one independent stream for every (seed, key).
 *
 * A stream depends on its seed and its key alone, so adding a key, or drawing more from one key,
 * changes no other key's numbers. The same seed and key give the same numbers on every machine.
 *
 * Generator  xoshiro128** (Blackman and Vigna 2021, ACM TOMS 47(4)): 128 bits of state, period 2^128 - 1.
 * Seeding    two MurmurHash3 lanes over the seed and the key's UTF-16 units (64 bits, so that a million
 *            keys are not expected to share a stream), each expanded to two words by splitmix32.
 * Not for    secrets: the numbers can be predicted.
 */
import { assert } from '@planwright/units';
import { logFactorial } from './log-factorial.ts';
import { normalQuantile } from './normal.ts';

/** Draws advance the stream. Every method takes constant memory. */
export type RandomStream = {
  /** A number in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Standard normal: mean 0, standard deviation 1. Uses one uniform, by inversion. */
  normal(): number;
  /** A whole number in [0, max). `max` is 1 or more, at most 2^53. */
  integer(max: number): number;
  /** Poisson distributed count with the given mean, 0 or more. */
  poisson(mean: number): number;
};

const KEY_LANES: readonly number[] = [0x9e3779b9, 0x85ebca6b];
const TWO_POW_32 = 4294967296;

/** The stream of `key` under `seed` (a whole number; its low 53 bits count). */
export function randomStream(seed: number, key: string): RandomStream {
  assert(Number.isSafeInteger(seed), 'seed is a whole number');
  const state = seededState(seed, key);
  const uniform = (): number =>
    ((nextWord(state) >>> 5) * 67108864 + (nextWord(state) >>> 6)) / 9007199254740992;
  return {
    uniform,
    // Half a step off zero: the quantile of 0 is minus infinity.
    normal: () => normalQuantile(uniform() + 2 ** -54),
    integer: (max) => {
      assert(max >= 1 && max <= Number.MAX_SAFE_INTEGER, 'max is between 1 and 2^53');
      return Math.floor(uniform() * max);
    },
    poisson: (mean) => {
      assert(mean >= 0 && Number.isFinite(mean), 'a Poisson mean is finite and not negative');
      return mean < 10 ? poissonByProduct(uniform, mean) : poissonByRejection(uniform, mean);
    },
  };
}

function seededState(seed: number, key: string): Int32Array {
  const state = new Int32Array(4);
  for (let lane = 0; lane < 2; lane++) {
    let hash = KEY_LANES[lane];
    hash = murmurMix(hash, seed | 0);
    hash = murmurMix(hash, Math.floor(seed / TWO_POW_32) | 0);
    for (let i = 0; i < key.length; i++) hash = murmurMix(hash, key.charCodeAt(i));
    hash = murmurFinish(hash ^ key.length);
    for (let word = 0; word < 2; word++) {
      hash = (hash + 0x9e3779b9) | 0;
      state[lane * 2 + word] = murmurFinish(hash);
    }
  }
  // The all-zero state would only ever yield zeros.
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  return state;
}

function murmurMix(hash: number, word: number): number {
  const mixed = Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotateLeft(hash ^ mixed, 13), 5) + 0xe6546b64) | 0;
}

function murmurFinish(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** One step of xoshiro128**; returns a signed 32-bit word. */
function nextWord(state: Int32Array): number {
  const result = Math.imul(rotateLeft(Math.imul(state[1], 5), 7), 9);
  const shifted = state[1] << 9;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = rotateLeft(state[3], 11);
  return result;
}

/** Knuth's method: counts arrivals until their product of uniforms falls below e^-mean. */
function poissonByProduct(uniform: () => number, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count += 1;
  return count;
}

/** Transformed rejection PTRS (Hoermann 1993, Insurance: Mathematics and Economics 12, 39-45). */
function poissonByRejection(uniform: () => number, mean: number): number {
  const logMean = Math.log(mean);
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const acceptAt = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = uniform() - 0.5;
    const v = uniform();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= acceptAt) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const bound = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (bound <= count * logMean - mean - logFactorial(count)) return count;
  }
}
