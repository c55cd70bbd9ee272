import type { Accuracy } from '@planwright/contracts';
import { formatNumber, formatPercent, MISSING } from '../../ui/number-format.ts';
import { inReadersWords } from '../../ui/sentence.ts';
import css from './accuracy-list.module.css';

/** Each measure of the back-test with its value and, in words, what it says. */
export function AccuracyList({ accuracy }: { accuracy: Accuracy }) {
  const dropped = accuracy.mapeDropped;
  const rows = [
    [
      'WAPE',
      formatPercent(accuracy.wapeRatio),
      'Sum of absolute errors by sum of actuals. The figure to look at first.',
    ],
    [
      'Bias',
      formatPercent(accuracy.biasRatio),
      'Sum of errors by sum of actuals. Positive: the forecast was above the actual.',
    ],
    [
      'MASE',
      formatNumber(accuracy.maseRatio, 2),
      'Error by that of repeating last year. Below 1 is better than that.',
    ],
    [
      'MAPE',
      formatPercent(accuracy.mapeRatio),
      `Mean of percentage errors; ${dropped} points left out since nothing was sold.`,
    ],
    ['sMAPE', formatPercent(accuracy.smapeRatio), 'Mean of errors by the mean of forecast and actual.'],
    [
      'Tracking signal',
      formatNumber(accuracy.trackingSignal, 1),
      'Sum of errors by their mean size. Beyond 4 either way, the forecast leans.',
    ],
    [
      'In the 80 % band',
      formatPercent(accuracy.coverage80Ratio, 0),
      'Share of actuals that fell inside; near 80 % is honest.',
    ],
    [
      'In the 95 % band',
      formatPercent(accuracy.coverage95Ratio, 0),
      'Share of actuals that fell inside; near 95 % is honest.',
    ],
  ] as const;
  // Some are measured for single streams only: a total has none, and a row of dashes would say less than nothing.
  const known = rows.filter(([, value]) => value !== MISSING);
  if (known.length === 0) return <p>There was too little history to measure the forecast against.</p>;
  return (
    <dl className={css.list}>
      {known.map(([name, value, meaning]) => (
        <div key={name} className={css.measure}>
          <dt>{inReadersWords(name)}</dt>
          <dd className={css.value}>{value}</dd>
          <dd className={css.meaning}>{inReadersWords(meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}
