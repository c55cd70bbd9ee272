import type { CompanyData, DriverRows } from '@planwright/app';
import { CLEANSING_REASONS } from '@planwright/forecast';
import { dayFromIso } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { EMPTY, item, location } from './company-data.ts';
import { HISTORY, HORIZON, runInMemory, streams } from './run-in-memory.ts';

const PLANT = [location('PLANT')];
/** About 100 a month, with a ripple that is no pattern. */
const calm = (level = 100): number[] =>
  Array.from({ length: HISTORY }, (_, t) => level + Math.round(level * 0.04 * Math.sin(t * t)));
const known = (drivers: Partial<DriverRows>): DriverRows => ({ ...EMPTY.drivers, ...drivers });
const reason = (name: (typeof CLEANSING_REASONS)[number]): number => CLEANSING_REASONS.indexOf(name);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;

describe('cleansing', () => {
  test('a quantity with a zero too many is mended, and the finding weighs what it is worth', () => {
    const quantities = calm();
    quantities[10] = 1000;
    const run = runInMemory({
      items: [item('A')],
      locations: PLANT,
      history: streams({ item: 'A', quantities }),
    });
    expect(run.pastOfKey('reason')[10]).toBe(reason('outlier'));
    expect(run.pastOfKey('cleansed')[10]).toBeGreaterThan(80);
    expect(run.pastOfKey('cleansed')[10]).toBeLessThan(120);
    expect(run.pastOfKey('actual')[10]).toBe(1000);
    const outlier = run.kpis.findings.find((finding) => finding.kind === 'outlier');
    expect([outlier?.key, outlier?.bucket, outlier?.quantityBefore]).toEqual([0, 10, 1000]);
    expect(outlier?.amount).toBeCloseTo(10 * (1000 - (outlier?.quantityAfter ?? 0)), 6);
    expect(run.kpis.findings.map((finding) => finding.amount)).toEqual(
      run.kpis.findings.map((finding) => finding.amount).toSorted((a, b) => b - a),
    );
    expect(mean(run.ofKey('baseline'))).toBeLessThan(115);
  });

  test('what an empty shelf kept back is added, and the finding is gone once a planner keeps the bucket', () => {
    const quantities = calm();
    quantities[15] = 40;
    const stockOuts = [
      { item: 'A', location: 'PLANT', startsOn: dayFromIso('2025-08-11'), endsOn: dayFromIso('2025-08-31') },
    ];
    const data: Partial<CompanyData> = {
      items: [item('A')],
      locations: PLANT,
      history: streams({ item: 'A', quantities }),
    };
    const run = runInMemory({ ...data, drivers: known({ stockOuts }) });
    expect(run.pastOfKey('reason')[15]).toBe(reason('stock-out'));
    expect(run.pastOfKey('cleansed')[15]).toBeGreaterThan(75);
    expect(run.kpis.findings.map((finding) => finding.kind)).toContain('stock-out');
    const decisions = [
      {
        item: 'A',
        location: 'PLANT',
        channel: 'all',
        bucketOn: dayFromIso('2025-08-01'),
        decision: 'keep' as const,
        quantity: null,
      },
    ];
    const kept = runInMemory({ ...data, drivers: known({ stockOuts, decisions }) });
    expect(kept.pastOfKey('cleansed')[15]).toBe(40);
    expect(kept.kpis.findings.map((finding) => finding.kind)).not.toContain('stock-out');
  });
});

