import type { DemandNode } from '@planwright/contracts';
import { type KeyboardEvent, useRef } from 'react';
import { Icon } from '../../ui/icon.tsx';
import {
  formatExact,
  formatNumber,
  formatPercent,
  formatScaled,
  columnScaleOf,
  unitInWords,
  type Scale,
} from '../../ui/number-format.ts';
import { type DemandScope, nodeOf } from './demand-scope.ts';
import css from './demand-tree.module.css';
import { type Line, useTreeLines } from './tree-lines.ts';

/** The item hierarchy with what is planned of each node and how far off its forecast was. */
export function DemandTree({ scope }: { scope: DemandScope }) {
  const { lines, toggle, readOn } = useTreeLines(scope);
  const list = useRef<HTMLDivElement>(null);
  const selected = nodeOf(scope.shown);
  const nodes = lines.flatMap((line) => (line.kind === 'node' ? [line.node] : []));
  const scale = columnScaleOf(nodes.map(({ planQuantity }) => planQuantity));
  const selectedShown = nodes.some(({ id }) => id === selected);
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
    const act = keysOf(lines, index, {
      focus,
      act: () => (line.kind === 'node' ? choose(line.node) : readOn(line.parent)),
      turn: () => (line.kind === 'node' ? toggle(line.node.id) : undefined),
    })[event.key];
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
        {lines.map((line, index) =>
          line.kind === 'more' ? (
            <MoreLine
              key={`more ${line.parent}`}
              line={line}
              onReadOn={() => readOn(line.parent)}
              onKeyDown={(event) => onKeyDown(event, index)}
            />
          ) : (
            <TreeLine
              key={line.node.id}
              line={line}
              scale={scale}
              selected={line.node.id === selected}
              tabbable={selectedShown ? line.node.id === selected : index === 0}
              onChoose={() => choose(line.node)}
              onToggle={() => toggle(line.node.id)}
              onKeyDown={(event) => onKeyDown(event, index)}
            />
          ),
        )}
      </div>
    </>
  );
}

type Acts = {
  readonly focus: (index: number) => void;
  readonly act: () => void;
  /** Opens or closes the node. */
  readonly turn: () => void;
};

/** What each key does on a line, as trees are walked everywhere. */
function keysOf(
  lines: readonly Line[],
  index: number,
  { focus, act, turn }: Acts,
): Readonly<Record<string, () => void>> {
  const line = lines[index];
  const open = line?.kind === 'node' && line.open;
  const opens = line?.kind === 'node' && line.node.childCount > 0 && !open;
  const parent = lines.findLastIndex((other, at) => at < index && other.level < (line?.level ?? 0));
  return {
    ArrowDown: () => focus(Math.min(lines.length - 1, index + 1)),
    ArrowUp: () => focus(Math.max(0, index - 1)),
    Home: () => focus(0),
    End: () => focus(lines.length - 1),
    ArrowRight: () => (opens ? turn() : focus(index + 1)),
    ArrowLeft: () => (open ? turn() : focus(parent)),
    Enter: act,
    ' ': act,
  };
}

/** Reads on in a node that has more items than are shown. */
function MoreLine(props: {
  line: Extract<Line, { kind: 'more' }>;
  onReadOn: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { left, level } = props.line;
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={false}
      tabIndex={-1}
      className={css.line}
      style={{ paddingLeft: (level - 1) * 14 }}
      onClick={props.onReadOn}
      onKeyDown={props.onKeyDown}
    >
      <span className={css.twist} />
      <span className={css.more}>Show more, {formatNumber(left)} left</span>
    </div>
  );
}

function TreeLine(props: {
  line: Extract<Line, { kind: 'node' }>;
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
