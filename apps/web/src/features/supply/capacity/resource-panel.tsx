import type { ApiOutput, ResourceLoadRow } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import { formatBucket, formatShortDay } from '../../../ui/date-format.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import type { GridColumn } from '../../../ui/grid/grid-column.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { countInWords, formatExact, formatNumber, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import form from '../supply-form.module.css';
import { PanelLoadable } from '../panel-loadable.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { StandingDecisions } from '../what-if/standing-decisions.tsx';
import { whyAddress } from '../why/why-address.ts';
import { isResource } from './capacity-view.tsx';
import { ResourceHours } from './resource-hours.tsx';
import { useLoads } from './use-loads.ts';

type Resource = ApiOutput<'getResource'>;

/** One resource: its hours in both plans, other hours to be tried out, and the orders that ask for them. */
export function ResourcePanel({ scope }: { scope: SupplyScope }) {
  if (scope.shown.resource === undefined) return null;
  const close = (): void => scope.change({ resource: undefined, bucket: undefined });
  return (
    <PanelLoadable waiting="Loading the resource" resetKey={scope.shown.resource} onClose={close}>
      <Panel scope={scope} onClose={close} />
    </PanelLoadable>
  );
}

function Panel({ scope, onClose }: { scope: SupplyScope; onClose: () => void }) {
  const { slug } = useCompany();
  const { resources, horizon } = useLoads();
  const known = resources.find((resource) => isResource(resource, scope.shown.resource));
  if (known === undefined) {
    return (
      <SidePanel title="This resource is not in the plan" onClose={onClose}>
        <p>Close this, and open another one of the map.</p>
      </SidePanel>
    );
  }
  const bucket = horizon.buckets.findIndex(({ startsOn }) => startsOn === scope.shown.bucket);
  const params = { company: slug, resourceId: known.resourceId };
  const query = bucket < 0 ? {} : { bucket };
  return (
    <Detail
      key={known.resourceId}
      options={{ params, query }}
      scope={scope}
      bucket={bucket}
      onClose={onClose}
    />
  );
}

function Detail(props: {
  options: { params: { company: string; resourceId: number }; query: { bucket?: number } };
  scope: SupplyScope;
  bucket: number;
  onClose: () => void;
}) {
  const { scope, bucket, onClose } = props;
  const { data: resource } = useSuspenseQuery(read('getResource', props.options));
  const picture = useMemo(() => pictureOf(resource), [resource]);
  const label = formatBucket(resource.horizon.buckets[bucket]?.label ?? '');
  return (
    <SidePanel
      kicker={resource.location ?? 'Resource'}
      title={`${resource.code} ${resource.name}`}
      onClose={onClose}
    >
      <p className={form.facts}>{factsOf(resource, bucket)}</p>
      <TimeChart
        finding="Hours asked for, and hours there are"
        measure={`A period, ${unitInWords('hours', picture.scale)}`}
        picture={picture}
        height={190}
        fileName={`hours-of-${resource.code}`}
        onBucket={(at) => scope.change({ bucket: resource.horizon.buckets[at]?.startsOn })}
      />
      <ResourceHours
        key={`${resource.code} ${bucket}`}
        resource={resource.code}
        horizon={resource.horizon}
        bucket={bucket < 0 ? null : bucket}
        capacityHours={resource.capacityHours}
        overtimeHours={resource.overtimeHours}
      />
      <h3 className={form.title}>{bucket < 0 ? 'What asks for hours' : `What asks for hours in ${label}`}</h3>
      <LoadGrid resource={resource} scope={scope} />
      {resource.cut ? <p className={form.note}>The largest are shown.</p> : null}
      <Loadable skeleton={<SkeletonRows rows={2} label="Loading the decisions" />}>
        <StandingDecisions about={{ resource: resource.code }} />
      </Loadable>
    </SidePanel>
  );
}

function factsOf(resource: Resource, bucket: number): string {
  if (bucket < 0) {
    const over = resource.unconstrainedHours.filter(
      (hours, at) => (hours ?? 0) > (resource.capacityHours[at] ?? 0) + 1e-6,
    ).length;
    return over === 0
      ? 'It has hours enough in every period.'
      : `Asked for more hours than it has in ${countInWords(over, 'period')}. The constrained plan keeps within its hours and its overtime.`;
  }
  const at = (values: Resource['capacityHours']): string => formatNumber(values[bucket] ?? null);
  const overtime = resource.overtimeHours[bucket] ?? 0;
  return `${at(resource.unconstrainedHours)} hours asked for, ${at(resource.capacityHours)} there${overtime > 0 ? ` and ${formatNumber(overtime)} of overtime` : ''}; the constrained plan uses ${at(resource.constrainedHours)}.`;
}

function pictureOf(resource: Resource): TimePicture {
  const most = resource.capacityHours.map((hours, at) => (hours ?? 0) + (resource.overtimeHours[at] ?? 0));
  const hasOvertime = resource.overtimeHours.some((hours) => (hours ?? 0) > 0);
  return {
    buckets: resource.horizon.buckets,
    firstPlanBucket: resource.horizon.firstPlanBucket === 0 ? null : resource.horizon.firstPlanBucket,
    series: [
      { name: 'Planned within hours', mark: 'constrained', values: resource.constrainedHours },
      { name: 'Asked for', mark: 'unconstrained', values: resource.unconstrainedHours },
      { name: 'Hours', mark: 'limit', values: resource.capacityHours },
      ...(hasOvertime ? [{ name: 'With overtime', mark: 'target' as const, values: most }] : []),
    ],
    bands: [],
    unit: 'hours',
    scale: scaleOf([...resource.unconstrainedHours, ...most]),
    compareTo: 'Hours',
    fromZero: true,
  };
}

function LoadGrid({ resource, scope }: { resource: Resource; scope: SupplyScope }) {
  const columns = useMemo(
    (): GridColumn<ResourceLoadRow>[] => [
      {
        id: 'item',
        title: 'Item',
        width: 108,
        text: (row) => row.item ?? 'Open work orders',
        tone: () => 'strong',
      },
      {
        id: 'hours',
        title: 'Hours',
        width: 68,
        number: true,
        text: (row) => formatNumber(row.hours, row.hours < 10 ? 1 : 0),
        exact: (row) => row.hours,
      },
      {
        id: 'quantity',
        title: 'Quantity',
        width: 74,
        number: true,
        text: (row) => formatExact(row.quantity === null ? null : Math.round(row.quantity)),
        exact: (row) => row.quantity,
      },
      {
        id: 'start',
        title: 'Starts',
        width: 78,
        text: (row) => (row.startOn === null ? '–' : formatShortDay(row.startOn)),
        exact: (row) => row.startOn,
      },
      { id: 'period', title: 'Period', width: 84, text: (row) => formatBucket(row.bucket) },
      { id: 'name', title: 'Name', width: 170, text: (row) => row.itemName ?? '' },
    ],
    [],
  );
  return (
    <DataGrid
      label={`Loads of ${resource.code}`}
      noun={['load', 'loads']}
      rows={resource.loads}
      columns={columns}
      rowsShown={10}
      fileName={`loads-of-${resource.code}`}
      onOpen={(row) =>
        row.orderNumber === null
          ? undefined
          : scope.change({ why: whyAddress({ of: 'order', id: row.orderNumber }) })
      }
    />
  );
}
