import { QueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, Suspense, type ReactNode } from 'react';
import css from './loadable.module.css';
import { Problem } from './problem.tsx';

/** What to show instead of the problem, for a refusal that is an answer; undefined where it is none. */
export type Instead = (error: Error) => ReactNode | undefined;

type BoundaryProps = {
  onRetry: () => void;
  instead: Instead | undefined;
  resetKey: unknown;
  children: ReactNode;
};

type BoundaryState = { error: Error | null; resetKey: unknown };

class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  static getDerivedStateFromProps({ resetKey }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const instead = this.props.instead?.(error);
    if (instead !== undefined) return instead;
    const retry = (): void => {
      this.props.onRetry();
      this.setState({ error: null });
    };
    return <Problem error={error} retry={retry} />;
  }
}

/**
 * A part that reads from the server: its skeleton while it waits, its problem and a way out if it fails. A new
 * `resetKey`, such as another selection, tries again by itself.
 */
export function Loadable(props: {
  skeleton: ReactNode;
  instead?: Instead;
  resetKey?: unknown;
  children: ReactNode;
}) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Boundary onRetry={reset} instead={props.instead} resetKey={props.resetKey}>
          <Suspense fallback={props.skeleton}>{props.children}</Suspense>
        </Boundary>
      )}
    </QueryErrorResetBoundary>
  );
}

/** A grey block of the height of what will stand there, so that nothing moves when it comes. */
export function Skeleton({ height, width = '100%' }: { height: number; width?: number | string }) {
  return <div className={css.skeleton} style={{ height, width }} aria-hidden="true" />;
}

/** Lines of a table that is on its way. */
export function SkeletonRows({ rows = 8, label = 'Loading' }: { rows?: number; label?: string }) {
  return (
    <div role="status">
      <span className="pw-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={css.row} aria-hidden="true">
          <div className={css.skeleton} style={{ width: `${58 - ((row * 17) % 34)}%`, height: 10 }} />
        </div>
      ))}
    </div>
  );
}

export function SkeletonBlock({ height, label = 'Loading' }: { height: number; label?: string }) {
  return (
    <div role="status">
      <span className="pw-hidden">{label}</span>
      <Skeleton height={height} />
    </div>
  );
}
