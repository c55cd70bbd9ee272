/** Writes of what people decide about supply. Give it the transaction of the write. */
import { randomUUID } from 'node:crypto';
import type {
  FoundException,
  NewProposal,
  StoredDecision,
  StoredProposal,
  SupplyStore,
} from '@planwright/app';
import type { SupplyException, Webhook } from '@planwright/contracts';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';
import { DECISION_COLUMNS, EXCEPTION_COLUMNS, PROPOSAL_COLUMNS, WEBHOOK_COLUMNS } from './supply-columns.ts';

type Tx = Kysely<Database>;

export function supplyStore(tx: Tx): SupplyStore {
  return {
    ...decisionWrites(tx),
    ...proposalWrites(tx),
    ...webhookWrites(tx),
    ...exceptionWrites(tx),
    async putRules(companyId, rules) {
      await sql`insert into release_rules (company_id, rules) values (${companyId}, ${JSON.stringify(rules)}::jsonb)
        on conflict (company_id) do update set rules = excluded.rules`.execute(tx);
    },
    async beginFollowUp(companyId, runId) {
      const { numAffectedRows } = await sql`insert into supply_follow_up (company_id, run_id, followed_at)
        values (${companyId}, ${runId}, clock_timestamp())
        on conflict (company_id) do update set run_id = excluded.run_id, followed_at = excluded.followed_at
        where supply_follow_up.run_id is distinct from excluded.run_id`.execute(tx);
      return numAffectedRows === 1n;
    },
    refreshExceptions: (companyId, runId, seenAt, found) =>
      refreshExceptions(tx, companyId, runId, seenAt, found),
  };
}

function decisionWrites(tx: Tx): Pick<SupplyStore, 'insertDecision' | 'findDecision' | 'undoDecision'> {
  return {
    async insertDecision({ id, companyId, edit, reason, decidedBy }) {
      const subject =
        'resource' in edit
          ? { item: null, location: null, resource: edit.resource }
          : { item: edit.item, location: edit.location, resource: null };
      const { rows } = await sql<StoredDecision>`insert into supply_decision
          (id, company_id, edit, item, location, resource, reason, decided_by)
        values (${id}, ${companyId}, ${JSON.stringify(edit)}::jsonb, ${subject.item}, ${subject.location},
          ${subject.resource}, ${reason}, ${decidedBy}) returning ${DECISION_COLUMNS}`.execute(tx);
      return rows[0];
    },
    async findDecision(companyId, id) {
      const { rows } = await sql<StoredDecision>`select ${DECISION_COLUMNS} from supply_decision
        where company_id = ${companyId} and id = ${id} for update`.execute(tx);
      return rows[0];
    },
    async undoDecision(id, by) {
      const { rows } = await sql<StoredDecision>`update supply_decision
        set undone_by = ${by}, undone_at = clock_timestamp() where id = ${id} returning ${DECISION_COLUMNS}`.execute(
        tx,
      );
      return rows[0];
    },
  };
}

function proposalWrites(tx: Tx): Pick<SupplyStore, 'findProposal' | 'insertProposal' | 'changeProposal'> {
  return {
    async findProposal(companyId, name) {
      const where =
        'id' in name ? sql`id = ${name.id}` : sql`run_id = ${name.runId} and run_number = ${name.runNumber}`;
      const { rows } = await sql<StoredProposal>`select ${PROPOSAL_COLUMNS} from supply_proposal
        where company_id = ${companyId} and ${where} for update`.execute(tx);
      return rows[0];
    },
    insertProposal: (companyId, row) => insertProposal(tx, companyId, row),
    async changeProposal(id, { status, approvals, releasedBy }) {
      const { rows } = await sql<StoredProposal>`update supply_proposal set status = ${status},
          approvals = ${JSON.stringify(approvals)}::jsonb, released_by = ${releasedBy}, changed_at = clock_timestamp(),
          released_at = case when ${status} = 'released' then coalesce(released_at, clock_timestamp()) else released_at end
        where id = ${id} returning ${PROPOSAL_COLUMNS}`.execute(tx);
      return rows[0];
    },
  };
}

