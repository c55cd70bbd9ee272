/** Rows of a planning model by the source they belong to, those that stand for each other together. */
import { assert } from '@planwright/units';
import type { ComponentFacts, LoadFacts, PlanningModel } from '../model/planning-model.ts';

/** A component or load row and where it stands in the model's list; -1 for what is unsaid. */
export type Owned<Row> = { readonly row: number; readonly facts: Row };

/** Rows that stand for each other; a row that stands for itself is a group of one. */
export type Group<Row> = readonly Owned<Row>[];

/** Components of each source; a move consumes its item where it comes from, one for one. O(rows). */
export function componentGroups(model: PlanningModel): readonly (readonly Group<ComponentFacts>[])[] {
  const rows: Owned<ComponentFacts>[] = model.components.map((facts, row) => ({ row, facts }));
  for (const { kind, source, item } of model.sources) {
    if (kind === 'move') rows.push({ row: -1, facts: { source, component: item, quantityPer: 1 } });
  }
  return groups(model, rows, ({ substituteGroup }) => substituteGroup);
}

/** Loads of each source. O(rows). */
export function loadGroups(model: PlanningModel): readonly (readonly Group<LoadFacts>[])[] {
  const rows = model.loads.map((facts, row) => ({ row, facts }));
  return groups(model, rows, ({ alternateGroup }) => alternateGroup);
}

/** Component rows of each source as they stand. O(rows). */
export function componentsBySource(model: PlanningModel): readonly (readonly ComponentFacts[])[] {
  return componentGroups(model).map((ofSource) =>
    ofSource.flatMap((group) => group.map(({ facts }) => facts)),
  );
}

function groups<Row extends { readonly source: string }>(
  model: PlanningModel,
  rows: readonly Owned<Row>[],
  groupOf: (facts: Row) => string | undefined,
): readonly (readonly Group<Row>[])[] {
  const sourceRow = new Map(model.sources.map(({ source }, row) => [source, row]));
  const bySource: Owned<Row>[][][] = model.sources.map(() => []);
  const known = new Map<string, Owned<Row>[]>();
  for (const owned of rows) {
    const source = sourceRow.get(owned.facts.source);
    assert(source !== undefined, 'components and loads belong to a source of the model');
    const name = groupOf(owned.facts);
    const key = name === undefined ? undefined : `${source} ${name}`;
    const group = key === undefined ? undefined : known.get(key);
    if (group !== undefined) {
      group.push(owned);
      continue;
    }
    const begun = [owned];
    bySource[source].push(begun);
    if (key !== undefined) known.set(key, begun);
  }
  return bySource;
}