describe('events', () => {
  const sale = (code: string, month: string, upliftRatio: number | null = null) => ({
    code,
    name: `Sale ${month.slice(0, 4)}`,
    kind: 'promotion',
    itemGroup: null,
    item: 'A',
    location: null,
    channel: null,
    startsOn: dayFromIso(`${month}-01`),
    endsOn: dayFromIso(`${month}-28`),
    upliftRatio,
    strength: 1,
    priceChangeRatio: null,
  });
  const quantities = calm();
  for (const month of [4, 9, 19]) quantities[month] *= 1.6;
  const data: Partial<CompanyData> = {
    items: [item('A'), item('B')],
    locations: PLANT,
    history: streams({ item: 'A', quantities }, { item: 'B', quantities: calm(50) }),
  };
  const past = [sale('S1', '2024-09'), sale('S2', '2025-02'), sale('S3', '2025-12')];

  test('what they did is learnt, taken out, and put back where the next one is planned', () => {
    const run = runInMemory({ ...data, drivers: known({ events: [...past, sale('S4', '2026-08')] }) });
    const [effect] = run.kpis.eventEffects;
    expect([effect.eventCode, effect.keyCount, effect.seenCount]).toEqual(['S1', 1, 3]);
    expect(effect.upliftRatio).toBeGreaterThan(0.35);
    expect(effect.upliftRatio).toBeLessThan(0.75);
    expect(effect.lower80Ratio).toBeLessThan(effect.upliftRatio);
    expect(effect.upper80Ratio).toBeGreaterThan(effect.upliftRatio);
    const uplift = run.wholeOfKey('uplift');
    expect(uplift[4]).toBeGreaterThan(35);
    expect(effect.actualQuantity).toBeCloseTo(uplift[4] + uplift[5], 6);
    // August is the fourth month of the plan.
    expect(uplift[HISTORY + 3]).toBeGreaterThan(30);
    const planned = run.kpis.eventEffects.find(({ eventCode }) => eventCode === 'S4');
    expect(planned?.planQuantity).toBeCloseTo(uplift[HISTORY + 3] + uplift[HISTORY + 4], 6);
    const baseline = run.ofKey('baseline');
    expect(baseline[3]).toBeGreaterThan(mean([baseline[1], baseline[2]]) + 25);
    expect(run.wholeOfKey('uplift', 1).every((value) => value === 0)).toBe(true);
    expect(run.pastOfKey('reason')).not.toContain(reason('outlier'));
  });

  test('a planner who expects something of the next one is followed', () => {
    const run = runInMemory({ ...data, drivers: known({ events: [...past, sale('S4', '2026-08', 2)] }) });
    const uplift = run.wholeOfKey('uplift')[HISTORY + 3];
    const without = run.ofKey('level')[3] + run.ofKey('trend')[3] + run.ofKey('season')[3];
    expect(uplift / without).toBeGreaterThan(1.5);
    expect(run.kpis.eventEffects.find(({ eventCode }) => eventCode === 'S4')?.upliftRatio).toBe(2);
  });
});

describe('items that start', () => {
  const launch = (startsOn: string, levelQuantity: number | null = null) =>
    known({
      launches: [
        {
          item: 'N',
          location: '',
          channel: '',
          startsOn: dayFromIso(startsOn),
          likeItems: 'A',
          levelQuantity,
        },
      ],
    });
  const data: Partial<CompanyData> = {
    items: [item('A', { listPrice: 10 }), item('N', { listPrice: 10 })],
    locations: PLANT,
    history: streams({ item: 'A', quantities: calm() }),
  };

  test('sell nothing before their first day and like the items they resemble after it', () => {
    const run = runInMemory({ ...data, drivers: launch('2026-07-01') });
    const baseline = run.ofKey('baseline', 1);
    expect(baseline.slice(0, 2)).toEqual([0, 0]);
    for (const quantity of baseline.slice(2)) {
      expect(quantity).toBeGreaterThan(60);
      expect(quantity).toBeLessThan(140);
    }
    expect(run.forecast[1]).toMatchObject({ isLaunch: true, lifeStage: 'launch', demandClass: 'new' });
    expect(run.forecast[1].explanation).toContain('It is expected to resemble A.');
    expect(run.kpis.findings.map((finding) => finding.kind)).toContain('new-item');
  });

  test('take a planned level into account, and start within their first month', () => {
    const half = runInMemory({ ...data, drivers: launch('2026-07-17', 500) }).ofKey('baseline', 1);
    expect(half[3]).toBeGreaterThan(120);
    expect(half[2] / half[3]).toBeGreaterThan(0.3);
    expect(half[2] / half[3]).toBeLessThan(0.7);
  });

  test('that have begun to sell move towards what they sell', () => {
    const begun = Array.from({ length: HISTORY }, (_, t) => (t < HISTORY - 4 ? 0 : 300));
    const history = streams({ item: 'A', quantities: calm() }, { item: 'N', quantities: begun });
    const run = runInMemory({ ...data, history, drivers: launch('2026-01-01') });
    expect(mean(run.ofKey('baseline', 1))).toBeGreaterThan(150);
  });
});

