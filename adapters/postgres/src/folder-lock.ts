import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { lifeOf, ownIdentity, type ProcessIdentity } from './process-identity.ts';

/** Who holds a folder. */
export type LockHolder = ProcessIdentity & {
  readonly token: string;
  /** What it is doing, for the message to others: 'planwright start on http://localhost:3000'. */
  readonly activity: string;
  readonly since: string;
};

export type FolderLock = {
  /** Changes what others are told. */
  describe(activity: string): void;
  release(): void;
};

/** Somebody else works with the folder. */
export class FolderInUseError extends Error {
  readonly holder: LockHolder;

  constructor(folder: string, path: string, holder: LockHolder, life: 'alive' | 'unknown') {
    const who = `${holder.activity}, process ${holder.pid} on ${holder.host}, since ${holder.since}`;
    super(
      life === 'alive'
        ? `The data folder ${folder} is in use by another Planwright (${who}). ` +
            'Only one program can open it at a time: use that one, or end it first.'
        : `The data folder ${folder} was opened on another machine (${who}), and it cannot be seen from here whether that still runs. ` +
            `End it there; if it is surely gone, delete the file ${path} and start again.`,
    );
    this.name = 'FolderInUseError';
    this.holder = holder;
  }
}

/**
 * Takes the lock of a folder or refuses at once.
 *
 * The lock is a file that names its holder. It appears whole (written aside, then linked, which fails where
 * one exists), so a half-written lock is never read. A lock whose process is gone passes on: of all who find
 * it dead, only the one whose claim `<path>.<token of the dead>` links first may replace it. A claimer may die
 * too; its claim is then a dead lock like any other, so claims form a chain whose end is the holder.
 * After linking, the chain is read again: whoever decided on an old reading withdraws.
 */
export function lockFolder(folder: string, path: string, activity: string): FolderLock {
  for (;;) {
    const chain = readChain(path);
    const last = chain.at(-1);
    if (last !== undefined) {
      const life = lifeOf(last);
      if (life !== 'dead') throw new FolderInUseError(folder, path, last, life);
    }
    const own: LockHolder = {
      ...ownIdentity(),
      token: randomUUID(),
      activity,
      since: new Date().toISOString(),
    };
    const place = last === undefined ? path : claimPath(path, last.token);
    if (!createWhole(place, own)) continue; // Someone was faster: look again who.
    if (chain.length === 0) return heldLock(path, own);

    const again = readChain(path);
    const expected = [...chain.map((holder) => holder.token), own.token].join();
    if (again.map((holder) => holder.token).join() !== expected) {
      rmSync(place, { force: true });
      continue;
    }
    replaceWhole(path, own);
    for (const dead of chain) rmSync(claimPath(path, dead.token), { force: true });
    return heldLock(path, own);
  }
}

function heldLock(path: string, own: LockHolder): FolderLock {
  let isHeld = true;
  return {
    describe(activity) {
      if (isHeld) replaceWhole(path, { ...own, activity });
    },
    release() {
      if (!isHeld) return;
      isHeld = false;
      if (readHolder(path)?.token === own.token) rmSync(path, { force: true });
    },
  };
}

/** The lock and the claims on it, oldest first. */
function readChain(path: string): LockHolder[] {
  const chain: LockHolder[] = [];
  let holder = readHolder(path);
  while (holder !== undefined) {
    chain.push(holder);
    holder = readHolder(claimPath(path, holder.token));
  }
  return chain;
}

const claimPath = (path: string, token: string): string => `${path}.${token}`;

function readHolder(path: string): LockHolder | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    throw new Error(
      `The file ${path} is not a lock of Planwright. If no Planwright runs, delete it and start again.`,
    );
  }
}

function createWhole(path: string, holder: LockHolder): boolean {
  const draft = `${path}.draft-${holder.token}`;
  const text = JSON.stringify(holder);
  writeFileSync(draft, text, { flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === undefined || !NO_LINKS.has(code)) throw error;
    return createInPlace(path, text);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** What file systems without hard links answer, such as FAT and some network drives. */
const NO_LINKS = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK']);

function createInPlace(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function replaceWhole(path: string, holder: LockHolder): void {
  const draft = `${path}.draft-${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(holder), { flag: 'wx' });
  renameSync(draft, path);
}
