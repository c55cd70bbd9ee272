/** Columns of the tables of supply, as the application names them. Days are 'YYYY-MM-DD', instants ISO 8601 in UTC. */
import { sql } from 'kysely';

/** An instant as ISO text; null stays null. */
export const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const day = (column: string) => sql`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`;

export const DECISION_COLUMNS = sql`id, number::int as number, edit, reason, decided_by as "decidedBy",
  ${instant('decided_at')} as "decidedAt", undone_by as "undoneBy", ${instant('undone_at')} as "undoneAt"`;

export const PROPOSAL_COLUMNS = sql`id, number::int as number, run_id as "runId", run_number as "runNumber", kind, status,
  item, item_name as "itemName", location, from_code as "from", ${day('start_on')} as "startOn", ${day('due_on')} as "dueOn",
  quantity, good_quantity as "goodQuantity", unit, value, order_ref as "order", ${day('order_due_on')} as "orderDueOn", reason,
  approvals, approvals_needed as "approvalsNeeded", released_by as "releasedBy", ${instant('released_at')} as "releasedAt",
  ${instant('changed_at')} as "changedAt"`;

/** With alias `e` of supply_exception. */
export const EXCEPTION_COLUMNS = sql`e.id, e.rule, e.title, e.detail, e.item, e.location, e.resource, e.supplier,
  e.stock_point_id as "stockPointId", e.resource_id as "resourceId", e.bucket, ${day('e.bucket_on')} as "bucketOn", e.size,
  e.unit, e.amount, ${instant('e.first_seen_at')} as "firstSeenAt", ${instant('e.last_seen_at')} as "lastSeenAt", e.owner,
  e.status, ${day('e.snoozed_until')} as "snoozedUntil", ${day('e.expires_on')} as "expiresOn", e.action, e.version,
  (select count(*)::int from exception_comment c where c.exception_id = e.id) as "commentCount"`;

/** With alias `w` of supply_webhook. */
export const WEBHOOK_COLUMNS = sql`w.id, w.url, w.active, w.created_by as "createdBy", ${instant('w.created_at')} as "createdAt",
  (select d.answer_status from webhook_delivery d where d.webhook_id = w.id and d.last_attempt_at is not null
    order by d.last_attempt_at desc limit 1) as "lastStatus",
  (select count(*)::int from webhook_delivery d where d.webhook_id = w.id and d.status = 'pending') as "pendingCount"`;
