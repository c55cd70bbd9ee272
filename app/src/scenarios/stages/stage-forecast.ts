/** Cleansed history, forecast by its parts, bands and back-test of a chunk of demand keys, before groups have their say. */
import { applyUplifts, lifeStage, type PanelModel } from '@planwright/forecast';
import type { Issue } from '@planwright/units';
import { summarisedIssues } from '../issue-summary.ts';
import type { Snapshot } from '../snapshot.ts';
import { feastShares, type ListedFeast, listedFeasts } from './calendar-listing.ts';
import { type DemandView, demandView } from './demand-view.ts';
import { type EventChanges, sharesOfEvents } from './event-changes.ts';
import { actsByPrice, eventReach } from './event-reach.ts';
import { seasonToLeanOn } from './group-seasons.ts';
import { BACKTEST_BUCKETS, judgedKey } from './key-backtest.ts';
import { BANDS, type KeyShape, PARTS, type ShapeOptions, statisticalShape } from './key-shape.ts';
import { type FittedShape, fittedShape, NO_FIT, OLDEST_FIT } from './kept-fit.ts';
import { type DemandOf, type KnownDemand, knownDemand } from './known-demand.ts';
import { launchShape } from './launch-shape.ts';
import { decodedPanel, withPanel } from './panel-learning.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { keyRange } from './stage-plan.ts';
import type { ForecastKey, ForecastResult, KeyEvent, KeyFinding, LearnResult } from './stage-results.ts';
import { type SuccessionPart, successionPart } from './succession-shape.ts';

export function forecastStage(
  snapshot: Snapshot,
  blocks: RunBlocks,
  learnt: LearnResult,
  chunk: number,
): ForecastResult {
  const view = demandView(snapshot);
  const demandOf = knownDemand(view, blocks);
  const panel = decodedPanel(learnt.panel);
  const feasts = listedFeasts(view, learnt.calendar, new Float64Array(snapshot.meta.keyCount).fill(1));
  const keys: ForecastKey[] = [];
  const issues: Issue[] = [];
  const { from, to } = keyRange(snapshot.meta, 'forecast', chunk);
  for (let key = from; key < to; key++) {
    const { forecast, found } = forecastKey(view, blocks, { learnt, panel, demandOf, feasts }, key);
    keys.push(forecast);
    issues.push(...found.map((issue) => named(issue, snapshot, key)));
  }
  return { keys, issues: summarisedIssues(issues) };
}

type Known = {
  readonly learnt: LearnResult;
  readonly panel: PanelModel | undefined;
  readonly demandOf: DemandOf;
  readonly feasts: readonly ListedFeast[];
};

function forecastKey(
  view: DemandView,
  blocks: RunBlocks,
  { learnt, panel, demandOf, feasts }: Known,
  key: number,
): { readonly forecast: ForecastKey; readonly found: readonly Issue[] } {
  const { meta } = view.snapshot;
  const options: ShapeOptions = {
    season: view.season,
    horizon: meta.horizonBuckets,
    tier: meta.tier,
    borrowedSeason: seasonToLeanOn(view, learnt.youngSeasons, key),
  };
  const demand = demandOf(key);
  const handed = successionPart(view, demandOf, key, options);
  const history = handed?.history ?? demand.base;
  const start = handed === undefined ? launchedShape(view, learnt, demand, key) : undefined;
  const { shape, fit, reason } = chosenShape(view, panel, key, options, {
    history,
    given: start ?? handed?.shape,
    isHanded: handed !== undefined,
  });
  const events = writeKey(view, blocks, feasts, key, demand, shape);
  const judged = judgedKey({
    learnt: history,
    judged: judgedActual(view, key, handed),
    changes: demand.changes?.ratios,
    priceChanges: demand.changes?.price,
    isSteady: view.snapshot.previousBase.length > 0,
    season: view.season,
    tier: meta.tier,
    borrowedSeason: options.borrowedSeason,
    refitEvery: view.snapshot.fits === null ? 1 : OLDEST_FIT,
  });
  const lag1 = rowIn(blocks, meta, 'lag1', key).fill(Number.NaN);
  judged.backtest.forEach((value, index) => {
    const bucket = meta.historyBuckets - BACKTEST_BUCKETS + index;
    if (value !== null && bucket >= 0) lag1[bucket] = value;
  });
  const stage = lifeStage(history, view.season);
  return {
    forecast: {
      demandClass: shape.demandClass,
      method: shape.method,
      explanation: explained(shape, demand, [plannedPriceSentence(view, key), reason]),
      fit,
      ...judged,
      errorVariance: Number.isFinite(judged.errorVariance) ? judged.errorVariance : varianceOfBand(shape),
      lifeStage: start === undefined ? stage.stage : 'launch',
      isLaunch: start !== undefined,
      findings: [...demand.findings, ...lifeFindings(view, key, start ?? shape, start !== undefined, stage)],
      events,
    },
    found: shape.issues,
  };
}

