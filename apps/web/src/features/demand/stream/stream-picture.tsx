import type { DemandEvent, DemandKeyDetail } from '@planwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture, TimeSpan } from '../../../ui/chart/time-series.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { countInWords, quantityInWords, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { bucketsAYear } from '../demand-year.ts';
import { useGroupsOf } from './groups-of-item.ts';

const EVENTS_MAX = 500;

/** History as ordered and as it counts, what was said of it, the forecast with its bands, and the events around it. */
export function StreamPicture({ detail, scope }: { detail: DemandKeyDetail; scope: DemandScope }) {
  const { slug } = useCompany();
  const { buckets } = detail.horizon;
  const { data } = useQuery(
    read('listDemandEvents', {
      params: { company: slug },
      query: { from: buckets[0]?.startsOn, to: buckets.at(-1)?.endsOn, limit: EVENTS_MAX },
    }),
  );
  const groups = useGroupsOf(detail.key.item);
  const spans = useMemo(
    () =>
      (data?.items ?? [])
        .filter((event) => touches(event, detail, groups))
        .flatMap((event) => spanOf(event, detail)),
    [data, detail, groups],
  );
  const picture = useMemo(() => pictureOf(detail, spans), [detail, spans]);
  const corrected = correctedOf(detail).filter((value) => value !== null).length;
  const dots =
    corrected === 0
      ? 'Every period of history counts as it was ordered.'
      : `${countInWords(corrected, 'period')} of history corrected: dots show what they count as.`;
  return (
    <Section title="History and forecast" id="picture">
      <TimeChart
        finding={findingOf(detail)}
        measure={`Quantity a period, ${unitInWords(detail.unit, picture.scale)}. ${dots} Dotted: what was said a period before.`}
        picture={picture}
        height={320}
        fileName={`demand-${detail.key.item}`}
        onBucket={(index) => {
          const bucket = buckets[index];
          if (bucket === undefined) return;
          const { item, location, channel } = detail.key;
          scope.change({
            view: undefined,
            stream: undefined,
            item,
            location,
            channel,
            bucket: bucket.startsOn,
          });
        }}
      />
    </Section>
  );
}

const FLAT_WITHIN = 0.05;
const NEXT_TO_NOTHING = 0.005;
const SAME_WITHIN = 1e-6;

/** Where the forecast is highest and lowest over the next year, or that it holds. */
function findingOf({ baseline, horizon, unit }: DemandKeyDetail): string {
  const from = horizon.firstPlanBucket;
  const ahead = baseline.slice(from, from + bucketsAYear(horizon.buckets)).map((value) => value ?? 0);
  const most = Math.max(...ahead);
  const least = Math.min(...ahead);
  const label = (value: number): string =>
    formatBucket(horizon.buckets[from + ahead.indexOf(value)]?.label ?? '');
  if (ahead.length === 0) return 'Nothing is forecast';
  if (most < NEXT_TO_NOTHING) return 'Nothing is expected any more';
  if (most - least <= FLAT_WITHIN * Math.abs(most))
    return `The forecast holds at about ${quantityInWords(most, unit)} a period`;
  return `The forecast is highest in ${label(most)} with ${quantityInWords(most, unit)} and lowest in ${label(least)} with ${quantityInWords(least, unit)}`;
}

/** What a period counts as, where that is not what was ordered. */
function correctedOf({ actual, cleansed }: DemandKeyDetail): (number | null)[] {
  return cleansed.map((value, bucket) => {
    const ordered = actual[bucket] ?? null;
    return value !== null && (ordered === null || Math.abs(value - ordered) > SAME_WITHIN) ? value : null;
  });
}

function pictureOf(detail: DemandKeyDetail, spans: readonly TimeSpan[]): TimePicture {
  return {
    buckets: detail.horizon.buckets,
    firstPlanBucket: detail.horizon.firstPlanBucket,
    series: [
      { name: 'As ordered', mark: 'actual', values: detail.actual },
      { name: 'Counted as', mark: 'corrected', values: correctedOf(detail) },
      { name: 'Said before', mark: 'saidBefore', values: detail.saidBefore },
      { name: 'Baseline', mark: 'consensus', values: detail.baseline },
    ],
    bands: [
      { percent: 95, lower: detail.lower95, upper: detail.upper95 },
      { percent: 80, lower: detail.lower80, upper: detail.upper80 },
    ],
    spans,
    unit: detail.unit,
    scale: scaleOf([...detail.actual, ...detail.baseline, ...detail.upper95]),
    fromZero: true,
  };
}

/** Whether an event reaches the stream. Those of a group reach all items below it. */
function touches(event: DemandEvent, { key }: DemandKeyDetail, groups: ReadonlySet<string>): boolean {
  if (event.location !== null && event.location !== key.location) return false;
  if (event.channel !== null && event.channel !== key.channel) return false;
  if (event.item !== null) return event.item === key.item;
  return event.itemGroup === null || groups.has(event.itemGroup);
}

function spanOf(event: DemandEvent, { horizon }: DemandKeyDetail): TimeSpan[] {
  const first = horizon.buckets.findIndex(({ endsOn }) => endsOn >= event.startsOn);
  const last = horizon.buckets.findLastIndex(({ startsOn }) => startsOn <= event.endsOn);
  return first < 0 || last < first ? [] : [{ name: event.name, first, last }];
}
