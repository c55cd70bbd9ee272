import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { autoModel } from '../src/choice/auto-forecast.ts';
import { explainForecast } from '../src/explanation/explain-forecast.ts';
import { spokenList, spokenNumber, spokenShare } from '../src/explanation/spoken-number.ts';

const MONTHS = ['October', 'November', 'December'];
const part = (
  name: string,
  ...future: number[]
): { name: string; history: Float64Array; future: Float64Array } => ({
  name,
  history: new Float64Array(),
  future: Float64Array.from(future),
});

describe('spokenNumber', () => {
  test('shows the digits that mean something', () => {
    const numbers = [0, 0.004, 0.275, -3.04, 9.96, 46.4, -1239.6, 1234567.8];
    expect(numbers.map((value) => spokenNumber(value))).toEqual([
      '0',
      '0',
      '0.28',
      '-3',
      '10',
      '46',
      '-1,240',
      '1,234,568',
    ]);
    expect(spokenNumber(12, 'pieces')).toBe('12 pieces');
    expect([0.2345, 0.0449, 0.0061, -0.5].map(spokenShare)).toEqual(['23 %', '4.5 %', '0.6 %', '-50 %']);
    expect([spokenList([]), spokenList(['a']), spokenList(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});

describe('explainForecast', () => {
  test('says what a forecast is made of, with numbers and units', () => {
    const sentences = explainForecast({
      components: [
        part('level', 1240, 1240, 1240),
        part('trend', 0, 12, 24),
        part('season', -90, 20, 310),
        part('Spring sale', 0, 292.56, 0),
      ],
      drivers: [{ name: 'The price', effect: Float64Array.of(-60, 0, 0) }],
      reason: 'Demand is regular, so the mean of two sound methods is taken.',
      accuracy: { wape: 0.142, bias: 0.031 },
      range: { lower: 3700, upper: 4800, band: 80 },
      unit: 'pieces',
      bucketWord: 'month',
      bucketNames: MONTHS,
    });
    expect(sentences).toEqual([
      'Level 1,240 pieces a month; the season adds 310 in December and takes 90 in October; growth adds 12 a month.',
      'Spring sale adds 293 pieces (23 %) in November; The price takes 60 pieces (5.2 %) in October.',
      'Together 4,229 pieces over the next 3 months, in 80 of 100 cases between 3,700 and 4,800.',
      'Demand is regular, so the mean of two sound methods is taken.',
      'Such forecasts were off by 14 % of demand so far, and 3.1 % too high in sum.',
    ]);
  });

  test('leaves out what is not there', () => {
    expect(explainForecast({ components: [part('level', 5, 5)], unit: 'kg', bucketWord: 'week' })).toEqual([
      'Level 5 kg a week.',
      'Together 10 kg over the next 2 weeks.',
    ]);
    expect(explainForecast({ components: [] })).toEqual([]);
  });

  test('explains every automatic forecast in at most five sentences', () => {
    const history = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { maxLength: 48, size: 'max' });
    fc.assert(
      fc.property(history, fc.integer({ min: 1, max: 14 }), (values, horizon) => {
        const fitted = autoModel('fast').fit(Float64Array.from(values), { season: 12 });
        const sentences = explainForecast({
          components: fitted.components(horizon),
          method: fitted.label,
          accuracy: { wape: Number.NaN, bias: Number.NaN },
        });
        expect(sentences.length).toBeLessThanOrEqual(5);
        for (const text of sentences) {
          expect(text).toMatch(/^[A-Z].*\.$/);
          expect(text).not.toMatch(/NaN|Infinity|undefined/);
        }
      }),
      { seed: 95, numRuns: 60 },
    );
  });
});