type Start = {
  /** What the forecast learns from. */
  readonly history: Float64Array;
  /** The forecast of a launch, or of demand that moves; undefined where the history gives it. */
  readonly given: KeyShape | undefined;
  /** Whether other items' demand is in the history: then it has no method that a later run could go on by. */
  readonly isHanded: boolean;
};

function chosenShape(
  view: DemandView,
  panel: PanelModel | undefined,
  key: number,
  options: ShapeOptions,
  { history, given, isHanded }: Start,
): Omit<FittedShape, 'shape'> & { readonly shape: KeyShape } {
  const without = {
    fit: NO_FIT,
    reason: view.snapshot.fits === null ? '' : 'Its launch or succession is reckoned anew in every run.',
  };
  if (given !== undefined) return { shape: given, ...without };
  const own = isHanded
    ? { shape: statisticalShape(history, options), ...without }
    : fittedShape(view, key, history, options);
  return panel === undefined ? own : { ...own, shape: withPanel(view, panel, key, history, own.shape) };
}

/** A key with a launch and less than a season of its own demand starts like the items it resembles. */
function launchedShape(
  view: DemandView,
  learnt: LearnResult,
  demand: KnownDemand,
  key: number,
): KeyShape | undefined {
  const launch = view.launchOf(key);
  if (launch === undefined) return undefined;
  if (demand.base.filter(Number.isFinite).length >= view.season) return undefined;
  const group = view.groupsOf[key].find((above) => learnt.seasons[above] !== null);
  return launchShape({
    view,
    key,
    launch,
    demand: demand.base,
    seasonalFigure: group === undefined ? null : learnt.seasons[group],
  });
}

/** What the back-test is held against: the key's own orders, once they are all of its demand. */
function judgedActual(view: DemandView, key: number, handed: SuccessionPart | undefined): Float64Array {
  const actual = view.actualOf(key);
  if (handed === undefined || handed.judgedFrom === 0) return actual;
  return actual.map((value, t) => (t < handed.judgedFrom ? Number.NaN : value));
}

/** Writes the rows of a key and says what each event has and will have in them. */
function writeKey(
  view: DemandView,
  blocks: RunBlocks,
  feasts: readonly ListedFeast[],
  key: number,
  demand: KnownDemand,
  shape: KeyShape,
): KeyEvent[] {
  const { meta } = view.snapshot;
  const { cleansed, reasons, base, changes } = demand;
  rowIn(blocks, meta, 'cleansed', key).set(cleansed);
  rowIn(blocks, meta, 'reason', key).set(reasons);
  for (const part of PARTS) rowIn(blocks, meta, part, key).set(shape.parts[part]);
  const uplift = rowIn(blocks, meta, 'uplift', key);
  uplift.set(cleansed.map((quantity, t) => quantity - base[t]));
  const lifted = withEvents(shape, changes, meta.historyBuckets);
  uplift.set(
    lifted.mean.map((quantity, step) => quantity - shape.mean[step]),
    meta.historyBuckets,
  );
  const own = {
    lower80: 'ownLower80',
    upper80: 'ownUpper80',
    lower95: 'ownLower95',
    upper95: 'ownUpper95',
  } as const;
  for (const band of BANDS) rowIn(blocks, meta, own[band], key).set(lifted.bands[band]);
  if (changes === undefined) return [];
  return sharedOut(view, blocks, feasts, key, Float64Array.of(...base, ...shape.mean), changes);
}

/** Parts what was changed of a key among the calendar, prices and events, in that order, and the events among themselves. */
function sharedOut(
  view: DemandView,
  blocks: RunBlocks,
  feasts: readonly ListedFeast[],
  key: number,
  unmoved: Float64Array,
  changes: EventChanges,
): KeyEvent[] {
  const { meta } = view.snapshot;
  const calendar = rowIn(blocks, meta, 'calendar', key);
  const price = rowIn(blocks, meta, 'price', key);
  calendar.set(unmoved.map((quantity, t) => quantity * changes.calendar[t]));
  price.set(unmoved.map((quantity, t) => quantity * (1 + changes.calendar[t]) * changes.price[t]));
  const uplift = rowIn(blocks, meta, 'uplift', key);
  const ofEvents = uplift.map((quantity, t) => quantity - calendar[t] - price[t]);
  const eventCount = eventReach(view).events.length;
  return [
    ...sharesOfEvents(view, key, ofEvents).map(({ event, ...share }) => ({ effect: event, ...share })),
    ...feastShares(feasts, view.countryOf[key], calendar, meta.historyBuckets).map(({ feast, ...share }) => ({
      effect: eventCount + feast,
      ...share,
    })),
  ].map(({ effect, quantity, ahead }) => ({ effect, actualQuantity: quantity, planQuantity: ahead }));
}

