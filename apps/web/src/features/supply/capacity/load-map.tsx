import { type KeyboardEvent, useRef, useState } from 'react';
import { readableOn } from '../../../app/contrast.ts';
import { usePalette } from '../../../app/theme.tsx';
import type { Palette } from '../../../app/tokens.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { formatNumber, formatPercent, MISSING } from '../../../ui/number-format.ts';
import css from './load-map.module.css';
import {
  colourOf,
  LOAD_KEY,
  loadRatio,
  type ResourceLoad,
  type ResourceLoads,
  stepOf,
} from './load-scale.ts';
import type { LoadFigure } from './load-figures.ts';

/**
 * Resources by periods as a grid whose cells are shaded by load. Overload is hatched and marked, so that it
 * shows without colour; the line above the map says the cell under the pointer or the focus in full.
 */
export function LoadMap(props: {
  loads: ResourceLoads;
  figure: LoadFigure;
  /** A click on a name, or a click or Enter on a cell with its bucket. */
  onResource: (resource: ResourceLoad, bucket?: number) => void;
  isSelected: (resource: ResourceLoad) => boolean;
}) {
  const { loads, figure } = props;
  const palette = usePalette();
  const { table, at, setAt, onKeyDown } = useWalk(loads, props.onResource);
  const buckets = loads.horizon.buckets;
  const resource = loads.resources[at.row];
  return (
    <>
      <div className={css.top}>
        <p className={css.line} role="status">
          {resource === undefined ? '' : sentenceOf(loads, resource, at.bucket)}
        </p>
        <Key palette={palette} />
      </div>
      <div className={css.scroll}>
        <table
          ref={table}
          className={css.map}
          role="grid"
          aria-label="Load of resources by period"
          onKeyDown={onKeyDown}
          data-tight={buckets.length > 26}
        >
          <Head buckets={buckets} />
          <tbody>
            {loads.resources.map((row, index) => (
              <tr key={row.resourceId} data-selected={props.isSelected(row)}>
                <th scope="row">
                  <button
                    type="button"
                    className={css.name}
                    onClick={() => props.onResource(row)}
                    title={`${row.code}, ${row.location ?? 'no location'}`}
                  >
                    {row.name}
                  </button>
                </th>
                <td className={css.peak}>{formatPercent(row.peakRatio, 0)}</td>
                {buckets.map(({ startsOn }, bucket) => (
                  <Cell
                    key={startsOn}
                    resource={row}
                    bucket={bucket}
                    figure={figure}
                    palette={palette}
                    at={`${index}-${bucket}`}
                    tabbable={at.row === index && at.bucket === bucket}
                    onArrive={() => setAt({ row: index, bucket })}
                    onOpen={() => props.onResource(row, bucket)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** The cell under the pointer or the focus, and the arrow keys that move it. */
function useWalk(loads: ResourceLoads, onOpen: (resource: ResourceLoad, bucket: number) => void) {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, bucket: 0 });
  const buckets = loads.horizon.buckets;
  const move = (row: number, bucket: number): void => {
    const next = {
      row: Math.min(loads.resources.length - 1, Math.max(0, row)),
      bucket: Math.min(buckets.length - 1, Math.max(0, bucket)),
    };
    setAt(next);
    table.current?.querySelector<HTMLElement>(`[data-at="${next.row}-${next.bucket}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, readonly [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
    };
    const resource = loads.resources[at.row];
    const isCell = (event.target as Element).getAttribute('role') === 'gridcell';
    if (event.key === 'Enter' && isCell && resource !== undefined) onOpen(resource, at.bucket);
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    move(at.row + step[0], at.bucket + step[1]);
  };
  return { table, at, setAt, onKeyDown };
}

function sentenceOf({ horizon }: ResourceLoads, resource: ResourceLoad, bucket: number): string {
  const load = resource.loadHours[bucket] ?? null;
  const capacity = resource.capacityHours[bucket] ?? null;
  const ratio = loadRatio(resource, bucket);
  const where = `${resource.code} ${resource.name}, ${formatBucket(horizon.buckets[bucket]?.label ?? '')}`;
  if (load === null || capacity === null) return `${where}: nothing known`;
  const share = ratio === null || !Number.isFinite(ratio) ? '' : `, ${formatPercent(ratio)}`;
  const over = load > capacity ? `, ${formatNumber(load - capacity)} hours over` : '';
  return `${where}: ${formatNumber(load)} of ${formatNumber(capacity)} hours${share}${over}`;
}

function figureOf(resource: ResourceLoad, bucket: number, figure: LoadFigure): string {
  const ratio = loadRatio(resource, bucket);
  const load = resource.loadHours[bucket] ?? null;
  const capacity = resource.capacityHours[bucket] ?? null;
  if (load === null || capacity === null) return MISSING;
  if (figure === 'hours') return formatNumber(load);
  if (figure === 'free') return formatNumber(capacity - load);
  if (ratio === null) return MISSING;
  return Number.isFinite(ratio) ? formatNumber(ratio * 100) : 'none';
}

function Head({ buckets }: { buckets: ResourceLoads['horizon']['buckets'] }) {
  return (
    <thead>
      <tr>
        <th scope="col">Resource</th>
        <th scope="col" className={css.peak}>
          Peak
        </th>
        {buckets.map(({ label, startsOn }) => (
          <th key={startsOn} scope="col">
            <span>{formatBucket(label)}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cell(props: {
  resource: ResourceLoad;
  bucket: number;
  figure: LoadFigure;
  palette: Palette;
  at: string;
  tabbable: boolean;
  onArrive: () => void;
  onOpen: () => void;
}) {
  const { palette } = props;
  const ratio = loadRatio(props.resource, props.bucket);
  const background = ratio === null ? palette.paper : colourOf(ratio, palette);
  const over = ratio !== null && stepOf(ratio).over;
  return (
    <td
      role="gridcell"
      data-at={props.at}
      data-over={over}
      tabIndex={props.tabbable ? 0 : -1}
      className={css.cell}
      style={{ backgroundColor: background, color: readableOn(background, palette.ink, palette.onInk) }}
      onFocus={props.onArrive}
      onMouseEnter={props.onArrive}
      onClick={props.onOpen}
    >
      <span>
        {figureOf(props.resource, props.bucket, props.figure)}
        {over ? <span className="pw-hidden"> over capacity</span> : null}
      </span>
    </td>
  );
}

function Key({ palette }: { palette: Palette }) {
  return (
    <ul className={css.key} aria-label="Shades: percent of the hours there are">
      {LOAD_KEY.map(({ ratio, label }) => (
        <li key={label}>
          <i
            style={{ backgroundColor: colourOf(ratio, palette) }}
            data-over={stepOf(ratio).over}
            className={css.swatch}
          />
          {label}
        </li>
      ))}
      <li className={css.unit} aria-hidden>
        % of hours
      </li>
    </ul>
  );
}
