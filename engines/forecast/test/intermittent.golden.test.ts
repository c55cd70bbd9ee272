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
import { sparseScores } from './competition.ts';
import { CAR_PARTS, carParts, type CompetitionSeries, hasData, orSkipped } from './reference-data.ts';

const HORIZON = 12;

/** RMSSE and bias of a model's means, and the share of demand below its 95 % quantile. */
function judge(set: readonly CompetitionSeries[], model: ForecastModel) {
  const fits = new Map(set.map(({ id, train }) => [id, model.fit(train, { season: 12 })]));
  const { rmsse, bias } = sparseScores(set, ({ id }) => fits.get(id)!.mean(HORIZON));
  let below = 0;
  for (const { id, test: future } of set) {
    const upper = fits.get(id)!.quantile(HORIZON, 0.95);
    future.forEach((demand, step) => {
      if (demand <= upper[step]) below += 1 / HORIZON / set.length;
    });
  }
  process.stdout.write(
    `car parts ${model.id.padEnd(16)} RMSSE ${rmsse.toFixed(4)}  bias ${(100 * bias).toFixed(1)} %  below the 95 % quantile ${(100 * below).toFixed(1)} %\n`,
  );
  return { rmsse, bias, below };
}

describe.skipIf(!hasData(CAR_PARTS))(
  `2,404 car parts, 39 months known, 12 forecast${orSkipped(CAR_PARTS)}`,
  () => {
    test('the default reaches RMSSE 0.577 with a bias within 6 %', () => {
      const set = carParts();
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
      const { rmsse, bias } = judge(carParts(), movingAverage(12));
      expect(rmsse).toBeCloseTo(0.577, 3);
      expect(bias).toBeCloseTo(0.165, 3);
    });
  },
);
