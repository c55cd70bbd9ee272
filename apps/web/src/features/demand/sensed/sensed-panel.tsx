import type { SensedStream } from '@planwright/contracts';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { formatExact, formatSigned, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import table from '../../../ui/table.module.css';
import { inReadersWords } from '../../../ui/sentence.ts';
import { BROKEN } from './sensed-columns.ts';

/** One stream: its baseline beside what is sensed, why they differ, and whether its forecast still holds. */
export function SensedPanel(props: { stream: SensedStream; onOpen: () => void; onClose: () => void }) {
  const { stream, onOpen, onClose } = props;
  return (
    <SidePanel
      kicker={`${stream.location} · ${stream.channel}`}
      title={`${stream.item} ${stream.itemName}`}
      onClose={onClose}
    >
      <div style={{ margin: '0 0 16px' }}>
        {stream.reasons.map((reason) => (
          <p key={reason}>{inReadersWords(reason)}</p>
        ))}
      </div>
      <Picture stream={stream} />
      <Buckets stream={stream} />
      <Refit stream={stream} />
      <Button size="xs" variant="default" onClick={onOpen}>
        Take the stream apart
      </Button>
    </SidePanel>
  );
}

function Picture({ stream }: { stream: SensedStream }) {
  const picture = useMemo((): TimePicture => {
    const { buckets } = stream;
    const series = [
      { name: 'Baseline', mark: 'baseline', values: buckets.map(({ baseline }) => baseline) },
      { name: 'Sensed', mark: 'consensus', values: buckets.map(({ sensed }) => sensed) },
      { name: 'Ordered so far', mark: 'actual', values: buckets.map(({ ordered }) => ordered) },
    ] as const;
    const upper = buckets.map(({ upper80 }) => upper80);
    return {
      buckets: buckets.map(({ label, startsOn }) => ({ label, fiscalLabel: '', startsOn, endsOn: startsOn })),
      firstPlanBucket: null,
      series,
      bands: [{ percent: 80, lower: buckets.map(({ lower80 }) => lower80), upper }],
      unit: stream.unit,
      scale: scaleOf([...upper, ...series.flatMap(({ values }) => values)]),
      compareTo: 'Baseline',
      fromZero: true,
    };
  }, [stream]);
  return (
    <TimeChart
      finding="Baseline and what is sensed"
      measure={`Quantity a period, ${unitInWords(stream.unit, picture.scale)}.`}
      picture={picture}
      height={190}
      fileName={`sensed-${stream.item}`}
    />
  );
}

function Buckets({ stream }: { stream: SensedStream }) {
  const scale = scaleOf(stream.buckets.map(({ sensed }) => sensed));
  return (
    <table className={table.table} style={{ margin: '12px 0 16px' }}>
      <thead>
        <tr>
          <th scope="col">Period</th>
          <th scope="col">Baseline</th>
          <th scope="col">By errors</th>
          <th scope="col">By orders</th>
          <th scope="col">Sensed</th>
        </tr>
      </thead>
      <tbody>
        {stream.buckets.map((bucket) => (
          <tr key={bucket.label}>
            <th scope="row">{formatBucket(bucket.label)}</th>
            <td>{formatExact(Math.round(bucket.baseline))}</td>
            <td>{formatSigned(bucket.fromErrors, scale)}</td>
            <td>{formatSigned(bucket.fromOrders, scale)}</td>
            <td>{formatExact(Math.round(bucket.sensed))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Refit({ stream: { broken } }: { stream: SensedStream }) {
  if (broken === null) return null;
  return (
    <div style={{ margin: '0 0 16px' }}>
      <StatusWord tone="watch">{BROKEN[broken.test]}</StatusWord>
      <p>
        {inReadersWords(broken.reason)}{' '}
        {broken.sinceRun
          ? 'A new run of the plan would refit it.'
          : 'It did so already when the plan was made: another method may do better.'}
      </p>
    </div>
  );
}
