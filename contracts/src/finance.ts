import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Horizon, RunQuery, Values } from './plan-view.ts';

export const FinanceLine = z.object({
  measure: z.enum(['revenue', 'cost', 'margin', 'inventory']),
  label: z.string(),
  /** Currency of the company. Actual in history, plan ahead; budget and last year throughout, null where unknown. */
  actual: Values,
  plan: Values,
  budget: Values,
  lastYear: Values,
});

export const FiscalYearRow = z.object({
  fiscalYear: z.number(),
  label: z.string(),
  measure: z.enum(['revenue', 'cost', 'margin']),
  /** Actual so far plus plan for the rest. `complete` is false where the horizon ends before the year does. */
  outlook: z.number().nullable(),
  actualToDate: z.number().nullable(),
  budget: z.number().nullable(),
  lastYear: z.number().nullable(),
  gapToBudget: z.number().nullable(),
  complete: z.boolean(),
});

export const FinanceGroupRow = z.object({
  group: z.string(),
  name: z.string(),
  planRevenue: z.number(),
  planCost: z.number(),
  planMargin: z.number(),
  lastYearRevenue: z.number(),
  budgetRevenue: z.number().nullable(),
});

export const financeEndpoints = {
  getFinance: endpoint({
    method: 'GET',
    path: '/companies/:company/finance',
    summary: 'Plan, budget and last year by period, and the gap',
    access: 'finance.read',
    query: RunQuery.extend({ group: z.string().max(100).optional() }),
    response: z.object({
      currency: z.string(),
      horizon: Horizon,
      lines: z.array(FinanceLine),
      fiscalYears: z.array(FiscalYearRow),
      groups: z.array(FinanceGroupRow),
      /** How prices and costs were found, and what was missing. */
      notes: z.array(z.string()),
    }),
  }),
};
