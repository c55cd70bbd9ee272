import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { importFiles, previewSources, problemOfFileName } from '@planwright/files';
import { type Folder, folderWith, imported, mappingOf } from './import-run.ts';

let folder: Folder | undefined;
afterEach(() => folder?.remove());

const yaml = (file: string): string => `
version: 1
sources: { s: { file: ${JSON.stringify(file)}, format: csv } }
targets: { on_hand: { from: s, onDuplicate: sum, columns: { item: Item, location: Place, quantity: Quantity } } }
`;
const existingCodes = { item: ['A1'], location: ['L'] };
const TEXT = 'Item,Place,Quantity\nA1,L,1\n';

describe('a file name', () => {
  const refused = [
    '../../x.csv',
    '/etc/passwd',
    'a/../../x.csv',
    'C:\\x.csv',
    '..\\x.csv',
    'a\\b.csv',
    './x.csv',
    'a//b.csv',
    'x\0.csv',
    'x\n.csv',
    'gpj.\u202evsc.exe',
    `${'x'.repeat(252)}.csv`,
    '',
    '..',
    'file:///etc/passwd',
    'https://example.org/x.csv',
  ];
  test.each(refused)('%j is refused', async (name) => {
    expect(problemOfFileName(name)).toBeDefined();
    if (name === '') return;
    folder = folderWith({ 'a.csv': TEXT });
    const outcome = await imported(folder, yaml(name), { existingCodes });
    expect(outcome.codes).toEqual(['FILE_NAME_REFUSED']);
  });

  test.each(['stock.csv', 'a b/Bestände (2).csv', 'x..csv', `${'x'.repeat(251)}.csv`])(
    '%j is fine',
    (name) => {
      expect(problemOfFileName(name)).toBeUndefined();
    },
  );

  test('never leads out of the folder by a link, into a folder or into a pipe', async () => {
    folder = folderWith({ 'inside/a.csv': TEXT });
    writeFileSync(path.join(folder.path, '..', 'secret.csv'), TEXT);
    symlinkSync('../secret.csv', path.join(folder.path, 'link.csv'));
    symlinkSync('..', path.join(folder.path, 'up'));
    symlinkSync('inside/a.csv', path.join(folder.path, 'fine.csv'));
    mkdirSync(path.join(folder.path, 'dir.csv'));
    for (const [name, code] of [
      ['link.csv', 'FILE_REFUSED'],
      ['up/secret.csv', 'FILE_REFUSED'],
      ['*.csv', 'FILE_REFUSED'],
      ['dir.csv', 'FILE_REFUSED'],
      ['gone.csv', 'FILE_MISSING'],
    ]) {
      expect((await imported(folder, yaml(name), { existingCodes })).codes).toEqual([code]);
    }
    expect((await imported(folder, yaml('fine.csv'), { existingCodes })).rows.on_hand).toHaveLength(1);
  });
});

describe('an import', () => {
  test('of 300 MB keeps to its memory and is not guessed at', async () => {
    folder = folderWith({});
    const file = path.join(folder.path, 'big.csv');
    const rows = writeBig(file, 300);
    const outcome = await imported(folder, yaml('big.csv'), {
      existingCodes,
      limits: { databaseMegabytes: 512, residentMegabytes: 1_500 },
    });
    expect(outcome.issues).toEqual([]);
    expect(outcome.counts.on_hand).toEqual({ read: rows, accepted: 1, rejected: 0, merged: rows - 1 });
    expect(outcome.rows.on_hand?.[0]?.quantity).toBe(rows);
    truncateSync(file, 0);
  });

  test('that takes too long is ended, and says so', async () => {
    folder = folderWith({});
    writeBig(path.join(folder.path, 'big.csv'), 40);
    const outcome = await imported(folder, yaml('big.csv'), {
      existingCodes,
      limits: { wallClockSeconds: 0.7 },
    });
    expect(outcome).toMatchObject({ refused: true, codes: ['READER_TOO_SLOW'] });
  });

  test('that needs too much memory is ended, and the next one works', async () => {
    folder = folderWith({ 'small.csv': TEXT });
    writeBig(path.join(folder.path, 'big.csv'), 60);
    const outcome = await imported(folder, yaml('big.csv'), {
      existingCodes,
      limits: { residentMegabytes: 120 },
    });
    expect(outcome).toMatchObject({ refused: true, codes: ['READER_TOO_LARGE'] });
    const starved = await imported(folder, yaml('big.csv'), { existingCodes, limits: { heapMegabytes: 8 } });
    expect(starved.refused).toBe(true);
    expect((await imported(folder, yaml('small.csv'), { existingCodes })).rows.on_hand).toHaveLength(1);
  });

  test('can be stopped half way', async () => {
    folder = folderWith({});
    writeBig(path.join(folder.path, 'big.csv'), 60);
    const stop = new AbortController();
    const outcome = await imported(folder, yaml('big.csv'), {
      existingCodes,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    expect(outcome).toMatchObject({ refused: true, cancelled: true, codes: ['IMPORT_CANCELLED'] });
    expect(readdirSync(folder.work)).toEqual([]);
    const again = await imported(folder, yaml('big.csv'), { existingCodes, signal: stop.signal });
    expect(again.cancelled).toBe(true);
  });

  test('runs beside four others in the same work folder', async () => {
    const here = folderWith({ 'a.csv': TEXT });
    folder = here;
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => imported(here, yaml('a.csv'), { existingCodes })),
    );
    expect(outcomes.map((outcome) => outcome.rows.on_hand?.length)).toEqual([1, 1, 1, 1, 1]);
  });

  test('tells its progress and cleans up behind itself', async () => {
    folder = folderWith({ 'a.csv': TEXT });
    const seen: number[] = [];
    const reading = await importFiles({
      folder: folder.path,
      workFolder: folder.work,
      mapping: mappingOf(yaml('a.csv')),
      existingCodes,
      onProgress: ({ ratio }) => seen.push(ratio),
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    let rows = 0;
    for (let pass = 0; pass < 2; pass++) for await (const batch of reading.batches()) rows += batch.rowCount;
    expect(rows).toBe(2);
    await reading.dispose();
    expect(readdirSync(folder.work)).toEqual([]);
    expect(readdirSync(folder.path)).toEqual(['a.csv']);
  });
});

test('a preview tells what is wrong with a file and shows the others', async () => {
  folder = folderWith({ 'a.csv': TEXT, 'empty.csv': '' });
  const previews = await previewSources(folder.path, ['a.csv', 'empty.csv', '../x.csv', 'gone.csv'], {
    workFolder: folder.work,
  });
  expect(previews.map(({ columns, issues }) => [columns.length, issues[0]?.code])).toEqual([
    [3, undefined],
    [0, 'FILE_EMPTY'],
    [0, 'FILE_NAME_REFUSED'],
    [0, 'FILE_MISSING'],
  ]);
  expect(existsSync(folder.work) ? readdirSync(folder.work) : []).toEqual([]);
});

/** A file of about so many megabytes, all rows of one key and quantity 1. Returns its number of rows. */
function writeBig(file: string, megabytes: number): number {
  const line = 'A1,L,1,some text that fills the row and is not mapped\n';
  const block = Buffer.from(line.repeat(20_000));
  const blocks = Math.ceil((megabytes * 1024 * 1024) / block.length);
  const descriptor = openSync(file, 'w');
  writeSync(descriptor, 'Item,Place,Quantity,Text\n');
  for (let i = 0; i < blocks; i++) writeSync(descriptor, block);
  closeSync(descriptor);
  return blocks * 20_000;
}
