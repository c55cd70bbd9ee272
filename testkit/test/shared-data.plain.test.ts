import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData, skipReason } from '@planwright/testkit';
import { afterEach, expect, test } from 'vitest';

const named = process.env.PLANWRIGHT_SHARED_DATA;
const folder = mkdtempSync(join(tmpdir(), 'planwright-testkit-'));
writeFileSync(join(folder, 'series.csv'), 'unique_id,ds,y\n');

afterEach(() => {
  if (named === undefined) delete process.env.PLANWRIGHT_SHARED_DATA;
  else process.env.PLANWRIGHT_SHARED_DATA = named;
});

test('the variable names the folder', () => {
  process.env.PLANWRIGHT_SHARED_DATA = folder;
  expect(sharedData('series.csv')).toBe(join(folder, 'series.csv'));
  expect(sharedData()).toBe(folder);
});

test('a file that is not there is undefined, and the reason names it and the way out', () => {
  process.env.PLANWRIGHT_SHARED_DATA = folder;
  expect(sharedData('nothing', 'here.csv')).toBeUndefined();
  expect(skipReason('nothing', 'here.csv')).toContain(`no nothing/here.csv in ${folder}`);
  expect(skipReason('nothing', 'here.csv')).toContain('PLANWRIGHT_SHARED_DATA');
});

test('a folder that does not exist is no data', () => {
  process.env.PLANWRIGHT_SHARED_DATA = join(folder, 'gone');
  expect(sharedData()).toBeUndefined();
  rmSync(folder, { recursive: true });
});
