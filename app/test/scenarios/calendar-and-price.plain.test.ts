import type { CompanyData, DriverRows } from '@planwright/app';
import { randomStream } from '@planwright/numerics';
import { dayFromIso, isoFromDay, workingDays } from '@planwright/time';
import { expect, test } from 'vitest';
import { item, location } from './company-data.ts';
import { planOf, runInMemory, type RunSpan, streams } from './run-in-memory.ts';

const WEEKS: RunSpan = { calendarKind: 'iso-week', from: '2024-12-02', asOf: '2025-12-01', horizon: 8 };
const YEARS: RunSpan = { calendarKind: 'month', from: '2021-01-01', asOf: '2026-01-01', horizon: 12 };

/** Streams of 100 or so a bucket times a factor, with noise of a tenth. */
function noisy(
  span: RunSpan,
  count: number,
  factorOf: (from: number, to: number) => number,
): CompanyData['history'] {
  const { starts } = planOf(span).plan.calendar;
  const { historyBuckets } = planOf(span).plan;
  const stream = randomStream(7, 'demand');
  return streams(
    ...Array.from({ length: count }, (_, index) => ({
      item: `I${index}`,
      location: 'SHOP',
      quantities: Array.from({ length: historyBuckets }, (_, t) =>
        Math.round((100 + 20 * stream.uniform()) * factorOf(starts[t], starts[t + 1])),
      ),
    })),
  );
}

const company = (history: CompanyData['history'], country: string | null): Partial<CompanyData> => ({
  items: history.item.map((code) => item(code)),
  locations: [location('SHOP', null, 0, country)],
  history,
});

const closedAtChristmas = noisy(WEEKS, 12, (from) =>
  from >= dayFromIso('2024-12-23') && from <= dayFromIso('2024-12-30') ? 0.05 : 1,
);

test('a shop that closed at Christmas is expected to close again, after a year of weeks', () => {
  const run = runInMemory(company(closedAtChristmas, 'GB'), 'standard', WEEKS);
  const weeks = run.snapshot.meta.starts.slice(run.snapshot.meta.historyBuckets).map(isoFromDay);
  const baseline = run.ofKey('baseline');
  const atChristmas = baseline[weeks.indexOf('2025-12-29')] as number;
  expect(atChristmas).toBeLessThan(40);
  expect(baseline[weeks.indexOf('2025-12-08')]).toBeGreaterThan(80);
  const christmas = run.learnt.effects.filter(({ eventCode }) => eventCode.startsWith('feast:GB:christmas'));
  expect(christmas.map(({ name }) => name)).toEqual(['Christmas 2024', 'Christmas 2025']);
  expect(christmas[1]?.upliftRatio).toBeLessThan(-0.3);
  // The calendar's part is a part of what was added, and the parts still add up.
  const calendar = run.wholeOfKey('calendar').slice(run.snapshot.meta.historyBuckets);
  expect(calendar[weeks.indexOf('2025-12-29')]).toBeLessThan(-60);
  baseline.forEach((value, t) => {
    const parts = (['level', 'trend', 'season', 'reconciled'] as const).map(
      (part) => run.ofKey(part)[t] as number,
    );
    const uplift = run.wholeOfKey('uplift')[run.snapshot.meta.historyBuckets + t] as number;
    expect(parts.reduce((sum, part) => sum + part, uplift)).toBeCloseTo(value, 6);
  });
  const shown = run.kpis.eventEffects.find(({ name }) => name === 'Christmas 2025');
  expect(shown?.planQuantity).toBeLessThan(-500);
});

test('without a country nothing is known of feasts, and one whose holidays are not known is as none', () => {
  for (const country of [null, 'ATLANTIS']) {
    const run = runInMemory(company(closedAtChristmas, country), 'standard', WEEKS);
    expect(run.learnt.calendar).toEqual([]);
    expect(run.learnt.effects).toEqual([]);
    expect(new Set(run.wholeOfKey('calendar'))).toEqual(new Set([0]));
  }
});

test('the country of the company holds where a location does not say its own', () => {
  const span = { ...WEEKS, country: 'GB' };
  const run = runInMemory(company(closedAtChristmas, null), 'standard', span);
  const own = runInMemory(company(closedAtChristmas, 'GB'), 'standard', WEEKS);
  expect(run.learnt.calendar).toEqual(own.learnt.calendar);
  expect(run.learnt.calendar.map(({ country }) => country)).toEqual(['GB']);
  const elsewhere = runInMemory(company(closedAtChristmas, 'US'), 'standard', span);
  expect(elsewhere.learnt.calendar.map(({ country }) => country)).toEqual(['US']);
});

test('demand that goes with working days follows them in the plan; demand that does not, does not', () => {
  const byDays = noisy(YEARS, 10, (from, to) => workingDays(from, to, 'DE') / 21);
  const run = runInMemory(company(byDays, 'DE'), 'fast', YEARS);
  expect(run.learnt.calendar.map(({ country, columns }) => [country, columns])).toEqual([
    ['DE', ['working days']],
  ]);
  for (const { logs } of run.learnt.calendar[0]?.groups ?? []) expect(logs[0]).toBeCloseTo(1, 0);
  const steady = runInMemory(
    company(
      noisy(YEARS, 10, () => 1),
      'DE',
    ),
    'standard',
    YEARS,
  );
  expect(steady.learnt.calendar).toEqual([]);
});

test('feasts ahead that move nothing are listed once, whatever the countries', () => {
  const steady = noisy(YEARS, 2, () => 1);
  const two = { ...steady, location: ['SHOP', 'LADEN'] };
  const data = {
    ...company(two, 'GB'),
    locations: [location('SHOP', null, 0, 'GB'), location('LADEN', null, 0, ' de ')],
  };
  const run = runInMemory(data, 'standard', YEARS);
  expect(run.learnt.effects.map(({ name, upliftRatio }) => [name, upliftRatio])).toEqual([
    ['Easter 2026', 0],
    ['Christmas 2026', 0],
  ]);
});

