import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlanningPlanFile, SupplyPlanFile } from '@planwright/contracts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { supplyCommand } from '../src/commands/supply.ts';

const examples = join(import.meta.dirname, '..', '..', '..', 'examples', 'supply');
const works = join(examples, 'bicycle-works.json');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'planwright-supply-'));
  process.exitCode = undefined;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

type Row = Record<string, unknown>;
type Model = Record<string, Row[]> & { bucketStarts?: unknown };
const example = (): Model => JSON.parse(readFileSync(works, 'utf8')) as Model;

function modelFile(change: (model: Model) => void): string {
  const model = example();
  change(model);
  const path = join(folder, 'model.json');
  writeFileSync(path, JSON.stringify(model));
  return path;
}

/** What the command says, and the code it ends with. */
async function supply(...args: string[]) {
  const said: string[] = [];
  const complaints: string[] = [];
  const terminal = {
    out: (line: string) => void said.push(line),
    progress: () => undefined,
    complain: (line: string) => void complaints.push(line),
  };
  await supplyCommand(terminal).exitOverride().parseAsync(args, { from: 'user' });
  return { said, complaints, code: process.exitCode ?? 0 };
}

async function planOf(path: string, ...args: string[]): Promise<PlanningPlanFile> {
  const out = join(folder, 'plan.json');
  const { code, complaints } = await supply(path, '--out', out, ...args);
  expect({ code, complaints }).toEqual({ code: 0, complaints: [] });
  return PlanningPlanFile.parse(JSON.parse(readFileSync(out, 'utf8')));
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

describe('the bicycle works', () => {
  test('unconstrained: everything in time, the work centre overloaded', async () => {
    const plan = await planOf(works);
    expect(plan.mode).toBe('unconstrained');
    expect(plan.summary.onTimeQuantityRatio).toBe(1);
    expect(plan.summary.overloadedBuckets).toBeGreaterThan(0);
    // SO-0990 was delivered, SO-1006 is a quote: neither is planned, and the rest is once each.
    const orders = new Set(
      plan.deliveries.map(({ demand }) => demand).filter((name) => name.startsWith('SO-')),
    );
    expect([...orders].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'SO-1001',
      'SO-1002',
      'SO-1003',
      'SO-1004',
      'SO-1005',
    ]);
  });

  test('constrained: no bucket beyond hours and overtime, lots and lead times kept, lateness explained', async () => {
    const model = example();
    const plan = await planOf(works, '--mode', 'constrained');
    const weld = plan.resources.find(({ resource }) => resource === 'WELD')!;
    weld.loadHours.forEach((hours, t) =>
      expect(hours).toBeLessThanOrEqual(weld.capacityHours[t]! + 10 + 1e-6),
    );
    for (const order of plan.orders) {
      const source = model.sources!.find((row) => row.source === order.source)!;
      const days = (Date.parse(order.dueOn) - Date.parse(order.startOn)) / 86_400_000;
      expect(days).toBeGreaterThanOrEqual(Number(source.leadTimeDays));
      expect(order.quantity).toBeGreaterThanOrEqual(Number(source.lotMinimum ?? 0));
    }
    expect(plan.shortages.length).toBeGreaterThan(0);
    for (const row of plan.shortages) expect(row.reason).toMatch(/: .*; .*\.$/);
    const delivered = total(plan.deliveries.map(({ quantity }) => quantity));
    const short = total(plan.shortages.map(({ shortQuantity }) => shortQuantity));
    const asked = total(plan.stockPoints.flatMap(({ independentDemand }) => independentDemand));
    expect(delivered + short).toBeCloseTo(asked, 3);
  });

  test('optimal: costs no more than the constrained plan, and says how far it is from the bound', async () => {
    const { optimum, summary, stockPoints } = await planOf(works, '--mode', 'optimal');
    expect(optimum!.status).toBe('optimal');
    expect(optimum!.gapRatio).toBeLessThan(1e-4);
    expect(summary.cost).toBeLessThanOrEqual(optimum!.heuristicCost! + 1e-6);
    expect(optimum!.heuristicBound).toBeLessThanOrEqual(optimum!.heuristicCost! + 1e-6);
    expect(optimum!.heuristicBound).toBeLessThanOrEqual(optimum!.bestBound! + 1e-6);
    for (const point of stockPoints) expect(Math.min(...point.projectedOnHand)).toBeGreaterThan(-1e-6);
  });

  test('why: one sentence, or the chain as data', async () => {
    const { said } = await supply(works, '--mode', 'constrained', '--why', 'SO-1003');
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^\d+ of bicycle at shop for order SO-1003 come .*\.$/);
    const asData = await supply(works, '--mode', 'constrained', '--why', 'SO-1003', '--json');
    const { why } = JSON.parse(asData.said[0]!) as { why: { sentence: string; nodes: Row[]; edges: Row[] } };
    expect(why.sentence).toBe(said[0]);
    expect(new Set(why.nodes.map(({ type }) => type))).toContain('order');
    expect(why.edges.length).toBeGreaterThan(0);
  });

  test('an unknown demand is refused by name', async () => {
    const { code, complaints } = await supply(works, '--why', 'SO-9');
    expect(code).toBe(2);
    expect(complaints[0]).toContain('SO-9');
  });

  test('tables as CSV, safe for a spreadsheet', async () => {
    const path = modelFile((model) => {
      model.demands![1]!.demand = '=1+1, "x"';
    });
    const prefix = join(folder, 'p');
    expect((await supply(path, '--mode', 'constrained', '--csv', prefix)).code).toBe(0);
    const orders = readFileSync(`${prefix}.orders.csv`, 'utf8').split('\n');
    expect(orders[0]).toBe(
      'order,kind,source,item,location,from,startOn,dueOn,quantity,receiptQuantity,pastDueDays,serves,reason',
    );
    const deliveries = readFileSync(`${prefix}.deliveries.csv`, 'utf8');
    expect(deliveries).toContain(`"'=1+1, ""x"""`);
    const stock = readFileSync(`${prefix}.stock.csv`, 'utf8').trimEnd().split('\n');
    expect(stock).toHaveLength(1 + 10 * 16);
  });
});

