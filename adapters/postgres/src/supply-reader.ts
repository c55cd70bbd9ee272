/** Reads of what people decided about supply, and of how suppliers delivered. */
import type {
  ExceptionFilter,
  PageRequest,
  StoredComment,
  StoredDecision,
  StoredProposal,
  SupplierFacts,
  SupplyReader,
} from '@planwright/app';
import type { ReleaseRules, SupplyException, Webhook, WebhookDelivery } from '@planwright/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';
import {
  DECISION_COLUMNS,
  EXCEPTION_COLUMNS,
  instant,
  PROPOSAL_COLUMNS,
  WEBHOOK_COLUMNS,
} from './supply-columns.ts';

type Db = Kysely<Database>;

const countOf = async (db: Db, from: RawBuilder<unknown>): Promise<number> =>
  (await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(db)).rows[0].total;

export function supplyReader(db: Db): SupplyReader {
  return {
    decisions: (companyId, filter, page) => readDecisions(db, companyId, filter, page),
    async rules(companyId) {
      const { rows } = await sql<{ rules: ReleaseRules }>`select rules from release_rules
        where company_id = ${companyId}`.execute(db);
      return rows[0]?.rules;
    },
    async followedRun(companyId) {
      const { rows } = await sql<{ runId: string }>`select run_id as "runId" from supply_follow_up
        where company_id = ${companyId}`.execute(db);
      return rows[0]?.runId;
    },
    async proposals(companyId, limit) {
      const { rows } = await sql<StoredProposal>`select ${PROPOSAL_COLUMNS} from supply_proposal
        where company_id = ${companyId} order by changed_at desc, supply_proposal.number desc limit ${limit}`.execute(
        db,
      );
      return rows;
    },
    suppliers: (companyId, asOf) => readSuppliers(db, companyId, asOf),
    ...exceptionReads(db),
    ...webhookReads(db),
  };
}

async function readDecisions(
  db: Db,
  companyId: number,
  filter: Parameters<SupplyReader['decisions']>[1],
  page: PageRequest,
) {
  const parts = [sql`company_id = ${companyId}`];
  if (filter.isStanding) parts.push(sql`undone_at is null`);
  if (filter.item !== undefined) parts.push(sql`item = ${filter.item}`);
  if (filter.resource !== undefined) parts.push(sql`resource = ${filter.resource}`);
  const where = sql.join(parts, sql` and `);
  const behind =
    page.after === undefined ? sql`true` : sql`supply_decision.number < ${page.after[0]}::bigint`;
  const { rows } = await sql<StoredDecision>`select ${DECISION_COLUMNS} from supply_decision
    where ${where} and ${behind} order by supply_decision.number desc limit ${page.limit + 1}`.execute(db);
  return { rows, total: await countOf(db, sql`supply_decision where ${where}`) };
}

/** Late: received after the day promised. Foreign amounts count at the newest rate into the company's currency. */
async function readSuppliers(db: Db, companyId: number, asOf: string): Promise<SupplierFacts[]> {
  const late = sql`(o.received_on - o.due_on)`;
  const { rows } = await sql<SupplierFacts>`
    with rate as (
      select distinct on (f.from_currency) f.from_currency as currency, f.rate
      from fx_rate f join company c on c.id = f.company_id and f.to_currency = c.currency
      where f.company_id = ${companyId} order by f.from_currency, f."on" desc
    ), line as (
      select o.supplier,
        count(*) filter (where o.received_on is not null and o.due_on is not null)::int as received_lines,
        count(*) filter (where ${late} > 0)::int as late_lines,
        avg(greatest(${late}, 0))::float8 as mean_late,
        (percentile_disc(0.9) within group (order by ${late}))::float8 as late90,
        coalesce(sum(o.received_quantity), 0)::float8 as received_quantity,
        coalesce(sum(o.rejected_quantity), 0)::float8 as rejected_quantity,
        coalesce(sum(money.unit_price * (o.quantity - coalesce(o.received_quantity, 0))) filter (where o.status = 'open'), 0)::float8 as open_value,
        coalesce(sum(money.unit_price * o.quantity) filter (where o.status <> 'cancelled' and o.ordered_on < least(${asOf}::date, date '9999-12-31')
          and o.ordered_on >= (select max(ordered_on) from purchase_order_line
            where company_id = ${companyId} and ordered_on < ${asOf}::date) - 365), 0)::float8 as spend
      from purchase_order_line o join company c on c.id = o.company_id
        left join rate on rate.currency = o.currency,
        lateral (select o.price * (case when coalesce(o.currency, c.currency) = c.currency then 1 else rate.rate end)::numeric as unit_price) as money
      where o.company_id = ${companyId} group by o.supplier
    ), offer as (
      select i.supplier, count(*)::int as items,
        count(*) filter (where not exists (select from item_supplier j join supplier t
          on t.company_id = j.company_id and t.code = j.supplier and t.active
          where j.company_id = i.company_id and j.item = i.item and j.supplier <> i.supplier))::int as single
      from item_supplier i where i.company_id = ${companyId} group by i.supplier
    )
    select s.code as supplier, s.name as "supplierName", s.preferred, s.active,
      coalesce(line.received_lines, 0) as "receivedLineCount", coalesce(line.late_lines, 0) as "lateLineCount",
      line.mean_late as "meanLateDays", line.late90 as "lateDays90",
      coalesce(line.received_quantity, 0) as "receivedQuantity", coalesce(line.rejected_quantity, 0) as "rejectedQuantity",
      coalesce(line.open_value, 0) as "openValue", coalesce(line.spend, 0) as spend,
      coalesce(offer.items, 0) as "itemCount", coalesce(offer.single, 0) as "singleSourceCount"
    from supplier s left join line on line.supplier = s.code left join offer on offer.supplier = s.code
    where s.company_id = ${companyId} order by s.code collate "C"`.execute(db);
  return rows;
}

