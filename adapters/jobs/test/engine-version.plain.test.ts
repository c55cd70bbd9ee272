import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const PROGRAM = `import { readEngineVersion } from '@planwright/jobs'; console.log(await readEngineVersion());`;

/** As the server reads it: by Node itself, for test runners resolve packages in their own way. */
const read = (): string =>
  execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
  }).trim();

test('names the program and its engines, the same each time', () => {
  const version = read();
  expect(version).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
  expect(read()).toBe(version);
});
