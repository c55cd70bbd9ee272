import { randomStream, type RandomStream } from '@planwright/numerics';

const from = (count: number, value: (t: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, t) => value(t));

const sine = (t: number): number => Math.sin((Math.PI * t) / 6);

/** Kinds of clean demand over six years of months, with the spread of bucket t and the share of spikes to be found. */
export const CLEAN_DEMAND: Readonly<
  Record<string, { draw(random: RandomStream): Float64Array; spread?(t: number): number; found?: number }>
> = {
  level: { draw: (random) => from(72, () => 100 + 10 * random.normal()), spread: () => 10 },
  season: { draw: (random) => from(72, (t) => 100 + 30 * sine(t) + 10 * random.normal()), spread: () => 10 },
  trend: { draw: (random) => from(72, (t) => 100 + 3 * t + 15 * random.normal()), spread: () => 15 },
  'wide scatter': {
    draw: (random) => from(72, () => Math.max(0, 100 + 30 * random.normal())),
    spread: () => 30,
    // At this spread a spike may as well be one of a long tail, which must be spared.
    found: 0.85,
  },
  'wandering level': {
    draw: (random) => {
      let level = 0;
      return from(72, () => {
        level = 0.7 * level + 7 * random.normal();
        return 100 + level;
      });
    },
    spread: () => 9.8,
  },
  'growing season': {
    draw: (random) => from(72, (t) => (100 + 2 * t) * (1 + 0.4 * sine(t)) * Math.exp(0.1 * random.normal())),
  },
  'long-tailed': { draw: (random) => from(72, () => 100 * Math.exp(0.3 * random.normal())) },
  counts: { draw: (random) => from(72, () => random.poisson(5)) },
  intermittent: { draw: (random) => from(72, () => (random.uniform() < 0.3 ? 1 + random.poisson(2) : 0)) },
  lumpy: {
    draw: (random) => from(72, () => (random.uniform() < 0.3 ? Math.ceil(5 * Math.exp(random.normal())) : 0)),
  },
};

export const drawn = (kind: string, index: number): Float64Array =>
  CLEAN_DEMAND[kind].draw(randomStream(11, `${kind} ${index}`));
