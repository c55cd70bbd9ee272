/** Sources with what they consume and load: the columns of `FiniteSources`, `FiniteNeeds` and `FiniteLoads`. */
import { assert } from '@planwright/units';
import { effectiveLot } from '../lots.ts';
import type { ComponentFacts, LoadFacts, PlanningModel, SourceFacts } from '../model/planning-model.ts';
import type { StockPointLookup } from '../model/stock-point-lookup.ts';
import { column, intColumn } from './compile-points.ts';
import { type FiniteLoads, type FiniteNeeds, type FiniteSources, NEVER } from './network.ts';

type Compiled = { readonly sources: FiniteSources; readonly needs: FiniteNeeds; readonly loads: FiniteLoads };

export function compiledSources(model: PlanningModel, rowOf: StockPointLookup): Compiled {
  const { sources, asOfDay } = model;
  const consumed = [...model.components, ...moveNeeds(sources)];
  const needs = groupedRows(rowsBySource(consumed, sources), componentGroup, componentRank);
  const loads = groupedRows(rowsBySource(model.loads, sources), loadGroup, loadRank);
  const resourceRow = new Map(model.resources.map(({ resource }, row) => [resource, row]));
  const resourceOf = (load: LoadFacts) => {
    const row = resourceRow.get(load.resource);
    assert(row !== undefined, 'a load is on a resource of the model');
    return row;
  };
  return {
    sources: {
      ...compiledRules(model),
      count: sources.length,
      point: Int32Array.from(sources, ({ item, location }) => knownPoint(rowOf, item, location)),
      needStart: needs.groupStart,
      loadStart: loads.groupStart,
      hasAlternates: Uint8Array.from(sources, (_, s) => (hasOptions(loads, s) ? 1 : 0)),
    },
    needs: {
      optionStart: needs.optionStart,
      point: Int32Array.from(needs.rows, (row, index) =>
        componentPoint(row, sources[needs.owner[index]], rowOf),
      ),
      per: column(needs.rows, ({ quantityPer, scrapRatio = 0 }) => quantityPer / (1 - scrapRatio)),
      perOrder: column(
        needs.rows,
        ({ quantityPerOrder = 0, scrapRatio = 0 }) => quantityPerOrder / (1 - scrapRatio),
      ),
      fromDay: intColumn(needs.rows, ({ effectiveFromDay }) =>
        dayOfHorizon(effectiveFromDay, asOfDay, -NEVER),
      ),
      toDay: intColumn(needs.rows, ({ effectiveToDay }) => dayOfHorizon(effectiveToDay, asOfDay, NEVER)),
    },
    loads: {
      optionStart: loads.optionStart,
      resource: Int32Array.from(loads.rows, resourceOf),
      hoursPer: column(loads.rows, ({ hoursPerUnit }) => hoursPerUnit),
      setupHours: column(loads.rows, ({ setupHoursPerOrder }) => setupHoursPerOrder ?? 0),
      offsetDays: Int32Array.from(loads.rows, ({ offsetDays }) => offsetDays ?? 0),
    },
  };
}

const dayOfHorizon = (day: number | undefined, asOfDay: number, missing: number): number =>
  day === undefined ? missing : Math.min(NEVER, day - asOfDay);

/** The rules of sources: what of them is on the row alone, and links nothing. */
export function compiledRules(
  model: PlanningModel,
): Omit<FiniteSources, 'count' | 'point' | 'needStart' | 'loadStart' | 'hasAlternates'> {
  const { sources, asOfDay } = model;
  const lots = sources.map((source) => effectiveLot(source));
  return {
    leadDays: intColumn(sources, ({ leadTimeDays }) => Math.ceil(leadTimeDays)),
    lotMinimum: column(lots, ({ minimum }) => minimum),
    lotMultiple: column(lots, ({ multiple }) => multiple),
    lotMaximum: column(lots, ({ maximum }) => maximum),
    yieldRatio: column(sources, ({ yieldRatio }) => yieldRatio ?? 1),
    shareRatio: column(sources, ({ shareRatio }) => shareRatio ?? 0),
    firstStartDay: intColumn(sources, ({ effectiveFromDay, frozenDays = 0 }) =>
      Math.max(Math.ceil(frozenDays), dayOfHorizon(effectiveFromDay, asOfDay, 0)),
    ),
    lastStartDay: intColumn(sources, ({ effectiveToDay }) => dayOfHorizon(effectiveToDay, asOfDay, NEVER)),
    frozenDays: intColumn(sources, ({ frozenDays = 0 }) => Math.ceil(frozenDays)),
    ...compiledMaxima(model),
  };
}

