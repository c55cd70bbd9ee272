import { ageReplacement, failureHistory, failureTrend, weibullFit } from '@planwright/supply';
import { describe, expect, test } from 'vitest';
import golden from '../golden/maintenance.json' with { type: 'json' };

test.each(golden.weibullFit)('weibullFit: $name ($source)', ({ failures, running, expected }) => {
  const ended = [...failures.map(() => 1), ...running.map(() => 0)];
  const fit = weibullFit([...failures, ...running], ended)!;
  expect(fit.shape).toBeCloseTo(expected.shape, expected.shapeDigits);
  expect(fit.scale).toBeCloseTo(expected.scale, expected.scaleDigits);
  expect(fit.ageing).toBe('wear');
});

test.each(golden.ageReplacement)('ageReplacement: $name ($source)', ({ input, expected }) => {
  expect(ageReplacement(input, input).ageHours).toBeCloseTo(expected.ageHours, expected.digits);
});

test(`failureTrend: ${golden.failureTrend.name} (${golden.failureTrend.source})`, () => {
  const { failureHours, observedHours, expected } = golden.failureTrend;
  const trend = failureTrend(failureHours, observedHours);
  expect(1 - trend.shapeUnbiased).toBeCloseTo(expected.growthSlope, 4);
  expect(trend.rate).toBeCloseTo(expected.rate, 4);
});

describe('failureHistory', () => {
  // 5 failures in 1,000 hours up. Tables of chi-squared: 21.026 (95 %, 12 degrees), 3.940 (5 %, 10 degrees).
  test('holds the MTBF in the interval of chi-squared tables', () => {
    const stops = [100, 300, 500, 700, 900].map((startHour) => ({
      kind: 'failure' as const,
      startHour,
      downHours: 10,
    }));
    const history = failureHistory(1050, stops);
    expect([history.upHours, history.mtbfHours, history.mttrHours]).toEqual([1000, 200, 10]);
    expect(history.mtbfLowHours).toBeCloseTo(2000 / 21.026, 2);
    expect(history.mtbfHighHours).toBeCloseTo(2000 / 3.9403, 1);
    expect(history.inherentAvailabilityRatio).toBeCloseTo(200 / 210, 12);
  });
});