describe('bad rows', () => {
  test('are all named by table, row and column, and refuse the model', async () => {
    const path = modelFile((model) => {
      model.sources![2]!.leadTimeDays = -2;
      model.demands![3]!.item = 'tricycle';
      model.resources![0]!.capacityHours = Array.from({ length: 16 }, (_, t) => (t === 4 ? null : 40));
      model.demands!.push({
        demand: 'SO-X',
        item: 'bicycle',
        location: 'shop',
        dueOn: '2027-02-31',
        quantity: 1,
      });
    });
    const { code, complaints } = await supply(path);
    expect(code).toBe(2);
    const errors = complaints.filter((line) => line.startsWith('error'));
    expect(errors.some((line) => /sources, row 3, column leadTimeDays/.test(line))).toBe(true);
    expect(errors.some((line) => /demands, row 4, column item.*tricycle/.test(line))).toBe(true);
    expect(errors.some((line) => /resources, row 1, column capacityHours\.4/.test(line))).toBe(true);
    expect(errors.some((line) => /demands, row 8, column dueOn/.test(line))).toBe(true);
  });

  test('are left out where asked, with what rests on them, and the rest is planned', async () => {
    const path = modelFile((model) => {
      model.demands!.splice(0, 0, {
        demand: 'SO-X',
        item: 'bicycle',
        location: 'shop',
        dueOn: 'soon',
        quantity: 1,
      });
      model.demands!.push({
        demand: 'SO-Y',
        item: 'tricycle',
        location: 'shop',
        dueOn: '2027-02-01',
        quantity: 1,
      });
    });
    const out = join(folder, 'plan.json');
    const { code, complaints } = await supply(path, '--out', out, '--on-bad-rows', 'skip');
    expect(code).toBe(0);
    expect(complaints.map((line) => /row \d+/.exec(line)?.[0])).toEqual(['row 1', 'row 9']);
    const plan = PlanningPlanFile.parse(JSON.parse(readFileSync(out, 'utf8')));
    expect(plan.summary.onTimeQuantityRatio).toBe(1);
    expect(plan.deliveries.some(({ demand }) => demand === 'SO-1001')).toBe(true);
  });

  test('a file of no known form is refused', async () => {
    const both = modelFile((model) => {
      model.bucketStarts = ['2027-01-04', '2027-01-11'];
    });
    expect((await supply(both)).code).toBe(2);
    expect((await supply(modelFile((model) => void (model.surprise = [])))).code).toBe(2);
  });
});

describe('buckets', () => {
  test.each([
    ['day', '2027-01-04', '2027-01-05', '2027-01-20'],
    ['week', '2027-01-04', '2027-01-11', '2027-04-26'],
    ['month', '2027-01-01', '2027-02-01', '2028-05-01'],
  ])('of one %s each', async (bucket, first, second, last) => {
    const path = modelFile((model) => {
      Object.assign(model, { horizon: { bucket, count: 16 } });
      for (const resource of model.resources!) delete resource.capacityHours;
      model.demands = []; // Sixteen days end before most of them are due.
    });
    const { bucketStarts } = await planOf(path);
    expect([bucketStarts[0], bucketStarts[1], bucketStarts[16]]).toEqual([first, second, last]);
  });
});

describe('a file of version 1', () => {
  const bicycle = join(examples, 'bicycle.json');

  test('keeps its plan of version 1', async () => {
    const out = join(folder, 'plan.json');
    const { said } = await supply(bicycle, '--out', out, '--json');
    expect(JSON.parse(said[0]!)).toMatchObject({ stockPoints: expect.any(Number), shortStockPoints: 0 });
    expect(() => SupplyPlanFile.parse(JSON.parse(readFileSync(out, 'utf8')))).not.toThrow();
  });

  test('can be planned within its lead times by the newer engine', async () => {
    const plan = await planOf(bicycle, '--mode', 'constrained');
    expect(plan.mode).toBe('constrained');
    for (const point of plan.stockPoints) expect(Math.min(...point.projectedOnHand)).toBeGreaterThan(-1e-6);
  });
});