describe('items that take over from others', () => {
  const takeover = (switchOn: string, more: Partial<DriverRows['successions'][number]> = {}) =>
    known({
      successions: [
        {
          predecessor: 'A',
          successor: 'B',
          switchOn: dayFromIso(switchOn),
          conversionRatio: 1,
          rampDays: 0,
          keptRatio: 0,
          ...more,
        },
      ],
    });
  const data: Partial<CompanyData> = {
    items: [item('A', { listPrice: 10 }), item('B', { listPrice: 10 })],
    locations: PLANT,
    history: streams({ item: 'A', quantities: calm() }),
  };
  const own = (run: ReturnType<typeof runInMemory>, key: number): number[] =>
    run.ofKey('baseline', key).map((value, t) => value - run.ofKey('reconciled', key)[t]);

  test('sell, together with what is left to those, what the old item would have sold', () => {
    const whole = own(runInMemory(data), 0);
    const run = runInMemory({ ...data, drivers: takeover('2026-07-01', { rampDays: 61, keptRatio: 0.2 }) });
    const [old, young] = [own(run, 0), own(run, 1)];
    expect(young.slice(0, 2)).toEqual([0, 0]);
    whole.forEach((quantity, t) => expect(old[t] + young[t]).toBeCloseTo(quantity, 6));
    expect(young[2] / whole[2]).toBeCloseTo(0.4, 6);
    expect(young[4] / whole[4]).toBeCloseTo(0.8, 6);
    expect(run.forecast[1].explanation).toContain('It takes over the demand of A.');
  });

  test('count in units of their own', () => {
    const whole = own(runInMemory(data), 0);
    const run = runInMemory({ ...data, drivers: takeover('2026-05-01', { conversionRatio: 2 }) });
    own(run, 1).forEach((quantity, t) => expect(quantity).toBeCloseTo(2 * whole[t], 6));
    expect(own(run, 0).every((quantity) => quantity === 0)).toBe(true);
  });

  test('inherit the history once all has moved for a year', () => {
    const switched = 8;
    const history = streams(
      { item: 'A', quantities: calm().map((quantity, t) => (t < switched ? quantity : 0)) },
      { item: 'B', quantities: calm().map((quantity, t) => (t < switched ? 0 : quantity)) },
    );
    const run = runInMemory({ ...data, history, drivers: takeover('2025-01-01') });
    expect(mean(own(run, 1))).toBeGreaterThan(90);
    expect(mean(own(run, 1))).toBeLessThan(110);
    expect(run.forecast[1].lags[0].bucketCount).toBeGreaterThan(0);
  });
});

