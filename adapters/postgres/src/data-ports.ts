import { ActiveImports, type DataTx } from '@planwright/app';
import type { TargetName } from '@planwright/contracts';
import type { Kysely } from 'kysely';
import { auditTrail } from './audit-repository.ts';
import { announce } from './changes.ts';
import { freshnessReader } from './freshness-reader.ts';
import { importReader } from './import-reader.ts';
import { importPulse, importRegister } from './import-register.ts';
import type { Db } from './open-database.ts';
import { qualityReader } from './quality-reader.ts';
import { rowReader } from './row-reader.ts';
import { rowStore } from './row-store.ts';
import type { Database } from './schema.ts';
import { searchReader } from './search-reader.ts';
import { stagingTables } from './staging.ts';

const announceImport = (tx: Kysely<Database>, companyId: number, importId: string): Promise<void> =>
  announce(tx, { companyId, what: 'import', id: importId });

/** Everything that the services of company data ask of a database; make one for each process. */
export function dataPorts(db: Db) {
  const { kysely } = db;
  return {
    transact: <T>(work: (tx: DataTx) => Promise<T>): Promise<T> =>
      db.transact((tx) =>
        work({
          imports: importRegister(tx),
          rows: rowStore(tx),
          audit: auditTrail(tx),
          announceImport: (companyId, importId) => announceImport(tx, companyId, importId),
        }),
      ),
    staging: stagingTables(kysely),
    pulse: importPulse(kysely, announceImport),
    active: new ActiveImports(),
    /** The embedded database has nobody who would tidy up in the background. */
    async refreshStatistics(targets: readonly TargetName[]) {
      const command = db.kind === 'pglite' ? 'vacuum analyze' : 'analyze';
      for (const target of targets) await db.executeSql(`${command} ${target}`);
      if (db.kind === 'pglite' && targets.length > 0) await db.executeSql('vacuum analyze import_before');
    },
    clock: () => performance.now(),
    now: () => new Date(),
    imports: importReader(kysely),
    storedRows: rowReader(kysely),
    freshness: freshnessReader(kysely),
    quality: qualityReader(kysely),
    masterData: searchReader(kysely),
    /** Removes what imports of dead processes have left waiting; call it after `recoverImports` at start. */
    async dropOrphanedStaging() {
      const { rows } = await db.executeSql(
        `select tablename from pg_tables where schemaname = 'staging' and not exists (
           select 1 from import where status in ('reading', 'storing')
             and tablename like 'i' || replace(id::text, '-', '') || '\\_%')`,
      );
      for (const { tablename } of rows as { tablename: string }[]) {
        await db.executeSql(`drop table if exists staging."${tablename}"`);
      }
    },
  };
}
