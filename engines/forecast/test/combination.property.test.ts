import fc from 'fast-check';
import { expect, test } from 'vitest';
import { autoModel } from '@planwright/forecast';
import { normalQuantile, randomStream } from '@planwright/numerics';
import { combinedCore, type Member } from '../src/choice/combination.ts';
import type { Core } from '../src/contract/contract.ts';
import { normalErrors } from '../src/intervals/normal-errors.ts';

const STEPS = 3;

/** A model that says the same value per bucket in history and future, half of it level and half season. */
function speaker(values: readonly number[], label: string, deviation = 1): Core {
  const all = (): Float64Array => Float64Array.from(values);
  const half = (): Float64Array => all().map((value) => value / 2);
  return {
    label,
    description: '',
    parameters: () => ({}),
    fitted: all,
    ...normalErrors(all, (horizon) => new Float64Array(horizon).fill(deviation)),
    components: () => ['level', 'season'].map((name) => ({ name, history: half(), future: half() })),
    refit: () => speaker(values, label, deviation),
  };
}

/** Small whole numbers, so that many are equal. */
const values = fc.array(fc.integer({ min: -4, max: 4 }), { minLength: STEPS, maxLength: STEPS });
const members = fc
  .array(
    fc.record({
      values,
      voices: fc.integer({ min: 1, max: 3 }),
      meanOnly: fc.boolean(),
      deviation: fc.integer({ min: 1, max: 5 }),
    }),
    { minLength: 3, maxLength: 6 },
  )
  .map((given) =>
    given.map(
      ({ values: spoken, voices, meanOnly, deviation }, index): Member<Core> => ({
        model: speaker(spoken, `m${index}`, deviation),
        voices,
        meanOnly: index > 0 && meanOnly,
      }),
    ),
  );

/** Every voice written down, sorted, the ends cut off. */
function sortedMean(given: readonly Member<Core>[], step: number, cut: number): number {
  const voices = given.flatMap(({ model, voices: count }) =>
    Array.from({ length: count! }, () => model.mean(STEPS)[step]),
  );
  const heard = voices.sort((a, b) => a - b).slice(cut, voices.length - cut);
  return heard.reduce((sum, value) => sum + value, 0) / heard.length;
}

test('a combination says the mean of all voices, the trimmed one without the lowest and the highest', () => {
  fc.assert(
    fc.property(members, fc.boolean(), (given, trimmed) => {
      const core = combinedCore({ members: given, trimmed });
      for (const said of [
        core.mean(STEPS),
        core.fitted(),
        core.refit(new Float64Array(9), 'states').mean(STEPS),
      ])
        said.forEach((value, step) =>
          expect(value).toBeCloseTo(sortedMean(given, step, trimmed ? 1 : 0), 12),
        );
    }),
    { seed: 31, numRuns: 200 },
  );
});

/** The mean deviation of those with bands, each counted as often as it has voices. */
function meanDeviation(given: readonly Member<Core>[]): number {
  const banded = given.filter(({ meanOnly }) => meanOnly !== true);
  const deviations = banded.flatMap(({ model, voices: count }) =>
    Array.from({ length: count! }, () => model.deviation!(1)[0]),
  );
  return deviations.reduce((sum, value) => sum + value, 0) / deviations.length;
}

test('parts add up to it, and quantiles lie around it as those with bands lie around theirs', () => {
  fc.assert(
    fc.property(members, fc.boolean(), (given, trimmed) => {
      const core = combinedCore({ members: given, trimmed });
      const mean = core.mean(STEPS);
      const parts = core.components!(STEPS);
      expect(parts.map(({ name }) => name)).toEqual(['level', 'season']);
      const upper = core.quantile(STEPS, 0.9);
      mean.forEach((value, step) => {
        expect(parts[0].future[step] + parts[1].future[step]).toBeCloseTo(value, 12);
        expect(parts[0].history[step] + parts[1].history[step]).toBeCloseTo(value, 12);
        expect(upper[step]).toBeCloseTo(value + normalQuantile(0.9) * meanDeviation(given), 12);
      });
    }),
    { seed: 32, numRuns: 200 },
  );
});

test('a model gone astray moves the trimmed mean no further than the others reach', () => {
  fc.assert(
    fc.property(values, values, values, fc.constantFrom(1e30, -1e30, Infinity), (a, b, c, astray) => {
      const sound = [a, b, c].map((spoken, index) => ({ model: speaker(spoken, `m${index}`) }));
      const lost = { model: speaker([astray, astray, astray], 'lost'), meanOnly: true };
      const mean = combinedCore({ members: [...sound, lost], trimmed: true }).mean(STEPS);
      mean.forEach((value, step) => {
        const reach = [a[step], b[step], c[step]].sort((x, y) => x - y);
        expect(value).toBeGreaterThanOrEqual(reach[0]);
        expect(value).toBeLessThanOrEqual(reach[2]);
      });
    }),
    { seed: 33, numRuns: 60 },
  );
});

test.each([1, 12, 52])('parts of the standard tier add up with a season of %i buckets', (season) => {
  const random = randomStream(season, 'combination');
  const series = Float64Array.from(
    { length: 4 * Math.max(season, 10) },
    (_, t) => (100 + t) * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12) + 0.1 * random.normal()),
  );
  const fitted = autoModel('standard').fit(series, { season });
  const parts = fitted.components(18);
  const sum = (t: number, when: 'history' | 'future'): number =>
    parts.reduce((total, part) => total + part[when][t], 0);
  fitted.mean(18).forEach((value, step) => expect(sum(step, 'future')).toBeCloseTo(value, 8));
  fitted.fitted.forEach((value, t) => expect(sum(t, 'history')).toBeCloseTo(value, 8));
});
