import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Choices } from '../../ui/choices.tsx';
import { formatBucket } from '../../ui/date-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { countInWords, formatPercent } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { LoadMap } from './load-map.tsx';
import { LoadExport } from './load-export.tsx';
import { loadRatio, type ResourceLoad, type ResourceLoads } from './load-scale.ts';
import type { SupplyScope } from './supply-address.ts';

const FIGURES = [
  { value: 'percent', label: 'Percent of capacity' },
  { value: 'hours', label: 'Hours of load' },
  { value: 'free', label: 'Hours free or over' },
] as const;
export type LoadFigure = (typeof FIGURES)[number]['value'];

/** Load against capacity of each resource and period, the most loaded first. */
export function LoadView({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('getResourceLoad', { params: { company: slug } }));
  const [figure, setFigure] = useState<LoadFigure>('percent');
  const { resource } = scope.shown;
  const resources = data.resources
    .filter(({ code }) => resource === undefined || code === resource)
    .toSorted((a, b) => (b.peakRatio ?? -1) - (a.peakRatio ?? -1));
  if (data.resources.length === 0) {
    return (
      <Section title="Load of resources" id="load">
        <EmptyState
          title="Here will be the load of each work centre and period."
          why="The company has no resources with routings. Import the targets Resources and Routings, then run the plan."
        />
      </Section>
    );
  }
  const shown: ResourceLoads = { ...data, resources };
  return (
    <Section
      title={findingOf(data)}
      note="Load by available hours a period"
      id="load"
      tools={<LoadExport loads={shown} />}
    >
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          chips={
            resource === undefined
              ? []
              : [{ name: 'Resource', value: resource, onRemove: () => scope.change({ resource: undefined }) }]
          }
        >
          <Choices label="Figures" options={FIGURES} value={figure} onChange={setFigure} />
        </FilterBar>
      </div>
      <LoadMap loads={shown} figure={figure} onResource={(code) => scope.change({ resource: code })} />
    </Section>
  );
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
  return `${countInWords(over, 'resource')} over capacity; ${worst.resource.name} peaks at ${formatPercent(worst.ratio, 0)} in ${label}`;
}
