import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../src/migrate.ts';
import { openDatabase } from '../src/open-database.ts';

const CACHE_FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/planwright/', import.meta.url));

/**
 * An archive of an empty embedded database with the schema in place: opening it takes a quarter of the time of
 * making one. Kept from run to run under a name that changes with the schema and with the database's version.
 */
export async function emptyArchive(): Promise<Blob> {
  const path = join(CACHE_FOLDER, `empty-${await versionHash()}.tar.gz`);
  try {
    return new Blob([readFileSync(path)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const db = await openDatabase();
  const archive = await db.dump();
  await db.close();
  if (archive === undefined) throw new Error('Broken invariant: the embedded database can be dumped');
  mkdirSync(CACHE_FOLDER, { recursive: true });
  const draft = `${path}.${randomUUID()}`; // Several test files may come here at once.
  writeFileSync(draft, new Uint8Array(await archive.arrayBuffer()));
  renameSync(draft, path);
  return archive;
}

async function versionHash(): Promise<string> {
  const hash = createHash('sha256');
  const require = createRequire(import.meta.url);
  hash.update(readFileSync(join(require.resolve('@electric-sql/pglite'), '..', '..', 'package.json')));
  for (const migration of await readMigrations()) hash.update(migration.text);
  return hash.digest('hex').slice(0, 16);
}
