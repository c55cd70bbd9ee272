/** Panels whose true effects are known. */
import { randomStream } from '@planwright/numerics';
import type { DemandEvent, EventPanel, KeyEvents } from '@planwright/forecast';

export const BUCKETS = 104;
const SEASON = 52;
const KEYS_PER_GROUP = 20;

export type PanelShape = {
  readonly noise: 'proportional' | 'correlated' | 'counts' | 'sparse';
  readonly keyCount: number;
  readonly seed: number;
  /** Effect of a group's promotion on its other keys, at exposure 1. */
  readonly others?: number;
  readonly dip?: number;
};

export type SimulatedPanel = {
  readonly panel: EventPanel;
  readonly events: KeyEvents;
  /** True effect of the sale per key. */
  readonly truth: Float64Array;
};

const LEVELS = { counts: 4, sparse: 0.8 } as const;

/** Each key has a level, growth, season and one to four sales of one or two weeks, whose effect is about +50 %. */
export function simulatedPanel({
  noise,
  keyCount,
  seed,
  others = 0,
  dip = -0.1,
}: PanelShape): SimulatedPanel {
  const values = new Float64Array(keyCount * BUCKETS);
  const truth = new Float64Array(keyCount);
  const events: DemandEvent[] = [];
  const firstOfKey = new Int32Array(keyCount + 1);
  const groups = Int32Array.from({ length: keyCount }, (_, key) => Math.floor(key / KEYS_PER_GROUP));
  const randoms = Array.from({ length: keyCount }, (_, key) => randomStream(seed, `${noise} ${key}`));
  const levels = randoms.map((random) =>
    noise === 'counts' || noise === 'sparse' ? LEVELS[noise] : 100 * Math.exp(random.normal()),
  );
  const onSale = randoms.map((random, key) => {
    truth[key] = 0.4 + 0.15 * random.normal();
    const exposure = new Uint8Array(BUCKETS + 2);
    for (let i = random.integer(4); i >= 0; i--) {
      const first = 2 + random.integer(BUCKETS - 6);
      const last = first + random.integer(2);
      if (exposure.subarray(Math.max(0, first - 3), last + 4).includes(1)) continue;
      exposure.fill(1, first, last + 1);
      events.push({ id: `${key}-${i}`, name: 'Sale', kind: 'promotion', first, last });
    }
    firstOfKey[key + 1] = events.length;
    return exposure;
  });
  randoms.forEach((random, key) => {
    const swing = 0.2 * random.uniform();
    const growth = 0.6 * (random.uniform() - 0.5);
    const group = groups[key];
    const members = [...groups.keys()].filter((other) => groups[other] === group);
    const total = members.reduce((sum, member) => sum + levels[member], 0);
    let wander = 0;
    for (let t = 0; t < BUCKETS; t++) {
      const drawn = members.reduce((sum, m) => sum + (m === key ? 0 : (onSale[m][t] * levels[m]) / total), 0);
      const after = t > 0 && onSale[key][t - 1] === 1 && onSale[key][t] === 0 ? dip : 0;
      const log =
        growth * (t / BUCKETS - 0.5) +
        swing * Math.sin((2 * Math.PI * t) / SEASON) +
        truth[key] * onSale[key][t] +
        after +
        others * drawn;
      const mean = levels[key] * Math.exp(log);
      const correlation = noise === 'correlated' ? 0.5 : 0;
      wander = correlation * wander + 0.2 * Math.sqrt(1 - correlation ** 2) * random.normal();
      const counted = noise === 'counts' || noise === 'sparse';
      values[key * BUCKETS + t] = counted ? random.poisson(mean) : mean * Math.exp(wander - 0.02);
    }
  });
  const eventIndex = Int32Array.from(events.keys());
  return {
    panel: { keyCount, bucketCount: BUCKETS, values, season: SEASON, groups },
    events: { events, firstOfKey, eventIndex },
    truth,
  };
}
