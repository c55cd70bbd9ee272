import { Button } from '@mantine/core';
import type { DemandLine } from '@planwright/contracts';
import { usePagedList } from '../../app/paged-list.ts';
import { useCompany } from '../../app/session.ts';
import type { Bucket } from '../../ui/chart/time-series.ts';
import { formatDay } from '../../ui/date-format.ts';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { countInWords, formatExact } from '../../ui/number-format.ts';
import table from '../../ui/table.module.css';
import type { DemandScope } from './demand-scope.ts';

const PAGE_ROWS = 100;

/** The order lines of an item that fall into a period: the rows that an actual is the sum of. */
export function BucketRows(props: { scope: DemandScope; bucket: Bucket; unit: string }) {
  const { item } = props.scope.shown;
  if (item === undefined) {
    return (
      <p>
        The actual is the sum of the order lines of all items in the selection. Choose an item to see its
        lines.
      </p>
    );
  }
  return (
    <Loadable
      skeleton={<SkeletonRows rows={6} label="Loading the order lines" />}
      resetKey={`${item} ${props.bucket.startsOn}`}
    >
      <Lines {...props} item={item} />
    </Loadable>
  );
}

function Lines(props: { scope: DemandScope; bucket: Bucket; unit: string; item: string }) {
  const { slug } = useCompany();
  const { item, unit } = props;
  const { startsOn: from, endsOn: to } = props.bucket;
  const { location, channel } = props.scope.shown;
  const query = { item, location, channel, from, to, limit: PAGE_ROWS };
  const { rows, head, more } = usePagedList('listDemandLines', { params: { company: slug }, query });
  return (
    <>
      <p role="status" className={table.quiet}>
        {countInWords(head.total, 'order line')}, {formatExact(head.quantity)} {unit} together.
        {rows.length < head.total ? ` The first ${rows.length} are shown.` : ''}
      </p>
      {rows.length === 0 ? null : <LineTable lines={rows} unit={unit} />}
      {rows.length < head.total ? (
        <Button size="xs" variant="subtle" onClick={more.onMore} loading={more.loadingMore}>
          Read on
        </Button>
      ) : null}
    </>
  );
}

function LineTable({ lines, unit }: { lines: readonly DemandLine[]; unit: string }) {
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Asked for</th>
          <th scope="col">Customer</th>
          <th scope="col" className={table.number}>
            Quantity, {unit}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.order}-${line.line}`}>
            <th scope="row">
              {line.order}/{line.line}
            </th>
            <td>{formatDay(line.demandOn)}</td>
            <td>{line.accountName ?? line.account ?? ''}</td>
            <td className={table.number}>{formatExact(line.quantity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
