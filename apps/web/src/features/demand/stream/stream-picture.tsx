import type { DemandEvent, DemandKeyDetail } from '@planwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture, TimeSpan } from '../../../ui/chart/time-series.ts';
import { countInWords, quantityInWords, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { DemandScope } from '../demand-scope.ts';

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
  const picture = useMemo(() => pictureOf(detail, data?.items ?? []), [detail, data]);
  const corrected = detail.reasons.filter((reason) => reason !== 'none' && reason !== 'event').length;
  return (
    <Section title="History and forecast" id="picture">
      <TimeChart
        finding={findingOf(detail)}
        measure={`Quantity a period, ${unitInWords(detail.unit, picture.scale)}. ${countInWords(corrected, 'bucket')} of history corrected. Bands hold the actual in 80 and 95 of 100 cases.`}
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

function findingOf({ baseline, actual, horizon, unit }: DemandKeyDetail): string {
  const ahead = baseline.slice(horizon.firstPlanBucket, horizon.firstPlanBucket + 12);
  const behind = actual.slice(Math.max(0, horizon.firstPlanBucket - ahead.length), horizon.firstPlanBucket);
  const sum = (values: readonly (number | null)[]): number =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return `${quantityInWords(sum(ahead), unit)} are expected over the next ${ahead.length} periods, after ${quantityInWords(sum(behind), unit)} in as many before`;
}

function pictureOf(detail: DemandKeyDetail, events: readonly DemandEvent[]): TimePicture {
  const corrected = detail.cleansed.map((value, bucket) => {
    const reason = detail.reasons[bucket];
    return reason === undefined || reason === 'none' ? null : value;
  });
  return {
    buckets: detail.horizon.buckets,
    firstPlanBucket: detail.horizon.firstPlanBucket,
    series: [
      { name: 'As ordered', mark: 'actual', values: detail.actual },
      { name: 'Counted as', mark: 'corrected', values: corrected },
      { name: 'Said a period before', mark: 'saidBefore', values: detail.saidBefore },
      { name: 'Baseline', mark: 'consensus', values: detail.baseline },
    ],
    bands: [
      { percent: 95, lower: detail.lower95, upper: detail.upper95 },
      { percent: 80, lower: detail.lower80, upper: detail.upper80 },
    ],
    spans: events.filter((event) => touches(event, detail)).flatMap((event) => spanOf(event, detail)),
    unit: detail.unit,
    scale: scaleOf([...detail.actual, ...detail.baseline, ...detail.upper95]),
    fromZero: true,
  };
}

/** Whether an event may concern the stream. Groups above the item's are not known here: where it had an effect, it shows. */
function touches(event: DemandEvent, { key, uplift, horizon }: DemandKeyDetail): boolean {
  if (event.item !== null && event.item !== key.item) return false;
  if (event.location !== null && event.location !== key.location) return false;
  if (event.channel !== null && event.channel !== key.channel) return false;
  if (event.itemGroup === null) return true;
  return horizon.buckets.some(
    ({ startsOn, endsOn }, index) =>
      event.startsOn <= endsOn && event.endsOn >= startsOn && (uplift[index] ?? 0) !== 0,
  );
}

function spanOf(event: DemandEvent, { horizon }: DemandKeyDetail): TimeSpan[] {
  const first = horizon.buckets.findIndex(({ endsOn }) => endsOn >= event.startsOn);
  const last = horizon.buckets.findLastIndex(({ startsOn }) => startsOn <= event.endsOn);
  return first < 0 || last < first ? [] : [{ name: event.name, first, last }];
}
