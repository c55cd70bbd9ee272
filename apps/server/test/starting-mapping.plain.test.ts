import { readMapping } from '@planwright/files';
import { expect, test } from 'vitest';
import { startingMapping } from '../src/starting-mapping.ts';

test('files are matched to targets by their column names, whatever the spelling', () => {
  const text = startingMapping([
    { name: 'master/Items 2026.csv', columns: ['Code', 'NAME', 'Lead time (days)', 'colour'] },
    { name: 'BOM.csv', columns: ['parent', 'component', 'quantity_per'] },
    { name: '2026.csv', columns: ['x', 'y'] },
  ]);
  const reading = readMapping(text);
  if (!('mapping' in reading)) throw new Error(JSON.stringify(reading.issues));
  const { sources, targets } = reading.mapping;
  expect(Object.keys(sources)).toEqual(['Items_2026', 'BOM', 'source_3']);
  expect(targets.bom_row![0]!.columns).toEqual({
    parent: 'parent',
    component: 'component',
    quantityPer: 'quantity_per',
  });
  expect(targets.item![0]!.columns).toMatchObject({
    code: 'Code',
    name: 'NAME',
    leadTimeDays: '"Lead time (days)"',
  });
  expect(text).toContain('# groupCode: Its lowest group in the hierarchy.');
});

test('files that fit nothing still give a mapping that can be read', () => {
  const reading = readMapping(startingMapping([{ name: 'a.csv', columns: ['"; drop'] }]));
  expect('mapping' in reading && reading.mapping.targets).toEqual({});
});
