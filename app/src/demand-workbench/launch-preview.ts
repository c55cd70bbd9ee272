/** What a launch would look like: the items it resembles, and the curve they give. Whole items, all their streams added up. */
import type { LaunchBody, LaunchPreview, LikeItem } from '@planwright/contracts';
import {
  type AttributeRule,
  likeItems,
  launchProfile,
  learntAttributeWeights,
  updatedLaunch,
} from '@planwright/forecast';
import {
  bucketAt,
  bucketLabel,
  bucketsPerYear,
  dayFromIso,
  extendCalendar,
  isoFromDay,
} from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { SellingItem } from '../plan-view/workbench-reader.ts';
import { spoken } from '../plan-view/spoken.ts';
import type { Service } from '../services.ts';

/** What the preview needs to know of an item that may not sell yet. */
export type ItemFacts = Pick<SellingItem, 'item' | 'name' | 'group' | 'kind' | 'price' | 'unit'>;

type Deps = {
  readonly plan: PlanReader;
  readonly itemFacts: (companyId: number, item: string) => Promise<ItemFacts | undefined>;
};

const RULES: readonly AttributeRule[] = [
  { name: 'item group', kind: 'category' },
  { name: 'kind', kind: 'category' },
  { name: 'unit', kind: 'category' },
  { name: 'list price', kind: 'ratio' },
];
const LIKE_ITEMS = 10;
/** Fewer items with a visible start than this, and those that sold before history began are taken too. */
const FEWEST_STARTS = 3;
/** How far behind the horizon a launch may begin. */
const YEARS_AHEAD = 3;

/** Items that resemble an item, the nearest first. */
export function suggestLikeItems(deps: Deps): Service<'suggestLikeItems'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, {});
    const facts = await requireItem(deps, member.companyId, query.item);
    const found = nearest(facts, await deps.plan.sellingItems(run), query.limit);
    return { items: await shown(deps.plan, run, found) };
  };
}

/** The curve a launch would get. Saves nothing. */
export function previewLaunch(deps: Deps): Service<'previewLaunch'> {
  return async (member, { body }): Promise<LaunchPreview> => {
    const run = await runInView(deps.plan, member, {});
    const facts = await requireItem(deps, member.companyId, body.item);
    const selling = await deps.plan.sellingItems(run);
    const found =
      body.likeItems.length === 0
        ? nearest(facts, selling, LIKE_ITEMS)
        : named(facts, selling, body.likeItems);
    const items = await shown(deps.plan, run, found);
    return preview(deps.plan, run, facts, body, found, items);
  };
}

async function requireItem(deps: Deps, companyId: number, item: string): Promise<ItemFacts> {
  const facts = await deps.itemFacts(companyId, item);
  if (facts === undefined) throw new PlanningError('NOT_FOUND', { what: 'item', id: item });
  return facts;
}

type Found = {
  readonly like: SellingItem;
  readonly distance: number;
  readonly weight: number;
  readonly sentence: string;
};

function nearest(facts: ItemFacts, selling: readonly SellingItem[], count: number): Found[] {
  const others = selling.filter(({ item }) => item !== facts.item);
  const started = others.filter(({ firstBucket }) => firstBucket > 0);
  return ranked(facts, started.length >= FEWEST_STARTS ? started : others, count);
}

function named(facts: ItemFacts, selling: readonly SellingItem[], codes: readonly string[]): Found[] {
  const unknown = codes.filter((code) => !selling.some(({ item }) => item === code));
  if (unknown.length > 0)
    throw new PlanningError('INVALID_INPUT', {
      problem: `likeItems: ${unknown.join(', ')} sold nothing in the last year, so there is nothing to learn from.`,
    });
  const chosen = selling.filter(({ item }) => codes.includes(item));
  // How alike two items are is told against all others, as in the list of suggestions; how much each counts, as the run
  // reckons it, among those that were named.
  const apart = new Map(
    ranked(facts, selling, selling.length).map(({ like, distance }) => [like.item, distance]),
  );
  return ranked(facts, chosen, chosen.length).map((found) => ({
    ...found,
    distance: apart.get(found.like.item) ?? found.distance,
  }));
}

