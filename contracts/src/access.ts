import { z } from 'zod';

/** What a member of a company is. One role each; an administrator may do everything. */
export const ROLES = ['admin', 'planner', 'finance', 'sales', 'executive', 'viewer'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

/**
 * What may be done, and by whom. Every endpoint names one permission; a permission that is missing
 * here cannot be named there.
 */
export const PERMISSIONS = {
  'company.read': ROLES,
  'data.read': ROLES,
  'data.import': ['admin', 'planner'],
  'plan.read': ROLES,
  'demand.change': ['admin', 'planner', 'sales'],
  'supply.change': ['admin', 'planner'],
  'supply.approve': ['admin', 'planner', 'finance', 'executive'],
  'supply.release': ['admin', 'planner'],
  'plan.run': ['admin', 'planner'],
  'plan.publish': ['admin', 'planner'],
  'finance.read': ['admin', 'planner', 'finance', 'executive', 'viewer'],
  'cycle.read': ROLES,
  'cycle.manage': ['admin', 'planner'],
  'cycle.sign': ['admin', 'planner', 'finance', 'sales', 'executive'],
  'cycle.approve': ['admin', 'executive'],
  'company.manage': ['admin'],
  'users.manage': ['admin'],
  'audit.read': ['admin', 'executive'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

/** Whether a role holds a permission. */
export function mayRole(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}

export const Membership = z.object({
  company: z.string(),
  companyName: z.string(),
  role: Role,
  permissions: z.array(z.string()),
});
export type Membership = z.infer<typeof Membership>;

export const Me = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  memberships: z.array(Membership),
});
export type Me = z.infer<typeof Me>;

export const Member = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  role: Role,
  disabled: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string().nullable(),
});
export type Member = z.infer<typeof Member>;

export const AddMemberBody = z.strictObject({
  email: z.email().max(200),
  name: z.string().trim().min(1).max(120),
  role: Role,
  password: z.string().min(12).max(128),
});
export const ChangeMemberBody = z.strictObject({ role: Role.optional(), disabled: z.boolean().optional() });

export const AuditEvent = z.object({
  id: z.number(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  objectType: z.string(),
  objectId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;
