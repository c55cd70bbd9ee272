/** What optimal plans need: rows that say how far each is, a queue, and a solver. */
import type { Optimum } from '@planwright/contracts';
import type { LinearProgram, ProgramSolution } from '@planwright/supply';
import type { AuditTrail } from '../access/audit.ts';
import type { JobSender } from '../scenarios/ports.ts';

export type OptimumParams = { readonly integerLots: boolean; readonly secondsMax: number };

export type StoredOptimum = Optimum & { readonly companyId: number; readonly params: OptimumParams };

/** Reads, and the work on a row. */
export type OptimumRows = {
  newest(companyId: number, runId: string): Promise<Optimum | undefined>;
  /** Takes one that waits, or whose worker has not been heard of in time. */
  claim(id: string, leaseSeconds: number): Promise<StoredOptimum | undefined>;
  /** Shows a sign of life and how far it is; true where it is to stop. */
  report(id: string, progressRatio: number, leaseSeconds: number): Promise<boolean>;
  finish(
    id: string,
    end:
      | { readonly status: 'succeeded'; readonly result: NonNullable<Optimum['result']> }
      | { readonly status: 'failed'; readonly failure: string }
      | { readonly status: 'cancelled' },
  ): Promise<void>;
  /** Back to those that wait, for a process that stops. */
  release(id: string): Promise<void>;
  /** Ids that wait or whose worker is gone. */
  abandoned(): Promise<readonly string[]>;
};

export type OptimumTx = {
  readonly optimums: {
    insert(row: {
      readonly id: string;
      readonly companyId: number;
      readonly runId: string;
      readonly params: OptimumParams;
      readonly createdBy: string;
    }): Promise<Optimum>;
    /** Ends one that waits, asks one that works to stop; undefined where the company has none of that id. */
    requestCancel(companyId: number, id: string): Promise<Optimum | undefined>;
  };
  readonly jobs: JobSender;
  readonly audit: AuditTrail;
};

export type OptimumTransact = <T>(work: (tx: OptimumTx) => Promise<T>) => Promise<T>;

/** Port: never rejects for what the solver does; see status and failure. */
export type SolveProgram = (
  program: LinearProgram,
  options: { readonly timeLimitSeconds: number; readonly signal: AbortSignal },
) => Promise<ProgramSolution>;
