import { Autocomplete } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef } from 'react';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';

const HITS = 20;

/** The code of an item, a group or a location: typed, or found by name. */
export function CodeChoice(props: {
  label: string;
  kind: 'item' | 'item_group' | 'location';
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  required?: boolean;
}) {
  const { slug } = useCompany();
  const q = useDeferredValue(props.value.trim());
  const { data } = useQuery({
    ...read('search', { params: { company: slug }, query: { q, limit: HITS } }),
    enabled: q !== '',
  });
  const hits = (data?.hits ?? []).filter(({ kind }) => kind === props.kind);
  const opened = useRef(false);
  const names = new Map(hits.map(({ code, name }) => [code, name]));
  return (
    <Autocomplete
      label={props.label}
      placeholder={props.placeholder}
      value={props.value}
      onChange={props.onChange}
      required={props.required}
      withAsterisk={false}
      data={[...names.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => `${option.value} ${names.get(option.value) ?? ''}`}
      comboboxProps={{ withinPortal: false }}
      onDropdownOpen={() => (opened.current = true)}
      onDropdownClose={() => (opened.current = false)}
      onKeyDown={(event) => {
        // Esc closes the list, and only then the dialog around it.
        if (event.key === 'Escape' && opened.current && names.size > 0) event.preventDefault();
      }}
    />
  );
}
