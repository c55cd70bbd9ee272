import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { FilterBar, type FilterChip } from '../../ui/filter-bar.tsx';
import type { DemandScope } from './demand-scope.ts';

/** Narrows the screen to a location and a channel. */
export function DemandFilters({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const { data } = useQuery(read('getDemandScopes', { params: { company: slug } }));
  const { group, item, location, channel } = scope.shown;
  const clear = { stream: undefined, bucket: undefined };
  const locationName = data?.locations.find(({ code }) => code === location)?.name;
  const chips: FilterChip[] = [
    ...(group === undefined
      ? []
      : [{ name: 'Group', value: group, onRemove: () => scope.change({ group: undefined, ...clear }) }]),
    ...(item === undefined
      ? []
      : [{ name: 'Item', value: item, onRemove: () => scope.change({ item: undefined, ...clear }) }]),
    ...(location === undefined
      ? []
      : [
          {
            name: 'Location',
            value: locationName ?? location,
            onRemove: () => scope.change({ location: undefined, ...clear }),
          },
        ]),
    ...(channel === undefined
      ? []
      : [
          { name: 'Channel', value: channel, onRemove: () => scope.change({ channel: undefined, ...clear }) },
        ]),
  ];
  return (
    <FilterBar chips={chips}>
      {location === undefined ? (
        <Select
          aria-label="Location"
          placeholder="All locations"
          searchable
          w={180}
          value={null}
          data={(data?.locations ?? []).map(({ code, name }) => ({
            value: code,
            label: name === code ? code : `${code} ${name}`,
          }))}
          onChange={(value) => scope.change({ location: value ?? undefined, ...clear })}
        />
      ) : null}
      {channel === undefined ? (
        <Select
          aria-label="Channel"
          placeholder="All channels"
          w={160}
          value={null}
          data={data?.channels ?? []}
          onChange={(value) => scope.change({ channel: value ?? undefined, ...clear })}
        />
      ) : null}
    </FilterBar>
  );
}
