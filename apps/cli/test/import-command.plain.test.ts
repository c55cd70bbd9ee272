import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importCommand } from '../src/commands/import.ts';

const mapping = join(import.meta.dirname, '../../../examples/online-retail/mapping.yaml');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planwright-import-'));
  process.env.PLANWRIGHT_DATA_DIR = join(folder, 'data');
  process.exitCode = undefined;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  delete process.env.PLANWRIGHT_DATA_DIR;
  process.exitCode = undefined;
});

/** What the command complains of, the code it ends with, and whether it opened a data folder. */
async function refused(...args: string[]) {
  const complaints: string[] = [];
  const nothing = (): void => undefined;
  const terminal = {
    out: nothing,
    progress: nothing,
    complain: (line: string) => void complaints.push(line),
  };
  await importCommand(terminal).exitOverride().parseAsync(args, { from: 'user' });
  return { complaints, code: process.exitCode ?? 0, opened: existsSync(join(folder, 'data')) };
}

test('a folder without a file of the mapping is refused in a sentence, before a company is made', async () => {
  expect(await refused(folder, '--mapping', mapping, '--company', 'shop')).toEqual({
    complaints: [
      'error: online_retail.csv.gz: There is no file online_retail.csv.gz in the import folder. Add the file, or correct its name in the mapping; capital letters count.',
    ],
    code: 2,
    opened: false,
  });
});

test.each(['folder', 'mapping'])('so is a path where no %s is', async (missing) => {
  const gone = join(folder, 'gone');
  const args = missing === 'folder' ? [gone, '--mapping', mapping] : [folder, '--mapping', gone];
  expect(await refused(...args)).toEqual({
    complaints: [
      `error: ${gone} cannot be read (ENOENT). Give the path of a mapping file and of the folder that its file names start from.`,
    ],
    code: 2,
    opened: false,
  });
});
