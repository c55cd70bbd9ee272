import type { DemandKeyDetail } from '@planwright/contracts';
import {
  formatScaled,
  formatSigned,
  quantityInWords,
  scaleOf,
  unitInWords,
} from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import css from './stream-view.module.css';

const WIDTH = 240;
const HEIGHT = 64;
const MARGIN = 3;
/** Of the room of a bar: many bars stand closer, or they would look pale. */
const GAP_SHARE_MAX = 0.25;
const NEXT_TO_NOTHING = 0.005;

const TITLES: Readonly<Record<DemandKeyDetail['parts'][number]['name'], string>> = {
  level: 'Level',
  trend: 'Trend',
  season: 'Season',
  events: 'Events',
  'working days and feasts': 'Working days and feasts',
  price: 'Price',
  'agreement with groups': 'Agreement with groups',
};

/** What the baseline is made of, part by part, all to one scale. */
export function PartsPicture({ detail }: { detail: DemandKeyDetail }) {
  const { parts, horizon, unit } = detail;
  const ahead = parts.map(({ name, values }) => ({
    name,
    values: values.slice(horizon.firstPlanBucket).map((value) => value ?? 0),
  }));
  const low = Math.min(0, ...ahead.flatMap(({ values }) => values));
  const high = Math.max(0, ...ahead.flatMap(({ values }) => values));
  // Bars of next to nothing, drawn to a scale of next to nothing, would look like demand.
  if (high - low < NEXT_TO_NOTHING) return null;
  return (
    <Section
      title="What the baseline is made of"
      note="In every period the parts add up to the baseline. All are drawn to one scale."
      id="parts"
    >
      <div className={css.parts}>
        {ahead.map(({ name, values }) => (
          <figure key={name} className={css.part}>
            <figcaption>
              <strong>{TITLES[name]}</strong>
              <span>{wordsOf(values, unit)}</span>
            </figcaption>
            <Bars values={values} low={low} high={high} label={`${TITLES[name]}: ${wordsOf(values, unit)}`} />
          </figure>
        ))}
      </div>
    </Section>
  );
}

/** The range of the part where it moves, its value where it does not. */
function wordsOf(values: readonly number[], unit: string): string {
  const least = Math.min(...values);
  const most = Math.max(...values);
  const scale = scaleOf([least, most]);
  if (formatSigned(least, scale) === formatSigned(most, scale)) return quantityInWords(most, unit);
  if (least >= 0)
    return `${formatScaled(least, scale)} to ${formatScaled(most, scale)} ${unitInWords(unit, scale)}`;
  return `${formatSigned(least, scale)} to ${formatSigned(most, scale)} ${unitInWords(unit, scale)}`;
}

function Bars(props: { values: readonly number[]; low: number; high: number; label: string }) {
  const { values, low, high } = props;
  const step = (WIDTH - 2 * MARGIN) / values.length;
  const gap = Math.min(2, GAP_SHARE_MAX * step);
  const y = (value: number): number =>
    HEIGHT - MARGIN - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * MARGIN);
  return (
    <svg
      className={css.bars}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      {values.map((value, index) => (
        <rect
          // oxlint-disable-next-line react/no-array-index-key -- a bar is its place
          key={index}
          x={MARGIN + index * step + gap / 2}
          width={step - gap}
          y={Math.min(y(0), y(value))}
          height={Math.abs(y(value) - y(0))}
          fill="var(--pw-accent)"
          opacity={value < 0 ? 0.55 : 0.85}
        />
      ))}
      <path
        d={`M0 ${y(0)}H${WIDTH}`}
        stroke="var(--pw-ink)"
        strokeWidth="1"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