/** Prices of 12, 10 and 8, the last change nine months before the plan; demand answers with an elasticity. */
function priced(elasticity: number): CompanyData['history'] {
  const priceOf = (t: number): number => [10, 12, 10, 8, t < 51 ? 10 : 8][Math.floor(t / 12)] ?? 10;
  const { starts } = planOf(YEARS).plan.calendar;
  const history = noisy(YEARS, 36, (from) => (priceOf(starts.indexOf(from)) / 10) ** elasticity);
  return {
    ...history,
    amount: history.quantity.map((cells, key) =>
      cells.map((quantity, cell) => quantity * priceOf(history.bucket[key]?.[cell] ?? 0)),
    ),
  };
}

const answersPrices = runInMemory(company(priced(-2), null), 'fast', YEARS);

test('prices count where forecasts that reckon with them are better, and the last price holds on', () => {
  const run = answersPrices;
  const quiet = runInMemory(company(priced(0), null), 'fast', YEARS);
  expect(quiet.learnt.price.isUsed).toBe(false);
  expect(new Set(quiet.wholeOfKey('price'))).toEqual(new Set([0]));
  expect(run.learnt.price.reason).toMatch(/On 36 streams whose price moved, .* less over/);
  expect(run.learnt.price.isUsed).toBe(true);
  const ahead = run.wholeOfKey('price').slice(run.snapshot.meta.historyBuckets);
  for (const added of ahead) expect(added).toBeGreaterThan(20);
  expect(run.forecast[0]?.explanation).toMatch(
    /Its price has moved; at the last one it sells about \d+ % more/,
  );
});

/** A price change over the third and fourth month of the plan. */
const priceEvent = (priceChangeRatio: number, upliftRatio: number | null = null): DriverRows => ({
  events: [
    {
      code: 'P',
      name: 'Spring price',
      kind: 'price',
      itemGroup: null,
      item: 'I0',
      location: null,
      channel: null,
      startsOn: dayFromIso('2026-03-01'),
      endsOn: dayFromIso('2026-04-30'),
      upliftRatio,
      strength: 1,
      priceChangeRatio,
    },
  ],
  stockOuts: [],
  launches: [],
  successions: [],
  decisions: [],
});

test('a planned price does to demand what prices have done, and counts in revenue', () => {
  const data = company(priced(-2), null);
  const run = runInMemory({ ...data, drivers: priceEvent(-0.1) }, 'fast', YEARS);
  const plain = answersPrices;
  const [effect] = run.kpis.eventEffects;
  // 0.9 to the power of about -2, drawn towards what is usual.
  expect(effect?.upliftRatio).toBeGreaterThan(0.15);
  expect(effect?.upliftRatio).toBeLessThan(0.35);
  expect(effect?.lower80Ratio).toBeGreaterThan(0);
  expect(effect?.lower80Ratio).toBeLessThan(effect?.upliftRatio as number);
  expect(effect?.upper80Ratio).toBeGreaterThan(effect?.upliftRatio as number);
  expect(effect?.explanation).toMatch(
    /^Spring price: at a price 10 % lower demand is about \d+ % more \(80 %: .*\)\. 1 % of price moves demand by about \d\.\d %, learnt from 36 streams/,
  );
  const change = (t: number): number =>
    (run.ofKey('baseline')[t] as number) / (plain.ofKey('baseline')[t] as number) - 1;
  for (const t of [2, 3]) expect(change(t)).toBeCloseTo(effect?.upliftRatio as number, 1);
  for (const t of [0, 1, 4, 5]) expect(change(t)).toBeCloseTo(0, 1);
  // The band is as much wider as nobody knows what the price will do.
  const widthIn = (of: typeof run, t: number): number => {
    const parts = (['level', 'trend', 'season'] as const).map((part) => of.ofKey(part)[t] as number);
    const own = parts.reduce((sum, part) => sum + part, of.wholeOfKey('uplift')[60 + t] as number);
    return (of.ofKey('ownUpper80')[t] as number) / own - 1;
  };
  expect(widthIn(run, 2)).toBeGreaterThan(widthIn(plain, 2));
  expect(widthIn(run, 5) / widthIn(plain, 5)).toBeCloseTo(1, 1);
  expect(effect?.planQuantity).toBeGreaterThan(0);
  const priceIn = (of: typeof run, t: number): number =>
    (of.wholeOfKey('revenue')[60 + t] as number) / (of.ofKey('consensus')[t] as number);
  expect(priceIn(run, 2) / priceIn(plain, 2)).toBeCloseTo(0.9, 9);
  expect(priceIn(run, 5) / priceIn(plain, 5)).toBeCloseTo(1, 9);
  expect(run.forecast[0]?.explanation).toContain('The price of a planned event counts');
});

test('where no price has moved a planned one does what prices usually do; what a planner expects goes before', () => {
  const data = company(
    noisy(YEARS, 3, () => 1),
    null,
  );
  const usual = runInMemory({ ...data, drivers: priceEvent(0.1) }, 'fast', YEARS).kpis.eventEffects[0];
  expect(usual?.upliftRatio).toBeCloseTo(1.1 ** -2.58 - 1, 2);
  expect(usual?.explanation).toMatch(
    /at a price 10 % higher demand is about 22 % less .* no price of the company/,
  );
  const given = runInMemory({ ...data, drivers: priceEvent(-0.1, 0.5) }, 'fast', YEARS).kpis.eventEffects[0];
  expect(given?.upliftRatio).toBe(0.5);
});
