import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  allocate,
  type CurrencyCode,
  decimalFromMoney,
  minorDigitsOf,
  moneyFromDecimal,
} from '@planwright/units';

const currency = fc.constantFrom('USD', 'JPY', 'KWD').map((code) => code as CurrencyCode);
const minor = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
const weights = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 })
  .filter((parts) => parts.some((part) => part > 0n));
const seed = 20_261;

test('an allocation sums to its total exactly, and no part is a unit away from its exact share', () => {
  fc.assert(
    fc.property(minor, currency, weights, (total, code, parts) => {
      const split = allocate({ minor: total, currency: code }, parts);
      const weightSum = parts.reduce((sum, part) => sum + part, 0n);
      expect(split.reduce((sum, part) => sum + part.minor, 0n)).toBe(total);
      split.forEach((part, index) => {
        const error = part.minor * weightSum - total * parts[index]; // scaled up by weightSum
        expect(error < weightSum && error > -weightSum).toBe(true);
        expect(parts[index] > 0n || part.minor === 0n).toBe(true);
      });
    }),
    { seed },
  );
});

test('a negative total splits like the positive one, so a clawback mirrors its payment', () => {
  fc.assert(
    fc.property(minor, weights, (total, parts) => {
      const usd = 'USD' as CurrencyCode;
      const paid = allocate({ minor: total, currency: usd }, parts);
      const back = allocate({ minor: -total, currency: usd }, parts);
      expect(back.map((part) => -part.minor)).toEqual(paid.map((part) => part.minor));
    }),
    { seed },
  );
});

test('money survives the way to text and back', () => {
  fc.assert(
    fc.property(minor, currency, (amount, code) => {
      const money = { minor: amount, currency: code };
      const text = decimalFromMoney(money);
      expect(moneyFromDecimal(text, code)).toEqual(money);
      expect(text.split('.')[1]?.length ?? 0).toBe(minorDigitsOf(code));
    }),
    { seed },
  );
});
