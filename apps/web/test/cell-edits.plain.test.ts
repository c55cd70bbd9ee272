import type { Horizon, StockRules, SupplyEdit } from '@planwright/contracts';
import { describe, expect, test } from 'vitest';
import { hoursEdits, type HoursRow, ruleEdits } from '../src/features/supply/what-if/cell-edits.ts';
import { parseNumber } from '../src/ui/parse-number.ts';

const BOLT: StockRules = {
  stockPointId: 1,
  item: 'BOLT',
  itemName: 'Bolt',
  location: 'PLANT',
  unit: 'EA',
  safetyStock: 20,
  leadTimeDays: 7,
  sourceCount: 1,
  kind: 'buy',
  from: 'STEEL',
  lotMinimum: 100,
  lotMultiple: null,
  lotMaximum: null,
};
const NUT: StockRules = { ...BOLT, stockPointId: 2, item: 'NUT' };
const lot = (item: string, lotMinimum: number | null, lotMultiple: number | null): SupplyEdit => ({
  kind: 'lot',
  item,
  location: 'PLANT',
  lotMinimum,
  lotMultiple,
  lotMaximum: null,
});
const cell = (row: StockRules, columnId: string, text: string) => ({ row, columnId, text });

describe('a block pasted over rules', () => {
  test('becomes one edit a lot, and one for each other number', () => {
    const cells = [
      cell(BOLT, 'leadTimeDays', '10'),
      cell(BOLT, 'safetyStock', '1,250'),
      cell(BOLT, 'lotMinimum', '50'),
      cell(BOLT, 'lotMultiple', '25'),
      cell(NUT, 'lotMultiple', '12.5'),
    ];
    expect(ruleEdits(cells, [])).toEqual({
      put: [
        { kind: 'leadTime', item: 'BOLT', location: 'PLANT', leadTimeDays: 10 },
        { kind: 'safetyStock', item: 'BOLT', location: 'PLANT', quantity: 1250 },
        lot('BOLT', 50, 25),
        lot('NUT', null, 12.5),
      ],
      remove: [],
      problem: null,
    });
  });

  test('tries nothing out where it says what holds today, or nothing', () => {
    const cells = [
      cell(BOLT, 'leadTimeDays', '7'),
      cell(BOLT, 'safetyStock', ''),
      cell(BOLT, 'lotMinimum', '100'),
    ];
    expect(ruleEdits(cells, [])).toEqual({
      put: [],
      remove: ['leadTime BOLT PLANT', 'safetyStock BOLT PLANT', 'lot BOLT PLANT'],
      problem: null,
    });
  });

  test('keeps what is tried out of the same lot, and takes back only what is cleared', () => {
    const drafts = [lot('BOLT', 50, 25)];
    expect(ruleEdits([cell(BOLT, 'lotMultiple', '')], drafts).put).toEqual([lot('BOLT', 50, null)]);
    expect(ruleEdits([cell(BOLT, 'lotMinimum', ''), cell(BOLT, 'lotMultiple', '')], drafts)).toMatchObject({
      put: [],
      remove: ['lot BOLT PLANT'],
    });
  });

  test('says which cells are no amounts, and reads the others', () => {
    const cells = [
      cell(BOLT, 'safetyStock', '=SUM(A1)'),
      cell(BOLT, 'leadTimeDays', '-3'),
      cell(NUT, 'safetyStock', '5'),
    ];
    const { put, problem } = ruleEdits(cells, []);
    expect(put).toEqual([{ kind: 'safetyStock', item: 'NUT', location: 'PLANT', quantity: 5 }]);
    expect(problem).toBe('2 cells left as they were: “=SUM(A1)”, “-3” are no amount.');
  });
});

test('hours pasted over periods last from the first to the last day of each', () => {
  const horizon: Horizon = {
    firstPlanBucket: 0,
    buckets: [
      { label: '2026-05', fiscalLabel: '', startsOn: '2026-05-01', endsOn: '2026-05-31' },
      { label: '2026-06', fiscalLabel: '', startsOn: '2026-06-01', endsOn: '2026-06-30' },
    ],
  };
  const saw: HoursRow = { code: 'SAW', name: 'Saw', perWeek: [40, null] };
  const cells = [
    { row: saw, columnId: '2026-05-01', text: '40' },
    { row: saw, columnId: '2026-06-01', text: '60' },
    { row: saw, columnId: 'resource', text: 'x' },
  ];
  expect(hoursEdits(cells, 'overtime', horizon)).toEqual({
    put: [
      { kind: 'overtime', resource: 'SAW', startsOn: '2026-06-01', endsOn: '2026-06-30', hoursPerWeek: 60 },
    ],
    remove: ['overtime SAW 2026-05-01 2026-05-31'],
    problem: null,
  });
});

test.each([
  ['1,200.5', 'en-US', 1200.5],
  ['1200.5', 'en-US', 1200.5],
  ['1.200,5', 'de-DE', 1200.5],
  ['1200,5', 'de-DE', 1200.5],
  ['0.25', 'de-DE', 0.25],
  ['1 200,5', 'fr-FR', 1200.5],
  ['1’200.5', 'de-CH', 1200.5],
  ['−3', 'en-US', -3],
  ['1e3', 'en-US', 1000],
  ['1,20,0', 'en-US', null],
  ['12 kg', 'en-US', null],
  ['', 'en-US', null],
  ['=1', 'en-US', null],
])('%s in %s is %s', (text, language, value) => {
  expect(parseNumber(text, language)).toBe(value);
});
