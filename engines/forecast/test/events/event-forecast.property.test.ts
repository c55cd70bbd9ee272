import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DemandEvent, forecastWithEvents } from '@planwright/forecast';
import { AWKWARD_SERIES } from '../contract/series.ts';

const HORIZON = 6;

test('every awkward series with every kind of event has a finite forecast inside its band', () => {
  const event = fc.record({
    id: fc.constant('e'),
    name: fc.constantFrom('A', 'B'),
    kind: fc.constantFrom('promotion', 'price', 'holiday', 'one-off', 'driver'),
    first: fc.integer({ min: 0, max: 70 }),
    shape: fc.constantFrom('pulse', 'step', 'ramp'),
    given: fc.constantFrom(undefined, { upliftRatio: 0.3, standardError: 0.1 }),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(AWKWARD_SERIES)),
      fc.array(event, { maxLength: 3 }),
      fc.constantFrom(1, 12),
      fc.boolean(),
      (name, drawn, season, priced) => {
        const series = AWKWARD_SERIES[name];
        const events = drawn.map((each): DemandEvent => ({ ...each, last: each.first + 1 }) as DemandEvent);
        const prices = priced
          ? Float64Array.from({ length: series.length + HORIZON }, (_, t) => (t % 5 === 1 ? 8 : 10))
          : undefined;
        const found = forecastWithEvents(series, { season, horizon: HORIZON, tier: 'fast', events, prices });
        expect(found.mean.every(Number.isFinite)).toBe(true);
        for (const { lower, upper } of found.intervals) {
          expect(lower.every((value, step) => value <= upper[step])).toBe(true);
        }
        expect(found.intervals.every(({ lower, upper }) => [...lower, ...upper].every(Number.isFinite))).toBe(
          true,
        );
        expect(found.history.length).toBe(series.length);
        expect(found.sentences.every((sentence) => !/NaN|Infinity|undefined/.test(sentence))).toBe(true);
      },
    ),
    { seed: 9, numRuns: 150 },
  );
});
