import { mayRole, type Permission, PERMISSIONS, type Role } from '@planwright/contracts';
import { PlanningError } from '../errors.ts';
import type { Caller, Service } from '../services.ts';
import { audit } from './audit.ts';
import type { AccessReader, AccessTransact, AccessTx, CompanySettingsChange, NewCompany } from './ports.ts';

type Reads = { readonly access: AccessReader };
type OperatorCheck = { readonly isOperator: (userId: string) => boolean };
type Writes = Reads & { readonly transact: AccessTransact };

/** Who is signed in, with what they may do in each of their companies. The operator administers them all. */
export function getMe(deps: Reads & OperatorCheck): Service<'getMe'> {
  return async (caller) => {
    const memberships = deps.isOperator(caller.userId)
      ? await deps.access.allMemberships()
      : await deps.access.memberships(caller.userId);
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
 * Makes an empty company with the caller as its administrator; what the command line makes belongs to the administrators of
 * the installation. Only they may: a viewer must not become an administrator of anything by themselves.
 *
 * @throws PlanningError NOT_PERMITTED, COMPANY_EXISTS.
 */
export function createCompany(deps: Writes & OperatorCheck): Service<'createCompany'> {
  return async (caller, { body }) => {
    const admins = await deps.access.installationAdmins();
    const isOperator = deps.isOperator(caller.userId);
    if (!isOperator && !admins.includes(caller.userId)) {
      throw new PlanningError('NOT_PERMITTED', { permission: 'company.manage', role: 'member' });
    }
    const owners = isOperator ? admins : [caller.userId];
    const company = { ...body, isDemo: false };
    await deps.transact((tx) => insertCompany(tx, caller, company, owners));
    return { ...company, asOf: null, northStar: null, isSteady: false, country: null };
  };
}

/** Makes a company of these administrators, with its trace. Returns its id. */
export async function insertCompany(
  tx: AccessTx,
  caller: Caller,
  company: NewCompany,
  owners: readonly string[],
): Promise<number> {
  const companyId = await tx.insertCompany(company);
  if (companyId === undefined) throw new PlanningError('COMPANY_EXISTS', { company: company.slug });
  for (const userId of owners) await tx.insertMember(companyId, userId, 'admin');
  await audit(
    tx,
    { ...caller, companyId },
    {
      action: 'company.create',
      objectType: 'company',
      objectId: company.slug,
      after: company,
    },
  );
  return companyId;
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
