/** The mark: a plan. Ink is what happened, the upright line is today, the wedge is what may come. */
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d="M8 9 15.5 1.5v10Z" fill="var(--pw-accent)" />
      <path
        d="M1 13.5 4.5 10.5 8 9"
        fill="none"
        stroke="var(--pw-ink)"
        strokeWidth="2"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <path d="M8 1v14" stroke="var(--pw-ink)" strokeWidth="1" />
    </svg>
  );
}
