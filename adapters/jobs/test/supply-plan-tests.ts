/** The constrained plan of the works as people look at it. */
import {
  getResource,
  getStockPoint,
  getStockPointPlans,
  getSupplyNetwork,
  getSupplyWhy,
  listConstrainedOrders,
  listRoughCut,
  listRoughCutProducts,
  listStockRules,
  listSupplyDemands,
} from '@planwright/app';
import { expect, test } from 'vitest';
import { page, params, type SupplyWorks } from './supply-works.ts';

/** What is served, what holds it up and why, and what the demand asks of the saw. */
export function supplyPlanTests(works: () => SupplyWorks): void {
  test('shows what is served, and that the saw holds the rest up', async () => {
    const { summary } = works();
    const { figures, bottlenecks, shortValueByBucket } = await summary();
    expect(figures.backlogQuantity).toBe(30);
    expect(figures.onTimeQuantity + figures.lateQuantity + figures.shortQuantity).toBeCloseTo(
      figures.demandQuantity,
      6,
    );
    expect(figures.onTimeRatio).toBeLessThan(0.8);
    expect(shortValueByBucket).toHaveLength(18);
    expect([bottlenecks[0].cause, bottlenecks[0].subject]).toEqual(['capacity', 'Saw']);
    expect(bottlenecks[0].resourceId).not.toBeNull();
  });

  test('lists demands by what fails, and pages through all of them', async () => {
    const { deps, ann } = works();
    const all = await listSupplyDemands(deps)(ann, {
      params,
      query: { ...page, limit: 3, only: 'failing' },
      body: undefined,
    });
    expect(all.items).toHaveLength(3);
    expect(all.items[0].value).toBeGreaterThanOrEqual(all.items[1].value);
    expect(all.items[0].reason).toContain('Saw');
    const seen = new Set(all.items.map((row) => row.number));
    for (let cursor = all.nextCursor; cursor !== null; ) {
      const query = { ...page, limit: 3, only: 'failing' as const, cursor };
      const next = await listSupplyDemands(deps)(ann, { params, query, body: undefined });
      for (const row of next.items) seen.add(row.number);
      cursor = next.nextCursor;
    }
    expect(seen.size).toBe(all.total);
    const backlog = await listSupplyDemands(deps)(ann, {
      params,
      query: { ...page, only: 'backlog' },
      body: undefined,
    });
    expect(backlog.items.map((row) => [row.order, row.customer, row.quantity])).toEqual([
      ['LATE/1', 'SHOP', 30],
    ]);
  });

  test('says why, down to the hours that are used up', async () => {
    const { deps, ann } = works();
    const { items } = await listSupplyDemands(deps)(ann, {
      params,
      query: { ...page, limit: 1, only: 'failing' },
      body: undefined,
    });
    const why = await getSupplyWhy(deps)(ann, {
      params,
      query: { of: 'demand', id: items[0].number },
      body: undefined,
    });
    expect(why.sentence).toContain('SAW');
    expect(why.cost).toBeGreaterThan(0);
    const constraint = why.nodes.find((node) => node.type === 'constraint');
    expect([constraint?.cause, constraint?.resourceId]).toEqual(['capacity', expect.any(Number)]);
    expect(why.nodes[0].number).toBe(items[0].number);
    const orders = await listConstrainedOrders(deps)(ann, {
      params,
      query: { ...page, kind: 'make' },
      body: undefined,
    });
    const [first] = orders.items;
    const ofOrder = await getSupplyWhy(deps)(ann, {
      params,
      query: { of: 'order', id: first.number },
      body: undefined,
    });
    expect(ofOrder.nodes.some((node) => node.item === 'FRAME')).toBe(true);
    const ofPoint = await getSupplyWhy(deps)(ann, {
      params,
      query: { of: 'stockPoint', id: first.stockPointId },
      body: undefined,
    });
    expect(ofPoint.nodes.length).toBeGreaterThan(1);
    await expect(
      getSupplyWhy(deps)(ann, { params, query: { of: 'order', id: 999_999 }, body: undefined }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('both plans of a stock point keep their balance', async () => {
    const { deps, ann } = works();
    const orders = await listConstrainedOrders(deps)(ann, {
      params,
      query: { ...page, kind: 'make' },
      body: undefined,
    });
    const { stockPointId } = orders.items[0];
    const both = await getStockPointPlans(deps)(ann, {
      params: { ...params, stockPointId },
      query: {},
      body: undefined,
    });
    const { constrained, unconstrained } = both;
    const value = (values: readonly (number | null)[], t: number) => values[t] ?? 0;
    // Demand that waits is owed: stock less what is owed moves by receipts less demand.
    let owed = 0;
    let stock = 20;
    constrained.grossDemand.forEach((_, t) => {
      const before = stock - owed;
      stock = value(constrained.projectedOnHand, t);
      const after =
        before +
        value(constrained.plannedReceipts, t) +
        value(constrained.scheduledReceipts, t) -
        value(constrained.grossDemand, t);
      owed = stock - after;
      expect(owed).toBeGreaterThanOrEqual(-1e-6);
    });
    expect(constrained.projectedOnHand.every((stockAtEnd) => (stockAtEnd ?? 0) >= 0)).toBe(true);
    expect(unconstrained.shortage.reduce<number>((sum, short) => sum + (short ?? 0), 0)).toBeLessThanOrEqual(
      constrained.shortage.reduce<number>((sum, short) => sum + (short ?? 0), 0) + 1e-6,
    );
  });

  test('the hours of a resource are those of the orders that ask for them, and never more than there are', async () => {
    const { deps, ann, summary } = works();
    const { bottlenecks } = await summary();
    const saw = await getResource(deps)(ann, {
      params: { ...params, resourceId: bottlenecks[0].resourceId ?? 0 },
      query: {},
      body: undefined,
    });
    saw.constrainedHours.forEach((hours, t) => {
      expect(hours ?? 0).toBeLessThanOrEqual((saw.capacityHours[t] ?? 0) + 1e-6);
      const asked = saw.loads.filter((row) => row.bucketIndex === t).reduce((sum, row) => sum + row.hours, 0);
      expect(asked).toBeCloseTo(hours ?? 0, 6);
    });
    expect(saw.unconstrainedHours.some((hours, t) => (hours ?? 0) > (saw.capacityHours[t] ?? 0))).toBe(true);
  });

  test('the network of an item holds its suppliers and what it goes into', async () => {
    const { deps, ann } = works();
    const graph = await getSupplyNetwork(deps)(ann, { params, query: { item: 'FRAME' }, body: undefined });
    expect(graph.nodes.map((node) => node.code).sort()).toEqual(['BIKE', 'FAST', 'FRAME', 'SLOW']);
    expect(graph.edges.map((edge) => edge.kind).sort()).toEqual(['buy', 'buy', 'make']);
  });

  test('rough cut splits the hours of demand by three methods, and names the products behind them', async () => {
    const { deps, ann } = works();
    const cut = await listRoughCut(deps)(ann, { params, query: page, body: undefined });
    expect([cut.productCount, cut.sharesOfHistory, cut.total]).toEqual([1, true, 1]);
    const [saw] = cut.items;
    expect([saw.code, saw.productCount, saw.overallShareRatio]).toEqual(['SAW', 1, 1]);
    const sum = (values: readonly (number | null)[]) =>
      values.reduce<number>((total, value) => total + (value ?? 0), 0);
    // An hour a bike: the hours of each method are the bikes asked for, wherever the method puts them.
    const { figures } = await works().summary();
    expect(sum(saw.billHours)).toBeCloseTo(figures.demandQuantity, 6);
    expect(sum(saw.overallHours)).toBeCloseTo(figures.demandQuantity, 6);
    expect(sum(saw.profileHours) + saw.profilePastDueHours).toBeCloseTo(figures.demandQuantity, 6);
    expect(saw.peakRatio).toBeGreaterThan(1);
    expect(saw.sentence).toContain('By the bill of capacity hours are missing in');
    const { resourceId } = saw;
    const products = await listRoughCutProducts(deps)(ann, {
      params: { ...params, resourceId },
      query: page,
      body: undefined,
    });
    expect(products.items.map((row) => [row.item, row.hoursPerUnit, row.shareRatio])).toEqual([
      ['BIKE', 1, 1],
    ]);
    const first = await listRoughCutProducts(deps)(ann, {
      params: { ...params, resourceId },
      query: { ...page, bucket: 0 },
      body: undefined,
    });
    expect(first.hours).toBeCloseTo(saw.billHours[0] ?? 0, 6);
    await expect(
      listRoughCutProducts(deps)(ann, {
        params: { ...params, resourceId: 999_999 },
        query: page,
        body: undefined,
      }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a stock point tells the rules of all its sources, and the list those of the first', async () => {
    const { deps, ann } = works();
    const query = { ...page, only: 'all' as const, plan: 'constrained' as const, q: 'FRAME' };
    const { items } = await listStockRules(deps)(ann, { params, query, body: undefined });
    expect(items).toHaveLength(1);
    const [frame] = items;
    expect([frame.item, frame.kind, frame.from, frame.sourceCount]).toEqual(['FRAME', 'buy', 'SLOW', 2]);
    const bill = { usedIn: async () => [], components: async () => [] };
    const point = await getStockPoint({ ...deps, bill })(ann, {
      params: { ...params, stockPointId: frame.stockPointId },
      query: {},
      body: undefined,
    });
    expect(point.sources.map((source) => source.from)).toEqual(['SLOW', 'FAST']);
    expect(point.sources[0].leadTimeDays).toBe(frame.leadTimeDays);
    expect(point.sources[0].lotMinimum).toBe(frame.lotMinimum);
  });
}
