import type { ReactNode } from 'react';
import css from './message.module.css';

/** What will be here, why it is not, and one button. */
export function EmptyState(props: { title: string; why: ReactNode; action?: ReactNode }) {
  return (
    <div className={css.message}>
      <p className={css.title}>{props.title}</p>
      <p className={css.text}>{props.why}</p>
      {props.action}
    </div>
  );
}
