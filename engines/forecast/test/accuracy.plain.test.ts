import { describe, expect, test } from 'vitest';
import { accuracyOf, accuracyScale, coverageOf, pinballLoss } from '@planwright/forecast';

const at = (...values: number[]): Float64Array => Float64Array.from(values);
const NO_SCALE = { meanAbsolute: Number.NaN, meanSquare: Number.NaN };

describe('accuracyOf', () => {
  test('the worked example: WAPE 6.44 %, MAPE 77.5 %', () => {
    const result = accuracyOf(at(1000, 10), at(950, 25), NO_SCALE);
    expect(result.wape).toBeCloseTo(65 / 1010, 12);
    expect(result.mape).toBeCloseTo(0.775, 12);
    expect(result.mapeDropped).toBe(0);
  });

  test('bias is plus for over-forecast, the tracking signal plus for demand above forecast', () => {
    const over = accuracyOf(at(100, 100), at(110, 130), NO_SCALE);
    expect(over.bias).toBeCloseTo(0.2, 12);
    expect(over.trackingSignal).toBeCloseTo(-2, 12);
    const under = accuracyOf(at(100, 100), at(90, 70), NO_SCALE);
    expect(under.bias).toBeCloseTo(-0.2, 12);
    expect(under.trackingSignal).toBeCloseTo(2, 12);
    expect(accuracyOf(at(5, 5), at(5, 5), NO_SCALE).trackingSignal).toBe(0);
  });

  test('zeros are dropped from MAPE and counted; actuals not observed are left out of everything', () => {
    const result = accuracyOf(at(0, 50, Number.NaN, 0), at(5, 40, 1000, 0), NO_SCALE);
    expect(result.count).toBe(3);
    expect(result.mapeDropped).toBe(2);
    expect(result.mape).toBeCloseTo(0.2, 12);
    expect(result.smape).toBeCloseTo((2 + 20 / 90) / 3, 12);
    expect(result.wape).toBeCloseTo(15 / 50, 12);
  });

  test('MASE and RMSSE are errors over what the naive forecast would have made', () => {
    const history = at(10, 14, 12, 16);
    const scale = accuracyScale(history, 2);
    expect(scale.meanAbsolute).toBeCloseTo(2, 12);
    expect(scale.meanSquare).toBeCloseTo((16 + 4 + 16) / 3, 12);
    const result = accuracyOf(at(20, 20), at(16, 22), scale);
    expect(result.mase).toBeCloseTo(1.5, 12);
    expect(result.rmsse).toBeCloseTo(Math.sqrt(10 / 12), 12);
  });

  test('RMSSE counts its yardstick from the first demand on, as in M5', () => {
    expect(accuracyScale(at(0, 0, 0, 4, 2), 1).meanSquare).toBeCloseTo(4, 12);
  });

  test('what is not defined is NaN, never 0', () => {
    const result = accuracyOf(at(0, 0), at(1, 1), accuracyScale(at(3, 3, 3), 1));
    expect(result.wape).toBeNaN();
    expect(result.mape).toBeNaN();
    expect(result.mase).toBeNaN();
    expect(result.bias).toBeNaN();
    expect(accuracyOf(at(), at(), NO_SCALE).smape).toBeNaN();
  });
});

test('pinball loss: a miss above costs p, a miss below 1 - p', () => {
  expect(pinballLoss(at(10, 10), at(6, 12), 0.9)).toBeCloseTo((0.9 * 4 + 0.1 * 2) / 2, 12);
});

test('coverage counts the limits as inside', () => {
  expect(coverageOf(at(1, 2, 3, Number.NaN), at(1, 3, 0, 0), at(1, 4, 3, 0))).toBeCloseTo(2 / 3, 12);
});
