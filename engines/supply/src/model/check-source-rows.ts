/** Checks the tables of how stock is refilled: sources, components, resources, loads. */
import {
  areBucketStarts,
  checkBucketValues,
  checkNumber,
  checkReplenishment,
  type NumberRule,
  type Report,
  reporter,
} from '../check-rules.ts';
import { stockPointKey } from '../model.ts';
import {
  amountRules,
  type CheckContext,
  checkEffectivity,
  checkName,
  checkPoint,
  checkWord,
  dayCountRule,
  dayRule,
  perBucket,
  priorityRule,
  rangeRule,
  single,
  sizeRule,
} from './check-context.ts';
import type { ComponentFacts, LoadFacts, ResourceFacts, SourceFacts } from './planning-model.ts';

const isRatio = (value: number): boolean => value >= 0 && value <= 1;
const SOURCE_RULES: readonly NumberRule<SourceFacts>[] = [
  dayCountRule('leadTimeDays', (row) => (row.leadTimeDays > 0 ? row.leadTimeDays : undefined)),
  sizeRule('lotMinimum', (row) => row.lotMinimum),
  sizeRule('lotMultiple', (row) => row.lotMultiple),
  ...amountRules<SourceFacts>('costPerUnit', (row) => row.costPerUnit),
  ...amountRules<SourceFacts>('costPerOrder', (row) => row.costPerOrder),
  priorityRule('priority', (row) => row.priority),
  rangeRule('shareRatio', (row) => row.shareRatio, 'must be 0 to 1', isRatio),
  dayRule('effectiveFromDay', (row) => row.effectiveFromDay),
  dayRule('effectiveToDay', (row) => row.effectiveToDay),
  ...amountRules<SourceFacts>('maximumPerBucket', (row) => single(row.maximumPerBucket)),
  dayCountRule('frozenDays', (row) => row.frozenDays),
];

export function checkSources(context: CheckContext): void {
  const { model, log, sourceOf, bucketCount } = context;
  const hasComponents = new Set(model.components.map((row) => row.source));
  const shared = new Map<number, number[]>();
  model.sources.forEach((source, index) => {
    const report = reporter(log, 'sources', index, () => `Source ${source.source || index + 1}`);
    checkName('source', source.source, sourceOf.get(source.source) === index, report);
    checkWord('kind', source.kind, ['make', 'buy', 'move'], report);
    const isKnown = checkPoint(context, 'item', source.item, source.location, report);
    checkReplenishment(source, report);
    for (const rule of SOURCE_RULES) checkNumber(rule, rule.read(source), report);
    checkBucketValues('maximumPerBucket', perBucket(source.maximumPerBucket), bucketCount, report);
    checkEffectivity(source, report);
    if (source.kind === 'move') checkSender(context, source, report);
    if (source.kind === 'make' && !hasComponents.has(source.source)) {
      const advice = 'Give it rows in components, unless it is made of nothing that is planned.';
      report('NO_COMPONENTS', 'makes its item out of nothing', advice, 'source', source.source);
    }
    if (!isKnown || source.shareRatio === undefined || !isRatio(source.shareRatio)) return;
    const point = context.pointOf(source.item, source.location);
    const rows = shared.get(point);
    if (rows === undefined) shared.set(point, [index]);
    else rows.push(index);
  });
  checkShares(context, shared);
}

function checkSender(context: CheckContext, source: SourceFacts, report: Report): void {
  const { item, location, fromLocation } = source;
  if (fromLocation === location) {
    const advice = 'Give the location it comes from.';
    report('MOVES_TO_ITSELF', `moves from ${location} to ${location}`, advice, 'fromLocation', location);
  } else if (context.pointOf(item, fromLocation ?? '') < 0) {
    report(
      'UNKNOWN_SOURCE_LOCATION',
      `moves from ${fromLocation ?? 'nowhere'}, where the item is not a stock point`,
      'Add the item at that location to stockPoints, or correct fromLocation.',
      'fromLocation',
      fromLocation ?? '',
    );
  }
}

const SHARE_SLACK = 1e-9;

/** On no day may the shares in force sum to more than 1; each day on which one comes into force is looked at. */
function checkShares(context: CheckContext, shared: ReadonlyMap<number, readonly number[]>): void {
  const { model, log } = context;
  const isInForce = (row: number, day: number): boolean =>
    (model.sources[row].effectiveFromDay ?? -Infinity) <= day &&
    (model.sources[row].effectiveToDay ?? Infinity) >= day;
  for (const rows of shared.values()) {
    for (const row of rows) {
      const day = model.sources[row].effectiveFromDay ?? -Infinity;
      const inForce = rows.filter((other) => isInForce(other, day));
      const total = inForce.reduce((sum, other) => sum + (model.sources[other].shareRatio ?? 0), 0);
      if (!(total > 1 + SHARE_SLACK) || inForce[inForce.length - 1] !== row) continue;
      const names = inForce.map((other) => model.sources[other].source).join(', ');
      const report = reporter(log, 'sources', row, () => `Source ${model.sources[row].source}`);
      const problem = `shares of ${names} come to ${total}`;
      report('SHARES_OVER_ONE', problem, 'Let them sum to 1.', 'shareRatio', model.sources[row].shareRatio);
    }
  }
}

