import type { ApiOutput } from '@planwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { read } from './api.ts';
import header from './header.module.css';
import { CAPABILITIES } from './nav.tsx';
import css from './search-palette.module.css';
import { useCompany } from './session.ts';

type Hit = ApiOutput<'search'>['hits'][number];
type Choice = {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly go: () => void;
};

const HIT_KINDS: Record<Hit['kind'], string> = {
  item: 'Item',
  item_group: 'Item group',
  location: 'Location',
  account: 'Account',
  supplier: 'Supplier',
  resource: 'Resource',
};

/** Opens the search: a click, Ctrl-K, or Cmd-K. */
export function SearchButton() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        className={header.search}
        onClick={() => setOpen(true)}
        aria-keyshortcuts="Control+K"
      >
        <Icon name="search" size={14} />
        <span>Search</span>
        <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      {open ? (
        <Dialog label="Search" onClose={() => setOpen(false)} bare>
          <Palette onDone={() => setOpen(false)} />
        </Dialog>
      ) : null}
    </>
  );
}

function Palette({ onDone }: { onDone: () => void }) {
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const { choices, searching } = useChoices(text, onDone);
  const at = Math.min(active, choices.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive((at + step + choices.length) % choices.length);
    }
    if (event.key === 'Enter') choices[at]?.go();
  };
  return (
    <div className={css.palette}>
      <div className={css.field}>
        <Icon name="search" />
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to type in it
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={at < 0 ? undefined : `${listId}-${at}`}
          aria-label="Search screens, items, locations, accounts"
          placeholder="Screens, items, locations, accounts …"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul className={css.list} id={listId} role="listbox" aria-label="Results">
        {choices.map((choice, index) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above takes the keys
          <li
            key={choice.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            className={css.choice}
            onClick={choice.go}
            onMouseMove={() => setActive(index)}
          >
            <span>{choice.title}</span>
            <span className={css.note}>{choice.note}</span>
          </li>
        ))}
      </ul>
      <p className={css.foot} role="status">
        {choices.length === 0 && !searching
          ? 'Nothing by that name or code.'
          : 'Up and down to choose, Enter to open, Esc to close'}
      </p>
    </div>
  );
}

function useChoices(text: string, onDone: () => void): { choices: Choice[]; searching: boolean } {
  const { slug } = useCompany();
  const navigate = useNavigate();
  const q = useDeferredValue(text.trim());
  const { data, isFetching } = useQuery({
    ...read('search', { params: { company: slug }, query: { q, limit: 12 } }),
    enabled: q.length > 0,
    placeholderData: (previous) => previous,
  });
  const screens = CAPABILITIES.filter(({ name, question }) =>
    `${name} ${question}`.toLowerCase().includes(text.trim().toLowerCase()),
  ).map((entry) => ({
    key: entry.path,
    title: entry.name,
    note: entry.question,
    go: () => {
      onDone();
      void navigate({ to: entry.path, params: { company: slug } });
    },
  }));
  const hits = (q.length > 0 ? (data?.hits ?? []) : []).map((hit) => ({
    key: `${hit.kind}-${hit.code}`,
    title: `${hit.code} ${hit.name === hit.code ? '' : hit.name}`,
    note: HIT_KINDS[hit.kind],
    go: () => {
      onDone();
      void navigate(placeOf(hit, slug));
    },
  }));
  return { choices: [...screens, ...hits], searching: isFetching };
}

/** The screen where a thing is best looked at. */
function placeOf(hit: Hit, company: string) {
  const params = { company };
  if (hit.kind === 'item') return { to: '/c/$company/demand', params, search: { item: hit.code } } as const;
  if (hit.kind === 'item_group')
    return { to: '/c/$company/demand', params, search: { group: hit.code } } as const;
  if (hit.kind === 'location')
    return { to: '/c/$company/supply', params, search: { location: hit.code } } as const;
  if (hit.kind === 'resource') {
    return { to: '/c/$company/supply', params, search: { view: 'load', resource: hit.code } } as const;
  }
  const search = { view: 'rows', target: hit.kind, where: `code=${hit.code}` };
  return { to: '/c/$company/data', params, search } as const;
}
