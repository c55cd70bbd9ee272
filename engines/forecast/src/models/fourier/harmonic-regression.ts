/**
 * Several seasons, of any length, as sums of sines and cosines: how many of each does a history call for?
 *
 * Input     a complete history and the season lengths in buckets, which need not be whole (365.25, 52.18), ascending.
 * Method    least squares on an intercept, a line and K_i harmonics of season i. Demand errors are no white noise: those of
 *           a wandering level look like slow waves. So history and regressors are differenced by (1 - r L) first, for
 *           r = 0, 0.7, 0.95, 1, and r and every K_i are chosen by AICc, the shortest season first, in two rounds.
 * Output    K_i and the coefficients a, b of each harmonic: a cos(2 pi k t / m) + b sin(2 pi k t / m), bucket 0 being the
 *           first of the history.
 * Cost      n d^2 / 2 multiplications for each r, d = 2 + 2 sum of the largest K.
 * Source    De Livera, Hyndman and Snyder (2011), J. of the American Statistical Association 106(496), 1513-1527, section 2.3
 *           for the choice of K by regression; Cochrane and Orcutt (1949) for the differences.
 */

export type Harmonics = {
  readonly period: number;
  /** Cosine and sine coefficients, harmonic 1 first. */
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
};

const DIFFERENCES = [0, 0.7, 0.95, 1];
const MOST_HARMONICS = 12;
// A pivot below this share of its column's square is a column that the ones before it already explain, as the
// seventh harmonic of 168 hours is the first of 24.
const COLLINEAR = 1e-9;
const ROUNDS = 2;

const mostHarmonics = (period: number): number => Math.min(MOST_HARMONICS, Math.floor(period / 2));

/** The harmonics of each season, estimated, and chosen unless their `counts` are given; a season may get none. */
export function harmonicRegression(
  history: Float64Array,
  periods: readonly number[],
  counts?: readonly number[],
): Harmonics[] {
  const most = counts ?? periods.map(mostHarmonics);
  const columns = 2 + 2 * most.reduce((sum, count) => sum + count, 0);
  const design = designOf(history.length, periods, most, columns);
  let best: Choice | undefined;
  for (const difference of DIFFERENCES) {
    const moments = momentsOf(history, design, columns, difference);
    const choice =
      counts === undefined
        ? chosen(moments, columns, most, history.length)
        : judged(moments, columns, most, counts, history.length);
    if (best === undefined || choice.aicc < best.aicc) best = choice;
  }
  // There always is a first choice; AICc may be infinite on a short history.
  return harmonicsOf(best!, periods, most);
}

/** Rows of the regression: intercept, line from -1 to 1, then cosine and sine of each harmonic, season by season. */
function designOf(
  count: number,
  periods: readonly number[],
  most: readonly number[],
  columns: number,
): Float64Array {
  const design = new Float64Array(count * columns);
  for (let t = 0; t < count; t++) {
    let at = t * columns;
    design[at++] = 1;
    design[at++] = (2 * t) / count - 1;
    for (let i = 0; i < periods.length; i++) {
      for (let k = 1; k <= most[i]; k++) {
        const angle = (2 * Math.PI * k * t) / periods[i];
        design[at++] = Math.cos(angle);
        design[at++] = Math.sin(angle);
      }
    }
  }
  return design;
}

/** X'X (lower triangle, row-major), X'y and y'y of the differenced rows. */
type Moments = { readonly squares: Float64Array; readonly products: Float64Array; readonly total: number };

function momentsOf(
  history: Float64Array,
  design: Float64Array,
  columns: number,
  difference: number,
): Moments {
  const squares = new Float64Array(columns * columns);
  const products = new Float64Array(columns);
  const row = new Float64Array(columns);
  const origin = history[0]; // Taken off, so that the squares do not drown in the level.
  let total = 0;
  for (let t = 1; t < history.length; t++) {
    const at = t * columns;
    for (let j = 0; j < columns; j++) row[j] = design[at + j] - difference * design[at - columns + j];
    const value = history[t] - origin - difference * (history[t - 1] - origin);
    total += value * value;
    for (let j = 0; j < columns; j++) {
      const factor = row[j];
      products[j] += factor * value;
      const line = j * columns;
      for (let i = 0; i <= j; i++) squares[line + i] += factor * row[i];
    }
  }
  return { squares, products, total };
}

