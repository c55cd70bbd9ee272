/** Events, cleansing decisions, launches and successions as the workbench reads and writes them. */
import type { DriverReader, DriverStore, StoredEvent, StreamName } from '@planwright/app';
import type { CleansingDecision, Launch, Succession } from '@planwright/contracts';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

// A version is the digest of the row: whoever wrote it, an import or a person, it changes with the content.
const EVENT_COLUMNS = sql`e.code, e.name, e.kind, e.item_group as "itemGroup", e.item, e.location, e.channel,
  e.starts_on::text as "startsOn", e.ends_on::text as "endsOn", e.strength, e.uplift_ratio as "upliftRatio",
  e.price_change_ratio as "priceChangeRatio", e.note,
  md5((to_jsonb(e) - 'import_id')::text) as version`;

const DECISION_COLUMNS = sql`d.bucket_on::text as "bucketOn", d.decision, d.quantity, d.reason,
  d.decided_by as "decidedBy", to_char(d.decided_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "decidedAt"`;

const LAUNCH_COLUMNS = sql`l.item, coalesce((select i.name from item i where i.company_id = l.company_id and i.code = l.item), l.item)
    as "itemName", l.location, l.channel, l.starts_on::text as "startsOn",
  array_remove(string_to_array(replace(coalesce(l.like_items, ''), ' ', ''), ','), '') as "likeItems",
  l.level_quantity as "levelQuantity", l.note, md5((to_jsonb(l) - 'import_id')::text) as version`;

const SUCCESSION_COLUMNS = sql`s.predecessor, s.successor, s.switch_on::text as "switchOn",
  s.conversion_ratio as "conversionRatio", s.ramp_days as "rampDays", s.kept_ratio as "keptRatio", s.note,
  md5((to_jsonb(s) - 'import_id')::text) as version`;

const eventWhere = (companyId: number, code: string): RawBuilder<unknown> =>
  sql`e.company_id = ${companyId} and e.code = ${code}`;

const decisionWhere = (
  companyId: number,
  { item, location, channel }: StreamName,
  bucketOn: string,
): RawBuilder<unknown> =>
  sql`d.company_id = ${companyId} and d.item = ${item} and d.location = ${location} and d.channel = ${channel}
    and d.bucket_on = ${bucketOn}::date`;

const launchWhere = (companyId: number, { item, location, channel }: StreamName): RawBuilder<unknown> =>
  sql`l.company_id = ${companyId} and l.item = ${item} and l.location = ${location} and l.channel = ${channel}`;

const successionWhere = (companyId: number, predecessor: string, successor: string): RawBuilder<unknown> =>
  sql`s.company_id = ${companyId} and s.predecessor = ${predecessor} and s.successor = ${successor}`;

