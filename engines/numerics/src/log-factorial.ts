const SMALL: number[] = [0];
for (let n = 1; n < 32; n++) SMALL.push(SMALL[n - 1] + Math.log(n));

/**
 * ln(n!) for a whole number n >= 0, to about 15 digits: a table below 32, Stirling's series above.
 * Source: Abramowitz and Stegun (1964), 6.1.41.
 */
export function logFactorial(n: number): number {
  if (n < SMALL.length) return SMALL[n];
  const x = n + 1;
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series;
}
