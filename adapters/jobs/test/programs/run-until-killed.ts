/**
 * A server that works on a plan run until someone kills it: stores the demo company where there is none, and starts a
 * run. At the chunk in HOLD_AT ('forecast 1') it computes no more, so that the kill
 * hits the middle of a stage however fast the machine is.
 */
import { openDatabase } from '@planwright/postgres';
import { storeDemo } from '../../../postgres/test/demo-database.ts';
import { emptyArchive } from '../../../postgres/test/empty-archive.ts';
import { inThreadPool, planFixture } from '../plan-fixture.ts';

const { DATA_DIR, DATABASE_URL, HOLD_AT } = process.env;
const db = await openDatabase(
  DATABASE_URL === undefined ? { dataDir: DATA_DIR, archive: await emptyArchive() } : { url: DATABASE_URL },
);
const companyId = await storeDemo(db, 'S');
const held = new Promise<void>(() => undefined);
const plan = planFixture(
  db,
  companyId,
  inThreadPool(async (stage, chunk) => {
    if (`${stage} ${chunk}` !== HOLD_AT) return;
    process.stdout.write(`HELD ${run.id}\n`);
    await held;
  }),
);
await plan.jobs.start();
const run = await plan.start({ publish: true });
await plan.executor.start();
