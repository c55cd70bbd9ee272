import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from '../../ui/dialog.tsx';
import { Refused } from '../../ui/problem.tsx';

/** Says what goes before it goes. */
export function RemoveDialog(props: {
  what: string;
  children: ReactNode;
  error: Error | null;
  removing: boolean;
  onRemove: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog label={`Remove ${props.what}?`} onClose={props.onClose}>
      <div style={{ display: 'grid', gap: 16, justifyItems: 'start' }}>
        <p>{props.children}</p>
        <Refused error={props.error} />
        <Button onClick={props.onRemove} loading={props.removing}>
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