/** The forecast with the events of the horizon, its bands as much wider as nobody knows what they will do. */
function withEvents(
  { mean, bands }: KeyShape,
  changes: EventChanges | undefined,
  historyBuckets: number,
): Pick<KeyShape, 'mean' | 'bands'> {
  if (changes === undefined) return { mean, bands };
  const path = {
    factor: changes.ratios.subarray(historyBuckets).map((ratio) => 1 + ratio),
    logDeviation: changes.deviation,
  };
  const intervals = [
    { level: 80, lower: bands.lower80, upper: bands.upper80 },
    { level: 95, lower: bands.lower95, upper: bands.upper95 },
  ];
  const floor = bands.lower95.every((limit) => limit >= 0) ? 0 : -Infinity;
  const lifted = applyUplifts({ mean, intervals }, path, floor);
  const [at80, at95] = lifted.intervals;
  return {
    mean: lifted.mean,
    bands: { lower80: at80.lower, upper80: at80.upper, lower95: at95.lower, upper95: at95.upper },
  };
}

const Z_OF_80 = 1.2815515655446004;

/** Variance that a normal error with the first bucket's 80 % band would have. */
function varianceOfBand({ bands }: KeyShape): number {
  const width = (bands.upper80[0] ?? 0) - (bands.lower80[0] ?? 0);
  return (width / (2 * Z_OF_80)) ** 2;
}

function explained(shape: KeyShape, { findings, changes }: KnownDemand, more: readonly string[]): string {
  const mended = findings.filter(({ kind }) => MENDED.has(kind)).length;
  const sentences = [
    shape.explanation,
    mended === 0
      ? ''
      : `${mended} bucket${mended === 1 ? '' : 's'} of its history ${mended === 1 ? 'is' : 'are'} cleansed first.`,
    ...(changes === undefined ? [] : sentencesOf(changes)),
    ...more,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function plannedPriceSentence(view: DemandView, key: number): string {
  const { events, eventsOf } = eventReach(view);
  return eventsOf[key].some((index) => actsByPrice(view, events[index].row))
    ? 'The price of a planned event counts with what prices do to its demand.'
    : '';
}

function sentencesOf({ isReached, calendar, price }: EventChanges): string[] {
  const now = price[price.length - 1] ?? 0;
  return [
    isReached ? 'Known events are taken out of the history and put back where they are planned.' : '',
    calendar.some((change) => change !== 0)
      ? 'Working days and feasts of its country are reckoned with, in history and plan.'
      : '',
    price.some((change) => change !== 0)
      ? `Its price has moved; at the last one it sells about ${Math.round(100 * Math.abs(now))} % ${now < 0 ? 'less' : 'more'} than at its usual one.`
      : '',
  ];
}

const MENDED: ReadonlySet<KeyFinding['kind']> = new Set(['outlier', 'stock-out', 'missing', 'return']);

/** What the life of a key says: it has just begun, or has ended though nobody said so. */
function lifeFindings(
  view: DemandView,
  key: number,
  shape: KeyShape,
  isLaunch: boolean,
  stage: ReturnType<typeof lifeStage>,
): KeyFinding[] {
  const planned = shape.mean.reduce((sum, quantity) => sum + quantity, 0);
  const about = { bucket: null, quantityBefore: null, quantityAfter: null, quantity: planned };
  if (isLaunch || stage.stage === 'launch')
    return [{ ...about, kind: 'new-item', detail: isLaunch ? shape.explanation : stage.sentence }];
  const { items, keys } = view.snapshot;
  const item = view.itemNamed(keys.item[key]);
  if (stage.stage !== 'ended' || !(planned > 0) || (item >= 0 && items.activeTo[item] !== null)) return [];
  return [
    {
      ...about,
      kind: 'phase-out',
      bucket: stage.lastBucket,
      detail: `${stage.sentence} The item has no last day of sale.`,
    },
  ];
}

/** A finding about one series is a note about the plan: it never stops the others. */
function named(issue: Issue, { keys }: Snapshot, key: number): Issue {
  const name = [keys.item[key], keys.location[key], keys.channel[key]].join(' · ');
  return { ...issue, severity: 'warning', message: `${name}: ${issue.message}`, value: keys.item[key] };
}
