import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { learntAttributeWeights } from '../src/life-cycle/attribute-weights.ts';
import { launchProfile, type LaunchForecast, updatedLaunch } from '../src/life-cycle/launch-profile.ts';
import { likeItems } from '../src/life-cycle/like-items.ts';

const WEEKS = 26;
const RULES = [
  { name: 'family', kind: 'category' },
  { name: 'colour', kind: 'category' },
  { name: 'price', kind: 'ratio' },
] as const;
const FAMILIES = ['road', 'mountain', 'touring', 'kids'];
const COLOURS = ['red', 'black', 'silver', 'yellow', 'blue'];
const SPEED = [0.15, 0.3, 0.5, 0.9];

type Item = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly history: Float64Array;
};

/** Families ramp up at their own speed to levels that fall with the price; colour decides nothing. */
function launchedItems(count: number, key: string): Item[] {
  const random = randomStream(3, key);
  return Array.from({ length: count }, (_, index) => {
    const family = random.integer(FAMILIES.length);
    const price = 50 * Math.exp(2 * random.uniform());
    const level = (4000 / price) * (1 + family) * Math.exp(0.3 * random.normal());
    return {
      name: `Item ${index}`,
      attributes: { family: FAMILIES[family], colour: COLOURS[random.integer(COLOURS.length)], price },
      history: Float64Array.from({ length: WEEKS }, (__, t) =>
        random.poisson(level * (1 - Math.exp(-SPEED[family] * (t + 1))) * (0.75 + 0.5 * random.uniform())),
      ),
    };
  });
}

const past = launchedItems(80, 'past');
const fresh = launchedItems(80, 'fresh');
const sales = Float64Array.from(past, ({ history }) => history.reduce((sum, y) => sum + y, 0) / WEEKS);
const learnt = learntAttributeWeights(past, sales, RULES);

const launchOf = (item: Item): LaunchForecast =>
  launchProfile({
    analogues: likeItems(item.attributes, past, { attributes: learnt, count: 6 }).map(
      ({ candidate, weight }) => ({ history: past[candidate].history, weight }),
    ),
    horizon: WEEKS,
  });

function wape(forecast: (item: Item) => Float64Array, from = 0): number {
  let errors = 0;
  let demand = 0;
  for (const item of fresh) {
    const values = forecast(item);
    for (let t = from; t < WEEKS; t++) {
      errors += Math.abs(values[t] - item.history[t]);
      demand += item.history[t];
    }
  }
  return errors / demand;
}

describe('on 80 simulated launches with 80 earlier ones to learn from', () => {
  const flatStart = (item: Item): Float64Array => {
    const family = past.filter(({ attributes }) => attributes.family === item.attributes.family);
    const mean = family.reduce((sum, { history }) => sum + history.reduce((total, y) => total + y, 0), 0);
    return new Float64Array(WEEKS).fill(mean / family.length / WEEKS);
  };

  test('the launch profile beats a flat start at the mean of the family by a third', () => {
    expect(wape((item) => launchOf(item).mean)).toBeLessThan(0.67 * wape(flatStart));
  });

  test('the first weeks make the rest better', () => {
    const after = (weeks: number): number =>
      wape((item) => updatedLaunch(launchOf(item), item.history.subarray(0, weeks)).mean, 8);
    expect(after(4)).toBeLessThan(0.85 * after(0));
    expect(after(8)).toBeLessThan(after(4));
  });

  test('the band holds about what it promises', () => {
    let inside = 0;
    for (const item of fresh) {
      const { lower, upper } = launchOf(item);
      item.history.forEach((y, t) => (inside += y >= lower[t] && y <= upper[t] ? 1 : 0));
    }
    expect(inside / fresh.length / WEEKS).toBeGreaterThan(0.72);
    expect(inside / fresh.length / WEEKS).toBeLessThan(0.93);
  });

  test('colour, which decides nothing, weighs least', () => {
    expect(learnt[1].weight).toBeLessThan(Math.min(learnt[0].weight!, learnt[2].weight!));
  });
});
