import { expect, test } from 'vitest';
import { allocate, type CurrencyCode, currencyCode, moneyFromDecimal, sumOfMoney } from '@planwright/units';

const usd = 'USD' as CurrencyCode;
const yen = 'JPY' as CurrencyCode;

test('left-over cents go to the largest remainder, ties to the first', () => {
  const parts = (minor: bigint, weights: bigint[]) =>
    allocate({ minor, currency: usd }, weights).map((p) => p.minor);
  expect(parts(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
  expect(parts(5n, [3n, 3n, 1n])).toEqual([2n, 2n, 1n]); // 2.14, 2.14, 0.71: the last has the largest remainder
  expect(parts(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
});

test('weights that cannot divide anything are a broken caller', () => {
  expect(() => allocate({ minor: 1n, currency: usd }, [0n, 0n])).toThrow('at least one weight is positive');
  expect(() => allocate({ minor: 1n, currency: usd }, [2n, -1n])).toThrow('weights are not negative');
});

test('reading refuses what it would have to round or guess', () => {
  expect(moneyFromDecimal('12.345', usd)).toBeNull();
  expect(moneyFromDecimal('12.340', usd)).toEqual({ minor: 1234n, currency: usd });
  expect(moneyFromDecimal('12.5', yen)).toBeNull();
  for (const text of ['', '1,000', '1e3', '+1', ' 1', '.5', '1.', 'NaN'])
    expect(moneyFromDecimal(text, usd)).toBeNull();
});

test('currencies are never mixed', () => {
  expect(() => sumOfMoney([{ minor: 1n, currency: yen }], usd)).toThrow('one currency');
  expect(sumOfMoney([], usd)).toEqual({ minor: 0n, currency: usd });
  expect(currencyCode('usd')).toBeNull();
  expect(currencyCode('EUR')).toBe('EUR');
});
