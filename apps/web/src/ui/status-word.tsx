import css from './status-word.module.css';

export type Tone = 'good' | 'watch' | 'bad' | 'neutral' | 'active';

/** A state as word, shape and colour together: a disc is good, a triangle is watch, a diamond is bad. */
export function StatusWord({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={css.word} data-tone={tone}>
      <svg width="9" height="9" viewBox="0 0 10 10" aria-hidden="true" className={css.shape}>
        {shapeOf(tone)}
      </svg>
      {children}
    </span>
  );
}

function shapeOf(tone: Tone) {
  if (tone === 'good') return <circle cx="5" cy="5" r="4.5" fill="currentColor" />;
  if (tone === 'watch') return <path d="M5 0.5 9.8 9.5H0.2Z" fill="currentColor" />;
  if (tone === 'bad') return <path d="M5 0 10 5 5 10 0 5Z" fill="currentColor" />;
  if (tone === 'active') return <path d="M0.5 0.5h9v9h-9Z" fill="currentColor" />;
  return <circle cx="5" cy="5" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.4" />;
}
