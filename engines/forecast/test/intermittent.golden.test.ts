import { describe, expect, test } from 'vitest';
import {
  adida,
  croston,
  type ForecastModel,
  imapa,
  imapaSurvival,
  autoModel,
  movingAverage,
  sba,
  tsb,
} from '@planwright/forecast';
import { hasData, orSkipped, readData } from './reference-data.ts';

const FOLDER = 'forecast_golden/carparts';
const TRAIN = `${FOLDER}/train.csv`;
const HORIZON = 12;

type Part = { readonly train: Float64Array; readonly test: Float64Array };

function parts(): Part[] {
  const fields = (name: string): string[][] =>
    readData(`${FOLDER}/${name}`)
      .trim()
      .split('\n')
      .map((line) => line.split(','));
  const tests = new Map(fields('test.csv').map(([id, ...values]) => [id, Float64Array.from(values, Number)]));
  return fields('train.csv').map(([id, , , ...values]) => ({
    train: Float64Array.from(values.filter(Boolean), Number),
    test: tests.get(id)!,
  }));
}

/** Mean RMSSE (scaled from the first demand on, as in M5), bias over all demand, and the share below the 95 % quantile. */
function judge(set: readonly Part[], model: ForecastModel) {
  let rmsse = 0;
  let over = 0;
  let demand = 0;
  let below = 0;
  for (const { train, test: future } of set) {
    const fitted = model.fit(train, { season: 12 });
    const mean = fitted.mean(HORIZON);
    const upper = fitted.quantile(HORIZON, 0.95);
    const first = train.findIndex((value) => value > 0);
    let steps = 0;
    for (let t = first + 1; t < train.length; t++)
      steps += (train[t] - train[t - 1]) ** 2 / (train.length - first - 1);
    let squares = 0;
    for (let h = 0; h < HORIZON; h++) {
      squares += (future[h] - mean[h]) ** 2 / HORIZON;
      over += mean[h] - future[h];
      demand += future[h];
      if (future[h] <= upper[h]) below += 1 / HORIZON / set.length;
    }
    rmsse += Math.sqrt(squares / steps) / set.length;
  }
  process.stdout.write(
    `car parts ${model.id.padEnd(16)} RMSSE ${rmsse.toFixed(4)}  bias ${((100 * over) / demand).toFixed(1)} %  below the 95 % quantile ${(100 * below).toFixed(1)} %\n`,
  );
  return { rmsse, bias: over / demand, below };
}

describe.skipIf(!hasData(TRAIN))(`2,404 car parts, 39 months known, 12 forecast${orSkipped(TRAIN)}`, () => {
  test('the default reaches RMSSE 0.577 with a bias within 6 %', () => {
    const set = parts();
    expect(set.length).toBe(2404);
    for (const model of [croston, sba, tsb, adida, imapa]) judge(set, model);
    const ours = judge(set, imapaSurvival);
    expect(ours.rmsse).toBeLessThanOrEqual(0.577);
    expect(Math.abs(ours.bias)).toBeLessThanOrEqual(0.06);
    expect(Math.abs(ours.below - 0.95)).toBeLessThan(0.03);
    const automatic = judge(set, autoModel());
    expect(automatic.rmsse).toBeLessThanOrEqual(0.577);
    expect(Math.abs(automatic.bias)).toBeLessThanOrEqual(0.06);
  });

  test('a moving average scores what the reference table says, so the yardstick is right', () => {
    const { rmsse, bias } = judge(parts(), movingAverage(12));
    expect(rmsse).toBeCloseTo(0.577, 3);
    expect(bias).toBeCloseTo(0.165, 3);
  });
});
