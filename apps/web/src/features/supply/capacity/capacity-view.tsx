import { useState } from 'react';
import { Choices } from '../../../ui/choices.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { countInWords, formatPercent, moneyInWords } from '../../../ui/number-format.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { Section } from '../../../ui/screen.tsx';
import { resourceAddress, type SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import form from '../supply-form.module.css';
import { useConstrainedSummary } from '../supply-reads.ts';
import { FIGURES, type LoadFigure } from './load-figures.ts';
import { HoursGrid } from './hours-grid.tsx';
import { LoadExport } from './load-export.tsx';
import { LoadMap } from './load-map.tsx';
import { loadRatio, type ResourceLoad, type ResourceLoads } from './load-scale.ts';
import { ResourcePanel } from './resource-panel.tsx';
import { RoughCut } from './rough-cut.tsx';
import { StopProposals } from './stop-proposals.tsx';
import { useLoads } from './use-loads.ts';

/** Do we have the hours: load against capacity of each resource and period, then the loads in one of them. */
export function CapacityView({ scope }: { scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="load"
      missing="the load of each resource by period, and what more hours would bring"
      answer={<Answer />}
      panel={<ResourcePanel scope={scope} />}
    >
      <Loads scope={scope} />
      <Hours scope={scope} />
      <Loadable skeleton={<SkeletonRows rows={10} label="Loading the rough cut" />}>
        <RoughCut scope={scope} />
      </Loadable>
      <Loadable skeleton={<SkeletonRows rows={3} label="Loading the failures" />}>
        <StopProposals />
      </Loadable>
    </SupplyFrame>
  );
}

function Answer() {
  const loads = useLoads();
  const { bottlenecks, currency } = useConstrainedSummary();
  const behind = bottlenecks.filter(({ cause }) => cause === 'capacity');
  const value = behind.reduce((sum, bottleneck) => sum + bottleneck.value, 0);
  return (
    <p>
      {findingOf(loads)}.{' '}
      {behind.length === 0 ? (
        'Missing hours hold up no demand of the constrained plan.'
      ) : (
        <>
          Within its hours, the plan leaves <strong>{moneyInWords(value, currency)}</strong> of demand late or
          short for want of them.
        </>
      )}
    </p>
  );
}

function Loads({ scope }: { scope: SupplyScope }) {
  const loads = useLoads();
  const [figure, setFigure] = useState<LoadFigure>('percent');
  if (loads.resources.length === 0) {
    return (
      <Section title="Load of resources" id="load">
        <EmptyState
          title="Here will be the load of each work centre and period."
          why="The company has no resources with routings. Import the targets Resources and Routings, then run the plan."
        />
      </Section>
    );
  }
  const open = (resource: ResourceLoad, bucket?: number): void =>
    scope.change({
      resource: resource.code,
      bucket: bucket === undefined ? undefined : loads.horizon.buckets[bucket]?.startsOn,
    });
  return (
    <Section
      title="Load by available hours a period"
      note="Hours of the planned orders, as lead times allow. Open a cell to see the orders in it, and to try out other hours."
      id="load"
      tools={<LoadExport loads={loads} />}
    >
      <div className={form.bar}>
        <Choices label="Figures" options={FIGURES} value={figure} onChange={setFigure} />
      </div>
      <LoadMap
        loads={loads}
        figure={figure}
        onResource={open}
        isSelected={(resource) => isResource(resource, scope.shown.resource)}
      />
    </Section>
  );
}

function Hours({ scope }: { scope: SupplyScope }) {
  const loads = useLoads();
  return loads.resources.length === 0 ? null : <HoursGrid loads={loads} scope={scope} />;
}

/** Whether an address means the resource: by its code, or by its id where the code was not at hand. */
export function isResource(resource: Pick<ResourceLoad, 'code' | 'resourceId'>, address: string | undefined) {
  return address === resource.code || address === resourceAddress(resource.resourceId);
}

function findingOf({ resources, horizon }: ResourceLoads): string {
  let worst: { resource: ResourceLoad; bucket: number; ratio: number } | undefined;
  for (const resource of resources) {
    horizon.buckets.forEach((_, bucket) => {
      const ratio = loadRatio(resource, bucket);
      if (ratio !== null && Number.isFinite(ratio) && ratio > (worst?.ratio ?? 1))
        worst = { resource, bucket, ratio };
    });
  }
  const over = resources.filter(({ overloadedBuckets }) => overloadedBuckets > 0).length;
  if (worst === undefined) return `All ${countInWords(resources.length, 'resource')} have hours enough`;
  const label = formatBucket(horizon.buckets[worst.bucket]?.label ?? '');
  return `${countInWords(over, 'resource')} of ${resources.length} ${over === 1 ? 'is' : 'are'} asked for more hours than there are; ${worst.resource.name} most, ${formatPercent(worst.ratio, 0)} in ${label}`;
}
