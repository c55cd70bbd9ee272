/** The ledger: actuals that tie to orders, stock and each other to the cent, and the budget of each fiscal year. */
import { randomStream } from '@planwright/numerics';
import { type CalendarDay, civilFromDay } from '@planwright/time';
import { drawBetween } from './draws.ts';
import { priceIndex } from './events.ts';
import { FAMILIES } from './catalogue.ts';
import type { Timeline } from './timeline.ts';

export type LedgerLine = {
  readonly scenario: 'actual' | 'budget';
  readonly department: string;
  readonly account: string;
  readonly itemGroup: string;
  readonly postedOn: CalendarDay;
  readonly accountType: 'revenue' | 'cost of sales' | 'expense' | 'asset' | 'liability' | 'statistical';
  readonly cents: number;
};

/** Sales of the history in cents, `[family * historyMonths + month]`. Families as in FAMILIES. */
export type Sales = {
  readonly revenue: Float64Array;
  readonly returns: Float64Array;
  readonly costOfSales: Float64Array;
  /** Stock at standard cost at each month's end. */
  readonly inventory: Float64Array;
  /** What the company could have expected to sell and its cost, by family and month of the whole timeline. */
  readonly expectedRevenue: Float64Array;
  readonly expectedCost: Float64Array;
};

type Expense = {
  readonly department: string;
  readonly account: string;
  readonly base: number;
  readonly perRevenue: number;
};

// Shares of yearly revenue: what is paid whatever is sold, and what goes with sales.
const EXPENSES: readonly Expense[] = [
  { department: 'Sales', account: '6100 Salaries', base: 0.045, perRevenue: 0 },
  { department: 'Sales', account: '6150 Commissions', base: 0, perRevenue: 0.012 },
  { department: 'Marketing', account: '6200 Advertising and promotions', base: 0.008, perRevenue: 0.02 },
  { department: 'Supply chain', account: '6300 Freight out', base: 0, perRevenue: 0.038 },
  { department: 'Supply chain', account: '6350 Warehousing', base: 0.017, perRevenue: 0.004 },
  { department: 'Engineering', account: '6400 Research and development', base: 0.031, perRevenue: 0 },
  { department: 'Administration', account: '6500 General and administrative', base: 0.036, perRevenue: 0 },
  { department: 'Administration', account: '6600 Depreciation', base: 0.022, perRevenue: 0 },
];
const RECEIVABLE_DAYS = 46;
const PAYABLE_DAYS = 41;
export const FISCAL_START_MONTH = 10;

export function fiscalYearAt(day: CalendarDay): number {
  const { year, month } = civilFromDay(day);
  return month >= FISCAL_START_MONTH ? year + 1 : year;
}

/** All lines of both books. Budget covers every fiscal year that the history touches, and the current one whole. */
export function ledgerLines(sales: Sales, timeline: Timeline, seed: number): LedgerLine[] {
  return [...actualLines(sales, timeline, seed), ...budgetLines(sales, timeline, seed)];
}

function monthEnd(timeline: Timeline, month: number): CalendarDay {
  return (
    Math.min(timeline.monthStarts[month + 1], Math.max(timeline.asOf, timeline.monthStarts[month] + 1)) - 1
  );
}

