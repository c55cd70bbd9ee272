/** Starts, their orders and lots, and what they take out of stock. */
import { assert } from '@planwright/units';
import { effectiveLot } from '../lots.ts';
import type { ComponentFacts, LoadFacts } from '../model/planning-model.ts';
import { mostStarted } from './most-started.ts';
import type { Drafting } from './optimal-program.ts';
import { componentGroups, type Group, loadGroups } from './source-rows.ts';
import { isInForce } from './start-options.ts';

export type SupplyColumns = {
  /** By start option. */
  readonly startColumn: Int32Array;
  /** By start option; -1 where orders are not counted. */
  readonly ordersColumn: Int32Array;
  /** Units beyond which no start of the option makes sense. */
  readonly most: Float64Array;
  readonly loads: readonly (readonly Group<LoadFacts>[])[];
};

export function addSupply(drafting: Drafting): SupplyColumns {
  const { starts, model, terms } = drafting;
  const components = componentGroups(model);
  const loads = loadGroups(model);
  const { sources } = model;
  const isCounted = sources.map((_, source) =>
    countsOrders(drafting, components[source], loads[source], source),
  );
  const most = isCounted.includes(true)
    ? mostStarted(model, terms, starts, components)
    : new Float64Array(sources.length).fill(Number.POSITIVE_INFINITY);
  const startColumn = new Int32Array(starts.length);
  const ordersColumn = new Int32Array(starts.length).fill(-1);
  starts.forEach(({ source, startBucket: bucket, receiptBucket: detail }, option) => {
    const facts = sources[source];
    const cost = facts.costPerUnit ?? 0;
    const column = drafting.column(
      { kind: 'start', subject: source, bucket, detail },
      cost,
      0,
      Number.POSITIVE_INFINITY,
    );
    startColumn[option] = column;
    const point = terms.rowOf(facts.item, facts.location);
    assert(point >= 0, 'a source refills a stock point of the model');
    drafting.builder.entry(drafting.balanceRow(point, detail), column, facts.yieldRatio ?? 1);
    if (isCounted[source]) ordersColumn[option] = addOrders(drafting, option, column, most[source]);
    for (const group of components[source]) {
      addComponents(drafting, option, column, ordersColumn[option], group);
    }
  });
  addMaxima(drafting, startColumn);
  const mostOfOption = Float64Array.from(starts, ({ source }) => most[source]);
  return { startColumn, ordersColumn, most: mostOfOption, loads };
}

/** Whether the number of a source's orders means anything to the plan. */
function countsOrders(
  { options, model }: Drafting,
  components: readonly Group<ComponentFacts>[],
  loads: readonly Group<LoadFacts>[],
  source: number,
): boolean {
  const { costPerOrder = 0, lotMinimum = 0 } = model.sources[source];
  if (options.integerLots === true && lotMinimum > 0) return true;
  if ((options.setups ?? 'relaxed') === 'none') return false;
  return (
    costPerOrder > 0 ||
    components.some((group) => group.some(({ facts }) => (facts.quantityPerOrder ?? 0) > 0)) ||
    loads.some((group) => group.some(({ facts }) => (facts.setupHoursPerOrder ?? 0) > 0))
  );
}

function addOrders(drafting: Drafting, option: number, startColumn: number, most: number): number {
  const { options, model, builder } = drafting;
  const { source, startBucket: bucket, receiptBucket: detail } = drafting.starts[option];
  const facts = model.sources[source];
  const lot = effectiveLot(facts);
  const isWhole = options.setups === 'binary' || options.integerLots === true;
  const isLimited = lot.maximum < most;
  const largest = Math.max(isLimited ? lot.maximum : most, lot.minimum);
  const orderCountMax = isLimited ? Math.ceil(most / lot.maximum) : 1;
  const name = { subject: source, bucket, detail };
  const withCosts = (options.setups ?? 'relaxed') !== 'none';
  const column = drafting.column(
    { kind: 'orders', ...name },
    withCosts ? (facts.costPerOrder ?? 0) : 0,
    0,
    orderCountMax,
    isWhole,
  );
  const size = drafting.row({ kind: 'orderSize', ...name }, Number.NEGATIVE_INFINITY, 0);
  builder.entry(size, startColumn, 1);
  builder.entry(size, column, -largest);
  if (options.integerLots !== true) return column;
  if (lot.minimum > 0) {
    const minimum = drafting.row({ kind: 'lotMinimum', ...name }, 0, Number.POSITIVE_INFINITY);
    builder.entry(minimum, startColumn, 1);
    builder.entry(minimum, column, -lot.minimum);
  }
  return column;
}

