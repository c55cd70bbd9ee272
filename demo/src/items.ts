/** The finished items and service parts: which there are, where each is at home, and from when to when it lives. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import { GRADES, PRODUCT_LINES, type ProductLine, SPARE_LINES } from './catalogue.ts';
import { apportioned, drawBetween, drawFactor, drawFrom, drawInteger } from './draws.ts';
import { CEDAR_RAPIDS, GREENVILLE, KANSAS_CITY } from './sites.ts';
import type { Scale } from './size.ts';
import type { Timeline } from './timeline.ts';

/** Something customers buy. `line` is null for service parts. */
export type SoldItem = {
  readonly code: string;
  readonly name: string;
  readonly group: string;
  readonly kind: 'finished' | 'spare';
  readonly line: ProductLine | null;
  readonly home: number;
  readonly source: 'make' | 'buy';
  /** Net price the design aims at, US dollars; the price list follows from the cost. */
  readonly aimedPrice: number;
  readonly activeFrom: CalendarDay;
  readonly activeTo: CalendarDay | null;
  readonly successor: string | null;
  /** True where the item takes over another's demand and need not win customers of its own. */
  readonly inherits: boolean;
  readonly growthRatio: number;
};

const GREENVILLE_RECIPES = new Set([
  'robot',
  'gas-handheld',
  'battery-handheld',
  'battery',
  'charger',
  'electric-washer',
]);

function homeOf(line: ProductLine): number {
  if (line.recipe === 'bought') return KANSAS_CITY;
  return GREENVILLE_RECIPES.has(line.recipe) ? GREENVILLE : CEDAR_RAPIDS;
}

type Life = { activeFrom: CalendarDay; activeTo: CalendarDay | null; successor: boolean; inherits: boolean };

export const OVERLAP_DAYS = 45;
const LAUNCH_LEAD_DAYS = 200;
/** Some launches are young: so many days at least, and so many more at most. */
const RECENT_DAYS = [70, 150];

/**
 * The lives of all items of the range, dealt out by place in the list so that every size has each kind:
 * hand-overs to a successor, launches, phase-outs without one, and the same still to come.
 */
function livesOf(lines: readonly ProductLine[], timeline: Timeline, stream: RandomStream): Life[] {
  const { start, asOf } = timeline;
  const lives = lines.map(
    (): Life => ({
      activeFrom: start - drawInteger(stream, 300, 2500),
      activeTo: null,
      successor: false,
      inherits: false,
    }),
  );
  lines.forEach((line, index) => {
    const life = lives[index];
    const followed = lines[index + 1] === line;
    if (life.inherits) return;
    const past = Math.round(drawBetween(stream, start + LAUNCH_LEAD_DAYS, asOf - 90));
    const coming = asOf + drawInteger(stream, 40, 150);
    const handsOver = followed && (index % 12 === 4 || index % 60 === 43);
    if (handsOver) {
      life.activeTo = index % 12 === 4 ? past : coming;
      life.successor = true;
      lives[index + 1].inherits = true;
      lives[index + 1].activeFrom = life.activeTo - OVERLAP_DAYS;
    } else if (index % 50 === 34) life.activeFrom = asOf - RECENT_DAYS[0] - ((asOf - past) % RECENT_DAYS[1]);
    else if (index % 25 === 9) life.activeFrom = past;
    else if (index % 40 === 17) life.activeTo = past;
    else if (index % 60 === 31) life.activeFrom = coming;
  });
  return lives;
}

/** Finished items in the order of the catalogue; the items of a line stand together, small models first. */
export function finishedItems(scale: Scale, timeline: Timeline, seed: number): SoldItem[] {
  const counts = apportioned(
    scale.finishedCount,
    PRODUCT_LINES.map((line) => line.weight),
  );
  const lines = PRODUCT_LINES.flatMap((line, index) => Array.from({ length: counts[index] }, () => line));
  const lives = livesOf(lines, timeline, randomStream(seed, 'item lives'));
  const itemCode = (line: ProductLine, place: number): string => `${line.code}-${1010 + place * 10}`;
  let place = 0;
  return lines.map((line, index) => {
    place = lines[index - 1] === line ? place + 1 : 0;
    const code = itemCode(line, place);
    const stream = randomStream(seed, `item:${code}`);
    const step = place % line.models.length;
    const grade = Math.floor(place / line.models.length) % GRADES.length;
    const generation = Math.floor(place / (line.models.length * GRADES.length)) + 1;
    const reach = line.models.length > 1 ? step / (line.models.length - 1) : 0.5;
    const [low, high] = line.price;
    const life = lives[index];
    return {
      code,
      name: `${line.stem} ${line.models[step]} ${line.noun}${GRADES[grade]}${generation > 1 ? ` Mk ${generation}` : ''}`,
      group: line.code,
      kind: 'finished',
      line,
      home: homeOf(line),
      source: line.recipe === 'bought' ? 'buy' : 'make',
      aimedPrice: low * (high / low) ** reach * (0.92 + 0.05 * grade) * drawFactor(stream, 0.04),
      activeFrom: life.activeFrom,
      activeTo: life.activeTo,
      successor: life.successor ? itemCode(line, place + 1) : null,
      inherits: life.inherits,
      growthRatio: line.growthRatio + 0.03 * stream.normal(),
    };
  });
}

/** Service parts, dealt out over their lines. Each fits a range that is sold above. */
export function spareItems(scale: Scale, timeline: Timeline, seed: number): SoldItem[] {
  return Array.from({ length: scale.spareCount }, (_, index) => {
    const line = SPARE_LINES[index % SPARE_LINES.length];
    const place = Math.floor(index / SPARE_LINES.length);
    const code = `${line.code}-${2003 + place * 7}`;
    const stream = randomStream(seed, `item:${code}`);
    const fits = drawFrom(
      stream,
      PRODUCT_LINES.filter((product) => product.recipe !== 'bought'),
    );
    const [low, high] = line.price;
    const noun = line.nouns[place % line.nouns.length];
    return {
      code,
      name: `${fits.stem} ${fits.models[stream.integer(fits.models.length)]} ${noun}`,
      group: line.code,
      kind: 'spare',
      line: null,
      home: KANSAS_CITY,
      source: 'buy',
      aimedPrice: low * (high / low) ** stream.uniform(),
      activeFrom: timeline.start - drawInteger(stream, 400, 4000),
      activeTo: null,
      successor: null,
      inherits: false,
      growthRatio: 0.01,
    };
  });
}
