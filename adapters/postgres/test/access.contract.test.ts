import { randomUUID } from 'node:crypto';
import {
  addMember,
  type Caller,
  changeCompany,
  changeMember,
  createCompany,
  getCompany,
  getMe,
  listAudit,
  listMembers,
  type Member,
} from '@planwright/app';
import { companyEndpoints, memberEndpoints, type Role } from '@planwright/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessPorts, type Db } from '../src/index.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

describe.each(await databasesUnderTest())('access on $name', ({ open }) => {
  let opened: OpenDatabase;
  let db: Db;
  const endedSessions: string[] = [];
  const credentials = {
    /** As the sign-in library does it: an address that is taken keeps its user. */
    async createUser({ email, name }: { email: string; name: string }) {
      const found = await db.kysely
        .selectFrom('auth_user')
        .select('id')
        .where('email', '=', email)
        .executeTakeFirst();
      if (found !== undefined) return { userId: found.id, created: false };
      const userId = randomUUID();
      await db.kysely.insertInto('auth_user').values({ id: userId, email, name }).execute();
      return { userId, created: true };
    },
    async endSessions(userId: string) {
      endedSessions.push(userId);
    },
  };
  const deps = () => ({ ...accessPorts(db), credentials, isOperator: () => false });
  const operator = () => ({ ...deps(), isOperator: () => true });

  let founder: Caller;
  let admin: Member;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    const email = `${randomUUID()}@example.com`;
    const { userId } = await credentials.createUser({ email, name: 'Founder' });
    founder = { userId, email, name: 'Founder' };
    const slug = `c-${randomUUID().slice(0, 8)}`;
    // The installation's first company: nobody administers anything before it.
    const { id } = await db.kysely
      .insertInto('company')
      .values({
        slug,
        name: slug,
        currency: 'USD',
        calendar_kind: 'month',
        fiscal_year_start_month: 1,
        as_of: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db.kysely
      .insertInto('scenario')
      .values({ id: randomUUID(), company_id: id, name: 'Base' })
      .execute();
    await db.kysely.insertInto('member').values({ company_id: id, user_id: userId, role: 'admin' }).execute();
    admin = { ...founder, companyId: id, company: slug, role: 'admin' };
  });

  const inCompany = () => ({ company: admin.company });
  const add = async (role: Role, email = `${randomUUID()}@example.com`) =>
    memberEndpoints.addMember.response.parse(
      await addMember(deps())(admin, {
        params: inCompany(),
        query: {},
        body: { email, name: 'Person', role, password: 'correct horse battery' },
      }),
    );
  const change = (userId: string, body: { role?: Role; disabled?: boolean }, by = admin) =>
    changeMember(deps())(by, { params: { ...inCompany(), userId }, query: {}, body });
  const create = (given: ReturnType<typeof deps>, caller: Caller, slug: string) =>
    createCompany(given)(caller, {
      params: {},
      query: {},
      body: { slug, name: 'New', currency: 'EUR', calendarKind: 'month', fiscalYearStartMonth: 7 },
    });

  test('an administrator makes a company and administers it; a slug is given once', async () => {
    const slug = `n-${randomUUID().slice(0, 8)}`;
    const company = companyEndpoints.createCompany.response.parse(await create(deps(), founder, slug));
    expect(company).toMatchObject({ slug, currency: 'EUR', asOf: null, isDemo: false });
    expect(await deps().access.memberOf(founder.userId, slug)).toMatchObject({
      company: slug,
      role: 'admin',
    });
    await expect(create(deps(), founder, slug)).rejects.toMatchObject({ code: 'COMPANY_EXISTS' });
    await expect(create(operator(), founder, slug)).rejects.toMatchObject({ code: 'COMPANY_EXISTS' });
    const me = companyEndpoints.getMe.response.parse(
      await getMe(deps())(founder, { params: {}, query: {}, body: undefined }),
    );
    expect(me.memberships.map((one) => one.company).sort()).toEqual([admin.company, slug].sort());
    expect(me.memberships[0].permissions).toContain('users.manage');
  });

  test('whoever administers nothing makes no company', async () => {
    const viewer = await add('viewer');
    const caller = { userId: viewer.userId, email: viewer.email, name: viewer.name };
    const slug = `v-${randomUUID().slice(0, 8)}`;
    await expect(create(deps(), caller, slug)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await deps().access.companyBySlug(slug)).toBeUndefined();
  });

  test('the overview names the plan and cycle that there are, and a change leaves the rest alone', async () => {
    const given = { params: inCompany(), query: {}, body: undefined };
    const overview = companyEndpoints.getCompany.response.parse(await getCompany(deps())(admin, given));
    expect(overview).toMatchObject({
      asOf: null,
      scenario: { name: 'Base' },
      publishedRunId: null,
      currentCycleId: null,
    });
    const northStar = { measure: 'revenue' as const, fiscalYear: 2027, amount: 5e6 };
    const body = { northStar, asOf: '2026-11-30', country: 'DE' };
    const changed = await changeCompany(deps())(admin, { params: inCompany(), query: {}, body });
    expect(companyEndpoints.changeCompany.response.parse(changed)).toMatchObject({
      ...body,
      currency: 'USD',
    });
    const after = await getCompany(deps())(admin, given);
    expect(after).toMatchObject({
      company: { northStar, fiscalYearStartMonth: 1, country: 'DE' },
      asOf: '2026-11-30',
    });
    const cleared = { northStar: null, asOf: null, country: null };
    await changeCompany(deps())(admin, { params: inCompany(), query: {}, body: cleared });
    expect((await getCompany(deps())(admin, given)).company).toMatchObject(cleared);
  });

  test('a person is added once, keeps their user across companies, and sees only their own', async () => {
    const email = `${randomUUID()}@example.com`;
    const first = await add('planner', email);
    await expect(add('planner', email)).rejects.toMatchObject({ code: 'MEMBER_EXISTS' });
    expect(await deps().access.memberOf(first.userId, admin.company)).toEqual({
      companyId: admin.companyId,
      company: admin.company,
      role: 'planner',
    });
    const otherSlug = `o-${randomUUID().slice(0, 8)}`;
    await create(deps(), founder, otherSlug);
    expect(await deps().access.memberOf(first.userId, otherSlug)).toBeUndefined();
    expect(await deps().access.memberOf(first.userId, 'no-such-company')).toBeUndefined();
  });

  test('someone shut out is no member any more, at once, and their sessions end', async () => {
    const { userId } = await add('planner');
    const before = await deps().access.memberOf(userId, admin.company);
    expect(before?.role).toBe('planner');
    await change(userId, { disabled: true });
    expect(await deps().access.memberOf(userId, admin.company)).toBeUndefined();
    expect(endedSessions).toContain(userId);
    await change(userId, { disabled: false, role: 'finance' });
    expect((await deps().access.memberOf(userId, admin.company))?.role).toBe('finance');
  });

  test('the last administrator stays, also when two demote each other at the same instant', async () => {
    await expect(change(admin.userId, { role: 'viewer' })).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await expect(change(admin.userId, { disabled: true })).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    for (let round = 0; round < 5; round++) {
      const second = await add('admin');
      const other: Member = { ...admin, userId: second.userId };
      const both = await Promise.allSettled([
        change(second.userId, { role: 'viewer' }),
        change(admin.userId, { role: 'viewer' }, other),
      ]);
      expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      await db.kysely
        .updateTable('member')
        .set({ role: 'admin' })
        .where('company_id', '=', admin.companyId)
        .where('user_id', '=', admin.userId)
        .execute();
      await change(second.userId, { role: 'viewer' }).catch(() => undefined);
    }
  });

  test('a member of another company cannot be changed', async () => {
    const otherSlug = `o-${randomUUID().slice(0, 8)}`;
    await create(deps(), founder, otherSlug);
    const foreign = await deps().access.memberOf(founder.userId, otherSlug);
    const stranger = await credentials.createUser({ email: `${randomUUID()}@example.com`, name: 'X' });
    await db.kysely
      .insertInto('member')
      .values({ company_id: foreign?.companyId ?? 0, user_id: stranger.userId, role: 'viewer' })
      .execute();
    await expect(change(stranger.userId, { role: 'admin' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('people and trail are paged without loss; the trail holds before and after, and no password', async () => {
    const added = [];
    for (let i = 0; i < 5; i++) added.push((await add('viewer')).userId);
    await change(added[0], { role: 'sales' });
    const people: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 2, cursor };
      const page = memberEndpoints.listMembers.response.parse(
        await listMembers(deps())(admin, { params: inCompany(), query, body: undefined }),
      );
      expect(page.total).toBe(6);
      people.push(...page.items.map((person) => person.userId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect([people.length, new Set(people)]).toEqual([6, new Set([admin.userId, ...added])]);

    const trail = async (query: { limit: number; cursor?: string; action?: string }) =>
      memberEndpoints.listAudit.response.parse(
        await listAudit(deps())(admin, { params: inCompany(), query, body: undefined }),
      );
    const newest = await trail({ limit: 4 });
    expect(newest.items[0]).toMatchObject({
      action: 'member.change',
      objectId: added[0],
      before: { role: 'viewer', disabled: false },
      after: { role: 'sales', disabled: false },
      actor: `Founder <${admin.email}>`,
    });
    const rest = await trail({ limit: 4, cursor: newest.nextCursor ?? '' });
    const ids = [...newest.items, ...rest.items].map((event) => event.id);
    expect([newest.total, ids.length, new Set(ids).size, rest.nextCursor]).toEqual([6, 6, 6, null]);
    expect(JSON.stringify(newest)).not.toContain('correct horse');
    expect((await trail({ limit: 9, action: 'member.change' })).total).toBe(1);
  });
});
