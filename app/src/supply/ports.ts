/** What supply asks of a database beside the views of a run. */
import type {
  ExceptionAction,
  Proposal,
  ReleaseRules,
  SupplyDecision,
  SupplyEdit,
  SupplyException,
  Webhook,
  WebhookDelivery,
} from '@planwright/contracts';
import type { AuditTrail } from '../access/audit.ts';
import type { DriverStore } from '../demand-workbench/ports.ts';
import type { PageRequest, Rows, RunHead } from '../plan-view/plan-reader.ts';
import type { SnapshotBlocks } from '../scenarios/snapshot.ts';
import type { ServiceSums } from '../scenarios/stages/stage-results.ts';

/** The constrained plan of a run as it was stored. */
export type StoredPlanChunk = {
  readonly chunk: number;
  readonly sums: ServiceSums;
  readonly payload: Uint8Array;
};

export type SupplyPlanReads = {
  /** The named blocks of the snapshot of a run; those that its version did not write are missing. */
  snapshotBlocks(run: RunHead, names: readonly string[]): Promise<SnapshotBlocks>;
  /** In order of chunks. */
  planChunks(runId: string): Promise<readonly StoredPlanChunk[]>;
  stockIds(
    runId: string,
  ): Promise<readonly { readonly id: number; readonly item: string; readonly location: string }[]>;
  resourceIds(runId: string): Promise<readonly { readonly id: number; readonly code: string }[]>;
  /** Names of suppliers by code, as they are called today. */
  supplierNames(companyId: number): Promise<ReadonlyMap<string, string>>;
  /** Actual and the forecast of one bucket before, of the last bucket of history, by stock point. NaN where there was none. */
  lastBucket(runId: string): Promise<
    readonly {
      readonly item: string;
      readonly location: string;
      readonly actual: number;
      readonly forecast: number;
    }[]
  >;
  /** Planned demand of each demand stream over the horizon. */
  consensus(runId: string): Promise<
    readonly {
      readonly item: string;
      readonly location: string;
      readonly channel: string;
      readonly values: readonly number[];
    }[]
  >;
};

export type StoredDecision = Omit<SupplyDecision, 'title'> & { readonly number: number };

/** A proposal that someone acted upon. */
export type StoredProposal = {
  readonly id: string;
  readonly number: number;
  readonly runId: string;
  readonly runNumber: string;
  readonly kind: Proposal['kind'];
  readonly status: Proposal['status'];
  readonly item: string;
  readonly itemName: string;
  readonly location: string;
  readonly from: string | null;
  readonly startOn: string;
  readonly dueOn: string;
  readonly quantity: number;
  readonly goodQuantity: number;
  readonly unit: string;
  readonly value: number;
  readonly order: string | null;
  readonly orderDueOn: string | null;
  readonly reason: string;
  readonly approvals: readonly { readonly userId: string; readonly by: string; readonly at: string }[];
  readonly approvalsNeeded: number;
  readonly releasedBy: string | null;
  readonly releasedAt: string | null;
  readonly changedAt: string;
};
export type NewProposal = Omit<StoredProposal, 'number' | 'changedAt' | 'releasedAt'>;

/** Facts of a supplier as orders tell them; see `SupplierRisk`. */
export type SupplierFacts = {
  readonly supplier: string;
  readonly supplierName: string;
  readonly preferred: boolean;
  readonly active: boolean;
  readonly receivedLineCount: number;
  readonly lateLineCount: number;
  readonly meanLateDays: number | null;
  readonly lateDays90: number | null;
  readonly receivedQuantity: number;
  readonly rejectedQuantity: number;
  /** In the company's currency where its rate is known; else left out. */
  readonly openValue: number;
  readonly spend: number;
  readonly itemCount: number;
  readonly singleSourceCount: number;
};

/** An exception as a run finds it. The same fingerprint is the same exception. */
export type FoundException = Pick<
  SupplyException,
  | 'rule'
  | 'title'
  | 'detail'
  | 'item'
  | 'location'
  | 'resource'
  | 'supplier'
  | 'stockPointId'
  | 'resourceId'
  | 'bucket'
  | 'bucketOn'
  | 'size'
  | 'unit'
  | 'amount'
  | 'expiresOn'
> & { readonly fingerprint: string; readonly action: ExceptionAction | null };

export type ExceptionFilter = {
  readonly status: SupplyException['status'];
  readonly rule?: string | undefined;
  readonly item?: string | undefined;
  readonly location?: string | undefined;
  readonly owner?: string | undefined;
};

export type StoredComment = { readonly by: string; readonly at: string; readonly text: string };