const COMPONENT_RULES: readonly NumberRule<ComponentFacts>[] = [
  ...amountRules<ComponentFacts>('quantityPer', (row) => row.quantityPer),
  ...amountRules<ComponentFacts>('quantityPerOrder', (row) => row.quantityPerOrder),
  rangeRule(
    'scrapRatio',
    (row) => row.scrapRatio,
    'must be 0 or more and less than 1',
    (value) => value >= 0 && value < 1,
  ),
  dayRule('effectiveFromDay', (row) => row.effectiveFromDay),
  dayRule('effectiveToDay', (row) => row.effectiveToDay),
  priorityRule('substitutePriority', (row) => row.substitutePriority),
];

export function checkComponentRows(context: CheckContext): void {
  const { model, log, sourceOf } = context;
  const seen = new Map<string, number[]>();
  model.components.forEach((row, index) => {
    const report = reporter(log, 'components', index, () => `${row.component} in ${row.source}`);
    const source = sourceOf.get(row.source);
    if (source === undefined) reportUnknownSource(row.source, report);
    else {
      const { kind, location } = model.sources[source];
      checkPoint(context, 'component', row.component, location, report);
      if (kind !== 'make') {
        report(
          'COMPONENTS_NOT_USED',
          `its source is of kind ${kind}`,
          'Set its kind to make, or drop the row.',
          'source',
        );
      }
    }
    for (const rule of COMPONENT_RULES) checkNumber(rule, rule.read(row), report);
    checkEffectivity(row, report);
    if (row.quantityPer === 0 && !((row.quantityPerOrder ?? 0) > 0)) {
      const advice = 'Give how many units of the component one unit takes, or drop the row.';
      report(
        'QUANTITY_NOT_POSITIVE',
        'uses nothing of the component',
        advice,
        'quantityPer',
        row.quantityPer,
      );
    }
    checkTwice(context, seen, index, report);
  });
}

/** The same component twice in one source and on one day would be bought twice. */
function checkTwice(context: CheckContext, seen: Map<string, number[]>, index: number, report: Report): void {
  const rows = context.model.components;
  const { source, component, substituteGroup = '' } = rows[index];
  const key = stockPointKey(stockPointKey(source, component), substituteGroup);
  const before = seen.get(key);
  if (before === undefined) {
    seen.set(key, [index]);
    return;
  }
  const from = (row: number): number => rows[row].effectiveFromDay ?? -Infinity;
  const to = (row: number): number => rows[row].effectiveToDay ?? Infinity;
  if (before.some((other) => from(other) <= to(index) && from(index) <= to(other))) {
    report(
      'DUPLICATE_COMPONENT',
      'is there twice',
      'Add the two quantities into one row.',
      'component',
      component,
    );
  }
  before.push(index);
}

function reportUnknownSource(source: string, report: Report): void {
  report(
    'UNKNOWN_SOURCE',
    `there is no source ${source}`,
    'Add it to sources, or correct the name.',
    'source',
    source,
  );
}

const RESOURCE_RULES: readonly NumberRule<ResourceFacts>[] = [
  ...amountRules<ResourceFacts>('overtimeMaxHours', (row) => single(row.overtimeMaxHours)),
  ...amountRules<ResourceFacts>('costPerHour', (row) => row.costPerHour),
  ...amountRules<ResourceFacts>('overtimeCostPerHour', (row) => row.overtimeCostPerHour),
];

export function checkResources(context: CheckContext): void {
  const { model, log, resourceOf } = context;
  model.resources.forEach((row, index) => {
    const report = reporter(log, 'resources', index, () => `Resource ${row.resource || index + 1}`);
    checkName('resource', row.resource, resourceOf.get(row.resource) === index, report);
    for (const rule of RESOURCE_RULES) checkNumber(rule, rule.read(row), report);
    const starts = row.bucketStartDays ?? model.bucketStartDays;
    if (!areBucketStarts(starts)) {
      const advice = 'Give the first day of every bucket and the day after the last.';
      report('BAD_BUCKETS', 'bucketStartDays are not whole days that rise', advice, 'bucketStartDays');
      return;
    }
    checkCapacity(row, starts.length - 1, report);
    checkBucketValues('committedHours', row.committedHours, starts.length - 1, report);
    checkBucketValues('overtimeMaxHours', perBucket(row.overtimeMaxHours), starts.length - 1, report);
  });
}

/** As other values per bucket, but Infinity says that there is no limit. */
function checkCapacity({ capacityHours }: ResourceFacts, bucketCount: number, report: Report): void {
  if (capacityHours === undefined) return;
  const finite = Array.from(capacityHours, (hours) => (hours === Infinity ? 0 : hours));
  checkBucketValues('capacityHours', finite, bucketCount, report);
}

const LOAD_RULES: readonly NumberRule<LoadFacts>[] = [
  ...amountRules<LoadFacts>('hoursPerUnit', (row) => row.hoursPerUnit),
  ...amountRules<LoadFacts>('setupHoursPerOrder', (row) => row.setupHoursPerOrder),
  dayRule('offsetDays', (row) => row.offsetDays),
  priorityRule('alternatePriority', (row) => row.alternatePriority),
];

export function checkLoads(context: CheckContext): void {
  const { model, log, sourceOf, resourceOf } = context;
  model.loads.forEach((row, index) => {
    const report = reporter(log, 'loads', index, () => `Load of ${row.source} on ${row.resource}`);
    if (!sourceOf.has(row.source)) reportUnknownSource(row.source, report);
    if (!resourceOf.has(row.resource)) {
      const advice = 'Add it to resources, or correct the name.';
      report('UNKNOWN_RESOURCE', `there is no resource ${row.resource}`, advice, 'resource', row.resource);
    }
    for (const rule of LOAD_RULES) checkNumber(rule, rule.read(row), report);
  });
}
