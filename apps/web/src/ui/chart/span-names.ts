import type { TimeSpan } from './time-series.ts';

/** A span with the line of names that its own stands in; null where there is no room for it. */
export type NamedSpan = TimeSpan & {
  readonly text: string;
  readonly lane: number | null;
  /** The name ends where the span does, since it would not fit before the right edge. */
  readonly fromRight: boolean;
};

const LANES_MAX = 3;
/** Names would cover a picture that is narrower than this. */
const ROOM_MIN = 480;
const LETTER_WIDTH = 6;
const LETTERS_MAX = 24;
const GAP = 8;

/**
 * Names of spans in lines above the picture so that none touches another: the latest first, as they matter most.
 * A bucket is `bucketWidth` pixels wide, and names may reach `room` pixels from the first one.
 */
export function spanNames(
  spans: readonly TimeSpan[],
  bucketWidth: number,
  room: number,
): { readonly spans: readonly NamedSpan[]; readonly laneCount: number } {
  const taken: { lane: number; from: number; to: number }[] = [];
  const laneFor = (from: number, to: number): number | null => {
    for (let lane = 0; lane < LANES_MAX; lane++) {
      const free = taken.every((other) => other.lane !== lane || to <= other.from || from >= other.to);
      if (!free) continue;
      taken.push({ lane, from, to });
      return lane;
    }
    return null;
  };
  const placed = spans
    .toSorted((a, b) => b.first - a.first)
    .map((span): NamedSpan => {
      if (room < ROOM_MIN) return { ...span, text: '', fromRight: false, lane: null };
      const text =
        span.name.length > LETTERS_MAX ? `${span.name.slice(0, LETTERS_MAX - 1).trimEnd()}…` : span.name;
      const width = text.length * LETTER_WIDTH + GAP;
      const fromRight = span.first * bucketWidth + width > room;
      const from = fromRight ? (span.last + 1) * bucketWidth - width : span.first * bucketWidth;
      return { ...span, text, fromRight, lane: laneFor(from, from + width) };
    });
  return { spans: placed, laneCount: Math.max(0, ...taken.map(({ lane }) => lane + 1)) };
}
