import { type ReactNode, useEffect, useRef } from 'react';
import css from './views.module.css';

/**
 * The views of one screen: links in the address, so that each can be sent and Back works. Where they do not all fit, the
 * one in force is scrolled to.
 */
export function Views({ label, children }: { label: string; children: ReactNode }) {
  const views = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = views;
    const inForce = current?.querySelector<HTMLElement>('[aria-current=page]') ?? null;
    if (current === null || inForce === null) return;
    current.scrollLeft = inForce.offsetLeft - (current.clientWidth - inForce.offsetWidth) / 2;
  });
  return (
    <nav className={css.views} aria-label={label} ref={views}>
      {children}
    </nav>
  );
}

/** Class of a link in `Views`; the router marks the one in force with aria-current. */
export const viewLink: string = css.view ?? '';
