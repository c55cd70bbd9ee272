import type { Member } from '../services.ts';

/** What a write changed. `before` and `after` hold the changed values only; never a password or a token. */
export type AuditEntry = {
  /** Noun and verb: 'import.undo', 'member.change', 'run.publish'. */
  readonly action: string;
  readonly objectType: string;
  readonly objectId: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
};

export type AuditRecord = AuditEntry & {
  readonly companyId: number;
  readonly actorId: string;
  /** Name and address as they were then. */
  readonly actor: string;
};

/** Port: adds to the trail inside the caller's transaction. */
export type AuditTrail = { addAuditRecord(record: AuditRecord): Promise<void> };

/**
 * Leaves the trace of a write. Called in the transaction of the write itself, so that neither exists without
 * the other: every service that changes anything calls this.
 */
export async function audit(
  tx: { readonly audit: AuditTrail },
  member: Pick<Member, 'companyId' | 'userId' | 'name' | 'email'>,
  entry: AuditEntry,
): Promise<void> {
  await tx.audit.addAuditRecord({
    ...entry,
    companyId: member.companyId,
    actorId: member.userId,
    actor: `${member.name} <${member.email}>`,
  });
}
