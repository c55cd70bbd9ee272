import type { DemandNode } from '@planwright/contracts';
import { useQueries, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import type { DemandScope } from './demand-scope.ts';

const PAGE_ROWS = 200;
const ROOT = 'all';

/** A line of the tree: a node, or the way to further items of the node above it. */
export type Line =
  | { readonly kind: 'node'; readonly node: DemandNode; readonly level: number; readonly open: boolean }
  | { readonly kind: 'more'; readonly parent: string; readonly level: number; readonly left: number };

type Page = {
  readonly node: DemandNode;
  readonly children: readonly DemandNode[];
  nextCursor: string | null;
};

/** Cursors of the pages that are read of each open node; the first page has none. */
type Opened = Readonly<Record<string, readonly (string | undefined)[]>>;

/** What is open, and the children of each open node as far as they were asked for, as they arrive. */
export function useTreeLines(scope: DemandScope): {
  lines: readonly Line[];
  toggle: (id: string) => void;
  readOn: (parent: string) => void;
} {
  const { slug } = useCompany();
  const { location, channel } = scope.shown;
  const place = JSON.stringify([location, channel]);
  const [known, setKnown] = useState<{ readonly place: string; readonly opened: Opened }>({
    place,
    opened: { [ROOT]: [undefined] },
  });
  // What is open stays open elsewhere too, but how far it was read does not: pages of another place begin anew.
  const opened = known.place === place ? known.opened : firstPages(known.opened);
  const setOpened = (next: Opened): void => setKnown({ place, opened: next });
  const query = (parent: string, cursor?: string) =>
    read('getDemandTree', {
      params: { company: slug },
      query: { parent, cursor, location, channel, limit: PAGE_ROWS },
    });
  const { data: top } = useSuspenseQuery(query(ROOT));
  const asked = Object.entries(opened).flatMap(([id, cursors]) => cursors.map((cursor) => ({ id, cursor })));
  const answers = useQueries({ queries: asked.map(({ id, cursor }) => query(id, cursor)) });
  const pagesOf = (id: string): readonly Page[] =>
    answers.flatMap(({ data }, index) => (asked[index]?.id === id && data !== undefined ? [data] : []));
  const toggle = (id: string): void => {
    const { [id]: cursors, ...others } = opened;
    setOpened(cursors === undefined ? { ...opened, [id]: [undefined] } : others);
  };
  const readOn = (parent: string): void => {
    const next = pagesOf(parent).at(-1)?.nextCursor;
    const cursors = opened[parent] ?? [];
    if (next !== null && next !== undefined && !cursors.includes(next))
      setOpened({ ...opened, [parent]: [...cursors, next] });
  };
  return { lines: linesFrom(top.node, (id) => (id in opened ? pagesOf(id) : undefined)), toggle, readOn };
}

const firstPages = (opened: Opened): Opened =>
  Object.fromEntries(Object.keys(opened).map((id) => [id, [undefined]]));

/** The lines below a node, depth first. `pagesOf` is undefined for a node that is closed. */
function linesFrom(root: DemandNode, pagesOf: (id: string) => readonly Page[] | undefined): Line[] {
  const lines: Line[] = [];
  const add = (node: DemandNode, level: number): void => {
    const pages = pagesOf(node.id);
    lines.push({ kind: 'node', node, level, open: pages !== undefined });
    if (pages === undefined) return;
    const children = pages.flatMap((page) => page.children);
    for (const child of children) add(child, level + 1);
    const last = pages.at(-1);
    if (last !== undefined && last.nextCursor !== null)
      lines.push({
        kind: 'more',
        parent: node.id,
        level: level + 1,
        left: pages[0]!.node.childCount - children.length,
      });
  };
  add(root, 1);
  return lines;
}
