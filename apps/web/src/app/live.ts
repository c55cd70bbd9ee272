import type { CompanyChange } from '@planwright/client';
import type { Import, Run } from '@planwright/contracts';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { answerKey } from './api.ts';
import { client } from './client.ts';

// What to read again after an event, of which there are many while a run or an import goes on. Its end changes
// what every screen shows: `useRefreshAtEnd` sees to that.
const READS_BY_EVENT: Record<CompanyChange['what'], readonly string[] | 'all'> = {
  import: ['listImports', 'getImport', 'getFreshness', 'getHome'],
  run: ['listRuns', 'getHome', 'getCompany'],
  cycle: ['listCycles', 'getCycle', 'getPlanOfRecord', 'getCompany'],
  company: 'all',
};

/** Follows a stream of the server while the component lives and `key` is the same; a null key follows nothing. */
function useStream<T>(
  key: string | null,
  open: (signal: AbortSignal) => AsyncGenerator<T>,
  onValue: (value: T) => void,
): void {
  const start = useEffectEvent(open);
  const handle = useEffectEvent(onValue);
  useEffect(() => {
    if (key === null) return undefined;
    const stop = new AbortController();
    const follow = async (): Promise<void> => {
      for await (const value of start(stop.signal)) handle(value);
    };
    // The stream reconnects by itself; what ends it for good, the next read of the screen will say.
    follow().catch(() => undefined);
    return () => stop.abort();
  }, [key]);
}

/** Keeps the company's answers in step with what others do. */
export function useLiveCompany(company: string): void {
  const queries = useQueryClient();
  useStream(
    company,
    (signal) => client.companyEvents({ params: { company } }, { signal }),
    ({ what }) => {
      const reads = READS_BY_EVENT[what];
      void queries.invalidateQueries({
        predicate: ({ queryKey }) =>
          queryKey[0] === company && (reads === 'all' || reads.includes(String(queryKey[1]))),
      });
    },
  );
}

const RUN_ENDED: readonly Run['status'][] = ['succeeded', 'failed', 'cancelled', 'rejected'];
const IMPORT_ENDED: readonly Import['status'][] = ['done', 'refused', 'failed', 'cancelled', 'undone'];

export const runEnded = (run: Run): boolean => RUN_ENDED.includes(run.status);
const importEnded = (item: Import): boolean => IMPORT_ENDED.includes(item.status);

function refreshAll(queries: QueryClient, company: string): void {
  void queries.invalidateQueries({ queryKey: [company] });
}

/** Reads everything of the company again when what went on has come to its end, however that was heard of. */
export function useRefreshAtEnd(company: string, goesOn: boolean): void {
  const queries = useQueryClient();
  const wentOn = useRef(goesOn);
  useEffect(() => {
    if (wentOn.current && !goesOn) refreshAll(queries, company);
    wentOn.current = goesOn;
  }, [queries, company, goesOn]);
}

/** Follows one run: its progress replaces the cached answer, its end refreshes the company. */
export function useRunProgress(company: string, runId: string | null): void {
  const queries = useQueryClient();
  useStream(
    runId,
    (signal) => client.runEvents({ params: { company, runId: runId ?? '' } }, { signal }),
    (run) => {
      queries.setQueryData(answerKey('getRun', { params: { company, runId: run.id } }), run);
      if (runEnded(run)) refreshAll(queries, company);
    },
  );
}

/** Follows one import in the same way. */
export function useImportProgress(company: string, importId: string | null): void {
  const queries = useQueryClient();
  useStream(
    importId,
    (signal) => client.importEvents({ params: { company, importId: importId ?? '' } }, { signal }),
    (item) => {
      queries.setQueryData(answerKey('getImport', { params: { company, importId: item.id } }), item);
      if (importEnded(item)) refreshAll(queries, company);
    },
  );
}