function ranked(facts: ItemFacts, selling: readonly SellingItem[], count: number): Found[] {
  if (selling.length === 0) return [];
  const candidates = selling.map((item) => ({ name: item.name, attributes: attributesOf(item) }));
  const sales = Float64Array.from(selling, ({ actualQuantity }) => actualQuantity);
  const attributes = learntAttributeWeights(candidates, sales, RULES);
  return likeItems(attributesOf(facts), candidates, { attributes, count }).map(
    ({ candidate, distance, weight, sentence }) => ({ like: selling[candidate], distance, weight, sentence }),
  );
}

const attributesOf = ({ group, kind, unit, price }: ItemFacts) => ({
  'item group': group,
  kind,
  unit,
  'list price': price ?? undefined,
});

async function shown(plan: PlanReader, run: RunHead, found: readonly Found[]): Promise<LikeItem[]> {
  if (found.length === 0) return [];
  const histories = await plan.itemHistories(
    run,
    found.map(({ like }) => like.item),
  );
  return found.map(({ like, distance, sentence }) => {
    const history = (histories.get(like.item) ?? []).slice(like.firstBucket);
    return {
      item: like.item,
      itemName: like.name,
      distance,
      sentence,
      startedOn: isoFromDay(run.calendar.starts[like.firstBucket]),
      bucketCount: history.length,
      curve: wireValues(history),
    };
  });
}

async function preview(
  plan: PlanReader,
  run: RunHead,
  facts: ItemFacts,
  body: LaunchBody,
  found: readonly Found[],
  items: readonly LikeItem[],
): Promise<LaunchPreview> {
  const season = bucketsPerYear(run.calendar.spec);
  const calendar = extendCalendar(run.calendar, YEARS_AHEAD * season);
  const first = bucketAt(calendar.starts, dayFromIso(body.startsOn));
  if (first < 0 || first + season > calendar.bucketCount) {
    const latest = isoFromDay(calendar.starts[calendar.bucketCount - season]);
    throw new PlanningError('INVALID_INPUT', {
      problem: `startsOn ${body.startsOn} is not between ${isoFromDay(calendar.starts[0])}, where the history begins, and ${latest}.`,
    });
  }
  const horizon = season;
  const launch = launchProfile({
    analogues: found.map(({ like, weight }, index) => ({
      history: Float64Array.from(items[index].curve, (value) => value ?? Number.NaN),
      weight,
      launchPhase: like.firstBucket % season,
    })),
    horizon,
    launchPhase: first % season,
    ...(body.levelQuantity === null ? {} : { plannedLevel: body.levelQuantity }),
    priceRatio: priceRatio(facts, found),
    unit: facts.unit,
  });
  const own = (await plan.itemHistories(run, [facts.item])).get(facts.item) ?? [];
  const sold = own.slice(Math.min(first, run.historyBuckets), run.historyBuckets);
  const updated = updatedLaunch(launch, Float64Array.from(sold));
  return {
    unit: facts.unit,
    buckets: Array.from({ length: horizon }, (_, index) => ({
      label: bucketLabel(calendar, first + index),
      startsOn: isoFromDay(calendar.starts[first + index]),
    })),
    mean: [...updated.mean],
    lower80: [...updated.lower],
    upper80: [...updated.upper],
    actual: wireValues(sold.slice(0, horizon)),
    likeItems: [...items],
    sentences:
      updated.explanation === launch.explanation
        ? [spoken(launch.explanation)]
        : [spoken(launch.explanation), spoken(updated.explanation)],
  };
}

/** The item's price over the weighted mean price of those like it; 1 where a price is missing. */
function priceRatio(facts: ItemFacts, found: readonly Found[]): number {
  let sum = 0;
  let weights = 0;
  for (const { like, weight } of found) {
    if (like.price === null || like.price <= 0) continue;
    sum += weight * like.price;
    weights += weight;
  }
  return facts.price === null || facts.price <= 0 || weights === 0 ? 1 : facts.price / (sum / weights);
}