describe('the back-test', () => {
  test('sums up by lag, against the actual as ordered and the naive forecast', () => {
    const quantities = calm().map((quantity, t) => quantity + 3 * t);
    const run = runInMemory({
      items: [item('A')],
      locations: PLANT,
      history: streams({ item: 'A', quantities }),
    });
    const { lags, backtest, naiveAbsoluteError } = run.forecast[0];
    expect(lags.map(({ lag, bucketCount }) => [lag, bucketCount])).toEqual([
      [1, 12],
      [2, 11],
      [3, 10],
      [4, 9],
      [5, 8],
      [6, 7],
    ]);
    const last = quantities.slice(-12);
    expect(lags[0].actual).toBe(sum(last));
    const said = backtest.map((value) => value ?? Number.NaN);
    expect(lags[0].absoluteError).toBeCloseTo(sum(last.map((value, t) => Math.abs(said[t] - value))), 9);
    expect(lags[0].error).toBeCloseTo(sum(said) - sum(last), 9);
    const yearAgo = quantities.slice(-24, -12);
    expect(naiveAbsoluteError).toBe(sum(last.map((value, t) => Math.abs(yearAgo[t] - value))));
    expect(run.pastOfKey('lag1').slice(-12)).toEqual(said);
    expect(run.pastOfKey('lag1').slice(0, -12).every(Number.isNaN)).toBe(true);
    expect(run.finance.keys[0].moneyError).toBeCloseTo(10 * lags[0].absoluteError, 6);
  });
});

test('a run says what it would take to forecast better, the most valuable first', () => {
  const growing = Array.from({ length: HISTORY }, (_, t) => (t < 14 ? 100 : 100 + 60 * (t - 13)));
  const run = runInMemory({
    items: [item('A', { standardCost: 4 })],
    locations: PLANT,
    history: streams({ item: 'A', quantities: growing }),
  });
  expect(run.kpis.findingCount).toBe(run.kpis.findings.length);
  expect(run.finance.keys[0].valueClass).toBe('A');
  expect(['X', 'Y', 'Z']).toContain(run.finance.keys[0].forecastClass);
  expect(run.ofKey('consensus')).toHaveLength(HORIZON);
});

test('a forecast that leans one way is worth what it was off by in the periods that were judged', () => {
  const collapsed = Array.from({ length: HISTORY }, (_, t) => (t < HISTORY - 12 ? 100 + (t % 5) : 2));
  const run = runInMemory({
    items: [item('A')],
    locations: PLANT,
    history: streams({ item: 'A', quantities: collapsed }),
  });
  const { lags, biasRatio } = run.forecast[0];
  expect(biasRatio).toBeGreaterThan(1);
  const bias = run.kpis.findings.find(({ kind }) => kind === 'bias');
  expect(bias?.amount).toBeCloseTo(10 * lags[0].error, 6);
  expect(bias?.detail).toBe(
    `In the back-test it was ${Math.round((biasRatio ?? 0) + 1)} times the actual, period after period.`,
  );
});

describe('tiers', () => {
  // Forty streams with one season between them, and a little luck of their own.
  const history = streams(
    ...Array.from({ length: 40 }, (_, n) => ({
      item: `A${String(n).padStart(2, '0')}`,
      quantities: Array.from({ length: HISTORY }, (_, t) =>
        Math.round(60 + n + 40 * Math.sin((t * Math.PI) / 6) + 9 * Math.sin(n * 7 + t * t)),
      ),
    })),
  );
  const data: Partial<CompanyData> = {
    items: history.item.map((code) => item(code)),
    locations: PLANT,
    history,
  };

  test('differ in what they compute and in the hash of their inputs', () => {
    const [fast, standard] = [runInMemory(data, 'fast'), runInMemory(data)];
    expect([fast.snapshot.meta.tier, standard.snapshot.meta.tier]).toEqual(['fast', 'standard']);
    expect([fast.learnt.panel, standard.learnt.panel]).toEqual([null, null]);
    expect(fast.hashes).not.toEqual(standard.hashes);
  });

  test('the best also learns across streams, says whether it was worth it, and does the same again', () => {
    const best = runInMemory(data, 'best');
    expect(best.learnt.panel?.reason).toMatch(/across keys|learn from each other/);
    expect(best.forecast.some(({ method }) => method.endsWith('model across keys'))).toBe(
      best.learnt.panel?.model !== null,
    );
    expect(best.ofKey('baseline').every((quantity) => quantity > 0)).toBe(true);
    expect(runInMemory(data, 'best').hashes).toEqual(best.hashes);
  });
});
