import { randomUUID } from 'node:crypto';
import type { AccessReader, AccessTransact, AccessTx } from '@planwright/app';
import {
  type AuditEvent,
  type Company,
  type CompanyOverview,
  type Member,
  NorthStar,
  type Role,
} from '@planwright/contracts';
import { sql } from 'kysely';
import { auditTrail } from './audit-repository.ts';
import { announce } from './changes.ts';
import type { Db, Tx } from './open-database.ts';

/** Companies, their people and the trail: what the services of access ask of a database. */
export function accessPorts(db: Db): { readonly transact: AccessTransact; readonly access: AccessReader } {
  return {
    transact: (work) => db.transact((tx) => work(accessTx(tx))),
    access: accessReader(db),
  };
}

type CompanyRow = Omit<Company, 'northStar'> & { readonly northStar: unknown };

const COMPANY_COLUMNS = sql`company.slug, company.name, company.currency, company.calendar_kind AS "calendarKind",
  company.fiscal_year_start_month AS "fiscalYearStartMonth", company.as_of AS "asOf", company.north_star AS "northStar",
  company.is_steady AS "isSteady", company.country, company.is_demo AS "isDemo"`;

function companyOf(row: CompanyRow): Company {
  const { slug, name, currency, calendarKind, fiscalYearStartMonth, asOf, isSteady, country, isDemo } = row;
  const northStar = row.northStar === null ? null : NorthStar.parse(row.northStar);
  return {
    slug,
    name,
    currency,
    calendarKind,
    fiscalYearStartMonth,
    asOf,
    northStar,
    isSteady,
    country,
    isDemo,
  };
}