function exceptionReads(
  db: Db,
): Pick<SupplyReader, 'exceptions' | 'exceptionCounts' | 'exception' | 'comments'> {
  return {
    exceptions: (companyId, filter, page) => readExceptions(db, companyId, filter, page),
    async exceptionCounts(companyId, status) {
      const { rows } = await sql<{ rule: SupplyException['rule']; count: number; amount: number }>`
        select rule, count(*)::int as count, coalesce(sum(amount), 0)::float8 as amount from supply_exception
        where company_id = ${companyId} and ${hasStatus(status)} group by rule order by 3 desc, 1`.execute(
        db,
      );
      return rows;
    },
    async exception(companyId, id) {
      const { rows } = await sql<SupplyException>`select ${EXCEPTION_COLUMNS} from supply_exception e
        where e.company_id = ${companyId} and e.id = ${id}`.execute(db);
      return rows[0];
    },
    async comments(exceptionId) {
      const { rows } =
        await sql<StoredComment>`select by_name as by, ${instant('at')} as at, text from exception_comment
        where exception_id = ${exceptionId} order by number`.execute(db);
      return rows;
    },
  };
}

/** What was put off comes back by itself on its day. */
function hasStatus(status: SupplyException['status']): RawBuilder<unknown> {
  const isBack = sql`(status = 'snoozed' and snoozed_until <= current_date)`;
  if (status === 'open') return sql`(status = 'open' or ${isBack})`;
  if (status === 'snoozed') return sql`(status = 'snoozed' and not ${isBack})`;
  return sql`status = ${status}`;
}

async function readExceptions(db: Db, companyId: number, filter: ExceptionFilter, page: PageRequest) {
  const { status, rule, item, location, owner } = filter;
  const parts = [sql`e.company_id = ${companyId}`, hasStatus(status)];
  if (rule !== undefined) parts.push(sql`e.rule = ${rule}`);
  if (item !== undefined) parts.push(sql`e.item = ${item}`);
  if (location !== undefined) parts.push(sql`e.location = ${location}`);
  if (owner !== undefined) parts.push(sql`e.owner = ${owner}`);
  const where = sql.join(parts, sql` and `);
  const behind =
    page.after === undefined
      ? sql`true`
      : sql`(coalesce(e.amount, 0) < ${page.after[0]}::float8
          or (coalesce(e.amount, 0) = ${page.after[0]}::float8 and e.id > ${page.after[1]}::uuid))`;
  const { rows } = await sql<SupplyException>`select ${EXCEPTION_COLUMNS} from supply_exception e
    where ${where} and ${behind} order by coalesce(e.amount, 0) desc, e.id limit ${page.limit + 1}`.execute(
    db,
  );
  return { rows, total: await countOf(db, sql`supply_exception e where ${where}`) };
}

function webhookReads(db: Db): Pick<SupplyReader, 'webhooks' | 'deliveries'> {
  return {
    async webhooks(companyId) {
      const { rows } = await sql<Webhook>`select ${WEBHOOK_COLUMNS} from supply_webhook w
        where w.company_id = ${companyId} order by w.created_at, w.id`.execute(db);
      return rows;
    },
    async deliveries(companyId, webhookId, page) {
      const where = sql`company_id = ${companyId} and webhook_id = ${webhookId}`;
      const behind =
        page.after === undefined ? sql`true` : sql`webhook_delivery.number < ${page.after[0]}::bigint`;
      const { rows } = await sql<WebhookDelivery & { number: number }>`select id, number::int as number,
          webhook_id as "webhookId", event, ${instant('created_at')} as "createdAt", status, attempts,
          ${instant('last_attempt_at')} as "lastAttemptAt", ${instant('next_attempt_at')} as "nextAttemptAt",
          answer_status as "answerStatus", problem
        from webhook_delivery where ${where} and ${behind}
        order by webhook_delivery.number desc limit ${page.limit + 1}`.execute(db);
      return { rows, total: await countOf(db, sql`webhook_delivery where ${where}`) };
    },
  };
}
