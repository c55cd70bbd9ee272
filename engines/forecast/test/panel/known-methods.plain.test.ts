import { describe, expect, test } from 'vitest';
import { autoForecast } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { METHOD_COUNT, METHOD_NAMES, methodForecasts } from '../../src/panel/method-forecasts.ts';
import { localForecasts } from '../../src/panel/panel-features.ts';

const HORIZON = 9;

function sold(count: number): Float64Array {
  const random = randomStream(4, `known-methods-${count}`);
  return Float64Array.from(
    { length: count },
    (_, t) => (200 + t) * (1 + 0.3 * Math.sin((2 * Math.PI * t) / 12)) * Math.exp(0.1 * random.normal()),
  );
}

/** Nothing may depend on whether a forecast was at hand or made anew. */
function expectSame(ours: Float64Array, theirs: Float64Array): void {
  ours.forEach((value, step) => expect(Math.abs(value / theirs[step] - 1)).toBeLessThan(1e-12));
}

describe.each([
  ['two and a half seasons, found first', 30, 12],
  ['five seasons', 60, 12],
  ['a season too long for the ETS family', 70, 16],
  ['no season', 30, 1],
])('%s', (_, count, season) => {
  const history = sold(count);
  const methods = autoForecast(history, { season, horizon: HORIZON }).methods()!;

  test('what the methods of the combination said is what they say alone', () => {
    expect(methods.has('dynamic-theta')).toBe(true);
    const known = localForecasts(history, season, HORIZON, methods);
    const anew = localForecasts(history, season, HORIZON);
    expectSame(known.theta, anew.theta);
    expectSame(known.ets, anew.ets);
  });

  test('all methods alike', () => {
    expect(METHOD_NAMES).toHaveLength(METHOD_COUNT);
    expectSame(methodForecasts(history, season, HORIZON, methods), methodForecasts(history, season, HORIZON));
  });
});

test('who leans on the season of others says nothing of methods alone', () => {
  const borrowedSeason = {
    figure: Float64Array.from({ length: 12 }, (_, place) => 1 + 0.2 * Math.cos((Math.PI * place) / 6)),
    firstPosition: 0,
    from: 'its group',
  };
  const options = { season: 12, horizon: HORIZON, borrowedSeason };
  expect(autoForecast(sold(30), options).methods()).toBeUndefined();
  expect(autoForecast(sold(60), options).methods()).toBeDefined();
});
