import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const REPOSITORY_ROOT = resolve(import.meta.dirname, '../..');

/** The folder in which the real data sets of the tests are looked for. It may not exist. */
function dataRoot(): string {
  const named = process.env.PLANWRIGHT_SHARED_DATA;
  return named ? resolve(named) : resolve(REPOSITORY_ROOT, '../shared/data');
}

/**
 * Path of a file or folder of the real data sets, or undefined where this machine does not have it.
 * `sharedData('m4')` is the folder, `sharedData('m4', 'hourly.csv')` a file in it.
 *
 * The data sets are not part of the repository (their licences differ): a test that needs one skips
 * with `skipReason` where it is missing.
 */
export function sharedData(...segments: readonly string[]): string | undefined {
  const path = resolve(dataRoot(), ...segments);
  return existsSync(path) ? path : undefined;
}

/** Says why a test on real data is skipped and what to do, for the name of the skipped test. */
export function skipReason(...segments: readonly string[]): string {
  return (
    `skipped: no ${segments.join('/') || 'data sets'} in ${dataRoot()}. ` +
    'Maybe set PLANWRIGHT_SHARED_DATA to the folder that holds the data sets.'
  );
}
