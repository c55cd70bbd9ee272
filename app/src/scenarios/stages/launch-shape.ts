/** The forecast of a key that has hardly sold yet, from the starts of items like it. */
import {
  type LaunchAnalogue,
  launchProfile,
  launchQuantile,
  likeItems,
  updatedLaunch,
} from '@planwright/forecast';
import type { PlannedLaunch } from '../demand-drivers.ts';
import type { DemandView } from './demand-view.ts';
import type { KeyShape } from './key-shape.ts';

/** Like-items that are looked for where the launch names none. */
const NEAREST = 10;

export type LaunchShapeInput = {
  readonly view: DemandView;
  readonly key: number;
  readonly launch: PlannedLaunch;
  /** The key's demand over the history, cleansed; NaN is not observed. */
  readonly demand: Float64Array;
  /** Factors per place in the season, counted from the first bucket of the history. */
  readonly seasonalFigure: readonly number[] | null;
};

export function launchShape(input: LaunchShapeInput): KeyShape {
  const { view, key, launch, demand, seasonalFigure } = input;
  const { meta } = view.snapshot;
  const start = Math.max(0, view.bucketOfDay(launch.startsOn));
  const end = meta.historyBuckets + meta.horizonBuckets;
  const analogues = analoguesOf(view, key, launch);
  const before = launchProfile({
    analogues: analogues.list,
    horizon: Math.max(1, end - start),
    launchPhase: start % view.season,
    ...(seasonalFigure === null ? {} : { seasonalFigure: Float64Array.from(seasonalFigure) }),
    ...(launch.levelQuantity === null ? {} : { plannedLevel: launch.levelQuantity }),
    unit: view.snapshot.items.unit[view.itemNamed(launch.item)] ?? '',
  });
  const profile = updatedLaunch(before, demand.subarray(Math.min(start, demand.length)));
  // The first bucket is sold in from the first day of sale on.
  const firstDays = meta.starts[start + 1] - meta.starts[start];
  const firstShare =
    start < end ? (meta.starts[start + 1] - Math.max(launch.startsOn, meta.starts[start])) / firstDays : 0;
  const ahead = (values: Float64Array): Float64Array =>
    Float64Array.from({ length: meta.horizonBuckets }, (_, step) => {
      const age = meta.historyBuckets + step - start;
      return age < 0 || age >= values.length ? 0 : values[age] * (age === 0 ? firstShare : 1);
    });
  const mean = ahead(profile.mean);
  const unseasonal = ahead(profile.curve.map((share) => share * profile.level));
  return {
    mean,
    bands: {
      lower80: ahead(launchQuantile(profile, 0.1)),
      upper80: ahead(launchQuantile(profile, 0.9)),
      lower95: ahead(launchQuantile(profile, 0.025)),
      upper95: ahead(launchQuantile(profile, 0.975)),
    },
    parts: {
      level: unseasonal,
      trend: new Float64Array(meta.horizonBuckets),
      season: mean.map((value, t) => value - unseasonal[t]),
    },
    demandClass: 'new',
    method: METHODS[profile.method],
    explanation: [before.explanation, profile === before ? '' : profile.explanation, analogues.sentence]
      .filter((sentence) => sentence !== '')
      .join(' '),
    issues: profile.issues,
  };
}

const METHODS = {
  'like items': 'Launch like similar items',
  Bass: 'Launch along a Bass curve',
  flat: 'Launch at the level of similar items',
  plan: 'Launch as planned',
  none: 'Launch without a basis',
} as const;

/**
 * The streams of the like-items: in the same place and channel where there are such, else in the channel, else all of them.
 * An item that sells in many streams counts as one.
 */
function analoguesOf(
  view: DemandView,
  key: number,
  launch: PlannedLaunch,
): { readonly list: readonly LaunchAnalogue[]; readonly sentence: string } {
  const { keys } = view.snapshot;
  const named = launch.likeItems.filter((code) => code !== launch.item && view.keysOfItem.has(code));
  const found =
    named.length > 0 ? named.map((code) => ({ code, weight: 1 })) : nearestItems(view, launch.item);
  const list = found.flatMap(({ code, weight }) => {
    const all = view.keysOfItem.get(code) ?? [];
    const inChannel = all.filter((other) => keys.channel[other] === keys.channel[key]);
    const here = inChannel.filter((other) => keys.location[other] === keys.location[key]);
    const chosen = here.length > 0 ? here : inChannel.length > 0 ? inChannel : all;
    return chosen.flatMap((other): LaunchAnalogue[] => {
      const history = view.actualOf(other);
      const first = history.findIndex(Number.isFinite);
      if (first < 0) return [];
      return [
        {
          history: history.subarray(first),
          weight: weight / chosen.length,
          launchPhase: first % view.season,
        },
      ];
    });
  });
  const sentence =
    found.length === 0 ? '' : `It is expected to resemble ${found.map(({ code }) => code).join(', ')}.`;
  return { list, sentence };
}

function nearestItems(view: DemandView, item: string): { code: string; weight: number }[] {
  const { items, groups } = view.snapshot;
  const attributesOf = (index: number) => ({
    group: String(groups.groupOfItem[index] ?? 0),
    kind: items.kind[index],
    price: items.listPrice[index] ?? undefined,
  });
  const own = view.itemNamed(item);
  if (own < 0) return [];
  const codes = [...view.keysOfItem.keys()].filter((code) => code !== item && view.itemNamed(code) >= 0);
  const candidates = codes.map((name) => ({ name, attributes: attributesOf(view.itemNamed(name)) }));
  return likeItems(attributesOf(own), candidates, {
    attributes: [
      { name: 'group', kind: 'category', weight: 3 },
      { name: 'kind', kind: 'category' },
      { name: 'price', kind: 'ratio' },
    ],
    count: NEAREST,
  }).map(({ candidate, weight }) => ({ code: codes[candidate], weight }));
}
