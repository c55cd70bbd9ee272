import type { Caller, Member, Services } from '@planwright/app';
import type { ExportFormat, Import, ImportPreview, Proposal, TargetName } from '@planwright/contracts';
import type { FastifyBaseLogger } from 'fastify';
import type { AuthPort } from './auth.ts';

/**
 * The membership of a user in the company of that slug. Undefined where there is no such company, where the
 * user is no member of it, and where the membership is disabled: to the caller these look the same.
 */
export type MemberOf = (
  userId: Caller['userId'],
  companySlug: string,
) => Promise<Pick<Member, 'companyId' | 'company' | 'role'> | undefined>;

/** Something of a company changed. Carries no content: a listener reads what it may see. */
export type CompanyChange = {
  readonly what: 'import' | 'run' | 'cycle' | 'company';
  readonly id: string;
};

export type EventPort = {
  /** Calls `listener` at every committed change of the company, until the function that it returns is called. */
  subscribe(companyId: number, listener: (change: CompanyChange) => void): () => void;
};

/** What one upload brought: the mapping as YAML text, and the files as they now lie in the slot's folder. */
export type ReceivedUpload = {
  readonly mapping: string | null;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
};

/**
 * A place for one upload. The route writes the files into `folder`, an empty directory of their own, under
 * relative names it has checked; then exactly one of `finish` and `discard` is called.
 */
export type UploadSlot<Result> = {
  readonly folder: string;
  finish(received: ReceivedUpload): Promise<Result>;
  discard(): Promise<void>;
};

/** A file to save. `text` gives CSV whose cells are made safe for spreadsheets already. */
export type CsvDownload = { readonly fileName: string; readonly text: AsyncIterable<string> };
/** A workbook (.xlsx) to save. */
export type WorkbookDownload = { readonly fileName: string; readonly workbook: Uint8Array };

/** Behind the routes that are not JSON in, JSON out. The permission is checked before any of these is called. */
export type RawHandlers = {
  receiveImport(member: Member): Promise<UploadSlot<Import>>;
  previewFiles(member: Member): Promise<UploadSlot<ImportPreview>>;
  downloadRejects(member: Member, importId: string, target: TargetName | null): Promise<CsvDownload>;
  exportRows(member: Member, target: TargetName): Promise<CsvDownload>;
  exportDemand(member: Member): Promise<CsvDownload>;
  exportProposals(
    member: Member,
    status: Proposal['status'] | null,
    format: ExportFormat,
  ): Promise<CsvDownload | WorkbookDownload>;
};

/** What `/health` answers. `detail` is read by anyone: no addresses, no paths, no driver messages. */
export type HealthReport = {
  readonly ok: boolean;
  /** The kind of database: 'embedded' or 'postgresql'. */
  readonly database: string;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
};

/** Counts by status, read when `/metrics` is. */
export type WorkCounts = {
  readonly runs: Readonly<Record<string, number>>;
  readonly imports: Readonly<Record<string, number>>;
};

/** Requests a minute. An address is that of the client, as far as `trustProxy` lets it be known. */
export type RateLimits = {
  readonly requestsPerMinute: number;
  readonly signInsPerMinute: number;
};

export type UploadLimits = {
  readonly fileCount: number;
  readonly fileBytes: number;
  readonly totalBytes: number;
};

export type EventLimits = {
  /** Open streams of this process, and of one user in it. */
  readonly streamCount: number;
  readonly streamCountPerUser: number;
  /** A reader with more than this left unread is dropped. */
  readonly unreadBytes: number;
  /** How often the right to listen is checked again. Below 5,000: a revoked reader must be out by then. */
  readonly accessCheckMs: number;
  readonly heartbeatMs: number;
  /** The shortest time between two readings of one changing object. */
  readonly readPauseMs: number;
};

export type HttpConfig = {
  /** Where people open the page, such as `https://plan.example.com`. */
  readonly baseUrl: string;
  /** Further origins of the page, for instance of a development server. */
  readonly otherOrigins?: readonly string[];
  /** Folder with the built page; without it only the API is served. */
  readonly webRoot?: string;
  /** Which proxies may say who the client is: all, or addresses and networks with commas between them. */
  readonly trustProxy?: boolean | string;
  /** Opens `/metrics` to others than this machine: `Authorization: Bearer <token>`. */
  readonly metricsToken?: string;
  readonly rateLimits?: Partial<RateLimits>;
  readonly uploads?: Partial<UploadLimits>;
  readonly events?: Partial<EventLimits>;
};

export type HttpDeps = {
  readonly services: Services;
  readonly auth: AuthPort;
  readonly memberOf: MemberOf;
  readonly raw: RawHandlers;
  readonly events: EventPort;
  readonly config: HttpConfig;
  readonly version: string;
  readonly health: () => Promise<HealthReport>;
  readonly workCounts?: () => Promise<WorkCounts>;
  readonly logger?: FastifyBaseLogger;
};

export const RATE_LIMITS: RateLimits = { requestsPerMinute: 6_000, signInsPerMinute: 20 };

export const UPLOAD_LIMITS: UploadLimits = {
  fileCount: 200,
  fileBytes: 1024 ** 3,
  totalBytes: 4 * 1024 ** 3,
};

export const EVENT_LIMITS: EventLimits = {
  streamCount: 5_000,
  streamCountPerUser: 50,
  unreadBytes: 1024 ** 2,
  accessCheckMs: 2_500,
  heartbeatMs: 15_000,
  readPauseMs: 250,
};
