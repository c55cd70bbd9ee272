/**
 * The partial quicksort by which the STL code of 1990 looks for the median of the remainders, with its one peculiarity.
 *
 * For an even count the original asks for places n/2 + 1 and n/2, in this order, of a routine that expects ascending
 * places. Where a partition falls between the two, one of them is left unsorted, and the "median" of R's robust stl()
 * is half of some other value. Robust decompositions depend on it in the third digit, now and then in the first, so
 * whoever compares with R needs the same routine; this is it, in recursive form. Never more than n log n on average.
 *
 * Source    Singleton (1969), Algorithm 347, Communications of the ACM 12(3), 185-187, as modified for partial sorting in
 *           psort() of R's stats package.
 */

// Ranges this short are sorted by insertion, unless they touch the start, where insertion would have no sentinel.
const SHORT = 10;

/** Twice the median of `values` as R's stl() finds it; sorts `values` in part. Needs at least two values. */
export function twiceMedianLikeR(values: Float64Array): number {
  const count = values.length;
  const upper = Math.floor(count / 2);
  const lower = count - upper - 1;
  const places = [upper, lower];
  sortAround(values, 0, count - 1, places, 0, 1);
  return values[upper] + values[lower];
}

/** Sorts values[from .. to] as far as places[first .. last] ask for it. */
function sortAround(
  values: Float64Array,
  from: number,
  to: number,
  places: readonly number[],
  first: number,
  last: number,
): void {
  let low = from;
  let high = to;
  let firstPlace = first;
  let lastPlace = last;
  while (high - low > SHORT || (low === 0 && low < high)) {
    const [leftEnd, rightStart] = partition(values, low, high);
    if (leftEnd - low <= high - rightStart) {
      const lastBefore = lastPlace;
      while (lastPlace >= firstPlace && places[lastPlace] > leftEnd) lastPlace -= 1;
      if (lastPlace < firstPlace) {
        lastPlace = lastBefore;
        low = rightStart;
        continue;
      }
      if (lastPlace < lastBefore) sortAround(values, rightStart, high, places, lastPlace + 1, lastBefore);
      high = leftEnd;
    } else {
      const firstBefore = firstPlace;
      while (firstPlace <= lastPlace && places[firstPlace] < rightStart) firstPlace += 1;
      if (firstPlace > lastPlace) {
        firstPlace = firstBefore;
        high = leftEnd;
        continue;
      }
      if (firstPlace > firstBefore) sortAround(values, low, leftEnd, places, firstBefore, firstPlace - 1);
      low = rightStart;
    }
  }
  if (low > 0) insertionSort(values, low, high);
}

/** Splits around the median of three; returns the last index of the left part and the first of the right one. */
function partition(values: Float64Array, low: number, high: number): readonly [number, number] {
  // The original counts from 1, which decides the middle of an odd number of places.
  const middle = Math.floor((low + high + 2) / 2) - 1;
  if (values[low] > values[middle]) swap(values, low, middle);
  if (values[high] < values[middle]) {
    swap(values, high, middle);
    if (values[low] > values[middle]) swap(values, low, middle);
  }
  const pivot = values[middle];
  let left = low;
  let right = high;
  for (;;) {
    do right -= 1;
    while (values[right] > pivot);
    do left += 1;
    while (values[left] < pivot);
    if (left > right) return [right, left];
    swap(values, left, right);
  }
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i];
  values[i] = values[j];
  values[j] = kept;
}

function insertionSort(values: Float64Array, low: number, high: number): void {
  for (let i = low; i < high; i++) {
    const value = values[i + 1];
    let k = i;
    while (k >= low && values[k] > value) {
      values[k + 1] = values[k];
      k -= 1;
    }
    values[k + 1] = value;
  }
}
