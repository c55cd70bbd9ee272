import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM_FOLDER } from './config.ts';

/** Version of the program, such as `0.1.0`. */
export function programVersion(): string {
  const manifest = JSON.parse(readFileSync(join(PROGRAM_FOLDER, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
