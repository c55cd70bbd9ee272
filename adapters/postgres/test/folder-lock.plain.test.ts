import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUseError, lockFolder, openDatabase } from '../src/index.ts';
import { startProgram } from './child-program.ts';

let folder: string;
let lockPath: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planwright-lock-'));
  lockPath = join(folder, 'database.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Opened = { opened: boolean; message?: string };

const lockFiles = (): string[] => readdirSync(folder).filter((name) => name.startsWith('database.lock'));

test('a second process does not wait: it refuses and says who has the folder', async () => {
  const holder = startProgram<Opened>('hold-folder', folder, 'planwright start on http://localhost:3000');
  expect(await holder.next()).toEqual({ opened: true });
  // The holder does not end before it is told to: had the second one waited for it, this would never come back.
  const refusal = await openDatabase({ dataDir: folder }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(FolderInUseError);
  const { message } = refusal as Error;
  expect(message).toContain(`process ${holder.process.pid} on ${hostname()}`);
  expect(message).toContain('planwright start on http://localhost:3000');
  expect(message).toContain(folder);

  const second = startProgram<Opened>('hold-folder', folder, 'planwright import');
  expect(await second.next()).toMatchObject({ opened: false, message });
  await holder.kill();
});

test('kill -9 traps nobody: the next one opens the folder and finds every row', async () => {
  const pids: number[] = [];
  for (let round = 0; round < 3; round++) {
    const child = startProgram<Opened>('hold-folder', folder, 'planwright start');
    expect(await child.next()).toEqual({ opened: true });
    pids.push(child.process.pid ?? 0);
    await child.kill();
    expect(await child.ended).toBe('SIGKILL');
    expect(lockFiles()).toEqual(['database.lock']);
  }
  const db = await openDatabase({ dataDir: folder });
  const { rows } = await db.executeSql('select pid from visit');
  expect(rows).toEqual(pids.map((pid) => ({ pid })));
  expect(db.notices.join()).toContain('power failure');
  await db.close();
  expect(lockFiles()).toEqual([]);
});

test('an orderly end gives the folder back', async () => {
  const child = startProgram<Opened>('hold-folder', folder, 'planwright start');
  expect(await child.next()).toEqual({ opened: true });
  child.process.send('end');
  expect(await child.ended).toBe(0);
  expect(lockFiles()).toEqual([]);
});

/** Starts six at the same instant. Exactly one gets the folder, and the others are told so. */
async function race(): Promise<void> {
  const startAt = String(Date.now() + 1_500);
  const racers = Array.from({ length: 6 }, () =>
    startProgram<Opened>('lock-only', folder, lockPath, startAt),
  );
  const results = await Promise.all(racers.map((racer) => racer.next()));
  const refusals = results.filter((result) => result?.opened !== true).map((result) => result?.message ?? '');
  expect(refusals).toHaveLength(5);
  expect(refusals.every((message) => message.includes('in use by another Planwright'))).toBe(true);
  await Promise.all(racers.map((racer) => racer.kill()));
  expect(lockFiles()).toEqual(['database.lock']);
}

test('of many that start at the same instant exactly one gets the folder', async () => {
  await race();
});

test('of many that find a dead lock at the same instant exactly one takes it over', async () => {
  for (let round = 0; round < 3; round++) {
    const dead = startProgram<Opened>('lock-only', folder, lockPath, '0');
    expect(await dead.next()).toEqual({ opened: true });
    await dead.kill();
    await race();
    rmSync(lockPath);
  }
});

const left = (changes: object): void => {
  const lock = lockFolder(folder, lockPath, 'planwright start');
  const holder = JSON.parse(readFileSync(lockPath, 'utf8')) as object;
  lock.release();
  writeFileSync(lockPath, JSON.stringify({ ...holder, ...changes }));
};

test('a process number that was given again does not keep the folder', () => {
  left({ pid: process.pid, startedAt: '1' });
  lockFolder(folder, lockPath, 'planwright start').release();
});

test('a lock from before the machine started anew is over', () => {
  left({ boot: '00000000-0000-0000-0000-000000000000' });
  lockFolder(folder, lockPath, 'planwright start').release();
});

test('a lock of a machine that cannot be seen is left alone, with a way out', () => {
  left({ host: 'elsewhere' });
  expect(() => lockFolder(folder, lockPath, 'planwright start')).toThrow(`delete the file ${lockPath}`);
});

test('a claimer that died half way passes the lock on', () => {
  // As if two takeovers had each died between claiming and replacing.
  left({ pid: 2 ** 22 + 1, token: 'first' });
  const claim = readFileSync(lockPath, 'utf8').replace('first', 'second');
  writeFileSync(`${lockPath}.first`, claim);
  writeFileSync(`${lockPath}.second`, claim.replace('second', 'third'));
  const lock = lockFolder(folder, lockPath, 'planwright start');
  expect(lockFiles()).toEqual(['database.lock']);
  expect(() => lockFolder(folder, lockPath, 'planwright run')).toThrow('planwright start');
  lock.release();
  expect(lockFiles()).toEqual([]);
});

test('tells what the holder does by now', () => {
  const lock = lockFolder(folder, lockPath, 'planwright start');
  lock.describe('planwright start on http://localhost:4000');
  expect(() => lockFolder(folder, lockPath, 'planwright run')).toThrow('http://localhost:4000');
  lock.release();
});
