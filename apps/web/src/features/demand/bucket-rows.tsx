import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { readOn } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import type { Bucket } from '../../ui/chart/time-series.ts';
import { formatDay } from '../../ui/date-format.ts';
import { Problem } from '../../ui/problem.tsx';
import { countInWords, formatExact, formatNumber } from '../../ui/number-format.ts';
import table from '../../ui/table.module.css';
import type { DemandScope } from './demand-scope.ts';

const PAGE_ROWS = 500;
const READ_ROWS_MAX = 10_000;
const LINES_SHOWN = 200;

type OrderLine = Readonly<Record<string, string | number | boolean | null>>;

/** Demand falls on the day the customer asked for, or on the order's where none is named. */
const demandDay = (line: OrderLine): string => String(line.requestedOn ?? line.orderedOn ?? '');

/** The order lines of an item that fall into a bucket: the rows that an actual is the sum of. */
export function BucketRows({ scope, bucket }: { scope: DemandScope; bucket: Bucket }) {
  const { slug } = useCompany();
  const { item, location, channel } = scope.shown;
  const where = Object.entries({ item, location, channel })
    .flatMap(([column, value]) => (value === undefined ? [] : [`${column}=${value}`]))
    .join(';');
  const list = useInfiniteQuery({
    ...readOn('listRows', {
      params: { company: slug, target: 'sales_order_line' },
      query: { where, limit: PAGE_ROWS },
    }),
    enabled: item !== undefined,
  });
  const lines: OrderLine[] = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const { hasNextPage, isFetching, fetchNextPage } = list;
  // The list cannot be asked for a span of days, so it is read to its end and cut here.
  useEffect(() => {
    if (hasNextPage && !isFetching && lines.length < READ_ROWS_MAX) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, lines.length]);

  if (item === undefined) {
    return (
      <p>
        The actual is the sum of the order lines of all items in the selection. Choose an item to see its
        lines.
      </p>
    );
  }
  if (list.error !== null) return <Problem error={list.error} retry={() => void list.refetch()} />;
  const total = list.data?.pages[0]?.total ?? 0;
  const within = lines.filter(
    (line) => demandDay(line) >= bucket.startsOn && demandDay(line) <= bucket.endsOn,
  );
  const reading = hasNextPage && lines.length < READ_ROWS_MAX;
  const sum = within.reduce((so, line) => so + Number(line.quantity), 0);
  return (
    <>
      <p role="status" className={table.quiet}>
        {reading || isFetching
          ? `Reading order lines, ${formatNumber(lines.length)} of ${formatNumber(total)} …`
          : `${countInWords(within.length, 'order line')}, ${formatExact(sum)} together.`}
        {!reading && lines.length < total
          ? ` Only the first ${formatNumber(lines.length)} lines of the item were looked at.`
          : ''}
      </p>
      <LineTable lines={within.slice(0, LINES_SHOWN)} />
      {within.length > LINES_SHOWN ? <p className={table.quiet}>The first {LINES_SHOWN} are shown.</p> : null}
    </>
  );
}

function LineTable({ lines }: { lines: readonly OrderLine[] }) {
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">Asked for</th>
          <th scope="col">Customer</th>
          <th scope="col" className={table.number}>
            Quantity
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.order}-${line.line}`}>
            <th scope="row">
              {line.order}/{line.line}
            </th>
            <td>{formatDay(demandDay(line))}</td>
            <td>{line.account ?? ''}</td>
            <td className={table.number}>{formatExact(Number(line.quantity))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
