import { Button } from '@mantine/core';
import { type Import, targetOf } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useWrite } from '../../app/api.ts';
import { useImportProgress, useRefreshAtEnd } from '../../app/live.ts';
import { useCompany } from '../../app/session.ts';
import { formatMoment } from '../../ui/date-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { countInWords, formatNumber } from '../../ui/number-format.ts';
import { Refused } from '../../ui/problem.tsx';
import { Progress } from '../../ui/progress.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import table from '../../ui/table.module.css';
import type { DataScope } from './data-address.ts';
import css from './import-panel.module.css';
import { importState } from './import-state.ts';

/** One import: how far it is, what it changed, and the ways to stop it or take it back. */
export function ImportPanel({ scope }: { scope: DataScope }) {
  const importId = scope.shown.import;
  const close = (): void => scope.change({ import: undefined });
  if (importId === undefined) return null;
  const waiting = (
    <SidePanel title="Loading" onClose={close}>
      <SkeletonRows rows={6} label="Loading the import" />
    </SidePanel>
  );
  return (
    <Loadable skeleton={waiting} key={importId}>
      <ImportDetail importId={importId} onClose={close} onIssues={() => scope.change({ view: 'imports' })} />
    </Loadable>
  );
}

function ImportDetail(props: { importId: string; onClose: () => void; onIssues: () => void }) {
  const { slug, may } = useCompany();
  const params = { company: slug, importId: props.importId };
  const { data: item } = useSuspenseQuery(read('getImport', { params }));
  const state = importState(item);
  const cancel = useWrite('cancelImport');
  useImportProgress(slug, state.live ? props.importId : null);
  useRefreshAtEnd(slug, state.live);
  return (
    <SidePanel
      kicker={`${item.createdBy}, ${formatMoment(item.createdAt)}`}
      title={item.name}
      onClose={props.onClose}
    >
      <div className={css.state} role="status">
        {state.live ? (
          <Progress
            label={state.word}
            ratio={item.progressRatio}
            detail={item.progressText}
            onCancel={may('data.import') ? () => cancel.mutate({ params }) : undefined}
            cancelling={cancel.isPending}
          />
        ) : (
          <StatusWord tone={state.tone}>{state.word}</StatusWord>
        )}
        <Refused error={cancel.error} />
        {item.failure === null ? null : <p>{item.failure}</p>}
      </div>
      <Counts item={item} />
      {item.errorCount + item.warningCount === 0 ? null : (
        <p className={css.issues}>
          {countInWords(item.errorCount, 'error')} and {countInWords(item.warningCount, 'warning')}.{' '}
          <button type="button" className={table.link} onClick={props.onIssues}>
            See them
          </button>
        </p>
      )}
      {item.canUndo ? <Undo item={item} /> : null}
      <h3 className={css.title}>Files</h3>
      <ul className={css.files}>
        {item.files.map((file) => (
          <li key={file.name}>
            <span>{file.name}</span>
            <span>{sizeInWords(file.bytes)}</span>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}

function sizeInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${formatNumber(bytes / 1_000)} kB` : `${formatNumber(bytes / 1_000_000, 1)} MB`;
}

function Counts({ item }: { item: Import }) {
  if (item.targets.length === 0) return null;
  const columns = ['New', 'Changed', 'Same', 'Gone', 'Refused'];
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${table.tight}`}>
        <thead>
          <tr>
            <th scope="col">Table</th>
            {columns.map((name) => (
              <th key={name} scope="col" className={table.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {item.targets.map((target) => (
            <tr key={target.target}>
              <th scope="row">{targetOf(target.target).label}</th>
              {[target.inserted, target.updated, target.unchanged, target.removed].map((count, index) => (
                <td key={index} className={table.number}>
                  {formatNumber(count)}
                </td>
              ))}
              <td className={`${table.number} ${target.rejected > 0 ? table.bad : ''}`}>
                {formatNumber(target.rejected)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Undo({ item }: { item: Import }) {
  const { slug, may, whyNot } = useCompany();
  const [asking, setAsking] = useState(false);
  const undo = useWrite('undoImport');
  const total = (value: (target: Import['targets'][number]) => number): number =>
    item.targets.reduce((sum, target) => sum + value(target), 0);
  if (!may('data.import')) return <p className={table.quiet}>{whyNot('data.import')}</p>;
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Undo this import …
      </Button>
      {asking ? (
        <Dialog label={`Undo ${item.name}`} onClose={() => setAsking(false)}>
          <div className={css.dialog}>
            <p>
              {countInWords(
                total(({ inserted }) => inserted),
                'new row',
              )}{' '}
              will be removed,{' '}
              {countInWords(
                total(({ updated }) => updated),
                'changed row',
              )}{' '}
              set back, and{' '}
              {countInWords(
                total(({ removed }) => removed),
                'removed row',
              )}{' '}
              put back. Plans that were run over this data stay as they are.
            </p>
            <Refused error={undo.error} />
            <div className={css.acts}>
              <Button variant="default" onClick={() => setAsking(false)}>
                Keep the import
              </Button>
              <Button
                data-tone="danger"
                loading={undo.isPending}
                onClick={() =>
                  undo.mutate(
                    { params: { company: slug, importId: item.id } },
                    { onSuccess: () => setAsking(false) },
                  )
                }
              >
                Undo import
              </Button>
            </div>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
