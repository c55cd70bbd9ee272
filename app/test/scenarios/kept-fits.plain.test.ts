import type { CompanyData } from '@planwright/app';
import { autoForecast } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { dayFromIso } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { item } from './company-data.ts';
import { runInMemory, type RunSpan, streams } from './run-in-memory.ts';

const spanTo = (asOf: string): RunSpan => ({ calendarKind: 'month', from: '2022-05-01', asOf, horizon: 6 });
const THEN = spanTo('2026-01-01');
const THEN_MONTHS = 44;
const NOW = spanTo('2026-06-01');
const NOW_MONTHS = 49;
const COUNT = 8;

/** Streams around 100 with noise of a fifth; `changed` has the last word on each month. */
function company(
  changed: (stream: number, month: number, quantity: number) => number = (_stream, _month, quantity) =>
    quantity,
): Partial<CompanyData> {
  const rows = Array.from({ length: COUNT }, (_, index) => {
    const random = randomStream(11, `I${index}`);
    return {
      item: `I${index}`,
      quantities: Array.from({ length: NOW_MONTHS }, (_unused, month) =>
        changed(index, month, Math.round(80 + 40 * random.uniform())),
      ),
    };
  });
  return { items: rows.map((row) => item(row.item)), history: streams(...rows) };
}

const published = runInMemory(company(), 'fast', THEN);
const fits = published.fits();

describe('a run that keeps what has not broken', () => {
  test('goes on by the methods of the published plan, and says so of each stream', () => {
    const run = runInMemory({ ...company(), fits }, 'fast', NOW);
    expect(run.forecast.map(({ fit }) => fit.isKept)).toEqual(Array.from({ length: COUNT }, () => true));
    expect(run.forecast.map(({ fit }) => fit.until)).toEqual(
      Array.from({ length: COUNT }, () => dayFromIso('2026-01-01')),
    );
    expect(run.forecast[0]?.explanation).toMatch(
      /Its method, learnt from demand before 2026-01-01, is kept\. .* only takes in the latest actuals/,
    );
    const history = Float64Array.from(run.pastOfKey('cleansed'));
    const own = autoForecast(history, { season: 12, horizon: 6, tier: 'fast', fittedUntil: THEN_MONTHS });
    const parts = (['level', 'trend', 'season'] as const).map((part) => run.ofKey(part));
    own.mean.forEach((value, t) =>
      expect(parts.reduce((sum, part) => sum + (part[t] as number), 0)).toBeCloseTo(value, 6),
    );
    const anew = runInMemory(company(), 'fast', NOW);
    expect(run.ofKey('level')).not.toEqual(anew.ofKey('level'));
    expect(anew.forecast.every(({ fit }) => !fit.isKept)).toBe(true);
    expect(anew.forecast[0]?.explanation).not.toMatch(/Its method/);
  });

  test('is a function of its snapshot, which holds what it kept', () => {
    const run = () => runInMemory({ ...company(), fits }, 'fast', NOW);
    const first = run();
    expect(run().hashes).toEqual(first.hashes);
    expect(first.snapshot.fits).toHaveLength(COUNT);
    // What is kept once more was learnt from the same: a later run can tell.
    expect(first.fits()).toEqual(fits);
    expect(runInMemory(company(), 'fast', NOW).snapshot.fits).toBeNull();
  });

  test('without anything new the plan stays what it was', () => {
    const again = runInMemory({ ...company(), fits }, 'fast', THEN);
    expect(again.forecast.every(({ fit }) => fit.isKept)).toBe(true);
    for (let key = 0; key < COUNT; key++)
      expect(again.ofKey('level', key)).toEqual(published.ofKey('level', key));
  });
});

describe('what is fitted anew', () => {
  const reasonOf = (run: ReturnType<typeof runInMemory>, key: number): string =>
    run.forecast[key]?.explanation.split('Its method is fitted anew. ')[1] ?? '';

  test('a stream whose demand has come in above its forecast since, and no other', () => {
    const risen = company((stream, month, quantity) =>
      stream === 3 && month >= THEN_MONTHS ? 2 * quantity : quantity,
    );
    const run = runInMemory({ ...risen, fits }, 'fast', NOW);
    expect(run.forecast.flatMap(({ fit }, key) => (fit.isKept ? [] : [key]))).toEqual([3]);
    expect(reasonOf(run, 3)).toMatch(/demand has come in above the forecast by more than chance explains/);
    expect(run.forecast[3]?.fit.until).toBe(dayFromIso('2026-06-01'));
  });

  test('a stream whose past is not what it was, one with a decision, and one that the plan did not have', () => {
    const late = company((stream, month, quantity) =>
      stream === 1 && month === THEN_MONTHS - 2 ? quantity + 5 : quantity,
    );
    const decisions = [
      {
        item: 'I2',
        location: 'PLANT',
        channel: 'all',
        bucketOn: dayFromIso('2025-08-01'),
        decision: 'set' as const,
        quantity: 100,
      },
    ];
    const drivers = { events: [], stockOuts: [], launches: [], successions: [], decisions };
    const known = fits.filter((row) => row.item !== 'I4');
    const run = runInMemory({ ...late, drivers, fits: known }, 'fast', NOW);
    expect(run.forecast.flatMap(({ fit }, key) => (fit.isKept ? [] : [key]))).toEqual([1, 2, 4]);
    expect(reasonOf(run, 1)).toMatch(/learnt from has changed since/);
    expect(reasonOf(run, 2)).toMatch(/learnt from has changed since/);
    expect(reasonOf(run, 4)).toMatch(/none that it could go on by/);
    const standard = runInMemory({ ...company(), fits }, 'standard', NOW);
    expect(standard.forecast.every(({ fit }) => !fit.isKept)).toBe(true);
  });

  test('every stream after six periods, and none in a run that was not asked to keep anything', () => {
    const run = runInMemory({ ...company(), fits }, 'fast', spanTo('2026-07-01'));
    expect(run.forecast.every(({ fit }) => !fit.isKept)).toBe(true);
    expect(reasonOf(run, 0)).toMatch(/The last full fit is 6 buckets old/);
  });
});
