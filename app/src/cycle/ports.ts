/** What the planning cycle needs of the outside: a register of cycles, facts about a run, and someone to tell. */
import type { AuditTrail } from '../access/audit.ts';
import type { CycleRecord, GateCheck, StepRecord } from './model.ts';
import type { PlanFacts } from './plan-facts.ts';

export type NewCycle = {
  readonly id: string;
  readonly companyId: number;
  readonly name: string;
  readonly periodStart: string;
  readonly steps: readonly Pick<StepRecord, 'number' | 'kind' | 'name' | 'question' | 'dueOn' | 'status'>[];
};

export type StepChange = Partial<Pick<StepRecord, 'name' | 'ownerId' | 'dueOn'>>;

export type Signature = {
  readonly runId: string;
  readonly by: string;
  readonly byName: string;
  readonly at: Date;
  readonly note: string | null;
  readonly waiveReason: string | null;
  readonly gate: readonly GateCheck[];
};

export type PlanOfRecordRow = {
  readonly cycleId: string;
  readonly cycleName: string;
  readonly runId: string;
  readonly snapshotHash: string;
  readonly outputHash: string;
  readonly approvedBy: string;
  readonly approvedByName: string;
  readonly approvedAt: Date;
  readonly note: string | null;
  /** Sums over the horizon, in `currency`. */
  readonly revenue: number;
  readonly margin: number;
  readonly currency: string;
};

/** What freezes with approval. */
export type RunFigures = Pick<
  PlanOfRecordRow,
  'snapshotHash' | 'outputHash' | 'revenue' | 'margin' | 'currency'
>;

/** Port: the cycles of a company, read. */
export type CycleReader = {
  find(companyId: number, cycleId: string): Promise<CycleRecord | undefined>;
  /** Newest month first, starting behind the month `after`. One more than `limit`. */
  list(
    companyId: number,
    after: string | undefined,
    limit: number,
  ): Promise<{ rows: readonly CycleRecord[]; total: number }>;
  findPlanOfRecord(companyId: number, cycleId: string): Promise<PlanOfRecordRow | undefined>;
  /** The run that everyone sees; null before the first was published. */
  publishedRun(companyId: number): Promise<string | null>;
};

/** Port: the register of cycles, inside a transaction. */
export type CycleRegister = CycleReader & {
  /** Waits until nobody else opens a cycle of the company, and keeps the others out until the end. */
  lockCompany(companyId: number): Promise<void>;
  findOpen(companyId: number): Promise<{ id: string; name: string } | undefined>;
  findMonth(companyId: number, periodStart: string): Promise<{ id: string; name: string } | undefined>;
  insert(cycle: NewCycle): Promise<void>;
  /**
   * Takes an open cycle from `version` to the next, in one conditional UPDATE that also keeps every other
   * writer out until the transaction ends. False where it is of another version or open no more.
   */
  claim(companyId: number, cycleId: string, version: number): Promise<boolean>;
  isMember(companyId: number, userId: string): Promise<boolean>;
  changeStep(cycleId: string, step: number, change: StepChange): Promise<void>;
  signStep(cycleId: string, step: number, signature: Signature): Promise<void>;
  openStep(cycleId: string, step: number): Promise<void>;
  /** Takes back the signatures from `step` on: that step is open again, those behind it wait. */
  reopenFrom(cycleId: string, step: number): Promise<void>;
  /** Hashes and totals of a run that succeeded. */
  runFigures(companyId: number, runId: string): Promise<RunFigures | undefined>;
  /** Makes the run the one that everyone sees. False where it is already. */
  publish(runId: string): Promise<boolean>;
  /** Ends the cycle with its run pinned, and writes the plan of record. */
  approve(companyId: number, row: PlanOfRecordRow): Promise<void>;
};

export type CycleTx = {
  readonly cycles: CycleRegister;
  readonly planFacts: ReadPlanFacts;
  readonly audit: AuditTrail;
  /** Tells the open pages, once the transaction commits. */
  announceCycle(companyId: number, cycleId: string): Promise<void>;
};

export type CycleTransact = <T>(work: (tx: CycleTx) => Promise<T>) => Promise<T>;

/** Port: the figures that the gates look at; undefined for a run that the company does not have. */
export type ReadPlanFacts = (companyId: number, runId: string) => Promise<PlanFacts | undefined>;

export type ReadCycleDeps = {
  readonly cycles: CycleReader;
  readonly planFacts: ReadPlanFacts;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export type WriteCycleDeps = {
  readonly transact: CycleTransact;
  readonly now: () => number;
};
