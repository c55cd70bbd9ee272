/**
 * Reads a company's data the way a run freezes it. The database does the adding up: one pass over each table, grouped
 * by key and bucket, so that no order line ever reaches JavaScript.
 */
import type {
  CompanyData,
  CompanyDataReader,
  CompanySettings,
  DemandBounds,
  ReadWindow,
} from '@planwright/app';
import { sql } from 'kysely';
import type { Db, Tx } from './open-database.ts';
import { readMasterData } from './plan-freeze-master.ts';
import { latestRates, ratesByBucket, type RateTable } from './plan-freeze-rates.ts';
import { readDrivers } from './plan-freeze-drivers.ts';
import { readPreviousFits, readPreviousPlan } from './plan-freeze-previous.ts';
import { readDemandHistory, readOpenOrders, readReceipts, readService } from './plan-freeze-orders.ts';
import { readBudget, readStockHistory } from './plan-freeze-money.ts';
import { readEdits, readSupplyRows } from './plan-freeze-supply.ts';

/** Runs `work` over one unchanging view of the database. */
export function readConsistently<T>(db: Db, work: (reader: CompanyDataReader) => Promise<T>): Promise<T> {
  return db.transact(async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx);
    return work(companyDataReader(tx));
  });
}

function companyDataReader(tx: Tx): CompanyDataReader {
  return {
    settings: (companyId) => readSettings(tx, companyId),
    demandBounds: (companyId) => readDemandBounds(tx, companyId),
    read: (settings, window) => readCompanyData(tx, settings, window),
  };
}

async function readSettings(tx: Tx, companyId: number): Promise<CompanySettings> {
  const { rows } = await sql<Omit<CompanySettings, 'companyId'>>`
    select currency, calendar_kind as "calendarKind", fiscal_year_start_month as "fiscalYearStartMonth",
      as_of - date '1970-01-01' as "asOf", is_steady as "isSteady", country
    from company where id = ${companyId}`.execute(tx);
  return { companyId, ...rows[0] };
}

async function readDemandBounds(tx: Tx, companyId: number): Promise<DemandBounds | undefined> {
  const { rows } = await sql<{ [Name in keyof DemandBounds]: number | null }>`
    select min(coalesce(requested_on, ordered_on)) - date '1970-01-01' as "firstDemandDay",
      max(coalesce(requested_on, ordered_on)) - date '1970-01-01' as "lastDemandDay",
      max(ordered_on) - date '1970-01-01' as "newestOrderDay"
    from sales_order_line where company_id = ${companyId}`.execute(tx);
  const [bounds] = rows;
  return bounds.newestOrderDay === null ? undefined : (bounds as DemandBounds);
}

async function readCompanyData(tx: Tx, settings: CompanySettings, window: ReadWindow): Promise<CompanyData> {
  const rates: RateTable = await ratesByBucket(tx, settings, window.starts);
  const orders = await readDemandHistory(tx, settings, window, rates);
  return {
    history: orders.history,
    unconverted: orders.unconverted,
    openOrders: await readOpenOrders(tx, settings, window, rates),
    drivers: await readDrivers(tx, settings),
    previous: settings.isSteady === true ? await readPreviousPlan(tx, settings) : undefined,
    fits: window.keepsFits === true ? await readPreviousFits(tx, settings) : undefined,
    receipts: await readReceipts(tx, settings, window),
    supply: await readSupplyRows(tx, settings, window),
    edits: await readEdits(tx, settings),
    service: await readService(tx, settings, window),
    budget: await readBudget(tx, settings, window, rates),
    stockHistory: await readStockHistory(tx, settings, window),
    ...(await readMasterData(tx, settings, window, latestRates(rates, window.historyBuckets))),
  };
}