function actualLines(sales: Sales, timeline: Timeline, seed: number): LedgerLine[] {
  const { historyMonths } = timeline;
  const lines: LedgerLine[] = [];
  const totals = new Float64Array(historyMonths);
  const costs = new Float64Array(historyMonths);
  const post = (month: number, row: Omit<LedgerLine, 'scenario' | 'postedOn'>): void => {
    if (row.cents !== 0) lines.push({ scenario: 'actual', postedOn: monthEnd(timeline, month), ...row });
  };
  for (let month = 0; month < historyMonths; month++) {
    FAMILIES.forEach(([itemGroup], family) => {
      const cell = family * historyMonths + month;
      totals[month] += sales.revenue[cell] + sales.returns[cell];
      costs[month] += sales.costOfSales[cell];
      post(month, {
        department: '',
        account: '4000 Product sales',
        itemGroup,
        accountType: 'revenue',
        cents: sales.revenue[cell],
      });
      post(month, {
        department: '',
        account: '4900 Returns',
        itemGroup,
        accountType: 'revenue',
        cents: sales.returns[cell],
      });
      post(month, {
        department: '',
        account: '5000 Cost of sales',
        itemGroup,
        accountType: 'cost of sales',
        cents: sales.costOfSales[cell],
      });
    });
    const plain = { department: '', itemGroup: '' };
    const back = Math.max(0, month - 1);
    post(month, { ...plain, account: '1300 Inventory', accountType: 'asset', cents: sales.inventory[month] });
    const receivable = Math.round((totals[month] * 30 + totals[back] * (RECEIVABLE_DAYS - 30)) / 30);
    const payable = Math.round((costs[month] * 30 + costs[back] * (PAYABLE_DAYS - 30)) / 30);
    post(month, { ...plain, account: '1200 Accounts receivable', accountType: 'asset', cents: receivable });
    post(month, { ...plain, account: '2000 Accounts payable', accountType: 'liability', cents: payable });
  }
  const yearly = totals.reduce((sum, cents) => sum + cents, 0) / (historyMonths / 12);
  for (const expense of EXPENSES) {
    const stream = randomStream(seed, `expense:${expense.account}`);
    for (let month = 0; month < historyMonths; month++) {
      const base = (expense.base * yearly * priceIndex(timeline, timeline.monthStarts[month])) / 12;
      const cents = Math.round((base + expense.perRevenue * totals[month]) * drawBetween(stream, 0.95, 1.05));
      post(month, {
        department: expense.department,
        account: expense.account,
        itemGroup: '',
        accountType: 'expense',
        cents,
      });
    }
  }
  return lines;
}

/** Each year's budget leans on what could be expected, with the hopes and fears the year was planned with. */
function budgetLines(sales: Sales, timeline: Timeline, seed: number): LedgerLine[] {
  const { monthStarts } = timeline;
  const lastYear = fiscalYearAt(timeline.asOf);
  const monthCount = monthStarts.length - 1;
  const hopeOf = new Map<string, number>();
  const hope = (family: string, year: number): number => {
    const name = `budget:${family}:${year}`;
    const known = hopeOf.get(name) ?? 1.015 + 0.05 * randomStream(seed, name).normal();
    hopeOf.set(name, known);
    return known;
  };
  const lines: LedgerLine[] = [];
  const totals = new Float64Array(monthCount);
  const roundedCents = (cents: number): number => Math.round(cents / 10_000) * 10_000;
  const months = [...Array(monthCount).keys()].filter(
    (month) => fiscalYearAt(monthStarts[month]) <= lastYear,
  );
  for (const month of months) {
    const year = fiscalYearAt(monthStarts[month]);
    const common = { scenario: 'budget', department: '', postedOn: monthStarts[month + 1] - 1 } as const;
    FAMILIES.forEach(([itemGroup], family) => {
      const cell = family * monthCount + month;
      const cents = roundedCents(sales.expectedRevenue[cell] * hope(itemGroup, year));
      const cost = roundedCents(sales.expectedCost[cell] * hope(itemGroup, year) * 0.985);
      totals[month] += cents;
      lines.push({ ...common, account: '4000 Product sales', itemGroup, accountType: 'revenue', cents });
      lines.push({
        ...common,
        account: '5000 Cost of sales',
        itemGroup,
        accountType: 'cost of sales',
        cents: cost,
      });
    });
  }
  const yearly = months.reduce((sum, month) => sum + totals[month], 0) / (months.length / 12);
  for (const { department, account, base, perRevenue } of EXPENSES) {
    for (const month of months) {
      const fixed = (base * yearly * priceIndex(timeline, monthStarts[month])) / 12;
      const cents = roundedCents((fixed + perRevenue * totals[month]) * 0.99);
      const postedOn = monthStarts[month + 1] - 1;
      lines.push({
        scenario: 'budget',
        department,
        account,
        itemGroup: '',
        postedOn,
        accountType: 'expense',
        cents,
      });
    }
  }
  return lines;
}
