/** A company with one published run of two years of months and one year ahead, as rows that a test adds its own to. */
import type { Member } from '@planwright/app';
import { dayFromIso, makeCalendar } from '@planwright/time';

export const RUN = '00000000-0000-4000-8000-000000000001';
const SCENARIO = '00000000-0000-4000-8000-000000000002';
/** Buckets behind and ahead of 1 January 2026. */
export const HISTORY = 24;
export const HORIZON = 12;

/** Uta of the company, in a role. */
export const memberAs = (role: Member['role']): Member => ({
  userId: 'u',
  email: 'u@x',
  name: 'Uta',
  companyId: 1,
  company: 'small',
  role,
});

/** An array of the database with `count` values. */
export const numbers = (count: number, value: (t: number) => number | string): string =>
  `'{${Array.from({ length: count }, (_, t) => value(t)).join(',')}}'`;

/** The company and its published run over so many demand streams. */
export function smallPlan(keyCount: number, summary: object = {}): string {
  const { starts } = makeCalendar(
    { kind: 'month', fiscalYearStartMonth: 1 },
    dayFromIso('2024-01-01'),
    dayFromIso('2026-12-31'),
  );
  return `
    insert into company (slug, name, currency, calendar_kind, fiscal_year_start_month) values ('small', 'Small', 'USD', 'month', 1);
    insert into scenario (id, company_id, name) values ('${SCENARIO}', 1, 'Base');
    insert into snapshot (company_id, hash, meta) values (1, 'h', '{}');
    insert into run (id, company_id, scenario_id, status, snapshot_hash, seed, engine_version, as_of, calendar, history_buckets,
      horizon_buckets, key_count, summary, created_by, finished_at, output_hash)
      values ('${RUN}', 1, '${SCENARIO}', 'succeeded', 'h', 0, '1', '2026-01-01',
      '{"kind":"month","fiscalYearStartMonth":1,"starts":[${[...starts].join(',')}]}', ${HISTORY}, ${HORIZON}, ${keyCount},
      '${JSON.stringify(summary)}', 'u', now(), 'o');
    update scenario set published_run_id = '${RUN}';`;
}

/** Groups of the run: all, "top" in it and "leaf" in that, with so many streams below. */
export const nestedGroups = (keyCount: number, keyCountOfLeaf: number): string => `
    insert into run_group values ('${RUN}', '', 'All', null, 0, 1, ${keyCount}, 0, 0, 0, 0, 0, 0),
      ('${RUN}', 'top', 'Top', '', 1, 1, ${keyCountOfLeaf}, 0, 0, 0, 0, 0, 0),
      ('${RUN}', 'leaf', 'Leaf', 'top', 2, 0, ${keyCountOfLeaf}, 0, 0, 0, 0, 0, 0);`;

export type SmallStream = {
  readonly id: number;
  readonly item: string;
  /** '' for none. */
  readonly group: string;
  readonly channel: string;
  readonly price: number;
};

/** An item that is sold in "north", and the key of its stream. */
export const itemAndKey = ({ id, item, group, channel, price }: SmallStream): string => `
    insert into item (company_id, code, name, group_code, kind, unit, source, list_price, yield_ratio)
      values (1, '${item}', 'Item ${item}', ${group === '' ? 'null' : `'${group}'`}, 'finished', 'EA', 'buy', ${price}, 1);
    ${plainKey({ id, item, location: 'north', channel })}`;

export const plainKey = (key: { id: number; item: string; location: string; channel: string }): string =>
  `insert into plan_key (id, company_id, kind, item, location, channel)
    values (${key.id}, 1, 'demand', '${key.item}', '${key.location}', '${key.channel}');`;

/** Measures of a stream, each as `numbers` gives it. */
export const seriesRows = (id: number, series: readonly (readonly [string, string])[]): string =>
  series
    .map(([measure, values]) => `insert into run_series values ('${RUN}', '${measure}', ${id}, ${values});`)
    .join('\n');