type Choice = {
  readonly aicc: number;
  readonly counts: readonly number[];
  readonly coefficients: Float64Array;
};

/** The numbers of harmonics with the lowest AICc. */
function chosen(moments: Moments, columns: number, most: readonly number[], count: number): Choice {
  let counts = most.map(() => 0);
  let best = judged(moments, columns, most, counts, count);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < most.length; i++) {
      for (let k = 0; k <= most[i]; k++) {
        const trial = counts.map((kept, season) => (season === i ? k : kept));
        const choice = judged(moments, columns, most, trial, count);
        if (choice.aicc < best.aicc) best = choice;
      }
      counts = [...best.counts];
    }
    if (most.length < 2) break;
  }
  return best;
}

/** Least squares on the first harmonics of every season, by Cholesky factors that leave out collinear columns. */
function judged(
  { squares, products, total }: Moments,
  columns: number,
  most: readonly number[],
  counts: readonly number[],
  count: number,
): Choice {
  const kept = keptColumns(most, counts);
  const size = kept.length;
  const factor = new Float64Array(size * size);
  const solved = new Float64Array(size);
  let rank = 0;
  let rest = total;
  for (let j = 0; j < size; j++) {
    const row = kept[j] * columns;
    for (let i = 0; i <= j; i++) {
      let sum = squares[row + kept[i]];
      for (let k = 0; k < i; k++) sum -= factor[j * size + k] * factor[i * size + k];
      if (i < j) factor[j * size + i] = factor[i * size + i] > 0 ? sum / factor[i * size + i] : 0;
      else factor[j * size + j] = sum > COLLINEAR * squares[row + kept[j]] ? Math.sqrt(sum) : 0;
    }
    const pivot = factor[j * size + j];
    if (!(pivot > 0)) continue;
    let value = products[kept[j]];
    for (let k = 0; k < j; k++) value -= factor[j * size + k] * solved[k];
    solved[j] = value / pivot;
    rest -= solved[j] * solved[j];
    rank += 1;
  }
  const coefficients = new Float64Array(columns);
  for (let j = size - 1; j >= 0; j--) {
    const pivot = factor[j * size + j];
    if (!(pivot > 0)) continue;
    let value = solved[j];
    for (let k = j + 1; k < size; k++) value -= factor[k * size + j] * coefficients[kept[k]];
    coefficients[kept[j]] = value / pivot;
  }
  // Rounding leaves a residue of the total: below it a fit is perfect.
  const squaresLeft = Math.max(rest, 1e-14 * total);
  return { aicc: aiccOf(squaresLeft, rank + 1, count - 1), counts, coefficients };
}

function keptColumns(most: readonly number[], counts: readonly number[]): number[] {
  const kept = [0, 1];
  let first = 2;
  most.forEach((largest, i) => {
    for (let j = 0; j < 2 * counts[i]; j++) kept.push(first + j);
    first += 2 * largest;
  });
  return kept;
}

export function aiccOf(squares: number, estimated: number, count: number): number {
  const room = count - estimated - 1;
  if (room <= 0) return Infinity;
  const fit = count * Math.log(squares / count + Number.MIN_VALUE);
  return fit + 2 * estimated + (2 * estimated * (estimated + 1)) / room;
}

function harmonicsOf(
  { counts, coefficients }: Choice,
  periods: readonly number[],
  most: readonly number[],
): Harmonics[] {
  let first = 2;
  return periods.map((period, i) => {
    const start = first;
    first += 2 * most[i];
    const part = (offset: number): Float64Array =>
      Float64Array.from({ length: counts[i] }, (_, k) => coefficients[start + 2 * k + offset]);
    return { period, cosines: part(0), sines: part(1) };
  });
}
