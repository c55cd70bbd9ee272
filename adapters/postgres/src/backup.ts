import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Db } from './open-database.ts';

export type BackupOptions = {
  /** How many backups of the same folder and beginning of name to keep, the new one included. Default 7. */
  readonly keep?: number;
  readonly now?: Date;
};

export type Backup = { readonly path: string; readonly bytes: number };

const STAMPED = /^-\d{8}T\d{6}\d{3}Z\.tar\.gz$/;

/**
 * Writes all of the embedded database to a file that survives a power failure, and removes the oldest.
 *
 * `place` is folder and beginning of the name: 'backups/nightly' gives 'backups/nightly-20250131T020000000Z.tar.gz'.
 * The file is written aside, forced to disk, and then renamed, so that a file of that name is always whole.
 * While the archive is made (about a second for 100 MB) queries wait.
 * Returns undefined on a PostgreSQL server, whose own tools back it up.
 */
export async function fsyncedBackup(
  db: Db,
  place: string,
  options: BackupOptions = {},
): Promise<Backup | undefined> {
  const archive = await db.dump();
  if (archive === undefined) return undefined;
  const folder = dirname(place);
  await mkdir(folder, { recursive: true });
  const stamp = (options.now ?? new Date()).toISOString().replaceAll(/[-:.]/g, '');
  const path = `${place}-${stamp}.tar.gz`;
  const draft = `${path}.part`;
  const bytes = new Uint8Array(await archive.arrayBuffer());

  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
  await syncFolder(folder);
  await removeOldest(folder, basename(place), options.keep ?? 7);
  return { path, bytes: bytes.length };
}

/** The new name is on disk only when its folder is. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeOldest(folder: string, beginning: string, keep: number): Promise<void> {
  const ours = (await readdir(folder))
    .filter((name) => name.startsWith(beginning) && STAMPED.test(name.slice(beginning.length)))
    .sort();
  for (const name of ours.slice(0, Math.max(0, ours.length - Math.max(1, keep))))
    await rm(join(folder, name));
}
