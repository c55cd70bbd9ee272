/** Builds the whole company, once, in the order in which one thing follows from another. */
import { type Account, accountPools, makeAccounts } from './accounts.ts';
import { fiscalYearAt, type LedgerLine, ledgerLines, type Sales } from './books.ts';
import { type Resource, sizedResources } from './capacity.ts';
import { type DemandKey, demandKeys } from './demand.ts';
import { dayFactors, type DemandEvent, demandEvents, priceCuts } from './events.ts';
import { type FxRate, fxRates } from './fx.ts';
import { finishedItems, type SoldItem, spareItems } from './items.ts';
import { type OperationsLog, runOperations } from './operations.ts';
import { type OrderLines, orderLines } from './order-lines.ts';
import { AVERAGE_DISCOUNT_RATIO, engineering, type Engineering, listPriceOf } from './parts.ts';
import { type Deal, deals, type Lead, leads } from './pipeline.ts';
import { type Quota, quotas } from './quotas.ts';
import { makeReturns, type ReturnLine } from './returns.ts';
import { ordersByTerritory, salesOf } from './sales.ts';
import { makeSalesForce, type SalesForce } from './sales-force.ts';
import { WAREHOUSES } from './sites.ts';
import { type DemoSize, SCALES } from './size.ts';
import { nodeFinder, type PlannedItem, type StockNode, stockNetwork } from './stock-nodes.ts';
import { asBooked } from './stock-outs.ts';
import { makeSuppliers, type Supplier } from './suppliers.ts';
import { makeTimeline, type Timeline } from './timeline.ts';

export type Company = {
  readonly timeline: Timeline;
  readonly seed: number;
  readonly sold: readonly SoldItem[];
  readonly listPrices: readonly number[];
  readonly design: Engineering;
  readonly accounts: readonly Account[];
  readonly force: SalesForce;
  readonly suppliers: readonly Supplier[];
  readonly rates: readonly FxRate[];
  readonly events: readonly DemandEvent[];
  readonly keys: readonly DemandKey[];
  readonly items: readonly PlannedItem[];
  readonly nodes: readonly StockNode[];
  readonly resources: readonly Resource[];
  readonly lines: OrderLines;
  readonly operations: OperationsLog;
  readonly returns: readonly ReturnLine[];
  readonly sales: Sales;
  readonly ledger: readonly LedgerLine[];
  readonly quotas: readonly Quota[];
  readonly deals: readonly Deal[];
  readonly leads: readonly Lead[];
};

export function buildCompany(size: DemoSize, seed: number, asOf: string): Company {
  const scale = SCALES[size];
  const timeline = makeTimeline(asOf);
  const finished = finishedItems(scale, timeline, seed);
  const spares = spareItems(scale, timeline, seed);
  const sold = [...finished, ...spares];
  const design = engineering(sold, scale, seed);
  const listPrices = sold.map((item) => listPriceOf(item, design.costs.get(item.code) ?? 0));
  const netPrices = listPrices.map((price) => price * (1 - AVERAGE_DISCOUNT_RATIO));

  const accounts = makeAccounts(scale, seed);
  const force = makeSalesForce(scale, accounts, timeline, seed);
  const suppliers = makeSuppliers(scale, seed);
  const rates = fxRates(timeline, seed);

  const pools = accountPools(accounts, WAREHOUSES.length);
  const cuts = priceCuts(sold, timeline, seed);
  const events = demandEvents(sold, cuts, timeline, seed);
  const factors = dayFactors(events, timeline);
  const keys = demandKeys(finished, spares, netPrices, pools, scale, seed);
  const market = { items: sold, listPrices, cuts, keys, accounts, pools, factors, timeline, seed };
  const wanted = orderLines(market);
  const view = { keys, factors, cuts, timeline };
  const { items, nodes } = stockNetwork({ sold, design, suppliers, rates, view, scale, seed });
  const resources = sizedResources(items, design.routing, timeline);
  const finder = nodeFinder(sold, nodes);
  const lineNode = wanted.key.map((key) => finder[keys[key].item * WAREHOUSES.length + keys[key].warehouse]);
  const { bill, routing } = design;
  const log = runOperations({
    items,
    nodes,
    lines: wanted,
    lineNode,
    keys,
    accounts,
    bill,
    routing,
    resources,
    suppliers,
    timeline,
    seed,
  });

  const { meant, lines, operations } = asBooked(wanted, log, seed);
  const returns = makeReturns(lines, operations, keys, sold, accounts, timeline, seed);
  const common = {
    timeline,
    seed,
    sold,
    listPrices,
    design,
    accounts,
    force,
    suppliers,
    rates,
    events,
    keys,
  } as const;
  const flow = { ...common, items, nodes, resources, lines, operations, returns };
  const sales = salesOf(flow);
  const pipeline = deals(accounts, force, scale, timeline, seed);
  return {
    ...flow,
    sales,
    ledger: ledgerLines(sales, timeline, seed),
    quotas: quotas(force, ordersByTerritory({ ...flow, lines: meant }), timeline, seed),
    deals: pipeline,
    leads: leads(pipeline, force, scale, timeline, seed),
  };
}

/** How much the goal of the year lies above what can be expected: the gap the company talks about. */
const STRETCH_RATIO = 1.045;
const GOAL_STEP_CENTS = 10_000_000;

/** The revenue goal of the fiscal year of the as-of day: what was sold of it, what can be expected, and a stretch. */
export function revenueGoal(company: Company): { fiscalYear: number; amount: string } {
  const { timeline, sales } = company;
  const { historyMonths, monthStarts } = timeline;
  const fiscalYear = fiscalYearAt(timeline.asOf);
  const monthCount = monthStarts.length - 1;
  let cents = 0;
  for (let month = 0; month < monthCount; month++) {
    if (fiscalYearAt(monthStarts[month]) !== fiscalYear) continue;
    const isPast = monthStarts[month + 1] <= timeline.asOf;
    for (let family = 0; family * monthCount < sales.expectedRevenue.length; family++) {
      const past = family * historyMonths + month;
      cents += isPast
        ? sales.revenue[past] + sales.returns[past]
        : sales.expectedRevenue[family * monthCount + month];
    }
  }
  const step = cents > GOAL_STEP_CENTS * 50 ? GOAL_STEP_CENTS : GOAL_STEP_CENTS / 10;
  const goal = Math.max(1, Math.round((cents * STRETCH_RATIO) / step)) * step;
  return { fiscalYear, amount: `${Math.round(goal / 100)}.00` };
}
