import {
  type CompanyData,
  decodeSnapshot,
  type DriverRows,
  freezeSnapshot,
  planCalendar,
} from '@planwright/app';
import { dayFromIso } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { EMPTY, item, location } from './company-data.ts';
import { runInMemory, steadyHistory } from './run-in-memory.ts';

const NOTHING = EMPTY.drivers;
const launch = (more: Partial<DriverRows['launches'][number]>): DriverRows => ({
  ...NOTHING,
  launches: [
    {
      item: 'N',
      location: '',
      channel: '',
      startsOn: dayFromIso('2026-06-01'),
      likeItems: null,
      levelQuantity: null,
      ...more,
    },
  ],
});

function frozen(drivers: DriverRows, data: Partial<CompanyData> = {}) {
  const settings = {
    companyId: 1,
    currency: 'EUR',
    calendarKind: 'month' as const,
    fiscalYearStartMonth: 1,
    asOf: dayFromIso('2026-05-01'),
  };
  const day = dayFromIso('2024-05-01');
  const { plan } = planCalendar(
    settings,
    { firstDemandDay: day, lastDemandDay: settings.asOf - 1, newestOrderDay: settings.asOf - 1 },
    6,
  );
  const whole = {
    ...EMPTY,
    items: [item('A', { groupCode: 'G' }), item('B'), item('N', { groupCode: 'G' })],
    groups: [{ code: 'G', name: 'G', parentCode: null }],
    locations: [location('EAST'), location('WEST')],
    history: steadyHistory(
      { item: 'A', location: 'EAST', quantity: 5 },
      { item: 'A', location: 'WEST', quantity: 5 },
      { item: 'B', location: 'WEST', quantity: 9 },
    ),
    ...data,
    drivers,
  };
  const inputs = freezeSnapshot(settings, whole, plan, []);
  const snapshot = decodeSnapshot(inputs.blocks);
  const { item: items, location: places } = snapshot.keys;
  return {
    snapshot,
    hash: inputs.hash,
    streams: items.map((code, key) => `${code} ${places[key]}`),
    codes: inputs.issues.map((issue) => issue.code),
  };
}

describe('streams that are still to come', () => {
  test('a new item sells where the items of its group do, or where those it resembles do, or where its launch says', () => {
    const old = ['A EAST', 'A WEST', 'B WEST'];
    expect(frozen(NOTHING).streams).toEqual(old);
    expect(frozen(launch({})).streams).toEqual([...old, 'N EAST', 'N WEST']);
    expect(frozen(launch({ likeItems: ' B ,Q' })).streams).toEqual([...old, 'N WEST']);
    expect(frozen(launch({ location: 'EAST' })).streams).toEqual([...old, 'N EAST']);
    expect(frozen(launch({ location: 'EAST', channel: 'new' })).snapshot.keys.channel[3]).toBe('new');
    expect(frozen(launch({ startsOn: dayFromIso('2027-06-01') })).streams).toEqual(old); // Behind the horizon.
  });

  test('they have no history, keep their place in the order, and get a stock point', () => {
    const { snapshot } = frozen(launch({ item: 'A0', likeItems: 'A' }), {
      items: [item('A'), item('A0'), item('B')],
    });
    expect(snapshot.keys.item).toEqual(['A', 'A', 'A0', 'A0', 'B']);
    const { historyBuckets } = snapshot.meta;
    const row = (key: number) =>
      snapshot.actualQuantity.subarray(key * historyBuckets, (key + 1) * historyBuckets);
    expect([2, 3].every((key) => row(key).every(Number.isNaN))).toBe(true);
    expect(row(4).every((quantity) => quantity === 9)).toBe(true);
    expect(snapshot.supply.points[snapshot.supply.pointOfKey[2]]).toMatchObject({
      item: 'A0',
      location: 'EAST',
    });
  });

  test('a successor sells wherever its predecessor does', () => {
    const successions = [
      {
        predecessor: 'A',
        successor: 'N',
        switchOn: dayFromIso('2026-07-01'),
        conversionRatio: 1,
        rampDays: 0,
        keptRatio: 0,
      },
    ];
    expect(frozen({ ...NOTHING, successions }).streams.slice(3)).toEqual(['N EAST', 'N WEST']);
  });

  test('a launch that says nothing of where is noted', () => {
    const lonely = frozen(launch({ item: 'B2' }), { items: [item('A'), item('B2', { groupCode: 'G' })] });
    expect(lonely.codes).toContain('LAUNCH_WITHOUT_PLACE');
    expect(frozen(launch({})).codes).not.toContain('LAUNCH_WITHOUT_PLACE');
  });
});

test('decisions find their stream and bucket; those about nothing there are left out', () => {
  const decision = (code: string, bucketOn: string) => ({
    item: code,
    location: 'WEST',
    channel: 'all',
    bucketOn: dayFromIso(bucketOn),
    decision: 'set' as const,
    quantity: 3,
  });
  const decisions = [
    decision('A', '2024-06-01'),
    decision('B', '2026-04-30'),
    decision('B', '2026-05-01'),
    decision('B', '2024-04-30'),
    decision('Q', '2025-01-01'),
  ];
  const { snapshot, hash } = frozen({ ...NOTHING, decisions });
  expect(snapshot.drivers.decisions).toEqual([
    { key: 1, bucket: 1, decision: 'set', quantity: 3 },
    { key: 2, bucket: 23, decision: 'set', quantity: 3 },
  ]);
  expect(hash).not.toBe(frozen(NOTHING).hash);
});

test('a run goes through with a stream that has never sold', () => {
  const run = runInMemory({
    items: [item('A'), item('N')],
    locations: [location('PLANT')],
    history: steadyHistory({ item: 'A', location: 'PLANT', quantity: 100 }),
    drivers: launch({ likeItems: 'A' }),
  });
  expect(run.snapshot.keys.item).toEqual(['A', 'N']);
  expect(run.forecast).toHaveLength(2);
});
