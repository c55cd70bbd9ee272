/**
 * The part of a planning model that can be planned. A row rests on others: a demand on its stock point, a source on its
 * components and resources. What rests on a bad row goes with it and is named, because a plan that quietly made
 * bicycles without wheels would be worse than none. A row that others of its group stand in for takes nothing along.
 */
import type { Issue } from '@planwright/units';
import { badRowsOf, issuesOf, reporter } from '../check-rules.ts';
import { nameOf, stockPointKey } from '../model.ts';
import type { CheckContext } from './check-context.ts';
import { checkedModel } from './check-planning-model.ts';
import type { PlanningModel } from './planning-model.ts';

export type OnBadRows = 'refuse' | 'skip';

/** `model` is null where the model is refused; `issues` holds all findings, and with 'skip' what was left out. */
export type UsableModel = { readonly model: PlanningModel | null; readonly issues: readonly Issue[] };

/**
 * Checks a model. 'refuse': one error refuses all of it. 'skip': bad rows and what rests on them are left out, and only
 * a bad calendar or bad rules refuse all. A sound model comes back as it is, not copied.
 */
export function usablePlanningModel(model: PlanningModel, options: { onBadRows: OnBadRows }): UsableModel {
  const { context, isUsable } = checkedModel(model);
  const hasErrors = [...context.log.badRows.values()].some((rows) => rows.size > 0);
  if (!isUsable || (hasErrors && options.onBadRows === 'refuse')) {
    return { model: null, issues: issuesOf(context.log) };
  }
  if (!hasErrors) return { model, issues: issuesOf(context.log) };
  leaveOutDependents(context);
  return { model: withoutBadRows(context), issues: issuesOf(context.log) };
}

type Table = keyof typeof RESTING_COLUMN;

/** The column that names what a row rests on. */
const RESTING_COLUMN = {
  stockPoints: 'item',
  sources: 'item',
  components: 'component',
  resources: 'resource',
  loads: 'resource',
  demands: 'item',
  forecasts: 'item',
  receipts: 'item',
} as const;

function leaveOutDependents(context: CheckContext): void {
  const { model, log, pointOf, sourceOf, resourceOf } = context;
  const bad = (table: Table): Set<number> => badRowsOf(log, table);
  const rest = (table: Table, index: number, name: string, on: string): void => {
    if (bad(table).has(index)) return;
    bad(table).add(index);
    const problem = `rests on ${on}, which cannot be used, and is left out`;
    const report = reporter(log, table, index, () => name);
    report('RESTS_ON_BAD_ROW', problem, 'Mend that row, and this one comes back.', RESTING_COLUMN[table]);
  };
  const badPoint = (item: string, location: string): boolean =>
    bad('stockPoints').has(pointOf(item, location));
  for (const table of ['demands', 'forecasts', 'receipts'] as const) {
    const rows: readonly { item: string; location: string }[] = model[table];
    rows.forEach((row, index) => {
      if (badPoint(row.item, row.location)) rest(table, index, rowName(row), nameOf(row));
    });
  }
  model.components.forEach((row, index) => {
    const source = sourceOf.get(row.source);
    const location = source === undefined ? '' : model.sources[source].location;
    if (badPoint(row.component, location))
      rest('components', index, `${row.component} in ${row.source}`, row.component);
  });
  model.loads.forEach((row, index) => {
    const resource = resourceOf.get(row.resource);
    if (resource !== undefined && bad('resources').has(resource)) {
      rest('loads', index, `Load of ${row.source}`, `resource ${row.resource}`);
    }
  });
  model.sources.forEach((row, index) => {
    const name = `Source ${row.source}`;
    if (badPoint(row.item, row.location)) rest('sources', index, name, nameOf(row));
    const from = row.fromLocation;
    if (row.kind === 'move' && from !== undefined && badPoint(row.item, from)) {
      rest('sources', index, name, `${row.item} at ${from}`);
    }
  });
  for (const [source, on] of sourcesLackingRows(context)) {
    rest('sources', source, `Source ${model.sources[source].source}`, on);
  }
  for (const table of ['components', 'loads'] as const) {
    model[table].forEach((row, index) => {
      const source = sourceOf.get(row.source);
      if (source !== undefined && bad('sources').has(source)) bad(table).add(index); // Told by its source.
    });
  }
}

/** Sources with a component or load that cannot be used and that no other row of its group stands in for. */
function sourcesLackingRows({ model, log, sourceOf }: CheckContext): Map<number, string> {
  const lacking = new Map<number, string>();
  const groups = [
    {
      badRows: badRowsOf(log, 'components'),
      rows: model.components.map((row) => ({
        source: row.source,
        group: row.substituteGroup,
        what: row.component,
      })),
    },
    {
      badRows: badRowsOf(log, 'loads'),
      rows: model.loads.map((row) => ({ source: row.source, group: row.alternateGroup, what: row.resource })),
    },
  ];
  for (const { badRows, rows } of groups) {
    if (badRows.size === 0) continue;
    const standIns = new Set<string>();
    rows.forEach(({ source, group }, index) => {
      if (group !== undefined && !badRows.has(index)) standIns.add(stockPointKey(source, group));
    });
    for (const index of badRows) {
      const { source, group, what } = rows[index];
      const row = sourceOf.get(source);
      if (row === undefined || (group !== undefined && standIns.has(stockPointKey(source, group)))) continue;
      if (!lacking.has(row)) lacking.set(row, `its row of ${what}`);
    }
  }
  return lacking;
}

function rowName(row: { item: string; location: string; demand?: string; receipt?: string }): string {
  if (row.demand !== undefined) return `Demand ${row.demand}`;
  return row.receipt === undefined ? `Forecast of ${nameOf(row)}` : `Receipt ${row.receipt}`;
}

function withoutBadRows({ model, log }: CheckContext): PlanningModel {
  const kept = <Row>(table: Table, rows: readonly Row[]): readonly Row[] => {
    const bad = badRowsOf(log, table);
    return bad.size === 0 ? rows : rows.filter((_, index) => !bad.has(index));
  };
  return {
    ...model,
    stockPoints: kept('stockPoints', model.stockPoints),
    sources: kept('sources', model.sources),
    components: kept('components', model.components),
    resources: kept('resources', model.resources),
    loads: kept('loads', model.loads),
    demands: kept('demands', model.demands),
    forecasts: kept('forecasts', model.forecasts),
    receipts: kept('receipts', model.receipts),
  };
}
