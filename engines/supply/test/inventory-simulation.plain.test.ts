/** Policies played out unit by unit on a seeded stream: the formulas must foretell what happens. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import {
  backordersOf,
  fillRatioOf,
  orderUpToPolicy,
  poissonDemand,
  reorderCost,
  reorderPointForFill,
} from '@planwright/supply';
import { expect, test } from 'vitest';

const exponential = (stream: RandomStream, rate: number): number => -Math.log(1 - stream.uniform()) / rate;

/** (R, Q) under single units at a rate and a fixed lead time. Averages over `units` customers. */
function played(rate: number, leadTime: number, point: number, quantity: number, units: number) {
  const stream = randomStream(11, 'customers');
  const arrivals: number[] = [];
  let [clock, level, position] = [0, point + quantity, point + quantity];
  let [served, owedTime, heldTime, orders] = [0, 0, 0, 0];
  const pass = (until: number): void => {
    owedTime += Math.max(0, -level) * (until - clock);
    heldTime += Math.max(0, level) * (until - clock);
    clock = until;
  };
  for (let unit = 0; unit < units; unit++) {
    const next = clock + exponential(stream, rate);
    while (arrivals.length > 0 && arrivals[0]! <= next) {
      pass(arrivals.shift()!);
      level += quantity;
    }
    pass(next);
    if (level > 0) served += 1;
    level -= 1;
    position -= 1;
    if (position > point) continue;
    position += quantity;
    orders += 1;
    arrivals.push(clock + leadTime);
  }
  return {
    fill: served / units,
    owed: owedTime / clock,
    held: heldTime / clock,
    ordersPerTime: orders / clock,
  };
}

test('(R, Q): fill, units owed and cost are those of a long play', () => {
  const [rate, leadTime, quantity] = [4, 2.5, 6];
  const demand = poissonDemand(rate * leadTime);
  for (const promise of [0.8, 0.95]) {
    const point = reorderPointForFill(demand, promise, quantity);
    const play = played(rate, leadTime, point, quantity, 1_200_000);
    expect(Math.abs(play.fill - fillRatioOf(demand, point, quantity))).toBeLessThan(0.004);
    expect(Math.abs(play.owed / backordersOf(demand, point, quantity) - 1)).toBeLessThan(0.06);
    const input = {
      leadTimeDemand: demand,
      demandRate: rate,
      orderCost: 30,
      holdingCost: 2,
      backorderCost: 25,
    };
    const cost = 30 * play.ordersPerTime + 2 * play.held + 25 * play.owed;
    expect(Math.abs(cost / reorderCost(input, point, quantity) - 1)).toBeLessThan(0.02);
  }
});

test('(s, S): cost per bucket is that of a long play with a lead time', () => {
  const costs = { orderCost: 20, holdingCost: 1, backorderCost: 9 };
  const [mean, leadTime] = [5, 2];
  const policy = orderUpToPolicy({
    ...costs,
    bucketDemand: poissonDemand(mean),
    leadTimeDemand: poissonDemand(mean * (leadTime + 1)),
  });
  const stream = randomStream(3, 'buckets');
  const pipeline: number[] = Array.from({ length: leadTime }, () => 0);
  let level = policy.orderUpTo;
  let total = 0;
  const buckets = 200_000;
  for (let t = 0; t < buckets; t++) {
    const position = level + pipeline.reduce((sum, quantity) => sum + quantity, 0);
    const order = position <= policy.reorderPoint ? policy.orderUpTo - position : 0;
    if (order > 0) total += costs.orderCost;
    pipeline.push(order);
    level += pipeline.shift()! - stream.poisson(mean);
    total += level > 0 ? costs.holdingCost * level : -costs.backorderCost * level;
  }
  expect(Math.abs(total / buckets / policy.cost - 1)).toBeLessThan(0.02);
});