/** Components leave stock in the bucket of the start. */
function addComponents(
  drafting: Drafting,
  option: number,
  startColumn: number,
  ordersColumn: number,
  group: Group<ComponentFacts>,
): void {
  const { source, startBucket: bucket, receiptBucket: detail, nominalDay } = drafting.starts[option];
  const inForce = group.filter(({ facts }) => isInForce(facts, nominalDay));
  const withOrders = (drafting.options.setups ?? 'relaxed') !== 'none';
  if (inForce.length === 1) {
    const [{ facts }] = inForce;
    const row = drafting.balanceRow(componentPoint(drafting, source, facts), bucket);
    drafting.builder.entry(row, startColumn, -unitsOf(facts.quantityPer, facts));
    if (ordersColumn >= 0 && withOrders) {
      drafting.builder.entry(row, ordersColumn, -unitsOf(facts.quantityPerOrder ?? 0, facts));
    }
    return;
  }
  if (inForce.length === 0) return;
  const choice = drafting.row({ kind: 'choice', subject: source, bucket, detail }, 0, 0);
  drafting.builder.entry(choice, startColumn, -1);
  for (const { row, facts } of inForce) {
    const name = { kind: 'use', subject: source, bucket, detail: row } as const;
    const use = drafting.column(name, 0, 0, Number.POSITIVE_INFINITY);
    drafting.builder.entry(choice, use, 1);
    const balance = drafting.balanceRow(componentPoint(drafting, source, facts), bucket);
    drafting.builder.entry(balance, use, -unitsOf(facts.quantityPer, facts));
  }
}

const unitsOf = (quantity: number, { scrapRatio = 0 }: ComponentFacts) => quantity / (1 - scrapRatio);

function componentPoint({ model, terms }: Drafting, source: number, { component }: ComponentFacts): number {
  const { kind, location, fromLocation } = model.sources[source];
  const point = terms.rowOf(component, kind === 'move' ? (fromLocation ?? '') : location);
  assert(point >= 0, 'a component is a stock point of the model');
  return point;
}

/** Whole lots, and what a supplier or lane gives in a bucket. */
function addMaxima(drafting: Drafting, startColumn: Int32Array): void {
  const { model, starts, terms, builder, options } = drafting;
  const rowOfBucket = new Map<number, number>();
  starts.forEach(({ source, startBucket: bucket, receiptBucket: detail }, option) => {
    const { maximumPerBucket, lotMultiple = 0 } = model.sources[source];
    if (options.integerLots === true && lotMultiple > 0) {
      const name = { subject: source, bucket, detail };
      const lots = drafting.column({ kind: 'lots', ...name }, 0, 0, Number.POSITIVE_INFINITY, true);
      const row = drafting.row({ kind: 'lotMultiple', ...name }, 0, 0);
      builder.entry(row, startColumn[option], 1);
      builder.entry(row, lots, -lotMultiple);
    }
    if (maximumPerBucket === undefined) return;
    const most = typeof maximumPerBucket === 'number' ? maximumPerBucket : maximumPerBucket[bucket];
    if (!Number.isFinite(most)) return;
    const key = source * terms.bucketCount + bucket;
    let row = rowOfBucket.get(key);
    if (row === undefined) {
      row = drafting.row({ kind: 'sourceMaximum', subject: source, bucket }, Number.NEGATIVE_INFINITY, most);
      rowOfBucket.set(key, row);
    }
    builder.entry(row, startColumn[option], 1);
  });
}
