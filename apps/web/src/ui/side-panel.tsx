import { ActionIcon } from '@mantine/core';
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { Icon } from './icon.tsx';
import css from './side-panel.module.css';

const STORAGE_KEY = 'planwright-panel-width';
const WIDTH_MIN = 300;
const WIDTH_MAX = 720;
const WIDTH_FIRST = 380;
const STEP = 24;

const clamp = (width: number): number => Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, width));

function storedWidth(): number {
  const stored = Number(localStorage.getItem(STORAGE_KEY));
  return stored > 0 ? clamp(stored) : WIDTH_FIRST;
}

/** Detail of what is selected, on the right. Its left edge is dragged, or moved with the arrow keys. */
export function SidePanel(props: {
  title: ReactNode;
  kicker?: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const [width, setWidth] = useState(storedWidth);
  const resize = (next: number): void => {
    setWidth(clamp(next));
    localStorage.setItem(STORAGE_KEY, String(clamp(next)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') resize(width + STEP);
    if (event.key === 'ArrowRight') resize(width - STEP);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX);
  };
  return (
    <aside
      className={css.panel}
      style={{ width }}
      aria-label="Detail"
      onKeyDown={(event) => (event.key === 'Escape' ? props.onClose() : undefined)}
    >
      <div
        className={css.edge}
        role="separator"
        aria-orientation="vertical"
        aria-label="Width of the detail"
        aria-valuenow={width}
        aria-valuemin={WIDTH_MIN}
        aria-valuemax={WIDTH_MAX}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
      />
      <div className={css.head}>
        <div>
          {props.kicker === undefined ? null : <p className={css.kicker}>{props.kicker}</p>}
          <h2 className={css.title}>{props.title}</h2>
        </div>
        <ActionIcon onClick={props.onClose} aria-label="Close detail">
          <Icon name="close" />
        </ActionIcon>
      </div>
      <div className={css.body}>{props.children}</div>
    </aside>
  );
}