function accessTx(tx: Tx): AccessTx {
  return {
    async insertCompany(company) {
      const { rows } = await sql<{ id: number }>`INSERT INTO company
        (slug, name, currency, calendar_kind, fiscal_year_start_month, is_demo)
        VALUES (${company.slug}, ${company.name}, ${company.currency}, ${company.calendarKind},
          ${company.fiscalYearStartMonth}, ${company.isDemo})
        ON CONFLICT (slug) DO NOTHING RETURNING id`.execute(tx);
      const id = rows[0]?.id;
      if (id !== undefined) {
        await sql`INSERT INTO scenario (id, company_id, name) VALUES (${randomUUID()}, ${id}, 'Base')`.execute(
          tx,
        );
      }
      return id;
    },
    async lockCompany(companyId) {
      const { rows } =
        await sql<CompanyRow>`SELECT ${COMPANY_COLUMNS} FROM company WHERE id = ${companyId} FOR UPDATE`.execute(
          tx,
        );
      return companyOf(rows[0]!);
    },
    async changeCompany(companyId, change) {
      await tx
        .updateTable('company')
        .set({
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.calendarKind === undefined ? {} : { calendar_kind: change.calendarKind }),
          ...(change.fiscalYearStartMonth === undefined
            ? {}
            : { fiscal_year_start_month: change.fiscalYearStartMonth }),
          ...(change.asOf === undefined ? {} : { as_of: change.asOf }),
          ...(change.country === undefined ? {} : { country: change.country }),
          ...(change.isSteady === undefined ? {} : { is_steady: change.isSteady }),
          ...(change.northStar === undefined
            ? {}
            : { north_star: change.northStar === null ? null : JSON.stringify(change.northStar) }),
        })
        .where('id', '=', companyId)
        .execute();
    },
    async insertMember(companyId, userId, role) {
      const { rows } =
        await sql`INSERT INTO member (company_id, user_id, role) VALUES (${companyId}, ${userId}, ${role})
        ON CONFLICT DO NOTHING RETURNING user_id`.execute(tx);
      return rows.length === 1;
    },
    async findMember(companyId, userId) {
      const { rows } = await sql<{ role: Role; disabled: boolean }>`SELECT role, disabled FROM member
        WHERE company_id = ${companyId} AND user_id = ${userId}`.execute(tx);
      return rows[0];
    },
    async changeMember(companyId, userId, { role, disabled }) {
      await sql`UPDATE member SET role = ${role}, disabled = ${disabled}
        WHERE company_id = ${companyId} AND user_id = ${userId}`.execute(tx);
    },
    async countAdmins(companyId) {
      const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM member
        WHERE company_id = ${companyId} AND role = 'admin' AND NOT disabled`.execute(tx);
      return rows[0]!.count;
    },
    audit: auditTrail(tx),
    announceCompany: (companyId, company) => announce(tx, { companyId, what: 'company', id: company }),
  };
}

const MEMBER_COLUMNS = sql`member.user_id AS "userId", u.email, u.name, member.role, member.disabled,
  member.created_at AS "createdAt", member.last_seen_at AS "lastSeenAt"`;

type MemberInstants = Omit<Member, 'createdAt' | 'lastSeenAt'> & { createdAt: Date; lastSeenAt: Date | null };

const memberOf = (row: MemberInstants): Member => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});

function accessReader(db: Db): AccessReader {
  const { kysely } = db;
  return {
    async memberships(userId) {
      const { rows } = await sql<{ company: string; companyName: string; role: Role }>`
        SELECT company.slug AS company, company.name AS "companyName", member.role
        FROM member JOIN company ON company.id = member.company_id
        WHERE member.user_id = ${userId} AND NOT member.disabled ORDER BY company.is_demo, company.name`.execute(
        kysely,
      );
      return rows;
    },
    async memberOf(userId, company) {
      const { rows } = await sql<{ companyId: number; company: string; role: Role; seen: boolean }>`
        SELECT company.id AS "companyId", company.slug AS company, member.role,
          coalesce(member.last_seen_at > now() - interval '5 minutes', false) AS seen
        FROM member JOIN company ON company.id = member.company_id
        WHERE member.user_id = ${userId} AND company.slug = ${company} AND NOT member.disabled`.execute(
        kysely,
      );
      const [found] = rows;
      if (found === undefined) return undefined;
      if (!found.seen) {
        await sql`UPDATE member SET last_seen_at = now() WHERE company_id = ${found.companyId} AND user_id = ${userId}`.execute(
          kysely,
        );
      }
      return { companyId: found.companyId, company: found.company, role: found.role };
    },
    async allMemberships() {
      const { rows } = await sql<{ company: string; companyName: string; role: Role }>`
        SELECT slug AS company, name AS "companyName", 'admin' AS role FROM company ORDER BY is_demo, name`.execute(
        kysely,
      );
      return rows;
    },
    async installationAdmins() {
      const { rows } = await sql<{ id: string }>`
        WITH admins AS (SELECT DISTINCT user_id AS id FROM member WHERE role = 'admin' AND NOT disabled)
        SELECT id FROM admins
        UNION ALL (SELECT id FROM auth_user WHERE NOT EXISTS (SELECT 1 FROM admins)
          AND email NOT LIKE '%@planwright.invalid' ORDER BY "createdAt", id LIMIT 1)`.execute(kysely);
      return rows.map((row) => row.id);
    },
    async companyBySlug(slug) {
      const { rows } = await sql<{ companyId: number; company: string }>`
        SELECT id AS "companyId", slug AS company FROM company WHERE slug = ${slug}`.execute(kysely);
      return rows[0];
    },
    overview: (companyId) => readOverview(db, companyId),
    ...accessLists(db),
  };
}

function accessLists({ kysely }: Db): Pick<AccessReader, 'member' | 'members' | 'auditEvents'> {
  return {
    async member(companyId, userId) {
      const { rows } =
        await sql<MemberInstants>`SELECT ${MEMBER_COLUMNS} FROM member JOIN auth_user u ON u.id = member.user_id
        WHERE member.company_id = ${companyId} AND member.user_id = ${userId}`.execute(kysely);
      return memberOf(rows[0]!);
    },
    async members(companyId, after, limit) {
      const behind = after === undefined ? sql`true` : sql`u.email > ${after}`;
      const { rows } =
        await sql<MemberInstants>`SELECT ${MEMBER_COLUMNS} FROM member JOIN auth_user u ON u.id = member.user_id
        WHERE member.company_id = ${companyId} AND ${behind} ORDER BY u.email LIMIT ${limit + 1}`.execute(
          kysely,
        );
      const counted = await sql<{
        total: number;
      }>`SELECT count(*)::int AS total FROM member WHERE company_id = ${companyId}`.execute(kysely);
      return { rows: rows.map(memberOf), total: counted.rows[0]!.total };
    },
    async auditEvents(companyId, before, limit, action) {
      const which = sql`company_id = ${companyId} AND ${action === undefined ? sql`true` : sql`action = ${action}`}`;
      const older = before === undefined ? sql`true` : sql`id < ${before}`;
      const { rows } = await sql<
        Omit<AuditEvent, 'at'> & { at: Date }
      >`SELECT id, at, actor, action, object_type AS "objectType",
        object_id AS "objectId", before, after, reason FROM audit_event WHERE ${which} AND ${older}
        ORDER BY id DESC LIMIT ${limit + 1}`.execute(kysely);
      const counted = await sql<{
        total: number;
      }>`SELECT count(*)::int AS total FROM audit_event WHERE ${which}`.execute(kysely);
      return {
        rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })),
        total: counted.rows[0]!.total,
      };
    },
  };
}

type OverviewRow = CompanyRow & {
  readonly derivedAsOf: string | null;
  readonly scenarioId: string;
  readonly scenarioName: string;
  readonly publishedRunId: string | null;
  readonly publishedAt: Date | null;
  readonly cycleId: string | null;
  readonly cycleName: string | null;
};

async function readOverview(db: Db, companyId: number): Promise<CompanyOverview> {
  const { rows } = await sql<OverviewRow>`SELECT ${COMPANY_COLUMNS},
      (SELECT run.as_of FROM run WHERE run.id = scenario.published_run_id) AS "derivedAsOf",
      scenario.id AS "scenarioId", scenario.name AS "scenarioName", scenario.published_run_id AS "publishedRunId",
      scenario.published_at AS "publishedAt", cycle.id AS "cycleId", cycle.name AS "cycleName"
    FROM company
      JOIN scenario ON scenario.company_id = company.id AND scenario.parent_id IS NULL
      LEFT JOIN LATERAL (SELECT id, name FROM cycle WHERE cycle.company_id = company.id
        ORDER BY (status = 'open') DESC, period_start DESC LIMIT 1) cycle ON true
    WHERE company.id = ${companyId}`.execute(db.kysely);
  const row = rows[0]!;
  return {
    company: companyOf(row),
    asOf: row.asOf ?? row.derivedAsOf,
    scenario: { id: row.scenarioId, name: row.scenarioName },
    publishedRunId: row.publishedRunId,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    currentCycleId: row.cycleId,
    currentCycleName: row.cycleName,
  };
}
