import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arima, arimaModel, type Regressors } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const COUNT = 120;
const HORIZON = 12;

/** Rows over the horizon of what each function says of a bucket. */
function regressorsOf(
  columns: Readonly<Record<string, (t: number) => number>>,
  rows = COUNT + HORIZON,
): Regressors {
  const names = Object.keys(columns);
  const values = Float64Array.from({ length: rows * names.length }, (_, index) =>
    columns[names[index % names.length]](Math.floor(index / names.length)),
  );
  return { names, values };
}

const priceOf = (seed: number) => {
  const stream = randomStream(seed, 'price');
  const prices = Float64Array.from({ length: COUNT + HORIZON }, () => 10 + stream.normal());
  return (t: number): number => prices[t];
};
const isPromoted = (t: number): number => (t % 9 === 4 ? 1 : 0);

/** Demand of level 200 with AR(1) errors of coefficient 0.6, price effect -8 and promotion effect 30. */
function demandOf(seed: number, walks: boolean): Float64Array {
  const stream = randomStream(seed, 'demand');
  const price = priceOf(seed);
  let error = 0;
  return Float64Array.from({ length: COUNT }, (_, t) => {
    error = (walks ? 1 : 0.6) * error + 4 * stream.normal();
    return 200 - 8 * price(t) + 30 * isPromoted(t) + error;
  });
}

test('finds the effects of a simulated demand within three standard errors', () => {
  for (let seed = 0; seed < 12; seed++) {
    for (const walks of [false, true]) {
      const regressors = regressorsOf({ price: priceOf(seed), promotion: isPromoted });
      const fitted = arima.fit(demandOf(seed, walks), { season: 1, regressors });
      // A column of variance v under AR(1) errors: its differences of lag one carry the information, v (1 + 0.36) or 2 v.
      const information = (variance: number): number => COUNT * variance * (walks ? 2 : 1.36);
      const error = (variance: number): number => 4 / Math.sqrt(information(variance));
      expect(Math.abs(fitted.parameters['effect of price'] + 8)).toBeLessThan(3 * error(1));
      expect(Math.abs(fitted.parameters['effect of promotion'] - 30)).toBeLessThan(3 * error(8 / 81));
      const parts = new Map(fitted.components(HORIZON).map((part) => [part.name, part]));
      expect(parts.get('promotion')!.history[5]).toBe(0);
      expect(parts.get('promotion')!.future[(9 * 14 + 4) % COUNT]).toBeCloseTo(
        fitted.parameters['effect of promotion'],
        9,
      );
    }
  }
});

test('a forecast knows the promotion that is coming', () => {
  const regressors = regressorsOf({ price: priceOf(3), promotion: isPromoted });
  const fitted = arima.fit(demandOf(3, false), { season: 1, regressors });
  const mean = fitted.mean(HORIZON);
  const calm = regressorsOf({ price: priceOf(3), promotion: (t) => (t < COUNT ? isPromoted(t) : 0) });
  const without = arima.fit(demandOf(3, false), { season: 1, regressors: calm }).mean(HORIZON);
  mean.forEach((value, step) => {
    const added = isPromoted(COUNT + step) * fitted.parameters['effect of promotion'];
    expect(value - without[step]).toBeCloseTo(added, 8);
  });
  expect(Math.max(...mean.map((value, step) => value - without[step]))).toBeGreaterThan(20);
});

test('a constant column, a copy and a sum of others change nothing', () => {
  fc.assert(
    fc.property(
      fc.nat(50),
      fc.boolean(),
      fc.double({ min: -100, max: 100, noNaN: true }),
      (seed, walks, level) => {
        const series = demandOf(seed, walks);
        const price = priceOf(seed);
        const plain = { price, promotion: isPromoted };
        const mean = arima.fit(series, { season: 1, regressors: regressorsOf(plain) }).mean(HORIZON);
        for (const extra of [() => level, price, (t: number) => price(t) - 2 * isPromoted(t)]) {
          const fitted = arima.fit(series, { season: 1, regressors: regressorsOf({ ...plain, extra }) });
          fitted.mean(HORIZON).forEach((value, step) => expect(value).toBeCloseTo(mean[step], 6));
          expect(fitted.parameters['effect of extra']).toBe(0);
        }
      },
    ),
    { seed: 8, numRuns: 6 },
  );
});

test('the scale of a regressor does not matter, nor do more columns than buckets break it', () => {
  const series = demandOf(5, false);
  const price = priceOf(5);
  const mean = arima.fit(series, { season: 1, regressors: regressorsOf({ price }) }).mean(HORIZON);
  const scaled = regressorsOf({ price: (t) => 1e7 * price(t) });
  arima
    .fit(series, { season: 1, regressors: scaled })
    .mean(HORIZON)
    .forEach((value, step) => expect(value).toBeCloseTo(mean[step], 6));
  const stream = randomStream(9, 'many');
  const many = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`x${i}`, () => stream.normal()]));
  const fitted = arima.fit(series.subarray(0, 40), { season: 1, regressors: regressorsOf(many) });
  expect(fitted.issues).toEqual([]);
  expect(fitted.mean(HORIZON).every(Number.isFinite)).toBe(true);
});

test('where the rows end, the last one is repeated', () => {
  const series = demandOf(6, false);
  const order = { p: 1, d: 0, q: 0, P: 0, D: 0, Q: 0, season: 1, constant: true };
  const price = priceOf(6);
  const last = regressorsOf({ price: (t) => price(Math.min(t, COUNT + 2)) });
  const short = regressorsOf({ price }, COUNT + 3);
  expect(arimaModel(order).fit(series, { season: 1, regressors: short }).mean(HORIZON)).toEqual(
    arimaModel(order).fit(series, { season: 1, regressors: last }).mean(HORIZON),
  );
});

test('many regressors are found together as few are', () => {
  for (let seed = 0; seed < 6; seed++) {
    const stream = randomStream(seed, 'events');
    const events = Array.from({ length: 6 }, () =>
      Float64Array.from({ length: COUNT + HORIZON }, () => (stream.uniform() < 0.15 ? 1 : 0)),
    );
    const columns = Object.fromEntries(events.map((event, i) => [`event ${i}`, (t: number) => event[t]]));
    const series = demandOf(seed, false).map((value, t) =>
      events.reduce((sum, event, i) => sum + 10 * (i + 1) * event[t], value),
    );
    const regressors = regressorsOf({ price: priceOf(seed), promotion: isPromoted, ...columns });
    const { parameters } = arima.fit(series, { season: 1, regressors });
    const error = 4 / Math.sqrt(COUNT * 0.15 * 0.85 * 1.36);
    events.forEach((_, i) => {
      expect(Math.abs(parameters[`effect of event ${i}`] - 10 * (i + 1))).toBeLessThan(3.5 * error);
    });
  }
});
