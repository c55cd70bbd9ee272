import type { Kpi } from '@planwright/contracts';
import { Tooltip } from '@mantine/core';
import { formatBucket } from '../../ui/date-format.ts';
import { formatNumber, formatPercent, MISSING } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import css from './kpi-strip.module.css';

const STATUS = {
  good: { tone: 'good', word: 'Good' },
  watch: { tone: 'watch', word: 'Watch' },
  bad: { tone: 'bad', word: 'Off target' },
  unknown: { tone: 'neutral', word: 'Not known' },
} as const;

function figure(value: number | null, unit: Kpi['unit']): string {
  return unit === 'ratio' ? formatPercent(value) : formatNumber(value, 1);
}

/** The key figures: value, target, trend, a word for its state, and on hover or focus what it means. */
export function KpiStrip({ kpis }: { kpis: readonly Kpi[] }) {
  return (
    <Section title="Key figures" id="kpis">
      <ul className={css.strip}>
        {kpis.map((kpi) => (
          <li key={kpi.code} className={css.kpi}>
            <Tooltip label={kpi.definition} position="top-start">
              <button type="button" className={css.name}>
                {kpi.name}
              </button>
            </Tooltip>
            <div className={css.row}>
              <span className={css.value}>
                {figure(kpi.value, kpi.unit)}
                {kpi.unit === 'ratio' ? null : <small> {kpi.unit}</small>}
              </span>
              <Sparkline values={kpi.trend.map(({ value }) => value)} target={kpi.target} />
            </div>
            <div className={css.row}>
              <StatusWord tone={STATUS[kpi.status].tone}>{STATUS[kpi.status].word}</StatusWord>
              <span className={css.target}>
                {kpi.target === null ? 'no target' : `target ${figure(kpi.target, kpi.unit)}`}
              </span>
            </div>
            <p className={css.note}>{kpi.value === null ? (kpi.note ?? MISSING) : trendInWords(kpi)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function trendInWords(kpi: Kpi): string {
  const first = kpi.trend.find(({ value }) => value !== null);
  const last = kpi.trend.findLast(({ value }) => value !== null);
  if (first === undefined || last === undefined || first === last) return kpi.note ?? '';
  return `${figure(first.value, kpi.unit)} in ${formatBucket(first.label)}, ${figure(last.value, kpi.unit)} in ${formatBucket(last.label)}`;
}
