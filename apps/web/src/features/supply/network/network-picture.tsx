import { type KeyboardEvent, useRef, useState } from 'react';
import { formatExact, formatNumber } from '../../../ui/number-format.ts';
import { StatusWord } from '../../../ui/status-word.tsx';
import css from './network-picture.module.css';
import type { NetworkEdge, NetworkLayout, NetworkNode, PlacedNode } from './network-layout.ts';

const NODE = { width: 176, height: 62 } as const;
const GAP = { column: 84, row: 14 } as const;
const MARGIN = 8;

const leftOf = (column: number): number => MARGIN + column * (NODE.width + GAP.column);
const topOf = (row: number): number => MARGIN + row * (NODE.height + GAP.row);

const WAYS: Record<NetworkEdge['kind'], string> = { make: 'made', buy: 'bought', move: 'moved' };

/**
 * Where an item comes from and goes to, left to right by flow. Arrow keys walk along the flow and within a column;
 * Enter opens a node. The slowest way into the item is drawn in ink.
 */
export function NetworkPicture(props: {
  layout: NetworkLayout;
  edges: readonly NetworkEdge[];
  selected: number | undefined;
  onOpen: (node: NetworkNode) => void;
}) {
  const { layout, edges, selected, onOpen } = props;
  const { box, at, setAt, onKeyDown } = useNetworkWalk(layout, edges);
  const width = leftOf(layout.columnCount - 1) + NODE.width + MARGIN;
  const height = topOf(layout.rowCount - 1) + NODE.height + MARGIN;
  return (
    <div className={css.scroll}>
      <div
        ref={box}
        className={css.picture}
        style={{ width, height }}
        role="group"
        aria-label="Network, left to right by flow. Arrow keys walk along it."
        onKeyDown={onKeyDown}
      >
        <svg width={width} height={height} className={css.edges} aria-hidden="true">
          {edges.map((edge) => (
            <Way key={`${edge.from} ${edge.to} ${edge.kind}`} edge={edge} layout={layout} />
          ))}
        </svg>
        {layout.nodes.map((placed) => (
          <NodeButton
            key={placed.node.id}
            placed={placed}
            tabbable={placed.node.id === at}
            selected={placed.node.stockPointId !== null && placed.node.stockPointId === selected}
            onFocus={() => setAt(placed.node.id)}
            onOpen={() => onOpen(placed.node)}
          />
        ))}
      </div>
    </div>
  );
}

function useNetworkWalk(layout: NetworkLayout, edges: readonly NetworkEdge[]) {
  const box = useRef<HTMLDivElement>(null);
  const focus = layout.nodes.find(({ node }) => node.isFocus) ?? layout.nodes[0];
  const [walked, setAt] = useState<number>();
  const known = layout.nodes.find(({ node }) => node.id === walked) ?? focus;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (known === undefined) return;
    const next = neighbour(layout, edges, known, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next.node.id);
    box.current?.querySelector<HTMLElement>(`[data-node="${next.node.id}"]`)?.focus();
  };
  return { box, at: known?.node.id, setAt, onKeyDown };
}

function neighbour(
  layout: NetworkLayout,
  edges: readonly NetworkEdge[],
  from: PlacedNode,
  key: string,
): PlacedNode | undefined {
  const placed = (id: number | undefined) => layout.nodes.find(({ node }) => node.id === id);
  if (key === 'ArrowLeft') return placed(edges.find(({ to }) => to === from.node.id)?.from);
  if (key === 'ArrowRight') return placed(edges.find((edge) => edge.from === from.node.id)?.to);
  const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return undefined;
  return layout.nodes.find(({ column, row }) => column === from.column && row === from.row + step);
}

function Way({ edge, layout }: { edge: NetworkEdge; layout: NetworkLayout }) {
  const from = layout.nodes.find(({ node }) => node.id === edge.from);
  const to = layout.nodes.find(({ node }) => node.id === edge.to);
  if (from === undefined || to === undefined) return null;
  const x1 = leftOf(from.column) + NODE.width;
  const y1 = topOf(from.row) + NODE.height / 2;
  const x2 = leftOf(to.column);
  const y2 = topOf(to.row) + NODE.height / 2;
  const bend = Math.max(24, (x2 - x1) / 2);
  return (
    <>
      <path
        className={css.way}
        data-critical={layout.isCritical(edge)}
        data-alternate={edge.priority > 1}
        d={`M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`}
      />
      <text className={css.days} x={x2 - 6} y={y2 - 5} textAnchor="end">
        {formatNumber(edge.leadTimeDays)} d
      </text>
    </>
  );
}

function NodeButton(props: {
  placed: PlacedNode;
  tabbable: boolean;
  selected: boolean;
  onFocus: () => void;
  onOpen: () => void;
}) {
  const { node, column, row, critical, leadTimeDays } = props.placed;
  const short = node.shortageQuantity > 0;
  return (
    <button
      type="button"
      className={css.node}
      style={{ left: leftOf(column), top: topOf(row), width: NODE.width, height: NODE.height }}
      data-node={node.id}
      data-type={node.type}
      data-focus={node.isFocus}
      data-critical={critical}
      data-selected={props.selected}
      tabIndex={props.tabbable ? 0 : -1}
      title={`${node.code} ${node.name}, ${formatNumber(leadTimeDays)} days along its slowest way`}
      onFocus={props.onFocus}
      onClick={props.onOpen}
    >
      <span className={css.code}>{node.code}</span>
      <span className={css.name}>
        {node.location === null ? nameBeside(node) : `${node.location} · ${node.name}`}
      </span>
      {node.type === 'supplier' ? (
        <span className={css.stock}>Supplier</span>
      ) : (
        <span className={css.stock}>
          {short ? (
            <StatusWord tone="bad">{`${formatExact(Math.round(node.shortageQuantity))} short`}</StatusWord>
          ) : (
            `${formatExact(Math.round(node.onHand))} on hand`
          )}
        </span>
      )}
      <span className="pw-hidden">{critical ? ', on the slowest way' : ''}</span>
    </button>
  );
}

/** A name that only repeats the code says nothing. */
const nameBeside = ({ code, name }: NetworkNode): string => (name === code ? '' : name);

/** An edge in words, for the table beside the picture. */
export const wayInWords = (edge: NetworkEdge): string => WAYS[edge.kind];
