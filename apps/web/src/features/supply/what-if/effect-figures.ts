import type { WhatIf } from '@planwright/contracts';
import { formatNumber, formatPercent, MISSING, moneyInWords } from '../../../ui/number-format.ts';

type Figures = WhatIf['before'];

export type EffectFigure = {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The change with its sign; missing where nothing changes. */
  readonly change: string;
  readonly tone: 'good' | 'bad' | 'same' | 'other';
};

type Measure = {
  readonly name: string;
  readonly value: (figures: Figures) => number | null;
  readonly text: (value: number | null, currency: string) => string;
  /** Change in words, of a positive amount. */
  readonly by: (amount: number, currency: string) => string;
  /** A smaller change shows as none: its digits would all be 0. */
  readonly least: number;
  /** Whether more is better; null where neither is. */
  readonly moreIsBetter: boolean | null;
};

const money = (name: string, value: Measure['value'], moreIsBetter: boolean | null = false): Measure => ({
  name,
  value,
  text: (amount, currency) => moneyInWords(amount, currency),
  by: (amount, currency) => moneyInWords(amount, currency),
  least: 0.5,
  moreIsBetter,
});

const points = (amount: number): string => `${formatNumber(amount * 100, 2)} pt`;

const MEASURES: readonly Measure[] = [
  {
    name: 'On time',
    value: ({ onTimeRatio }) => onTimeRatio,
    text: (value) => formatPercent(value, 1),
    by: points,
    least: 0.000_05,
    moreIsBetter: true,
  },
  money('Late', ({ lateValue }) => lateValue),
  money('Short', ({ shortValue }) => shortValue),
  {
    name: 'Mean delay',
    value: ({ meanDelayDays }) => meanDelayDays,
    text: (value) => (value === null ? MISSING : `${formatNumber(value, 1)} days`),
    by: (amount) => `${formatNumber(amount, 1)} days`,
    least: 0.05,
    moreIsBetter: false,
  },
  {
    name: 'Load',
    value: ({ loadRatio }) => loadRatio,
    text: (value) => formatPercent(value, 1),
    by: points,
    least: 0.000_05,
    moreIsBetter: null,
  },
  money('Mean stock', ({ meanStockValue }) => meanStockValue, null),
  money('Planned orders', ({ orderValue }) => orderValue, null),
];

/** What edits change, figure by figure, ready to be read. */
export function effectFigures({ before, after, currency }: Pick<WhatIf, 'before' | 'after' | 'currency'>) {
  return MEASURES.map((measure): EffectFigure => {
    const one = measure.value(before);
    const other = measure.value(after);
    const difference = one === null || other === null ? 0 : other - one;
    const same = Math.abs(difference) < measure.least;
    const sign = difference > 0 ? '+' : '−';
    return {
      name: measure.name,
      before: measure.text(one, currency),
      after: measure.text(other, currency),
      change: same ? MISSING : `${sign}${measure.by(Math.abs(difference), currency)}`,
      tone: toneOf(same, difference > 0, measure.moreIsBetter),
    };
  });
}

function toneOf(same: boolean, more: boolean, moreIsBetter: boolean | null): EffectFigure['tone'] {
  if (same) return 'same';
  if (moreIsBetter === null) return 'other';
  return more === moreIsBetter ? 'good' : 'bad';
}
