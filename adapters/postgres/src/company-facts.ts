import type { BillOfMaterial, BomLink, CompanyFacts, ItemFacts, NamesOf } from '@planwright/app';
import { NorthStar, type TargetName } from '@planwright/contracts';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Small reads of the company's data that views of the plan show beside it. */
export type CompanyFactsReader = {
  readonly companyFacts: (companyId: number) => Promise<CompanyFacts>;
  /** How many events, launches, successions and decisions people touched since then. */
  readonly driverChangesSince: (companyId: number, since: string) => Promise<number>;
  readonly locationNames: NamesOf;
  readonly bill: BillOfMaterial;
  readonly itemFacts: (companyId: number, item: string) => Promise<ItemFacts | undefined>;
  /** Every code of a target, for checking references of an import. */
  readonly codesOf: (companyId: number, target: TargetName) => Promise<readonly string[]>;
};

export function companyFactsReader(db: Kysely<Database>): CompanyFactsReader {
  return {
    async companyFacts(companyId) {
      const { rows } = await sql<{ currency: string; north_star: unknown; newest: Date | null }>`
        SELECT currency, north_star, (SELECT max(finished_at) FROM import
          WHERE import.company_id = company.id AND import.status IN ('done', 'undone')) AS newest
        FROM company WHERE id = ${companyId}`.execute(db);
      const [company] = rows;
      return {
        currency: company!.currency,
        goal: company!.north_star === null ? null : NorthStar.parse(company!.north_star),
        newestDataAt: company!.newest?.toISOString() ?? null,
      };
    },
    async driverChangesSince(companyId, since) {
      const { rows } = await sql<{ count: number }>`
        SELECT count(DISTINCT (object_type, object_id, coalesce(after ->> 'bucketOn', before ->> 'bucketOn', '')))::int AS count FROM audit_event
        WHERE company_id = ${companyId} AND at > ${since}
          AND object_type IN ('demand-event', 'demand-stream', 'launch', 'succession')`.execute(db);
      return rows[0]!.count;
    },
    async locationNames(companyId, codes) {
      const { rows } = await sql<{ code: string; name: string }>`SELECT code, name FROM location
        WHERE company_id = ${companyId} AND code = ANY(${[...codes]})`.execute(db);
      return new Map(rows.map(({ code, name }) => [code, name]));
    },
    bill: {
      usedIn: (companyId, item) => billRows(db, companyId, sql`b.component = ${item}`, sql`b.parent`),
      components: (companyId, item) => billRows(db, companyId, sql`b.parent = ${item}`, sql`b.component`),
    },
    async itemFacts(companyId, item) {
      const { rows } =
        await sql<ItemFacts>`SELECT code AS item, name, coalesce(group_code, '') AS "group", kind,
          list_price::float8 AS price, unit
        FROM item WHERE company_id = ${companyId} AND code = ${item}`.execute(db);
      return rows[0];
    },
    async codesOf(companyId, target) {
      const { rows } = await sql<{
        code: string;
      }>`SELECT code FROM ${sql.table(target)} WHERE company_id = ${companyId}`.execute(db);
      return rows.map(({ code }) => code);
    },
  };
}

type Fragment = ReturnType<typeof sql>;

/** Rows of the bill in force today, by the other item of the row. */
async function billRows(
  db: Kysely<Database>,
  companyId: number,
  where: Fragment,
  other: Fragment,
): Promise<BomLink[]> {
  const { rows } = await sql<BomLink>`
    SELECT i.code AS item, i.name AS "itemName", b.quantity_per AS "quantityPer"
    FROM bom_row b JOIN item i ON i.company_id = b.company_id AND i.code = ${other}
    WHERE b.company_id = ${companyId} AND ${where}
      AND (b.effective_to IS NULL OR b.effective_to >= current_date)
    ORDER BY i.code LIMIT 500`.execute(db);
  return rows;
}