/** Reads outside of transactions. */
export type SupplyReader = {
  /** Sort values: [number], newest first. */
  decisions(
    companyId: number,
    filter: { isStanding: boolean; item?: string | undefined; resource?: string | undefined },
    page: PageRequest,
  ): Promise<Rows<StoredDecision>>;
  rules(companyId: number): Promise<ReleaseRules | undefined>;
  /** The run that exceptions were last drawn from. */
  followedRun(companyId: number): Promise<string | undefined>;
  /** Newest change first, at most `limit`. */
  proposals(companyId: number, limit: number): Promise<readonly StoredProposal[]>;
  /** By code. The last year of orders before `asOf` counts as spend. */
  suppliers(companyId: number, asOf: string): Promise<readonly SupplierFacts[]>;
  /** Dearest first; sort values: [amount, id]. */
  exceptions(companyId: number, filter: ExceptionFilter, page: PageRequest): Promise<Rows<SupplyException>>;
  exceptionCounts(
    companyId: number,
    status: SupplyException['status'],
  ): Promise<readonly { rule: SupplyException['rule']; count: number; amount: number }[]>;
  exception(companyId: number, id: string): Promise<SupplyException | undefined>;
  comments(exceptionId: string): Promise<readonly StoredComment[]>;
  webhooks(companyId: number): Promise<readonly Webhook[]>;
  /** Newest first; sort values: [number]. */
  deliveries(
    companyId: number,
    webhookId: string,
    page: PageRequest,
  ): Promise<Rows<WebhookDelivery & { readonly number: number }>>;
};

/** Writes, each inside the transaction it is given. `find` and `lock` hold rows until it ends. */
export type SupplyStore = {
  insertDecision(row: {
    readonly id: string;
    readonly companyId: number;
    readonly edit: SupplyEdit;
    readonly reason: string;
    readonly decidedBy: string;
  }): Promise<StoredDecision>;
  findDecision(companyId: number, id: string): Promise<StoredDecision | undefined>;
  undoDecision(id: string, by: string): Promise<StoredDecision>;
  putRules(companyId: number, rules: ReleaseRules): Promise<void>;
  /** By its own id, or by the run and its number there. */
  findProposal(
    companyId: number,
    name: { readonly id: string } | { readonly runId: string; readonly runNumber: string },
  ): Promise<StoredProposal | undefined>;
  /** False where someone else acted upon it first. */
  insertProposal(companyId: number, row: NewProposal): Promise<boolean>;
  changeProposal(
    id: string,
    change: Pick<StoredProposal, 'status' | 'approvals' | 'releasedBy'>,
  ): Promise<StoredProposal>;
  /** One delivery for each active webhook; returns how many. */
  enqueueDeliveries(companyId: number, event: string, payload: unknown): Promise<number>;
  insertWebhook(row: {
    readonly id: string;
    readonly companyId: number;
    readonly url: string;
    readonly secret: string;
    readonly createdBy: string;
  }): Promise<Webhook>;
  removeWebhook(companyId: number, id: string): Promise<Webhook | undefined>;
  findException(companyId: number, id: string): Promise<SupplyException | undefined>;
  changeException(
    id: string,
    change: Pick<SupplyException, 'owner' | 'status' | 'snoozedUntil'>,
  ): Promise<SupplyException>;
  insertComment(exceptionId: string, by: string, text: string): Promise<void>;
  /** True where the run is not the one that was last drawn from; then it is noted as that. Of many at once one gets it. */
  beginFollowUp(companyId: number, runId: string): Promise<boolean>;
  /** Keeps what is known of those that are still found, opens the rest, closes those that are gone. */
  refreshExceptions(
    companyId: number,
    runId: string,
    seenAt: string,
    found: readonly FoundException[],
  ): Promise<void>;
};

export type SupplyTx = {
  readonly supply: SupplyStore;
  readonly codes: Pick<DriverStore, 'missing'>;
  readonly audit: AuditTrail;
  /** Tells open pages, once this commits. */
  announceSupply(companyId: number): Promise<void>;
};

export type SupplyTransact = <T>(work: (tx: SupplyTx) => Promise<T>) => Promise<T>;

export type MachineFailureRow = {
  readonly resource: string;
  /** 'YYYY-MM-DD'. */
  readonly failedOn: string;
  readonly repairHours: number;
};

/** What proposals of stock and of stops are worked out from. */
export type PolicyReads = {
  /** All demand of each stock point by bucket of the horizon, customers' and orders'. */
  stockDemand(runId: string): Promise<readonly { readonly id: number; readonly values: readonly number[] }[]>;
  /** Errors of the forecast one bucket ahead, by stock point: standard deviation of a bucket, and WAPE. */
  streamErrors(runId: string): Promise<
    readonly {
      readonly item: string;
      readonly location: string;
      readonly spread: number;
      readonly wape: number | null;
    }[]
  >;
  /** Before the day, oldest first. */
  machineFailures(companyId: number, before: string): Promise<readonly MachineFailureRow[]>;
};
