import type { DemandKey } from '@planwright/contracts';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatBucket } from '../../ui/date-format.ts';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { formatExact, formatNumber, moneyInWords } from '../../ui/number-format.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import table from '../../ui/table.module.css';
import { inReadersWords } from '../../ui/sentence.ts';
import { AccuracyList } from './accuracy-list.tsx';
import { BucketRows } from './bucket-rows.tsx';
import { useDemandKeys } from './demand-keys.tsx';
import type { DemandScope } from './demand-scope.ts';
import { useDemandSeries } from './demand-series.ts';

/** Detail of what is selected: a stream, or a bucket with the order lines behind its figure. */
export function DemandPanel({ scope }: { scope: DemandScope }) {
  const { stream, bucket } = scope.shown;
  const close = (): void => scope.change({ stream: undefined, bucket: undefined });
  if (stream === undefined && bucket === undefined) return null;
  return (
    <Loadable skeleton={<WaitingPanel onClose={close} />} resetKey={JSON.stringify(scope.shown)}>
      {bucket === undefined ? (
        <StreamPanel scope={scope} keyId={Number(stream)} onClose={close} />
      ) : (
        <BucketPanel scope={scope} startsOn={bucket} onClose={close} />
      )}
    </Loadable>
  );
}

function WaitingPanel({ onClose }: { onClose: () => void }) {
  return (
    <SidePanel title="Loading" onClose={onClose}>
      <SkeletonRows rows={8} label="Loading the detail" />
    </SidePanel>
  );
}

/** What was clicked is on the list already; what an address names may lie behind what was read of it. */
function useStream(scope: DemandScope, keyId: number): DemandKey | null | undefined {
  const { slug } = useCompany();
  const { rows } = useDemandKeys(scope);
  const listed = rows.find((key) => key.keyId === keyId);
  const { data, error } = useQuery({
    ...read('getDemandKey', { params: { company: slug, keyId } }),
    enabled: listed === undefined,
  });
  return listed ?? (error === null ? data?.key : null);
}

function StreamPanel({ scope, keyId, onClose }: { scope: DemandScope; keyId: number; onClose: () => void }) {
  const stream = useStream(scope, keyId);
  const { currency } = useDemandSeries(scope);
  if (stream === undefined) return <WaitingPanel onClose={onClose} />;
  if (stream === null) {
    return (
      <SidePanel title="This stream is not in the plan" onClose={onClose}>
        <p>The link may be of another plan, or the item is sold there no more.</p>
      </SidePanel>
    );
  }
  const show = (): void =>
    scope.change({
      item: stream.item,
      group: undefined,
      location: stream.location,
      channel: stream.channel,
      stream: undefined,
    });
  return (
    <SidePanel
      kicker={`${stream.location} · ${stream.channel}`}
      title={`${stream.item} ${stream.itemName}`}
      onClose={onClose}
    >
      <p>{inReadersWords(stream.explanation)}</p>
      <table className={table.table} style={{ margin: '12px 0 16px' }}>
        <tbody>
          {[
            ['Method', stream.method],
            ['Demand', stream.demandClass],
            ['Last year', formatNumber(stream.actualQuantity)],
            ['Next year', formatNumber(stream.planQuantity)],
            ['Revenue next year', moneyInWords(stream.planRevenue, currency)],
          ].map(([name, value]) => (
            <tr key={name}>
              <th scope="row" style={{ whiteSpace: 'nowrap' }}>
                {name}
              </th>
              <td style={{ textAlign: 'right' }}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 8, marginBottom: 20 }}>
        <Button onClick={() => scope.change({ view: 'stream' })}>Take it apart</Button>
        <Button variant="default" onClick={show}>
          Show only this stream
        </Button>
      </div>
      <AccuracyList accuracy={stream.accuracy} />
    </SidePanel>
  );
}

function BucketPanel({
  scope,
  startsOn,
  onClose,
}: {
  scope: DemandScope;
  startsOn: string;
  onClose: () => void;
}) {
  const series = useDemandSeries(scope);
  const index = series.horizon.buckets.findIndex((bucket) => bucket.startsOn === startsOn);
  const bucket = series.horizon.buckets[index];
  if (bucket === undefined) return null;
  const figures = [
    ['Actual', series.actual[index]],
    ['Last year', series.lastYear[index]],
    ['Baseline', series.baseline[index]],
    ['Consensus', series.consensus[index]],
    ['80 % from', series.lower80[index]],
    ['80 % to', series.upper80[index]],
  ] as const;
  return (
    <SidePanel
      kicker={`${formatBucket(bucket.label)} · ${bucket.fiscalLabel}`}
      title={series.title}
      onClose={onClose}
    >
      <table className={table.table} style={{ marginBottom: 16 }}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" className={table.number}>
              {series.unit}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={table.number}>{formatExact(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {index < series.horizon.firstPlanBucket ? (
        <BucketRows scope={scope} bucket={bucket} unit={series.unit} />
      ) : (
        <p>{inReadersWords(series.explanation)}</p>
      )}
    </SidePanel>
  );
}
