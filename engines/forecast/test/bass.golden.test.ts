import { describe, expect, test } from 'vitest';
import { bassPeak, bassRegression, bassSales, fittedBass } from '../src/life-cycle/bass.ts';

const relative = (value: number, reference: number): number => Math.abs(value / reference - 1);

describe('the Bass curve', () => {
  // Bass (1969), Management Science 15(5), table 2 and 4: room air conditioners, p = .010399, q = .41861, m = 16,895 thousand,
  // sales highest after 8.6 years.
  test('peaks when Bass says that room air conditioners do', () => {
    const curve = { innovation: 0.010399, imitation: 0.41861, market: 16895 };
    expect(bassPeak(curve)).toBeCloseTo(8.6, 1);
    const sales = bassSales(curve, 60);
    expect(sales.indexOf(Math.max(...sales))).toBe(8);
    expect(sales.reduce((sum, value) => sum + value, 0)).toBeCloseTo(16895, 3);
  });

  // Srinivasan and Mason (1986), Marketing Science 5(2), table 1: the same item, 1949 to 1961, sales in thousands,
  // by non-linear least squares: p = .0094, q = .3748, m = 18,713 thousand.
  test('fits the sales of room air conditioners as Srinivasan and Mason do', () => {
    const sales = Float64Array.of(96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500);
    const found = fittedBass(sales)!;
    expect(found.innovation).toBeCloseTo(0.0094, 4);
    expect(found.imitation).toBeCloseTo(0.3748, 4);
    expect(relative(found.market, 18713)).toBeLessThan(1e-4);
  });

  // A worked example of a course at MIT (15.S/2.555A, module 1): five years of adoptions in millions give
  // p = .0626032, q = .73766359, m = 10.5036768 by Bass's regression.
  test('regresses as Bass does', () => {
    const found = bassRegression(Float64Array.of(0.517, 1.169, 1.604, 2.044, 2.286))!;
    expect(found.innovation).toBeCloseTo(0.0626032, 7);
    expect(found.imitation).toBeCloseTo(0.73766359, 7);
    expect(found.market).toBeCloseTo(10.5036768, 6);
  });

  test('finds its own parameters again, whatever the unit', () => {
    const truth = { innovation: 0.012, imitation: 0.21, market: 5e6 };
    const sales = bassSales(truth, 26);
    sales[3] = Number.NaN;
    const found = fittedBass(sales)!;
    expect(relative(found.innovation, truth.innovation)).toBeLessThan(1e-3);
    expect(relative(found.imitation, truth.imitation)).toBeLessThan(1e-3);
    expect(relative(found.market, truth.market)).toBeLessThan(1e-3);
  });

  test('says nothing where there is nothing to fit', () => {
    expect(fittedBass(Float64Array.of(1, 2, 3))).toBeUndefined();
    expect(fittedBass(new Float64Array(12))).toBeUndefined();
  });
});