async function insertProposal(tx: Tx, companyId: number, row: NewProposal): Promise<boolean> {
  const { numAffectedRows } =
    await sql`insert into supply_proposal (id, company_id, run_id, run_number, kind, status, item,
      item_name, location, from_code, start_on, due_on, quantity, good_quantity, unit, value, order_ref, order_due_on, reason,
      approvals_needed)
    values (${row.id}, ${companyId}, ${row.runId}, ${row.runNumber}, ${row.kind}, ${row.status}, ${row.item},
      ${row.itemName}, ${row.location}, ${row.from}, ${row.startOn}::date, ${row.dueOn}::date, ${row.quantity},
      ${row.goodQuantity}, ${row.unit}, ${row.value}, ${row.order}, ${row.orderDueOn}::date, ${row.reason},
      ${row.approvalsNeeded})
    on conflict (run_id, run_number) do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

function webhookWrites(tx: Tx): Pick<SupplyStore, 'enqueueDeliveries' | 'insertWebhook' | 'removeWebhook'> {
  return {
    async enqueueDeliveries(companyId, event, payload) {
      const { rows } = await sql<{ id: string }>`select id from supply_webhook
        where company_id = ${companyId} and active`.execute(tx);
      for (const hook of rows) {
        const id = randomUUID();
        const text = JSON.stringify({ id, sentFor: event, ...(payload as object) });
        await sql`insert into webhook_delivery (id, company_id, webhook_id, event, payload)
          values (${id}, ${companyId}, ${hook.id}, ${event}, ${text})`.execute(tx);
      }
      return rows.length;
    },
    async insertWebhook({ id, companyId, url, secret, createdBy }) {
      await sql`insert into supply_webhook (id, company_id, url, secret, created_by)
        values (${id}, ${companyId}, ${url}, ${secret}, ${createdBy})`.execute(tx);
      const { rows } = await sql<Webhook>`select ${WEBHOOK_COLUMNS} from supply_webhook w
        where w.id = ${id}`.execute(tx);
      return rows[0];
    },
    async removeWebhook(companyId, id) {
      const { rows } = await sql<Webhook>`select ${WEBHOOK_COLUMNS} from supply_webhook w
        where w.company_id = ${companyId} and w.id = ${id} for update`.execute(tx);
      await sql`delete from supply_webhook where company_id = ${companyId} and id = ${id}`.execute(tx);
      return rows[0];
    },
  };
}

function exceptionWrites(tx: Tx): Pick<SupplyStore, 'findException' | 'changeException' | 'insertComment'> {
  const read = async (id: string): Promise<SupplyException | undefined> => {
    const { rows } = await sql<SupplyException>`select ${EXCEPTION_COLUMNS} from supply_exception e
      where e.id = ${id}`.execute(tx);
    return rows[0];
  };
  return {
    async findException(companyId, id) {
      const { rows } = await sql`select 1 from supply_exception
        where company_id = ${companyId} and id = ${id} for update`.execute(tx);
      return rows.length === 0 ? undefined : read(id);
    },
    async changeException(id, { owner, status, snoozedUntil }) {
      await sql`update supply_exception set owner = ${owner}, status = ${status},
        snoozed_until = ${snoozedUntil}::date, version = version + 1 where id = ${id}`.execute(tx);
      return (await read(id))!;
    },
    async insertComment(exceptionId, by, text) {
      await sql`insert into exception_comment (exception_id, by_name, text)
        values (${exceptionId}, ${by}, ${text})`.execute(tx);
    },
  };
}

const ROWS_PER_STATEMENT = 500;

/**
 * One that is still found keeps its id, first day, owner and status, but one that was closed is open again. One that is not
 * found any more is closed.
 */
async function refreshExceptions(
  tx: Tx,
  companyId: number,
  runId: string,
  seenAt: string,
  found: readonly FoundException[],
): Promise<void> {
  for (let from = 0; from < found.length; from += ROWS_PER_STATEMENT) {
    const rows = found.slice(from, from + ROWS_PER_STATEMENT).map((row) => ({ ...row, id: randomUUID() }));
    await sql`insert into supply_exception (id, company_id, fingerprint, rule, title, detail, item, location, resource,
        supplier, stock_point_id, resource_id, bucket, bucket_on, size, unit, amount, action, expires_on, first_seen_at,
        last_seen_at, last_run_id, status)
      select r.id, ${companyId}, r.fingerprint, r.rule, r.title, r.detail, r.item, r.location, r.resource, r.supplier,
        r."stockPointId", r."resourceId", r.bucket, r."bucketOn", r.size, r.unit, r.amount, nullif(r.action, 'null'::jsonb), r."expiresOn",
        ${seenAt}::timestamptz, ${seenAt}::timestamptz, ${runId}::uuid, 'open'
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, fingerprint text, rule text, title text,
        detail text, item text, location text, resource text, supplier text, "stockPointId" int, "resourceId" int,
        bucket text, "bucketOn" date, size float8, unit text, amount float8, action jsonb, "expiresOn" date)
      on conflict (company_id, fingerprint) do update set title = excluded.title, detail = excluded.detail,
        stock_point_id = excluded.stock_point_id, resource_id = excluded.resource_id, bucket = excluded.bucket,
        bucket_on = excluded.bucket_on, size = excluded.size, unit = excluded.unit, amount = excluded.amount,
        action = excluded.action, expires_on = excluded.expires_on, last_seen_at = excluded.last_seen_at,
        last_run_id = excluded.last_run_id, version = supply_exception.version + 1,
        first_seen_at = case when supply_exception.status = 'closed' then excluded.first_seen_at else supply_exception.first_seen_at end,
        status = case when supply_exception.status = 'closed' then 'open' else supply_exception.status end`.execute(
      tx,
    );
  }
  await sql`update supply_exception set status = 'closed', version = version + 1
    where company_id = ${companyId} and last_run_id <> ${runId} and status <> 'closed'`.execute(tx);
}
