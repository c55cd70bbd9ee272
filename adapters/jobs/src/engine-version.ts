/**
 * The version of what computes a plan: the program's version and a digest of the sources of engines and stages. Two
 * runs with the same snapshot, seed and engine version have the same output; a patched engine says that it is another.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM_VERSION = '0.1.0';
const ENGINES = ['units', 'time', 'series', 'numerics', 'trees', 'forecast', 'supply', 'finance'];

/** Such as '0.1.0+3f9a2c41'. Reads some two hundred small files: call it once. */
export async function readEngineVersion(): Promise<string> {
  const sourceOf = (name: string): string =>
    dirname(fileURLToPath(import.meta.resolve(`@planwright/${name}`)));
  const folders = [...ENGINES.map(sourceOf), `${sourceOf('app')}/scenarios`];
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
    for (const name of names) {
      hash.update(`${name.replaceAll('\\', '/')}\n`).update(await readFile(`${folder}/${name}`));
    }
  }
  return `${PROGRAM_VERSION}+${hash.digest('hex').slice(0, 8)}`;
}
