import type { ReactNode } from 'react';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { Problem } from '../../ui/problem.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';

/** A side panel that reads from the server: it stands there at once, and what goes wrong is said inside it. */
export function PanelLoadable(props: {
  waiting: string;
  resetKey: unknown;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Loadable
      resetKey={props.resetKey}
      skeleton={
        <SidePanel title="Loading" onClose={props.onClose}>
          <SkeletonRows rows={12} label={props.waiting} />
        </SidePanel>
      }
      instead={(error) => (
        <SidePanel title="This could not be shown" onClose={props.onClose}>
          <Problem error={error} />
        </SidePanel>
      )}
    >
      {props.children}
    </Loadable>
  );
}
