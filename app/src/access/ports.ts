import type {
  AuditEvent,
  Company,
  CompanyOverview,
  Member as MemberRow,
  Membership,
  Role,
} from '@planwright/contracts';
import type { Member } from '../services.ts';
import type { AuditTrail } from './audit.ts';

/** Settings of a company as they are stored. */
export type CompanySettingsChange = Partial<
  Pick<
    Company,
    'name' | 'calendarKind' | 'fiscalYearStartMonth' | 'asOf' | 'northStar' | 'isSteady' | 'country'
  >
>;

/** What a company begins with; its other settings are empty. */
export type NewCompany = Omit<Company, 'asOf' | 'northStar' | 'isSteady' | 'country'>;

/** Port: companies and their people, inside a transaction. */
export type AccessTx = {
  /** The id of the new company; undefined where the slug is taken. */
  insertCompany(company: NewCompany): Promise<number | undefined>;
  /** The company with its row locked until the end. */
  lockCompany(companyId: number): Promise<Company>;
  changeCompany(companyId: number, change: CompanySettingsChange): Promise<void>;
  insertMember(companyId: number, userId: string, role: Role): Promise<boolean>;
  findMember(companyId: number, userId: string): Promise<{ role: Role; disabled: boolean } | undefined>;
  changeMember(companyId: number, userId: string, change: { role: Role; disabled: boolean }): Promise<void>;
  /** Administrators that are not shut out. */
  countAdmins(companyId: number): Promise<number>;
  readonly audit: AuditTrail;
  /** Tells the open pages, once the transaction commits. */
  announceCompany(companyId: number, company: string): Promise<void>;
};

export type AccessTransact = <T>(work: (tx: AccessTx) => Promise<T>) => Promise<T>;

export type Listed<Row> = { readonly rows: readonly Row[]; readonly total: number };

/** Port: reads of companies, people and the trail. Lists give one row more than the limit. */
export type AccessReader = {
  memberships(userId: string): Promise<readonly Omit<Membership, 'permissions'>[]>;
  /** Undefined where there is no such company, no such member, or the member is shut out. Notes that they were seen. */
  memberOf(
    userId: string,
    company: string,
  ): Promise<Pick<Member, 'companyId' | 'company' | 'role'> | undefined>;
  /** Every company, as if one administered them all: for the operator of the installation. */
  allMemberships(): Promise<readonly Omit<Membership, 'permissions'>[]>;
  /** Who administers any company; where there is none yet, the first user. They own what the command line makes. */
  installationAdmins(): Promise<readonly string[]>;
  companyBySlug(slug: string): Promise<{ companyId: number; company: string } | undefined>;
  overview(companyId: number): Promise<CompanyOverview>;
  member(companyId: number, userId: string): Promise<MemberRow>;
  /** By e-mail, behind the given one. */
  members(companyId: number, after: string | undefined, limit: number): Promise<Listed<MemberRow>>;
  /** Newest first, before the given id. */
  auditEvents(
    companyId: number,
    before: number | undefined,
    limit: number,
    action: string | undefined,
  ): Promise<Listed<AuditEvent>>;
};

/** Port: sign-ins. */
export type CredentialStore = {
  createUser(given: {
    email: string;
    name: string;
    password: string;
  }): Promise<{ userId: string; created: boolean }>;
  endSessions(userId: string): Promise<void>;
};
