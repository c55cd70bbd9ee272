/**
 * The model that learns from all keys at once, for runs that may take their time. It is trained once, travels to the threads
 * as text, and has the share in each forecast that its own trial found.
 */
import {
  blendInto,
  decodePanelModel,
  encodePanelModel,
  hasSay,
  type Panel,
  type PanelModel,
  panelSentence,
  type PanelTraining,
  trainPanelModel,
} from '@planwright/forecast';
import { civilFromDay } from '@planwright/time';
import type { DemandView } from './demand-view.ts';
import type { KeyShape, StatisticalShape } from './key-shape.ts';
import { knownDemand } from './known-demand.ts';
import type { RunBlocks } from './run-blocks.ts';
import type { LearntPanel } from './stage-results.ts';

/** One seed for all runs: the same inputs give the same model. */
const SEED = 1;

/** Half of what the engine learns from by default: a run waits for this. */
const ROW_LIMIT = 200_000;

/** Null where the run asks for less. */
export function learntPanel(
  view: DemandView,
  blocks: RunBlocks,
  support: Pick<PanelTraining, 'helpers' | 'onProgress'>,
): LearntPanel | null {
  const { meta } = view.snapshot;
  if (meta.tier !== 'best') return null;
  support.onProgress?.(0);
  const demandOf = knownDemand(view, blocks);
  const keys = Array.from({ length: meta.keyCount }, (_, key) => key);
  const panel = panelOf(view, keys, (key) => demandOf(key).base);
  const model = trainPanelModel(panel, {
    horizon: meta.horizonBuckets,
    seed: SEED,
    rowLimit: ROW_LIMIT,
    ...support,
  });
  const isUsed = hasSay(model);
  return {
    model: isUsed ? Buffer.from(encodePanelModel(model)).toString('base64') : null,
    reason: model.reason,
  };
}

/** Undefined where no model across keys was found worth using. */
export function decodedPanel(learnt: LearntPanel | null): PanelModel | undefined {
  if (learnt === null || learnt.model === null) return undefined;
  return decodePanelModel(new Uint8Array(Buffer.from(learnt.model, 'base64')));
}

/** The forecast of one key with the model's share in it; as it is where the model has nothing to say of it. */
export function withPanel(
  view: DemandView,
  model: PanelModel,
  key: number,
  history: Float64Array,
  shape: StatisticalShape,
): KeyShape {
  const { horizonBuckets } = view.snapshot.meta;
  const { lower80, upper80, lower95, upper95 } = shape.bands;
  const mean = shape.mean.slice();
  const at80 = { level: 80, lower: lower80.slice(), upper: upper80.slice() };
  const at95 = { level: 95, lower: lower95.slice(), upper: upper95.slice() };
  const panel = panelOf(view, [key], () => history);
  const own = { mean, bands: [at80, at95], methods: [shape.methods()] };
  const judged = blendInto(own, model, panel, horizonBuckets);
  if (judged[0] === 0) return shape;
  return {
    ...shape,
    mean,
    bands: { lower80: at80.lower, upper80: at80.upper, lower95: at95.lower, upper95: at95.upper },
    parts: {
      ...shape.parts,
      level: shape.parts.level.map((level, t) => level + mean[t] - shape.mean[t]),
    },
    method: `${shape.method} + model across keys`,
    explanation: `${shape.explanation} ${panelSentence(model, panel, 0)}`,
  };
}

/** Keys side by side with what they are. */
export function panelOf(
  view: DemandView,
  keys: readonly number[],
  seriesOf: (key: number) => Float64Array,
): Panel {
  const { meta, keys: names } = view.snapshot;
  const values = new Float64Array(keys.length * meta.historyBuckets);
  keys.forEach((key, row) => values.set(seriesOf(key), row * meta.historyBuckets));
  const codes = codesOf(view);
  return {
    keyCount: keys.length,
    bucketCount: meta.historyBuckets,
    values,
    season: view.season,
    firstPosition: firstPositionOf(view),
    attributes: {
      names: ['group', 'location', 'channel'],
      codes: Int32Array.from(
        keys.flatMap((key) => [
          view.groupsOf[key][0],
          codes.location.get(names.location[key]) ?? -1,
          codes.channel.get(names.channel[key]) ?? -1,
        ]),
      ),
    },
  };
}

type Codes = {
  readonly location: ReadonlyMap<string, number>;
  readonly channel: ReadonlyMap<string, number>;
};

const known = new WeakMap<DemandView, Codes>();

/** The same numbers in every chunk. */
function codesOf(view: DemandView): Codes {
  const found = known.get(view);
  if (found !== undefined) return found;
  const { location, channel } = view.snapshot.keys;
  const numbered = (names: readonly string[]): Map<string, number> =>
    new Map([...new Set(names)].sort().map((name, index) => [name, index]));
  const made = { location: numbered(location), channel: numbered(channel) };
  known.set(view, made);
  return made;
}

/** The month or the week that the history begins in, counted from the start of the calendar year. */
export function firstPositionOf({ season, snapshot: { meta } }: DemandView): number {
  const { month, dayOfMonth } = civilFromDay(meta.starts[0]);
  return Math.floor(((month - 1 + (dayOfMonth - 1) / 31) / 12) * season) % season;
}
