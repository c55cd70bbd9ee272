/** What the workbench keeps beside runs: causes of demand, decisions about history, items that start or take over. */
import type {
  CleansingDecision,
  DemandEvent,
  EventBody,
  Launch,
  LaunchBody,
  Succession,
  SuccessionBody,
} from '@planwright/contracts';
import type { AuditTrail } from '../access/audit.ts';
import type { PageRequest, Rows } from '../plan-view/plan-reader.ts';

export type StoredEvent = Omit<DemandEvent, 'effect'>;

/** A demand stream by its parts: what a decision is about, whichever run numbered it. */
export type StreamName = { readonly item: string; readonly location: string; readonly channel: string };

export type EventFilter = {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly kind?: string | undefined;
};

/** Reads. Versions are opaque: equal versions, equal rows. */
export type DriverReader = {
  /** By first day; sort values: [startsOn, code]. */
  events(companyId: number, filter: EventFilter, page: PageRequest): Promise<Rows<StoredEvent>>;
  decisions(companyId: number, stream: StreamName): Promise<readonly CleansingDecision[]>;
  /** Newest first; sort values: [startsOn, item, location, channel]. */
  launches(companyId: number, page: PageRequest): Promise<Rows<Launch>>;
  /** Newest first; sort values: [switchOn, predecessor, successor]. */
  successions(companyId: number, page: PageRequest): Promise<Rows<Succession>>;
  /** When an event, launch, succession or decision last changed through the page or the API; null for never. */
  lastDriverChange(companyId: number): Promise<string | null>;
};

/** Writes, each inside the transaction it is given. `find` locks the row until the transaction ends. */
export type DriverStore = {
  /** Codes of the target that do not exist in the company. */
  missing(
    companyId: number,
    target: 'item' | 'item_group' | 'location' | 'resource',
    codes: readonly string[],
  ): Promise<readonly string[]>;
  findEvent(companyId: number, code: string): Promise<StoredEvent | undefined>;
  /** Inserts, or replaces the one of that code. */
  putEvent(companyId: number, code: string, event: EventBody): Promise<StoredEvent>;
  removeEvent(companyId: number, code: string): Promise<void>;
  findDecision(
    companyId: number,
    stream: StreamName,
    bucketOn: string,
  ): Promise<CleansingDecision | undefined>;
  putDecision(
    companyId: number,
    stream: StreamName,
    decision: Omit<CleansingDecision, 'decidedAt'>,
  ): Promise<CleansingDecision>;
  removeDecision(companyId: number, stream: StreamName, bucketOn: string): Promise<void>;
  findLaunch(companyId: number, launch: StreamName): Promise<Launch | undefined>;
  putLaunch(companyId: number, launch: LaunchBody): Promise<Launch>;
  removeLaunch(companyId: number, launch: StreamName): Promise<void>;
  findSuccession(companyId: number, predecessor: string, successor: string): Promise<Succession | undefined>;
  putSuccession(companyId: number, succession: SuccessionBody): Promise<Succession>;
  removeSuccession(companyId: number, predecessor: string, successor: string): Promise<void>;
};

export type DriverTx = {
  readonly drivers: DriverStore;
  readonly audit: AuditTrail;
  /** Tells open pages, once this commits. */
  announceDrivers(companyId: number): Promise<void>;
};

export type DriverTransact = <T>(work: (tx: DriverTx) => Promise<T>) => Promise<T>;