const componentGroup = ({ substituteGroup }: ComponentFacts) => substituteGroup;
const componentRank = ({ substitutePriority }: ComponentFacts) => substitutePriority ?? 1;
const loadGroup = ({ alternateGroup }: LoadFacts) => alternateGroup;
const loadRank = ({ alternatePriority }: LoadFacts) => alternatePriority ?? 1;

function knownPoint(rowOf: StockPointLookup, item: string, location: string): number {
  const point = rowOf(item, location);
  assert(point >= 0, 'sources and components are stock points of the model');
  return point;
}

function componentPoint(row: ComponentFacts, source: SourceFacts, rowOf: StockPointLookup): number {
  const location = source.kind === 'move' ? (source.fromLocation ?? '') : source.location;
  return knownPoint(rowOf, row.component, location);
}

/** A move source needs its item where it comes from, one for one. */
function moveNeeds(sources: readonly SourceFacts[]): ComponentFacts[] {
  const moves = sources.filter(({ kind }) => kind === 'move');
  return moves.map(({ source, item }) => ({ source, component: item, quantityPer: 1 }));
}

/** Rows of each source in their order. */
function rowsBySource<Row extends { readonly source: string }>(
  rows: readonly Row[],
  sources: readonly SourceFacts[],
): Row[][] {
  const sourceRow = new Map(sources.map(({ source }, row) => [source, row]));
  const bySource: Row[][] = sources.map(() => []);
  for (const row of rows) {
    const source = sourceRow.get(row.source);
    assert(source !== undefined, 'components and loads belong to a source of the model');
    bySource[source].push(row);
  }
  return bySource;
}

type Grouped<Row> = {
  readonly groupStart: Int32Array;
  readonly optionStart: Int32Array;
  readonly rows: Row[];
  readonly owner: number[];
};

/** Rows of a source that stand for each other become one group of options, the lowest rank first. */
function groupedRows<Row>(
  bySource: readonly (readonly Row[])[],
  groupOf: (row: Row) => string | undefined,
  rankOf: (row: Row) => number,
): Grouped<Row> {
  const groupStart = new Int32Array(bySource.length + 1);
  const optionStart: number[] = [];
  const rows: Row[] = [];
  const owner: number[] = [];
  bySource.forEach((own, source) => {
    groupStart[source] = optionStart.length;
    const done = new Set<string>();
    for (const row of own) {
      const group = groupOf(row);
      if (group !== undefined && done.has(group)) continue;
      if (group !== undefined) done.add(group);
      const options =
        group === undefined
          ? [row]
          : own.filter((other) => groupOf(other) === group).sort((a, b) => rankOf(a) - rankOf(b));
      optionStart.push(rows.length);
      for (const option of options) {
        rows.push(option);
        owner.push(source);
      }
    }
  });
  groupStart[bySource.length] = optionStart.length;
  optionStart.push(rows.length);
  return { groupStart, optionStart: Int32Array.from(optionStart), rows, owner };
}

function hasOptions<Row>({ groupStart, optionStart }: Grouped<Row>, source: number): boolean {
  const [first, end] = [groupStart[source], groupStart[source + 1]];
  return optionStart[end] - optionStart[first] > end - first;
}

function compiledMaxima({ sources, bucketStartDays }: PlanningModel) {
  const bucketCount = bucketStartDays.length - 1;
  const maximumRow = new Int32Array(sources.length).fill(-1);
  const maxima: number[] = [];
  sources.forEach(({ maximumPerBucket }, source) => {
    if (maximumPerBucket === undefined) return;
    maximumRow[source] = maxima.length;
    for (let t = 0; t < bucketCount; t++) {
      const most = typeof maximumPerBucket === 'number' ? maximumPerBucket : maximumPerBucket[t];
      maxima.push(Number.isNaN(most) ? Number.POSITIVE_INFINITY : most);
    }
  });
  return { maximumRow, maximum: Float64Array.from(maxima) };
}