async function countOf(db: Db, from: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::int as total from ${from}`.execute(db);
  return rows[0]!.total;
}

/** Give it the database, or the transaction of a write. */
export function driverReader(db: Db): DriverReader {
  return {
    async events(companyId, { from, to, kind }, page) {
      const parts = [sql`e.company_id = ${companyId}`];
      if (from !== undefined) parts.push(sql`e.ends_on >= ${from}::date`);
      if (to !== undefined) parts.push(sql`e.starts_on <= ${to}::date`);
      if (kind !== undefined) parts.push(sql`e.kind = ${kind}`);
      const where = sql.join(parts, sql` and `);
      const behind =
        page.after === undefined
          ? sql`true`
          : sql`(e.starts_on, e.code) > (${page.after[0]}::date, ${page.after[1]}::text)`;
      const { rows } = await sql<StoredEvent>`select ${EVENT_COLUMNS} from demand_event e
        where ${where} and ${behind} order by e.starts_on, e.code limit ${page.limit + 1}`.execute(db);
      return { rows, total: await countOf(db, sql`demand_event e where ${where}`) };
    },
    async decisions(companyId, { item, location, channel }) {
      const { rows } = await sql<CleansingDecision>`select ${DECISION_COLUMNS} from cleansing_decision d
        where d.company_id = ${companyId} and d.item = ${item} and d.location = ${location}
          and d.channel = ${channel} order by d.bucket_on`.execute(db);
      return rows;
    },
    async launches(companyId, page) {
      const behind =
        page.after === undefined
          ? sql`true`
          : sql`(l.starts_on < ${page.after[0]}::date or (l.starts_on = ${page.after[0]}::date and
              (l.item, l.location, l.channel) > (${page.after[1]}::text, ${page.after[2]}::text, ${page.after[3]}::text)))`;
      const { rows } = await sql<Launch>`select ${LAUNCH_COLUMNS} from launch l
        where l.company_id = ${companyId} and ${behind}
        order by l.starts_on desc, l.item, l.location, l.channel limit ${page.limit + 1}`.execute(db);
      return { rows, total: await countOf(db, sql`launch l where l.company_id = ${companyId}`) };
    },
    async successions(companyId, page) {
      const behind =
        page.after === undefined
          ? sql`true`
          : sql`(s.switch_on < ${page.after[0]}::date or (s.switch_on = ${page.after[0]}::date and
              (s.predecessor, s.successor) > (${page.after[1]}::text, ${page.after[2]}::text)))`;
      const { rows } = await sql<Succession>`select ${SUCCESSION_COLUMNS} from succession s
        where s.company_id = ${companyId} and ${behind}
        order by s.switch_on desc, s.predecessor, s.successor limit ${page.limit + 1}`.execute(db);
      return { rows, total: await countOf(db, sql`succession s where s.company_id = ${companyId}`) };
    },
    async lastDriverChange(companyId) {
      const { rows } = await sql<{ at: Date | null }>`select max(at) as at from audit_event
        where company_id = ${companyId}
          and object_type in ('demand-event', 'demand-stream', 'launch', 'succession')`.execute(db);
      return rows[0]!.at?.toISOString() ?? null;
    },
  };
}

/** Give it the transaction of the write. */
export function driverStore(tx: Db): DriverStore {
  return {
    ...eventStore(tx),
    ...decisionStore(tx),
    ...launchStore(tx),
    ...successionStore(tx),
    async missing(companyId, target, codes) {
      const { rows } = await sql<{
        code: string;
      }>`select wanted.code from unnest(${[...codes]}::text[]) as wanted (code)
        where not exists (select from ${sql.table(target)} t where t.company_id = ${companyId} and t.code = wanted.code)
        order by 1`.execute(tx);
      return rows.map(({ code }) => code);
    },
  };
}

async function first<Row>(tx: Db, query: RawBuilder<Row>): Promise<Row | undefined> {
  return (await query.execute(tx)).rows[0];
}

function eventStore(tx: Db): Pick<DriverStore, 'findEvent' | 'putEvent' | 'removeEvent'> {
  return {
    findEvent: (companyId, code) =>
      first(
        tx,
        sql<StoredEvent>`select ${EVENT_COLUMNS} from demand_event e
        where ${eventWhere(companyId, code)} for update`,
      ),
    async putEvent(companyId, code, event) {
      const {
        name,
        kind,
        itemGroup,
        item,
        location,
        channel,
        startsOn,
        endsOn,
        strength,
        upliftRatio,
        priceChangeRatio,
        note,
      } = event;
      await sql`insert into demand_event (company_id, code, name, kind, item_group, item, location, channel, starts_on,
          ends_on, strength, uplift_ratio, price_change_ratio, note)
        values (${companyId}, ${code}, ${name}, ${kind}, ${itemGroup}, ${item}, ${location}, ${channel},
          ${startsOn}::date, ${endsOn}::date, ${strength}, ${upliftRatio}, ${priceChangeRatio},
          ${note})
        on conflict (company_id, code) do update set name = excluded.name, kind = excluded.kind,
          item_group = excluded.item_group, item = excluded.item, location = excluded.location,
          channel = excluded.channel, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
          strength = excluded.strength, uplift_ratio = excluded.uplift_ratio,
          price_change_ratio = excluded.price_change_ratio, note = excluded.note`.execute(tx);
      const { rows } = await sql<StoredEvent>`select ${EVENT_COLUMNS} from demand_event e
        where ${eventWhere(companyId, code)}`.execute(tx);
      return rows[0]!;
    },
    async removeEvent(companyId, code) {
      await sql`delete from demand_event e where ${eventWhere(companyId, code)}`.execute(tx);
    },
  };
}

function decisionStore(tx: Db): Pick<DriverStore, 'findDecision' | 'putDecision' | 'removeDecision'> {
  return {
    findDecision: (companyId, stream, bucketOn) =>
      first(
        tx,
        sql<CleansingDecision>`select ${DECISION_COLUMNS} from cleansing_decision d
        where ${decisionWhere(companyId, stream, bucketOn)} for update`,
      ),
    async putDecision(companyId, stream, { bucketOn, decision, quantity, reason, decidedBy }) {
      const { item, location, channel } = stream;
      await sql`insert into cleansing_decision (company_id, item, location, channel, bucket_on, decision, quantity,
          reason, decided_by)
        values (${companyId}, ${item}, ${location}, ${channel}, ${bucketOn}::date, ${decision}, ${quantity},
          ${reason}, ${decidedBy})
        on conflict (company_id, item, location, channel, bucket_on) do update set decision = excluded.decision,
          quantity = excluded.quantity, reason = excluded.reason, decided_by = excluded.decided_by,
          decided_at = clock_timestamp()`.execute(tx);
      const { rows } = await sql<CleansingDecision>`select ${DECISION_COLUMNS} from cleansing_decision d
        where ${decisionWhere(companyId, stream, bucketOn)}`.execute(tx);
      return rows[0]!;
    },
    async removeDecision(companyId, stream, bucketOn) {
      await sql`delete from cleansing_decision d where ${decisionWhere(companyId, stream, bucketOn)}`.execute(
        tx,
      );
    },
  };
}

function launchStore(tx: Db): Pick<DriverStore, 'findLaunch' | 'putLaunch' | 'removeLaunch'> {
  return {
    findLaunch: (companyId, launch) =>
      first(
        tx,
        sql<Launch>`select ${LAUNCH_COLUMNS} from launch l where ${launchWhere(companyId, launch)} for update`,
      ),
    async putLaunch(companyId, launch) {
      const { item, location, channel, startsOn, likeItems, levelQuantity, note } = launch;
      await sql`insert into launch (company_id, item, location, channel, starts_on, like_items, level_quantity, note)
        values (${companyId}, ${item}, ${location}, ${channel}, ${startsOn}::date,
          ${likeItems.length === 0 ? null : likeItems.join(',')}, ${levelQuantity}, ${note})
        on conflict (company_id, item, location, channel) do update set starts_on = excluded.starts_on,
          like_items = excluded.like_items, level_quantity = excluded.level_quantity, note = excluded.note`.execute(
        tx,
      );
      const { rows } = await sql<Launch>`select ${LAUNCH_COLUMNS} from launch l
        where ${launchWhere(companyId, launch)}`.execute(tx);
      return rows[0]!;
    },
    async removeLaunch(companyId, launch) {
      await sql`delete from launch l where ${launchWhere(companyId, launch)}`.execute(tx);
    },
  };
}

function successionStore(tx: Db): Pick<DriverStore, 'findSuccession' | 'putSuccession' | 'removeSuccession'> {
  return {
    findSuccession: (companyId, predecessor, successor) =>
      first(
        tx,
        sql<Succession>`select ${SUCCESSION_COLUMNS} from succession s
        where ${successionWhere(companyId, predecessor, successor)} for update`,
      ),
    async putSuccession(companyId, succession) {
      const { predecessor, successor, switchOn, conversionRatio, rampDays, keptRatio, note } = succession;
      await sql`insert into succession (company_id, predecessor, successor, switch_on, conversion_ratio, ramp_days,
          kept_ratio, note)
        values (${companyId}, ${predecessor}, ${successor}, ${switchOn}::date, ${conversionRatio}, ${rampDays},
          ${keptRatio}, ${note})
        on conflict (company_id, predecessor, successor) do update set switch_on = excluded.switch_on,
          conversion_ratio = excluded.conversion_ratio, ramp_days = excluded.ramp_days,
          kept_ratio = excluded.kept_ratio, note = excluded.note`.execute(tx);
      const { rows } = await sql<Succession>`select ${SUCCESSION_COLUMNS} from succession s
        where ${successionWhere(companyId, predecessor, successor)}`.execute(tx);
      return rows[0]!;
    },
    async removeSuccession(companyId, predecessor, successor) {
      await sql`delete from succession s where ${successionWhere(companyId, predecessor, successor)}`.execute(
        tx,
      );
    },
  };
}
