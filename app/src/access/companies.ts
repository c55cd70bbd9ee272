import { mayRole, type Permission, PERMISSIONS, type Role } from '@planwright/contracts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { audit } from './audit.ts';
import type { AccessReader, AccessTransact, CompanySettingsChange } from './ports.ts';

type Reads = { readonly access: AccessReader };
type Writes = Reads & { readonly transact: AccessTransact };

/** Who is signed in, with what they may do in each of their companies. */
export function getMe(deps: Reads): Service<'getMe'> {
  return async (caller) => {
    const memberships = await deps.access.memberships(caller.userId);
    return {
      id: caller.userId,
      email: caller.email,
      name: caller.name,
      memberships: memberships.map((membership) => ({
        ...membership,
        permissions: permissionsOf(membership.role),
      })),
    };
  };
}

function permissionsOf(role: Role): Permission[] {
  return (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => mayRole(role, permission));
}

/**
 * Makes an empty company with the caller as its administrator. Only someone who administers a company already may: a
 * viewer must not become an administrator of anything by themselves.
 *
 * @throws PlanningError NOT_PERMITTED, COMPANY_EXISTS.
 */
export function createCompany(
  deps: Writes & { readonly isOperator: (userId: string) => boolean },
): Service<'createCompany'> {
  return async (caller, { body }) => {
    const memberships = await deps.access.memberships(caller.userId);
    const mayCreate = deps.isOperator(caller.userId) || memberships.some(({ role }) => role === 'admin');
    if (!mayCreate) {
      throw new PlanningError('NOT_PERMITTED', {
        permission: 'company.manage',
        role: memberships[0]?.role ?? 'none',
      });
    }
    return deps.transact(async (tx) => {
      const company = { ...body, isDemo: false };
      const companyId = await tx.insertCompany(company);
      if (companyId === undefined) throw new PlanningError('COMPANY_EXISTS', { company: body.slug });
      if (!deps.isOperator(caller.userId)) await tx.insertMember(companyId, caller.userId, 'admin');
      else for (const userId of await tx.adminsOfAll()) await tx.insertMember(companyId, userId, 'admin');
      await audit(
        tx,
        { ...caller, companyId },
        {
          action: 'company.create',
          objectType: 'company',
          objectId: body.slug,
          after: body,
        },
      );
      return { ...company, asOf: null, northStar: null };
    });
  };
}

/** What the header and the first screen need to know. */
export function getCompany(deps: Reads): Service<'getCompany'> {
  return async (member) => deps.access.overview(member.companyId);
}

/** Changes the given settings and leaves the others. */
export function changeCompany(deps: Writes): Service<'changeCompany'> {
  return async (member, { body }) =>
    deps.transact(async (tx) => {
      const before = await tx.lockCompany(member.companyId);
      const change = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      ) as CompanySettingsChange;
      const names = Object.keys(change) as (keyof CompanySettingsChange)[];
      if (names.length === 0) return before;
      await tx.changeCompany(member.companyId, change);
      await audit(tx, member, {
        action: 'company.change',
        objectType: 'company',
        objectId: member.company,
        before: Object.fromEntries(names.map((name) => [name, before[name]])),
        after: change,
      });
      await tx.announceCompany(member.companyId, member.company);
      return { ...before, ...change };
    });
}
