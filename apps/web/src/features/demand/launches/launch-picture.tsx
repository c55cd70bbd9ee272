import type { LaunchPreview } from '@planwright/contracts';
import { useMemo } from 'react';
import { formatBucket } from '../../../ui/date-format.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import { quantityInWords, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { inReadersWords } from '../../../ui/sentence.ts';
import css from './launches-view.module.css';

/** The curve a launch would get with its band, what was sold so far, and how the items like it started. */
export function LaunchPicture({ preview, item }: { preview: LaunchPreview; item: string }) {
  const picture = useMemo(() => pictureOf(preview), [preview]);
  return (
    <>
      <TimeChart
        finding={findingOf(preview)}
        measure={`Quantity a period, ${unitInWords(preview.unit, picture.scale)}. The band holds the actual in 80 of 100 cases. Thin lines: how the items like it started, moved to the same first day.`}
        picture={picture}
        height={280}
        fileName={`launch-${item}`}
      />
      <div className={css.sentences}>
        {preview.sentences.map((sentence) => (
          <p key={sentence}>{inReadersWords(sentence)}</p>
        ))}
      </div>
    </>
  );
}

function findingOf({ mean, buckets, unit }: LaunchPreview): string {
  const known = mean.map((value) => value ?? 0);
  const total = known.reduce((sum, value) => sum + value, 0);
  const peak = known.indexOf(Math.max(...known));
  const most = quantityInWords(known[peak], unit);
  return `${quantityInWords(total, unit)} in its first ${known.length} periods, most in ${formatBucket(buckets[peak]?.label ?? '')} with ${most}`;
}

function pictureOf(preview: LaunchPreview): TimePicture {
  const { buckets, mean, lower80, upper80, actual, likeItems, unit } = preview;
  const started = likeItems.map(({ item, curve }) => ({
    name: item,
    mark: 'likeItem' as const,
    values: buckets.map((_, bucket) => curve[bucket] ?? null),
  }));
  return {
    buckets: buckets.map(({ label, startsOn }) => ({ label, startsOn, fiscalLabel: '', endsOn: startsOn })),
    firstPlanBucket: actual.length === 0 || actual.length >= buckets.length ? null : actual.length,
    series: [
      ...started,
      { name: 'Launch', mark: 'consensus', values: mean },
      ...(actual.length === 0
        ? []
        : [{ name: 'Actual', mark: 'actual' as const, values: buckets.map((_, at) => actual[at] ?? null) }]),
    ],
    bands: [{ percent: 80, lower: lower80, upper: upper80 }],
    unit,
    scale: scaleOf([...mean, ...upper80, ...actual, ...started.flatMap(({ values }) => values)]),
    fromZero: true,
  };
}
