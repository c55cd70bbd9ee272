import type { DemandNode } from '@planwright/contracts';
import { useQueries, useSuspenseQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useRef, useState } from 'react';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Icon } from '../../ui/icon.tsx';
import {
  formatExact,
  formatPercent,
  formatScaled,
  columnScaleOf,
  unitInWords,
  type Scale,
} from '../../ui/number-format.ts';
import { type DemandScope, nodeOf } from './demand-scope.ts';
import css from './demand-tree.module.css';

type Line = { readonly node: DemandNode; readonly level: number; readonly open: boolean };

/** The item hierarchy with what is planned of each node and how far off its forecast was. */
export function DemandTree({ scope }: { scope: DemandScope }) {
  const { lines, toggle } = useLines(scope);
  const list = useRef<HTMLDivElement>(null);
  const selected = nodeOf(scope.shown);
  const scale = columnScaleOf(lines.map(({ node }) => node.planQuantity));
  const choose = ({ kind, code }: DemandNode): void =>
    scope.change({
      group: kind === 'group' ? code : undefined,
      item: kind === 'item' ? code : undefined,
      stream: undefined,
      bucket: undefined,
    });
  const focus = (index: number): void => {
    list.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[index]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const line = lines[index];
    if (line === undefined) return;
    const { node, open, level } = line;
    const keys: Record<string, () => void> = {
      ArrowDown: () => focus(Math.min(lines.length - 1, index + 1)),
      ArrowUp: () => focus(Math.max(0, index - 1)),
      Home: () => focus(0),
      End: () => focus(lines.length - 1),
      ArrowRight: () => (node.childCount > 0 && !open ? toggle(node.id) : focus(index + 1)),
      ArrowLeft: () =>
        open ? toggle(node.id) : focus(lines.findLastIndex((other, at) => at < index && other.level < level)),
      Enter: () => choose(node),
      ' ': () => choose(node),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <>
      <div className={css.head} aria-hidden="true">
        <span>Items</span>
        <span>Next year{scale.prefix === '' ? '' : `, ${unitInWords('', scale)}`}</span>
        <span>Off by</span>
      </div>
      <div className={css.tree} role="tree" aria-label="Item hierarchy" ref={list}>
        {lines.map((line, index) => (
          <TreeLine
            key={line.node.id}
            line={line}
            scale={scale}
            selected={line.node.id === selected}
            tabbable={
              lines.some(({ node }) => node.id === selected) ? line.node.id === selected : index === 0
            }
            onChoose={() => choose(line.node)}
            onToggle={() => toggle(line.node.id)}
            onKeyDown={(event) => onKeyDown(event, index)}
          />
        ))}
      </div>
    </>
  );
}

// What is open, and each open node's children as they arrive.
function useLines(scope: DemandScope): { lines: Line[]; toggle: (id: string) => void } {
  const { slug } = useCompany();
  const { location, channel } = scope.shown;
  const [open, setOpen] = useState<readonly string[]>(['all']);
  const query = (parent: string) =>
    read('getDemandTree', { params: { company: slug }, query: { parent, location, channel } });
  const { data: top } = useSuspenseQuery(query('all'));
  const below = useQueries({ queries: open.filter((id) => id !== 'all').map(query) });
  const childrenOf = new Map([[top.node.id, top.children]]);
  for (const { data } of below) if (data !== undefined) childrenOf.set(data.node.id, data.children);

  const lines: Line[] = [];
  const add = (node: DemandNode, level: number): void => {
    const isOpen = open.includes(node.id);
    lines.push({ node, level, open: isOpen });
    if (isOpen) for (const child of childrenOf.get(node.id) ?? []) add(child, level + 1);
  };
  add(top.node, 1);
  const toggle = (id: string): void =>
    setOpen(open.includes(id) ? open.filter((other) => other !== id) : [...open, id]);
  return { lines, toggle };
}

function TreeLine(props: {
  line: Line;
  scale: Scale;
  selected: boolean;
  tabbable: boolean;
  onChoose: () => void;
  onToggle: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { node, level, open } = props.line;
  const hasChildren = node.childCount > 0;
  const off = formatPercent(node.wapeRatio, 0);
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={hasChildren ? open : undefined}
      aria-selected={props.selected}
      tabIndex={props.tabbable ? 0 : -1}
      className={css.line}
      style={{ paddingLeft: (level - 1) * 14 }}
      onClick={props.onChoose}
      onKeyDown={props.onKeyDown}
    >
      {hasChildren ? (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the arrow keys of the line do the same
        <span
          className={css.twist}
          data-open={open}
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle();
          }}
        >
          <Icon name="right" size={12} />
        </span>
      ) : (
        <span className={css.twist} />
      )}
      <span className={css.name} title={node.kind === 'item' ? `${node.code} ${node.name}` : node.name}>
        {node.kind === 'item' ? <small>{node.code}</small> : null} {node.name}
      </span>
      <span className={css.number} title={formatExact(node.planQuantity)}>
        {formatScaled(node.planQuantity, props.scale)}
      </span>
      <span className={css.error}>{off}</span>
    </div>
  );
}
