import type { ReactNode } from 'react';
import css from './views.module.css';

/** The views of one screen: links in the address, so that each can be sent and Back works. */
export function Views({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={css.views} aria-label={label}>
      {children}
    </nav>
  );
}

/** Class of a link in `Views`; the router marks the one in force with aria-current. */
export const viewLink: string = css.view ?? '';
