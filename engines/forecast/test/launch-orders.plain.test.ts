import { expect, test } from 'vitest';
import { learntAttributeWeights } from '../src/life-cycle/attribute-weights.ts';
import { launchProfile, launchQuantile, updatedLaunch } from '../src/life-cycle/launch-profile.ts';
import { likeItems } from '../src/life-cycle/like-items.ts';
import { byWeek, ONLINE_ORDERS, onlineOrders, sumOf } from './online-orders.ts';
import { hasData, orSkipped } from './reference-data.ts';

const WEEKS = 16;
const RULES = [
  { name: 'kind', kind: 'category' },
  { name: 'price', kind: 'ratio' },
] as const;

type AttributeRules = ReturnType<typeof learntAttributeWeights>;

type Launched = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly history: Float64Array;
};

/** Items first ordered in spring, to learn from, and those first ordered in summer. */
function launchedItems(): { past: Launched[]; fresh: Launched[] } {
  const past: Launched[] = [];
  const fresh: Launched[] = [];
  for (const { code, kind, price, byDay } of onlineOrders()) {
    const weeks = byWeek(byDay);
    const first = weeks.findIndex((pieces) => pieces > 0);
    if (first < 8 || sumOf(weeks) <= 50) continue;
    const item = { name: code, attributes: { kind, price }, history: weeks.slice(first, first + WEEKS) };
    if (first < 20) past.push(item);
    else if (first >= 22 && first <= 36) fresh.push(item);
  }
  return { past, fresh };
}

function launchOf(item: Launched, past: readonly Launched[], attributes: AttributeRules, count: number) {
  const near = likeItems(item.attributes, past, { attributes, count });
  return launchProfile({
    analogues: near.map(({ candidate, weight }) => ({ history: past[candidate].history, weight })),
    horizon: WEEKS,
  });
}

// Without what the like items passed their own bands by, these held 69 and 77 % before launch, and 84 and 91 %.
test.skipIf(!hasData(ONLINE_ORDERS)).each([5, 10])(
  `on real launches, bands from %i like items hold about what they promise${orSkipped(ONLINE_ORDERS)}`,
  (count) => {
    const { past, fresh } = launchedItems();
    const sales = Float64Array.from(past, ({ history }) => sumOf(history) / WEEKS);
    const attributes = learntAttributeWeights(past, sales, RULES);
    for (const weeks of [0, 4]) {
      const inside = [0, 0];
      let cells = 0;
      for (const item of fresh) {
        const before = launchOf(item, past, attributes, count);
        const launch = weeks === 0 ? before : updatedLaunch(before, item.history.subarray(0, weeks));
        const [low95, high95] = [0.025, 0.975].map((probability) => launchQuantile(launch, probability));
        for (let t = weeks; t < WEEKS; t++) {
          const demand = item.history[t];
          if (demand >= launch.lower[t] && demand <= launch.upper[t]) inside[0] += 1;
          if (demand >= low95[t] && demand <= high95[t]) inside[1] += 1;
          cells += 1;
        }
      }
      expect(inside[0] / cells).toBeGreaterThan(0.76);
      expect(inside[0] / cells).toBeLessThan(0.9);
      expect(inside[1] / cells).toBeGreaterThan(0.87);
      expect(inside[1] / cells).toBeLessThan(0.98);
    }
  },
);

// UCI Online Retail: 163 launches to learn from, 235 to forecast. Kind and price say little of what an item of this house
// sells, so nothing is claimed of the forecast before launch. After 2, 4 and 8 weeks it is off by 23, 13 and 5 % less than the
// mean of these weeks (0.886, 0.838 and 0.800 of demand).
test.skipIf(!hasData(ONLINE_ORDERS))(
  `on real launches, like items and the first weeks together beat the first weeks alone${orSkipped(ONLINE_ORDERS)}`,
  () => {
    const { past, fresh } = launchedItems();
    const sales = Float64Array.from(past, ({ history }) => sumOf(history) / WEEKS);
    const attributes = learntAttributeWeights(past, sales, RULES);
    const launches = fresh.map((item) => launchOf(item, past, attributes, 10));
    /** WAPE of weeks 9 to 16. */
    const wape = (forecast: (item: number) => Float64Array): number => {
      let errors = 0;
      let demand = 0;
      fresh.forEach(({ history }, item) => {
        const values = forecast(item);
        for (let t = 8; t < WEEKS; t++) {
          errors += Math.abs(values[t] - history[t]);
          demand += history[t];
        }
      });
      return errors / demand;
    };
    const seen = (item: number, weeks: number): Float64Array => fresh[item].history.subarray(0, weeks);
    const together = [2, 4, 8].map((weeks) =>
      wape((item) => updatedLaunch(launches[item], seen(item, weeks)).mean),
    );
    const alone = [2, 4, 8].map((weeks) =>
      wape((item) => new Float64Array(WEEKS).fill(sumOf(seen(item, weeks)) / weeks)),
    );
    const ofAlone = together.map((error, i) => error / alone[i]);
    expect(ofAlone[0]).toBeLessThan(0.8);
    expect(ofAlone[1]).toBeLessThan(0.9);
    expect(ofAlone[2]).toBeLessThan(0.98);
  },
);
