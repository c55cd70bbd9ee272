import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { constant, type CycleWorld, cycleWorld, HISTORY, HORIZON } from './cycle-fixture.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

describe.each(await databasesUnderTest())('the facts that gates look at on $name', ({ open }) => {
  let opened: OpenDatabase;
  let world: CycleWorld;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    world = await cycleWorld(opened.db);
  });

  const script = (text: string) => opened.db.executeSql(text);
  const facts = async () => (await world.deps.planFacts(world.companyId, world.runId))!;
  const demandKey = (id: number, item: string, actual: number, plan: number, revenue: number | string) =>
    `insert into run_demand_key values ('${world.runId}', ${id}, '${item}', 'Item ${item}', 'north', 'web', '', 'smooth', 'Theta', 'Because.',
      ${actual}, ${plan}, '${revenue}', 100, 10, -5, 0.1, 0.1, 0, 0.1, 0.5, -0.05, 1, 0.8, 0.95);`;
  const item = (
    code: string,
    more: { kind?: string; from?: string; to?: string; next?: string; price?: number },
  ) =>
    `insert into item (company_id, code, name, kind, unit, source, yield_ratio, list_price, active_from, active_to, successor_code)
      values (${world.companyId}, '${code}', 'Item ${code}', '${more.kind ?? 'finished'}', 'EA', 'make', 1, ${more.price ?? 'null'},
      ${more.from === undefined ? 'null' : `'${more.from}'`}, ${more.to === undefined ? 'null' : `'${more.to}'`},
      ${more.next === undefined ? 'null' : `'${more.next}'`});`;

  test('they are those of the run, and of nobody else’s', async () => {
    expect(await facts()).toMatchObject({
      runId: world.runId,
      currency: 'USD',
      newestDataAt: null,
      itemCount: 1,
      itemsWithoutCost: [],
      itemsWithoutPrice: [],
      launchCount: 0,
      accuracyRatio: 0.8,
      biasRatio: -0.04,
      shortageValue: 20,
      horizonCost: 60 * HORIZON,
      resourcePeaks: [{ name: 'Mill', ratio: 0.9 }],
      pastDueCount: 1,
      pastDueValue: 50,
      historyBuckets: HISTORY,
    });
    const other = await cycleWorld(opened.db);
    expect(await world.deps.planFacts(other.companyId, world.runId)).toBeUndefined();
    await script(`update run set status = 'failed' where id = '${world.runId}'`);
    expect(await world.deps.planFacts(world.companyId, world.runId)).toBeUndefined();
  });

  test('an item has a cost that is its own or the run’s, and a price that is listed or makes revenue', async () => {
    await script(
      [
        item('b', {}), // Sold at a net price, cost found by the run.
        item('c', { price: 9 }), // Priced by list, no cost; in two streams.
        item('d', {}), // Neither.
        item('e', {}), // Without demand.
        demandKey(2, 'b', 10, 10, 50),
        demandKey(3, 'c', 10, 10, 'NaN'),
        demandKey(4, 'c', 0, 10, 0),
        demandKey(5, 'd', 10, 0, 'NaN'),
        demandKey(6, 'e', 0, 0, 0),
        demandKey(7, 'gone', 5, 5, 25), // No master data any more.
        `insert into run_stock_point values ('${world.runId}', 12, 'b', 'Item b', 'finished', 'north', 'make', '', 'EA', 2, 5, 1, 7, null, 0, 0, null, 0, 15, 0, 0);`,
        `insert into run_stock_point values ('${world.runId}', 13, 'c', 'Item c', 'finished', 'north', 'make', '', 'EA', null, 5, 1, 7, null, 0, 0, null, 0, 15, 0, 0);`,
      ].join('\n'),
    );
    expect(await facts()).toMatchObject({
      itemCount: 5,
      itemsWithoutCost: ['Item c', 'Item d', 'Item gone'],
      itemsWithoutPrice: ['Item d'],
    });
  });

  test('a launch is a finished item of the last year or to come, with history, a predecessor, or nothing', async () => {
    await script(
      [
        item('sold', { from: '2025-06-01' }),
        demandKey(2, 'sold', 10, 10, 50),
        item('old', { next: 'heir' }),
        item('heir', { from: '2026-04-01' }),
        item('bold', { from: '2026-04-01' }),
        item('ended', { from: '2025-06-01', to: '2025-12-31' }),
        item('early', { from: '2025-01-01' }), // As of 2026-01-01 a year ago.
        item('part', { from: '2026-04-01', kind: 'component' }),
      ].join('\n'),
    );
    expect(await facts()).toMatchObject({ launchCount: 3, launchesFromNothing: ['Item bold'] });
  });

  test('the peak of a resource is over the next three buckets and over known hours', async () => {
    const resource = (id: number, name: string, load: string, capacity: string) =>
      `insert into run_resource values ('${world.runId}', ${id}, '${name}', '${name}', 'north', 0, 0, 0);
      insert into run_series values ('${world.runId}', 'loadHours', ${id}, ${load}), ('${world.runId}', 'capacityHours', ${id}, ${capacity});`;
    await script(
      [
        resource(22, 'Late', "'{10,10,10,900}'", constant(4, 100)),
        resource(23, 'Closed', "'{0,5,0,0}'", constant(4, 0)),
        resource(24, 'Unknown', constant(4, 90), constant(4, 'NaN')),
        resource(25, 'Idle', constant(4, 0), constant(4, 0)),
        resource(26, 'Press', "'{90,120,115,0}'", constant(4, 100)),
      ].join('\n'),
    );
    expect((await facts()).resourcePeaks).toEqual([
      { name: 'Closed', ratio: Number.POSITIVE_INFINITY },
      { name: 'Press', ratio: 1.2 },
      { name: 'Mill', ratio: 0.9 },
      { name: 'Late', ratio: 0.1 },
    ]);
  });

  test('data are as new as the last import that was stored or undone', async () => {
    const anImport = (status: string, finished: string) =>
      `insert into import (id, company_id, name, status, finished_at, created_by, created_by_name)
        values (gen_random_uuid(), ${world.companyId}, 'i', '${status}', '${finished}', 'u', 'U');`;
    await script(
      [
        anImport('done', '2026-02-01T00:00:00Z'),
        anImport('undone', '2026-02-03T00:00:00Z'),
        anImport('failed', '2026-02-05T00:00:00Z'),
      ].join('\n'),
    );
    expect((await facts()).newestDataAt).toEqual(new Date('2026-02-03T00:00:00Z'));
  });

  test('cost of sales and budget that are not known are told from zero', async () => {
    await script(
      `update run_finance set "values" = array_fill('NaN'::float8, array[${HISTORY + HORIZON}]) where run_id = '${world.runId}' and kind in ('plan', 'budget')`,
    );
    const found = await facts();
    expect(found.horizonCost).toBeNull();
    expect(found.budgetRevenue.every(Number.isNaN)).toBe(true);
    expect(found.actualRevenue.slice(0, HISTORY)).toEqual(Array.from({ length: HISTORY }, () => 90));
  });
});
