/**
 * The Bass curve: how a new durable spreads when some buy on their own (innovation p) and some because others
 * did (imitation q), until everyone of the market m has bought once.
 *
 * Sales of bucket t (0 is the launch) are m (F(t + 1) - F(t)), F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t).
 * Rates are per bucket: weekly rates are about a 52nd of yearly ones.
 *
 * Fit      least squares on the sales of the buckets, m in closed form (Srinivasan and Mason 1986, Marketing Science 5(2),
 *          169-178), from the start that Bass's own regression gives and two fixed ones. About 600 passes over the buckets.
 * Source   Bass (1969), Management Science 15(5), 215-227.
 */
import { minimise } from '@planwright/numerics';

export type BassCurve = {
  /** Share of those who have not bought that buys per bucket, whoever else did. Above 0. */
  readonly innovation: number;
  /** What it gains per bucket when everyone else has bought; 0 or more. */
  readonly imitation: number;
  /** All that will ever be bought, in the unit of the sales. */
  readonly market: number;
};

/** Sales of the first `horizon` buckets from the launch on. */
export function bassSales(curve: BassCurve, horizon: number): Float64Array {
  const sales = new Float64Array(horizon);
  let before = 0;
  for (let t = 0; t < horizon; t++) {
    const after = adopted(curve, t + 1);
    sales[t] = curve.market * Math.max(0, after - before);
    before = after;
  }
  return sales;
}

/** Buckets from the launch to the highest sales; 0 where they only fall. */
export function bassPeak({ innovation, imitation }: BassCurve): number {
  return imitation > innovation ? Math.log(imitation / innovation) / (innovation + imitation) : 0;
}

function adopted({ innovation, imitation }: BassCurve, time: number): number {
  const decay = Math.exp(-(innovation + imitation) * time);
  return (1 - decay) / (1 + (imitation / innovation) * decay);
}

const SMALLEST_RATE = 1e-6;
const LOWER = Float64Array.of(Math.log(SMALLEST_RATE), Math.log(SMALLEST_RATE));
const UPPER = Float64Array.of(Math.log(0.9), Math.log(3));
const STEP = Float64Array.of(0.7, 0.7);
const FEWEST = 4;

/**
 * The Bass curve nearest to the sales of a launch (bucket 0 first; NaN is not observed and left out of the sum).
 * undefined below four observed buckets or without sales.
 */
export function fittedBass(sales: Float64Array): BassCurve | undefined {
  let observed = 0;
  let total = 0;
  for (const value of sales) {
    if (!Number.isFinite(value)) continue;
    observed += 1;
    total += Math.max(0, value);
  }
  if (observed < FEWEST || !(total > 0)) return undefined;
  const guess = bassRegression(sales);
  const starts: readonly (readonly [number, number])[] = [
    ...(guess === undefined ? [] : [[guess.innovation, guess.imitation] as const]),
    [0.03, 0.38],
    [0.3 / sales.length, 2 / sales.length],
  ];
  let best: BassCurve | undefined;
  let least = Infinity;
  for (const [p, q] of starts) {
    const found = minimise(
      (point) => squaresOf(sales, marketOf(sales, Math.exp(point[0]), Math.exp(point[1]))),
      Float64Array.of(Math.log(Math.max(SMALLEST_RATE, p)), Math.log(Math.max(SMALLEST_RATE, q))),
      { lower: LOWER, upper: UPPER, step: STEP, maxEvaluations: 200, tolerance: 1e-12 * total * total },
    );
    if (!(found.value < least)) continue;
    least = found.value;
    best = marketOf(sales, Math.exp(found.point[0]), Math.exp(found.point[1]));
  }
  return best;
}

/** The rates with the market that fits the sales best. */
function marketOf(sales: Float64Array, innovation: number, imitation: number): BassCurve {
  const shape = bassSales({ innovation, imitation, market: 1 }, sales.length);
  let cross = 0;
  let squares = 0;
  for (let t = 0; t < sales.length; t++) {
    if (!Number.isFinite(sales[t])) continue;
    cross += sales[t] * shape[t];
    squares += shape[t] * shape[t];
  }
  return { innovation, imitation, market: squares > 0 ? Math.max(0, cross / squares) : 0 };
}

function squaresOf(sales: Float64Array, curve: BassCurve): number {
  const modelled = bassSales(curve, sales.length);
  let squares = 0;
  for (let t = 0; t < sales.length; t++)
    if (Number.isFinite(sales[t])) squares += (sales[t] - modelled[t]) ** 2;
  return squares;
}

/**
 * Bass's own estimate: sales regressed on the sum of sales before them and its square, S = a + b Y + c Y^2; then
 * m = (-b - sqrt(b^2 - 4 a c)) / 2 c, p = a / m, q = -c m. undefined where that gives no market.
 */
export function bassRegression(sales: Float64Array): BassCurve | undefined {
  let scale = 0;
  for (const value of sales) if (Number.isFinite(value)) scale += value;
  if (!(scale > 0)) return undefined;
  // Sums of powers of the cumulated sales, as shares of the total so that none runs off.
  const powers = new Float64Array(5);
  const right = new Float64Array(3);
  let before = 0;
  for (const value of sales) {
    if (!Number.isFinite(value)) continue;
    let power = 1;
    for (let k = 0; k < 5; k++) {
      powers[k] += power;
      if (k < 3) right[k] += (power * value) / scale;
      power *= before;
    }
    before += value / scale;
  }
  const [a, b, c] = solvedQuadratic(powers, right);
  const root = b * b - 4 * a * c;
  if (!(root >= 0) || !(c < 0) || !(a > 0)) return undefined;
  const market = (-b - Math.sqrt(root)) / (2 * c);
  const innovation = a / market;
  const imitation = -c * market;
  return market > 0 ? { innovation, imitation, market: market * scale } : undefined;
}

/** Normal equations of a parabola by Cramer's rule. */
function solvedQuadratic(s: Float64Array, r: Float64Array): [number, number, number] {
  const determinant = (x: readonly number[]): number =>
    x[0] * (x[4] * x[8] - x[5] * x[7]) -
    x[1] * (x[3] * x[8] - x[5] * x[6]) +
    x[2] * (x[3] * x[7] - x[4] * x[6]);
  const whole = determinant([s[0], s[1], s[2], s[1], s[2], s[3], s[2], s[3], s[4]]);
  return [
    determinant([r[0], s[1], s[2], r[1], s[2], s[3], r[2], s[3], s[4]]) / whole,
    determinant([s[0], r[0], s[2], s[1], r[1], s[3], s[2], r[2], s[4]]) / whole,
    determinant([s[0], s[1], r[0], s[1], s[2], r[1], s[2], s[3], r[2]]) / whole,
  ];
}
