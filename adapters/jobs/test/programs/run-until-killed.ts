/**
 * A server that works on a plan run until someone kills it: stores the demo company where there is none, starts a run,
 * and says each chunk that is committed. From the stage in HOLD_AT on it computes no more, so that the kill hits the
 * middle of the run however fast the machine is.
 */
import { openDatabase } from '@planwright/postgres';
import { sql } from 'kysely';
import { storeDemo } from '../../../postgres/test/demo-database.ts';
import { inThreadPool, planFixture } from '../plan-fixture.ts';

const { DATA_DIR, DATABASE_URL, HOLD_AT } = process.env;
const db = await openDatabase(DATABASE_URL === undefined ? { dataDir: DATA_DIR } : { url: DATABASE_URL });
const companyId = await storeDemo(db, 'S');
const held = new Promise<void>(() => undefined);
const plan = planFixture(
  db,
  companyId,
  inThreadPool(async (stage) => {
    if (stage !== HOLD_AT) return;
    process.stdout.write(`HELD ${run.id}\n`);
    await held;
  }),
);
await plan.jobs.start();
const run = await plan.start({ publish: true });
await sql`select 1`.execute(db.kysely);
await plan.executor.start();
