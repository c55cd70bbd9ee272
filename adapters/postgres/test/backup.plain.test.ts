import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fsyncedBackup, openDatabase } from '../src/index.ts';
import {
  createTestCompany,
  dataDeps,
  hashOfData,
  importRows,
  smallCompany,
  sourceOf,
} from './company-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planwright-backup-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a backup restores to the same rows, and only the newest are kept', async () => {
  const db = await openDatabase({ dataDir: join(folder, 'data') });
  const member = await createTestCompany(db);
  await importRows(dataDeps(db), member, sourceOf(smallCompany(100)));
  const hashes = await hashOfData(db, member.companyId);

  const place = join(folder, 'backups', 'nightly');
  const made: string[] = [];
  for (let day = 1; day <= 4; day++) {
    const now = new Date(Date.UTC(2025, 0, day, 2));
    const backup = await fsyncedBackup(db, place, { keep: 2, now });
    made.push(backup?.path ?? '');
    expect(statSync(made[made.length - 1]).size).toBe(backup?.bytes);
  }
  await db.close();
  expect(readdirSync(join(folder, 'backups')).sort()).toEqual([
    'nightly-20250103T020000000Z.tar.gz',
    'nightly-20250104T020000000Z.tar.gz',
  ]);

  const archive = new Blob([readFileSync(made[3])]);
  const restored = await openDatabase({ dataDir: join(folder, 'restored'), archive });
  expect(await hashOfData(restored, member.companyId)).toEqual(hashes);
  await restored.close();
});
