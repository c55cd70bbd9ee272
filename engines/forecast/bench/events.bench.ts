/**
 * Speed of cleansing and of uplift estimation on one core, on generated series.
 *
 * Sketch: robust STL with five outer loops is 12 passes of loess; 100 buckets, windows of 13 to 100, 2 ns an operation.
 */
import { cleanse, type DemandEvent, estimateUplifts } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

type Figure = { readonly figure: number; readonly unit: string };

type EventBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly least: number };
  run(): Figure;
};

/** Per second of processor time, so that whatever else the machine does is not counted against us. */
function perSecond(count: number, unit: string, work: () => void): Figure {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return { figure: (1e6 * count) / (user + system), unit };
}

function monthly(count: number, buckets: number): Float64Array[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomStream(2, `cleanse ${index}`);
    const swing = 40 * random.uniform();
    return Float64Array.from({ length: buckets }, (__, t) => {
      const spike = random.uniform() < 0.02 ? 80 : 0;
      return Math.max(0, 100 + swing * Math.sin((Math.PI * t) / 6) + 10 * random.normal() + spike);
    });
  });
}

function intermittent(count: number, buckets: number): Float64Array[] {
  return Array.from({ length: count }, (_, index) => {
    const random = randomStream(3, `cleanse ${index}`);
    return Float64Array.from({ length: buckets }, () =>
      random.uniform() < 0.25 ? 1 + random.poisson(2) : 0,
    );
  });
}

const cleansed = (set: readonly Float64Array[]): Figure =>
  perSecond(set.length, 'series/s', () => {
    for (const series of set) cleanse({ series, season: 12 });
  });

const KEYS = 10_000;
const WEEKS = 104;

function upliftRun(): Figure {
  const values = new Float64Array(KEYS * WEEKS);
  const events: DemandEvent[] = [];
  const firstOfKey = new Int32Array(KEYS + 1);
  const groups = Int32Array.from({ length: KEYS }, (_, key) => Math.floor(key / 25));
  for (let key = 0; key < KEYS; key++) {
    const random = randomStream(4, `uplift ${key}`);
    const sale = new Uint8Array(WEEKS);
    for (let i = 0; i < 3; i++) {
      const first = random.integer(WEEKS - 2);
      sale.fill(1, first, first + 2);
      events.push({ id: `${key} ${i}`, name: 'Sale', kind: 'promotion', first, last: first + 1 });
    }
    firstOfKey[key + 1] = events.length;
    for (let t = 0; t < WEEKS; t++) values[key * WEEKS + t] = random.poisson(sale[t] === 1 ? 30 : 20);
  }
  const panel = { keyCount: KEYS, bucketCount: WEEKS, values, season: 52, groups };
  const eventIndex = Int32Array.from(events.keys());
  return perSecond(KEYS, 'keys/s', () => {
    estimateUplifts(panel, { events, firstOfKey, eventIndex });
  });
}

export const benchmarks: readonly EventBenchmark[] = [
  {
    name: 'cleansing of regular monthly series, 100 buckets',
    sketch: '12 loess passes, PELT and 4 local lines: about 0.2 ms, 5,000/s',
    budget: { least: 2_000 },
    run: () => cleansed(monthly(3_000, 100)),
  },
  {
    name: 'cleansing of intermittent series, 100 buckets',
    sketch: 'a demand profile and two sorts of 25 sizes: 10 us, 100,000/s',
    budget: { least: 20_000 },
    run: () => cleansed(intermittent(20_000, 100)),
  },
  {
    name: 'uplifts of 10,000 keys over 104 weeks',
    sketch: '7 rounds of 104 x 20^2 / 2 multiplications: 0.15 ms, 6,500/s',
    budget: { least: 1_500 },
    run: upliftRun,
  },
];
