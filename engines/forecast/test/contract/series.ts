import { randomStream } from '@planwright/numerics';

const from = (count: number, value: (t: number) => number): Float64Array =>
  Float64Array.from({ length: count }, (_, t) => value(t));

const noise = randomStream(1, 'contract');
const monthly = from(60, (t) => 100 + t + 20 * Math.sin((2 * Math.PI * t) / 12) + 5 * noise.normal());

/** The series that break forecasting engines. */
export const AWKWARD_SERIES: Readonly<Record<string, Float64Array>> = {
  empty: from(0, () => 0),
  'one value': Float64Array.of(7),
  'two values': Float64Array.of(7, 9),
  'three values': Float64Array.of(7, 9, 4),
  'all zeros': from(30, () => 0),
  constant: from(30, () => 5),
  'constant 0.1': from(30, () => 0.1),
  'all missing': from(20, () => Number.NaN),
  'missing at both ends': monthly.map((value, t) => (t < 7 || t > 55 ? Number.NaN : value)),
  'one observation among gaps': from(20, (t) => (t === 11 ? 3 : Number.NaN)),
  '20 % missing': monthly.map((value, t) => (t % 5 === 2 ? Number.NaN : value)),
  'a missing year': monthly.map((value, t) => (t >= 20 && t < 33 ? Number.NaN : value)),
  negatives: monthly.map((value) => value - 150),
  'all negative': monthly.map((value) => -value),
  huge: monthly.map((value) => value * 1e298),
  'as large as can be': from(30, (t) => (t % 2 === 0 ? 1.7e308 : -1.7e308)),
  'one huge value': monthly.map((value, t) => (t === 30 ? 1e300 : value)),
  tiny: monthly.map((value) => value * 1e-300),
  infinities: monthly.map((value, t) => (t === 9 ? Infinity : t === 10 ? -Infinity : value)),
  'one spike': from(40, (t) => (t === 21 ? 1000 : 0)),
  'a spike at the end': from(40, (t) => (t === 39 ? 1000 : 0)),
  intermittent: from(50, (t) => (t % 7 === 3 ? 4 + (t % 3) : 0)),
  dying: from(50, (t) => (t < 25 ? 10 + (t % 4) : 0)),
  launched: from(50, (t) => (t < 40 ? 0 : 10 + (t % 4))),
  'seasonal with zeros': from(60, (t) => (t % 12 < 5 ? 50 + 3 * (t % 12) : 0)),
  'season longer than history': monthly.slice(0, 9),
  'one season': monthly.slice(0, 12),
  'just two seasons': monthly.slice(0, 24),
  exponential: from(48, (t) => 1.5 ** t),
  'to zero': from(48, (t) => Math.max(0, 100 - 4 * t)),
  'a perfect season': from(48, (t) => 100 + 10 * (t % 12)),
  monthly,
};
