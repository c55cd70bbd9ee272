/** The standard normal distribution, to about 15 significant digits. */

/**
 * P(X <= x). Relative error below 1e-13 in the body, and in the lower tail down to x = -37.
 * Source: Hart et al. (1968) algorithm 5666 as given by West (2005), "Better approximations to cumulative normal functions".
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  const z = Math.abs(x);
  if (z > 38) return x > 0 ? 1 : 0;
  const density = Math.exp((-z * z) / 2);
  const tail =
    z < 7.07106781186547 ? density * (hartNumerator(z) / hartDenominator(z)) : tailFraction(z, density);
  return x > 0 ? 1 - tail : tail;
}

function hartNumerator(z: number): number {
  let sum = 3.52624965998911e-2 * z + 0.700383064443688;
  sum = sum * z + 6.37396220353165;
  sum = sum * z + 33.912866078383;
  sum = sum * z + 112.079291497871;
  sum = sum * z + 221.213596169931;
  return sum * z + 220.206867912376;
}

function hartDenominator(z: number): number {
  let sum = 8.83883476483184e-2 * z + 1.75566716318264;
  sum = sum * z + 16.064177579207;
  sum = sum * z + 86.7807322029461;
  sum = sum * z + 296.564248779674;
  sum = sum * z + 637.333633378831;
  sum = sum * z + 793.826512519948;
  return sum * z + 440.413735824752;
}

/** Continued fraction of Mills' ratio, for the far tail. */
function tailFraction(z: number, density: number): number {
  let fraction = z + 0.65;
  for (let k = 6; k >= 1; k--) fraction = z + k / fraction;
  return density / fraction / 2.506628274631;
}

/**
 * The x with P(X <= x) = probability; -Infinity at 0, Infinity at 1, NaN outside. Relative error about 1e-16.
 * Source: Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37(3), 477-484.
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (Math.abs(q) <= 0.425) return q * centralRatio(0.180625 - q * q);
  if (!(probability > 0 && probability < 1)) {
    if (probability === 0) return -Infinity;
    return probability === 1 ? Infinity : Number.NaN;
  }
  const r = Math.sqrt(-Math.log(q < 0 ? probability : 1 - probability));
  const x = r <= 5 ? shoulderRatio(r - 1.6) : farRatio(r - 5);
  return q < 0 ? -x : x;
}

/** Horner's rule, highest power first. */
function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

const CENTRAL_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const CENTRAL_BOTTOM = [
  5226.495278852546, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const SHOULDER_TOP = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const SHOULDER_BOTTOM = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const FAR_TOP = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const FAR_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

const centralRatio = (r: number): number => horner(CENTRAL_TOP, r) / horner(CENTRAL_BOTTOM, r);
const shoulderRatio = (r: number): number => horner(SHOULDER_TOP, r) / horner(SHOULDER_BOTTOM, r);
const farRatio = (r: number): number => horner(FAR_TOP, r) / horner(FAR_BOTTOM, r);
