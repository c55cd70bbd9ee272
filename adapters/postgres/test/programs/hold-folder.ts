// Opens a data folder, writes one row, says so, and stays until it is killed or told to end.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../../src/open-database.ts';
import { emptyArchive } from '../empty-archive.ts';

const [dataDir, activity] = process.argv.slice(2);
try {
  // The archive only stands in for making an empty database, which takes longest of all.
  const archive = existsSync(join(dataDir, 'database')) ? undefined : await emptyArchive();
  const db = await openDatabase({ dataDir, activity, ...(archive === undefined ? {} : { archive }) });
  await db.executeSql('create table if not exists visit (pid integer not null)');
  await db.executeSql('insert into visit values ($1)', [process.pid]);
  process.send?.({ opened: true });
  process.on('message', () => void db.close().then(() => process.exit(0)));
} catch (error) {
  process.send?.({ opened: false, message: (error as Error).message });
  process.exitCode = 3;
  process.disconnect?.();
}
