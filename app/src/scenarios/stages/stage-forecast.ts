/** Cleansed history, forecast by its parts, bands and back-test of a chunk of demand keys, before groups have their say. */
import { applyUplifts, lifeStage, type PanelModel } from '@planwright/forecast';
import type { Issue } from '@planwright/units';
import { summarisedIssues } from '../issue-summary.ts';
import type { Snapshot } from '../snapshot.ts';
import { type DemandView, demandView } from './demand-view.ts';
import { type EventChanges, sharesOfEvents } from './event-changes.ts';
import { BACKTEST_BUCKETS, judgedKey } from './key-backtest.ts';
import { BANDS, type KeyShape, PARTS, type ShapeOptions, statisticalShape } from './key-shape.ts';
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
  const keys: ForecastKey[] = [];
  const issues: Issue[] = [];
  const { from, to } = keyRange(snapshot.meta, 'forecast', chunk);
  for (let key = from; key < to; key++) {
    const { forecast, found } = forecastKey(view, blocks, { learnt, panel, demandOf }, key);
    keys.push(forecast);
    issues.push(...found.map((issue) => named(issue, snapshot, key)));
  }
  return { keys, issues: summarisedIssues(issues) };
}

type Known = {
  readonly learnt: LearnResult;
  readonly panel: PanelModel | undefined;
  readonly demandOf: DemandOf;
};

function forecastKey(
  view: DemandView,
  blocks: RunBlocks,
  { learnt, panel, demandOf }: Known,
  key: number,
): { readonly forecast: ForecastKey; readonly found: readonly Issue[] } {
  const { meta } = view.snapshot;
  const options: ShapeOptions = { season: view.season, horizon: meta.horizonBuckets, tier: meta.tier };
  const demand = demandOf(key);
  const handed = successionPart(view, demandOf, key, options);
  const history = handed?.history ?? demand.base;
  const start = handed === undefined ? launchedShape(view, learnt, demand, key) : undefined;
  const shape = start ?? handed?.shape ?? ownShape(view, panel, key, history, options);
  const events = writeKey(view, blocks, key, demand, shape);
  const judged = judgedKey({
    learnt: history,
    judged: judgedActual(view, key, handed),
    changes: demand.changes?.ratios,
    season: view.season,
    tier: meta.tier,
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
      explanation: explained(shape, demand),
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

function ownShape(
  view: DemandView,
  panel: PanelModel | undefined,
  key: number,
  history: Float64Array,
  options: ShapeOptions,
): KeyShape {
  const shape = statisticalShape(history, options);
  return panel === undefined ? shape : withPanel(view, panel, key, history, shape);
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
  return sharesOfEvents(view, key, uplift).map(({ event, quantity, ahead }) => ({
    effect: event,
    actualQuantity: quantity,
    planQuantity: ahead,
  }));
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

function explained(shape: KeyShape, { findings, changes }: KnownDemand): string {
  const mended = findings.filter(({ kind }) => MENDED.has(kind)).length;
  const sentences = [
    shape.explanation,
    mended === 0
      ? ''
      : `${mended} bucket${mended === 1 ? '' : 's'} of its history ${mended === 1 ? 'is' : 'are'} cleansed first.`,
    changes === undefined
      ? ''
      : 'Known events are taken out of the history and put back where they are planned.',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
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
