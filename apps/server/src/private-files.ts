import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const OWNER_ONLY = 0o600;

/** Writes a file that only its owner may read, whole or not at all. */
function writePrivate(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, text, { mode: OWNER_ONLY });
  renameSync(draft, path);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The secret that signs sessions: the given one, else that of the data folder, made on first use. */
export function sessionSecret(dataDir: string, given: string | undefined): string {
  if (given !== undefined) return given;
  const path = join(dataDir, 'session.secret');
  const kept = readIfThere(path)?.trim();
  if (kept !== undefined && kept.length >= 32) return kept;
  const made = randomBytes(32).toString('base64url');
  writePrivate(path, `${made}\n`);
  return made;
}

const ServerFile = z.object({ url: z.url(), token: z.string().min(16), pid: z.number().int() });

/** How a program on this machine reaches the running server: whoever may read the data folder owns its data. */
export type ServerFile = z.infer<typeof ServerFile>;

const serverPath = (dataDir: string) => join(dataDir, 'server.json');

export function writeServerFile(dataDir: string, file: ServerFile): void {
  mkdirSync(dataDir, { recursive: true });
  writePrivate(serverPath(dataDir), JSON.stringify(file));
}

/** The server that said it serves this folder; it may have died since. */
export function readServerFile(dataDir: string): ServerFile | undefined {
  const text = readIfThere(serverPath(dataDir));
  if (text === undefined) return undefined;
  try {
    return ServerFile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Takes the file back, unless another server has written its own since. */
export function removeServerFile(dataDir: string, pid: number): void {
  if (readServerFile(dataDir)?.pid === pid) rmSync(serverPath(dataDir), { force: true });
}

const signInPath = (dataDir: string) => join(dataDir, 'first-sign-in.txt');

/** Keeps the first administrator's random password for whoever missed the first start. */
export function keepFirstSignIn(dataDir: string, email: string, password: string): string {
  const path = signInPath(dataDir);
  writePrivate(path, `E-mail    ${email}\nPassword  ${password}\n\nDelete this file once you know it.\n`);
  return path;
}

/** The text of that file, while it is there. */
export function firstSignIn(dataDir: string): string | undefined {
  return readIfThere(signInPath(dataDir));
}
