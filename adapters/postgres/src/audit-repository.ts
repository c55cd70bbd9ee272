import type { AuditRecord, AuditTrail } from '@planwright/app';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

const jsonOrNull = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

/** The trail of writes; give it the transaction of the write. */
export function auditTrail(db: Kysely<Database>): AuditTrail {
  return {
    async addAuditRecord(record: AuditRecord) {
      await db
        .insertInto('audit_event')
        .values({
          company_id: record.companyId,
          actor_id: record.actorId,
          actor: record.actor,
          action: record.action,
          object_type: record.objectType,
          object_id: record.objectId,
          before: jsonOrNull(record.before),
          after: jsonOrNull(record.after),
          reason: record.reason ?? null,
        })
        .execute();
    },
  };
}
