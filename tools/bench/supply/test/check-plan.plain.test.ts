import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileFiniteNetwork, type FinitePlan, planFinite } from '@planwright/supply';
import { sharedData, skipReason } from '@planwright/testkit';
import { describe, expect, test } from 'vitest';
import { type BenchModel, readBenchModel } from '../planning-bench.ts';
import { planScore } from '../check-plan.ts';
import { writePlan } from '../write-plan.ts';

const script = sharedData('planning_models', 'score.py');

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** What the independent checker prints for a plan, from the files. */
function scoreOfScript(path: string, bench: BenchModel, plan: FinitePlan): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'plan-score-'));
  try {
    writePlan(join(folder, 'plan'), bench.model, plan);
    return JSON.parse(
      execFileSync('python3', [script ?? '', path, join(folder, 'plan'), 'bucket']).toString(),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every number of the first is in the second, to nine digits. */
function expectSameNumbers(ours: unknown, theirs: unknown, name: string): void {
  if (typeof ours === 'number') {
    const digits = Math.abs(ours - (theirs as number)) / Math.max(1, Math.abs(ours));
    if (!(digits < 1e-9))
      throw new Error(`${name} is ${ours}, the independent checker says ${String(theirs)}.`);
    return;
  }
  for (const [key, value] of Object.entries(ours as object)) {
    expectSameNumbers(value, (theirs as Record<string, unknown>)[key], `${name}.${key}`);
  }
}

/** Day of the last delivery of each demand after its due day, 0 for none; and quantity on time, of priority 1. */
function firstPriority(
  { model }: BenchModel,
  { deliveries }: FinitePlan,
): { onTime: number; delayDays: number } {
  const last = new Map<number, number>();
  let onTime = 0;
  for (let row = 0; row < deliveries.count; row++) {
    const { priority, dueDay } = model.demands[deliveries.demand[row]];
    if (priority !== 1) continue;
    const delay = deliveries.day[row] - dueDay;
    if (delay <= 0) onTime += deliveries.quantity[row];
    else last.set(deliveries.demand[row], Math.max(delay, last.get(deliveries.demand[row]) ?? 0));
  }
  return { onTime, delayDays: [...last.values()].reduce((sum, days) => sum + days, 0) };
}

for (const [name, least] of [
  ['n100-local', { onTime: 1642, ratio: 0.904, delay: 1.95, stock: 1.34e6 }],
  ['n100-global', { onTime: 1661, ratio: 0.908, delay: 2.16, stock: 1.42e6 }],
] as const) {
  const path = sharedData('planning_models', `${name}-s1.json.gz`);
  const suite = path === undefined || script === undefined ? describe.skip : describe;
  const title = path === undefined ? `${name} ${skipReason('planning_models')}` : name;
  suite(title, () => {
    const bench = readBenchModel(path ?? '');
    const network = compileFiniteNetwork(bench.model);
    const plan = planFinite(network, { buildAheadMaxDays: 45 });
    const rule = planFinite(network, { sequence: 'strict' });

    test.skipIf(!hasPython())(
      'our checker says what the independent one says, of good plans and of broken ones',
      () => {
        expectSameNumbers(planScore(bench, plan), scoreOfScript(path ?? '', bench, plan), name);
        expectSameNumbers(planScore(bench, rule), scoreOfScript(path ?? '', bench, rule), name);
        const { orders } = plan;
        const broken = {
          ...plan,
          orders: {
            ...orders,
            startDay: orders.startDay.map((day, row) =>
              row % 7 === 0 ? day - 30 : row % 7 === 1 ? day + 1 : day,
            ),
            quantity: orders.quantity.map((quantity, row) => (row % 5 === 0 ? quantity * 3.4 : quantity)),
          },
        };
        const score = planScore(bench, broken);
        for (const count of Object.values(score.violations)) expect(count).toBeGreaterThan(0);
        expectSameNumbers(score, scoreOfScript(path ?? '', bench, broken), name);
      },
    );

    test('the plan breaks nothing and is better than the published incumbent on every column', () => {
      const score = planScore(bench, plan);
      expect(Object.values(score.violations)).toEqual([0, 0, 0, 0, 0]);
      expect(score.unmet).toBe(0);
      expect(score.on_time).toBeGreaterThan(least.onTime);
      expect(score.quantity.on_time / score.quantity.total).toBeGreaterThan(Math.max(0.92, least.ratio));
      expect(score.delay_days_per_demand).toBeLessThan(least.delay);
      expect(score.avg_inventory_value).toBeLessThan(least.stock);
    });

    test('priority 1 fares no worse than if each demand were served to its end in order', () => {
      const ours = firstPriority(bench, plan);
      const theirs = firstPriority(bench, rule);
      expect(ours.onTime).toBeGreaterThanOrEqual(theirs.onTime);
      expect(ours.delayDays).toBeLessThanOrEqual(theirs.delayDays);
    });
  });
}
