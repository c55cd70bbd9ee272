import { QueryErrorResetBoundary } from '@tanstack/react-query';
import { Component, Suspense, type ReactNode } from 'react';
import css from './loadable.module.css';
import { Problem } from './problem.tsx';

type BoundaryProps = { onRetry: () => void; children: ReactNode };

class Boundary extends Component<BoundaryProps, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const retry = (): void => {
      this.props.onRetry();
      this.setState({ error: null });
    };
    return <Problem error={error} retry={retry} />;
  }
}

/** A part that reads from the server: its skeleton while it waits, its problem and a way out if it fails. */
export function Loadable({ skeleton, children }: { skeleton: ReactNode; children: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Boundary onRetry={reset}>
          <Suspense fallback={skeleton}>{children}</Suspense>
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
