import { expect, test } from 'vitest';
import { readRows } from '../read-rows.ts';

function rowsOf(json: string): [string, unknown][] {
  const rows: [string, unknown][] = [];
  readRows(Buffer.from(json), (list, row) => rows.push([list, row]));
  return rows;
}

test('rows come with the name of their list, whatever their texts hold', () => {
  const lists = {
    meta: { format: 'x', parts: [1, 2] },
    items: [{ name: 'a } "quoted" \\' }, { name: '{[' }],
    none: [],
    weeks: [{ days: [{ day: 1 }, { day: 2 }] }],
  };
  expect(rowsOf(JSON.stringify(lists, undefined, 1))).toEqual([
    ['meta', lists.meta],
    ['items', lists.items[0]],
    ['items', lists.items[1]],
    ['weeks', lists.weeks[0]],
  ]);
});

test('a file that was cut off is refused', () => {
  const json = JSON.stringify({ items: [{ name: 'a' }, { name: 'b' }] });
  for (const end of [json.length - 1, json.length - 4, 20]) {
    expect(() => rowsOf(json.slice(0, end))).toThrow('cut off');
  }
});
