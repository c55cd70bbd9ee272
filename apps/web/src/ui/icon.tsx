/** Strokes on a 16 px field, drawn for this page. */
const PATHS = {
  home: 'M2 7.5 8 2.5l6 5M3.5 6.5V13.5h9V6.5M6.5 13.5v-4h3v4',
  demand: 'M2 12.5 5 8l3 2.5M8 10.5l6-7M8 10.5l6 1M8 2v12',
  supply: 'M2 5.5 8 2.5l6 3v5l-6 3-6-3ZM2 5.5l6 3 6-3M8 8.5v5',
  finance: 'M2 13.5h12M3.5 13.5v-4M6.5 13.5V5M9.5 13.5V8M12.5 13.5V2.5',
  cycle: 'M13.5 8a5.5 5.5 0 1 1-1.7-4M13.5 2v3h-3',
  data: 'M2.5 4c0-2 11-2 11 0v8c0 2-11 2-11 0ZM2.5 4c0 2 11 2 11 0M2.5 8c0 2 11 2 11 0',
  admin: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8ZM2.5 14c.5-3 2.6-4 5.5-4s5 1 5.5 4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z',
  system: 'M2 3h12v8H2ZM5.5 13.5h5M8 11v2.5',
  close: 'M4 4l8 8M12 4l-8 8',
  left: 'M10 3 5 8l5 5',
  right: 'M6 3l5 5-5 5',
  down: 'M3 6l5 5 5-5',
  download: 'M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11',
  table: 'M2 3h12v10H2ZM2 6.5h12M2 10h12M6.5 3v10',
  chart: 'M2 13.5h12M2.5 11 6 6.5l3 2L13.5 3',
  play: 'M4.5 3v10l8-5Z',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  rows: 'M2 4h12M2 8h12M2 12h8',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside a word, or inside a button that has a name of its own: never read aloud. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth={name === 'more' ? 2 : 1.4}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
