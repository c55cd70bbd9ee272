/**
 * Finds the files that a mapping names, inside the import folder and nowhere else.
 *
 * A name is a relative path with `/`. It never climbs (`..`), is never absolute, and what it finds is a
 * regular file whose real place is inside the folder, so a link cannot lead out of it either.
 */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { FileRefusal } from './file-refusal.ts';
import { shownValue } from './shown-value.ts';

const NAME_LIMIT_BYTES = 255;
const FILE_LIMIT = 1_000;

export type SourceFile = {
  /** Name inside the folder, as shown to people. */
  readonly name: string;
  /** Absolute and real. */
  readonly path: string;
  readonly bytes: number;
};

/** Why a name from a mapping or an upload may not be used; undefined where it may. */
export function problemOfFileName(name: string): string | undefined {
  if (name === '' || name.startsWith('/') || /^[A-Za-z]:/.test(name))
    return 'is not a path inside the folder';
  if (name.includes('\\')) return 'has a backslash';
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(name)) return 'has characters that cannot be seen';
  const parts = name.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'climbs out of the folder';
  if (parts.some((part) => Buffer.byteLength(part) > NAME_LIMIT_BYTES)) return 'is longer than 255 bytes';
  return undefined;
}

/** The files of a name or pattern, in the order of their names. Throws a FileRefusal where there are none. */
export function findSourceFiles(folder: string, pattern: string): readonly SourceFile[] {
  const problem = problemOfFileName(pattern);
  if (problem !== undefined) {
    throw refusal(
      'FILE_NAME_REFUSED',
      pattern,
      `The file name ${shownValue(pattern)} ${problem}.`,
      'Name a file of the import folder, such as sales/orders.csv.',
    );
  }
  const root = realpathSync(folder);
  const names = matchingNames(root, pattern.split('/'));
  if (names.length === 0) {
    throw refusal(
      'FILE_MISSING',
      pattern,
      `There is no file ${shownValue(pattern)} in the import folder.`,
      'Add the file, or correct its name in the mapping; capital letters count.',
    );
  }
  if (names.length > FILE_LIMIT) {
    throw refusal(
      'TOO_MANY_FILES',
      pattern,
      `${shownValue(pattern)} finds more than ${FILE_LIMIT} files.`,
      'Import them in several runs.',
    );
  }
  const files: SourceFile[] = [];
  for (const name of names) {
    const file = openable(root, name);
    if (file === undefined) {
      throw refusal(
        'FILE_REFUSED',
        name,
        `${shownValue(name)} is not a plain file inside the import folder.`,
        'Copy the file itself into the folder.',
      );
    }
    files.push(file);
  }
  return files;
}

function openable(root: string, name: string): SourceFile | undefined {
  try {
    const real = realpathSync(path.join(root, name));
    const stat = statSync(real);
    if (!stat.isFile() || !real.startsWith(root + path.sep)) return undefined;
    return { name, path: real, bytes: stat.size };
  } catch {
    return undefined;
  }
}

function matchingNames(root: string, parts: readonly string[]): string[] {
  let found = [''];
  for (const part of parts) {
    const pattern = /[*?]/.test(part) ? namePattern(part) : undefined;
    const next: string[] = [];
    for (const parent of found) {
      for (const name of pattern === undefined ? [part] : namesIn(path.join(root, parent))) {
        if (pattern?.test(name) === false) continue;
        const child = parent === '' ? name : `${parent}/${name}`;
        if (exists(path.join(root, child))) next.push(child);
      }
      if (next.length > FILE_LIMIT) return next;
    }
    found = next;
  }
  return found.filter((name) => name !== '').sort();
}

/** Runs of `*` are one, and each stands for letters of one name: the pattern cannot backtrack far. */
function namePattern(part: string): RegExp {
  const body = part
    .replaceAll(/\*+/g, '*')
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^(?!\\.)${body}$`, 's');
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function refusal(code: string, file: string, message: string, advice: string): FileRefusal {
  return new FileRefusal(code, message, advice, { file });
}
