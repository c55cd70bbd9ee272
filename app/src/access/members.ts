import { decodeCursor, pageFrom } from '../paging.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { audit } from './audit.ts';
import type { AccessReader, AccessTransact, CredentialStore } from './ports.ts';

type Deps = {
  readonly access: AccessReader;
  readonly transact: AccessTransact;
  readonly credentials: CredentialStore;
};

/** The people of the company by e-mail. */
export function listMembers(deps: Pick<Deps, 'access'>): Service<'listMembers'> {
  return async (member, { query }) => {
    const after = decodeCursor(query.cursor, 1)?.[0];
    const { rows, total } = await deps.access.members(member.companyId, after?.toString(), query.limit);
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.email],
      (row) => row,
    );
  };
}

/**
 * Adds a person. Where the address belongs to a user of another company already, they become a member of this one too and
 * keep their own name and password.
 *
 * @throws PlanningError MEMBER_EXISTS.
 */
export function addMember(deps: Deps): Service<'addMember'> {
  return async (member, { body }) => {
    const { email, name, role, password } = body;
    const { userId } = await deps.credentials.createUser({ email, name, password });
    await deps.transact(async (tx) => {
      const isNew = await tx.insertMember(member.companyId, userId, role);
      if (!isNew) throw new PlanningError('MEMBER_EXISTS', { email });
      await audit(tx, member, {
        action: 'member.add',
        objectType: 'member',
        objectId: userId,
        after: { email, name, role },
      });
      await tx.announceCompany(member.companyId, member.company);
    });
    return deps.access.member(member.companyId, userId);
  };
}

/**
 * Changes the role of a person or shuts them out; either ends nothing but their rights, and shutting out their sessions too.
 *
 * @throws PlanningError NOT_FOUND; LAST_ADMIN where nobody would be left to administer the company.
 */
export function changeMember(deps: Deps): Service<'changeMember'> {
  return async (member, { params, body }) => {
    const { userId } = params;
    await deps.transact(async (tx) => {
      await tx.lockCompany(member.companyId); // Two administrators must not demote each other at once.
      const before = await tx.findMember(member.companyId, userId);
      if (before === undefined) throw new PlanningError('NOT_FOUND', { what: 'member', id: userId });
      const after = { role: body.role ?? before.role, disabled: body.disabled ?? before.disabled };
      await tx.changeMember(member.companyId, userId, after);
      if ((await tx.countAdmins(member.companyId)) === 0)
        throw new PlanningError('LAST_ADMIN', { company: member.company });
      await audit(tx, member, {
        action: 'member.change',
        objectType: 'member',
        objectId: userId,
        before,
        after,
      });
      await tx.announceCompany(member.companyId, member.company);
    });
    if (body.disabled === true) await deps.credentials.endSessions(userId);
    return deps.access.member(member.companyId, userId);
  };
}

/** Who changed what, newest first. */
export function listAudit(deps: Pick<Deps, 'access'>): Service<'listAudit'> {
  return async (member, { query }) => {
    const before = decodeCursor(query.cursor, 1)?.[0];
    const { rows, total } = await deps.access.auditEvents(
      member.companyId,
      before === undefined || before === null ? undefined : Number(before),
      query.limit,
      query.action,
    );
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.id],
      (row) => row,
    );
  };
}
