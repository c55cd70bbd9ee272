/**
 * Money that someone is paid or billed: a whole count of the currency's smallest unit, never a float.
 *
 * Laws     parts of an allocation sum to the total exactly; text -> money -> text is the identity.
 * Differs  from plan money, which is Float64 and labelled an estimate.
 */
import { assert } from './assert.ts';

export type CurrencyCode = string & { readonly __brand: 'CurrencyCode' };

/** An exact amount. `minor` counts the currency's smallest unit: cents for USD, yen for JPY. */
export type Money = { readonly minor: bigint; readonly currency: CurrencyCode };

// ISO 4217 currencies whose smallest unit is not a hundredth, by their number of decimals.
const CURRENCIES_BY_DIGITS: ReadonlyMap<number, string> = new Map([
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
]);
const DEFAULT_MINOR_DIGITS = 2;

/** Accepts three capital letters; anything else is null, for the caller to report as an issue. */
export function currencyCode(text: string): CurrencyCode | null {
  return /^[A-Z]{3}$/.test(text) ? (text as CurrencyCode) : null;
}

/** How many decimals the currency has: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217). */
export function minorDigitsOf(currency: CurrencyCode): number {
  for (const [digits, currencies] of CURRENCIES_BY_DIGITS) if (currencies.includes(currency)) return digits;
  return DEFAULT_MINOR_DIGITS;
}

/**
 * Reads plain decimal text ('-12.50'). Null for anything else, and for more decimals than the currency
 * has unless they are zeros: rounding is a decision, and reading must not take it.
 */
export function moneyFromDecimal(text: string, currency: CurrencyCode): Money | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) return null;
  const [, sign, whole, decimals = ''] = match;
  const digits = minorDigitsOf(currency);
  if (/[^0]/.test(decimals.slice(digits))) return null;
  const minor = BigInt(whole + decimals.slice(0, digits).padEnd(digits, '0'));
  return { minor: sign === '-' ? -minor : minor, currency };
}

/** Writes plain decimal text with all the currency's decimals: '12.50' USD, '13' JPY. */
export function decimalFromMoney(money: Money): string {
  const digits = minorDigitsOf(money.currency);
  const sign = money.minor < 0n ? '-' : '';
  const text = (money.minor < 0n ? -money.minor : money.minor).toString().padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Adds amounts of one currency. `currency` names it, so that the sum of nothing is defined. */
export function sumOfMoney(amounts: readonly Money[], currency: CurrencyCode): Money {
  assert(
    amounts.every((amount) => amount.currency === currency),
    'amounts that are added have one currency',
  );
  return { minor: amounts.reduce((sum, amount) => sum + amount.minor, 0n), currency };
}

/**
 * Splits `total` in proportion to `weights`. The parts sum to `total` exactly.
 * Left-over minor units go to the largest remainders, ties to the lower index,
 * so that recomputing a commission statement never moves a cent between people.
 */
export function allocate(total: Money, weights: readonly bigint[]): Money[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0n);
  assert(
    weights.every((weight) => weight >= 0n),
    'weights are not negative',
  );
  assert(weightSum > 0n, 'at least one weight is positive');

  const sign = total.minor < 0n ? -1n : 1n;
  const exact = weights.map((weight) => total.minor * sign * weight); // scaled up by weightSum
  const parts = exact.map((part) => part / weightSum);
  const leftover = Number(total.minor * sign - parts.reduce((sum, part) => sum + part, 0n));
  const indexesByRemainder = [...exact.keys()].sort(
    (a, b) => Number((exact[b] % weightSum) - (exact[a] % weightSum)) || a - b,
  );
  for (const index of indexesByRemainder.slice(0, leftover)) parts[index] += 1n;
  return parts.map((part) => ({ minor: part * sign, currency: total.currency }));
}
