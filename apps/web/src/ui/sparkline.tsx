const WIDTH = 84;
const HEIGHT = 26;
const MARGIN = 3;

/** A trend in ink with its last point, over a dashed target. Beside a number that says the same in words. */
export function Sparkline({ values, target }: { values: readonly (number | null)[]; target: number | null }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const all = target === null ? known : [...known, target];
  const low = Math.min(...all);
  const span = Math.max(...all) - low || 1;
  const x = (index: number): number => MARGIN + (index / (values.length - 1)) * (WIDTH - 2 * MARGIN);
  const y = (value: number): number => HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN);
  const points = values.flatMap((value, index) => (value === null ? [] : [[x(index), y(value)] as const]));
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      focusable="false"
    >
      {target === null ? null : (
        <path
          d={`M0 ${y(target)}H${WIDTH}`}
          stroke="var(--pw-control)"
          strokeWidth="1"
          strokeDasharray="4 3"
        />
      )}
      <polyline
        points={points.map((point) => point.join(',')).join(' ')}
        fill="none"
        stroke="var(--pw-ink)"
        strokeWidth="1.5"
      />
      <circle cx={lastX} cy={lastY} r="2.5" fill="var(--pw-accent)" />
    </svg>
  );
}
