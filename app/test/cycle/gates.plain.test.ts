import { dayFromIso, makeCalendar } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { gateOf, type Review } from '../../src/cycle/gates.ts';
import { type GateCheck, STEP_TEMPLATES, type StepKind, type StepRecord } from '../../src/cycle/model.ts';
import type { PlanFacts } from '../../src/cycle/plan-facts.ts';

const HISTORY = 18;
const HORIZON = 12;

/** History 2024-07 to 2025-12, plan 2026, fiscal year from October: the plan begins three months into FY26. */
const FACTS: PlanFacts = {
  runId: 'run',
  currency: 'EUR',
  createdAt: new Date('2026-01-02T10:00:00Z'),
  newestDataAt: new Date('2026-01-02T10:00:00Z'),
  itemCount: 3,
  itemsWithoutCost: [],
  itemsWithoutPrice: [],
  launchCount: 0,
  launchesFromNothing: [],
  accuracyRatio: 0.7,
  biasRatio: 0.1,
  shortageValue: 49.9,
  horizonCost: 1000,
  resourcePeaks: [{ name: 'Mill', ratio: 1.1 }],
  pastDueCount: 0,
  pastDueValue: 0,
  calendar: makeCalendar(
    { kind: 'month', fiscalYearStartMonth: 10 },
    dayFromIso('2024-07-01'),
    dayFromIso('2026-12-31'),
  ),
  historyBuckets: HISTORY,
  actualRevenue: [
    ...Array.from({ length: HISTORY }, () => 100),
    ...Array.from({ length: HORIZON }, () => Number.NaN),
  ],
  planRevenue: [
    ...Array.from({ length: HISTORY }, () => Number.NaN),
    ...Array.from({ length: HORIZON }, () => 200),
  ],
  budgetRevenue: Array.from({ length: HISTORY + HORIZON }, () => 175),
};

const STEPS: readonly StepRecord[] = STEP_TEMPLATES.map(({ kind, name, question }, index) => ({
  number: index + 1,
  kind,
  name,
  question,
  ownerId: null,
  ownerName: null,
  dueOn: '2026-01-10',
  status: 'waiting',
  signedRunId: null,
  signedByName: null,
  signedAt: null,
  note: null,
  waiveReason: null,
  signedGate: null,
}));

const signed = (step: StepRecord, runId: string): StepRecord => ({
  ...step,
  status: 'signed',
  signedRunId: runId,
});

function gate(kind: StepKind, facts: Partial<PlanFacts> = {}, steps = STEPS): GateCheck[] {
  const review: Review = { runId: 'run', facts: { ...FACTS, ...facts } };
  return gateOf(steps.find((step) => step.kind === kind)!, steps, review);
}

const one = (kind: StepKind, code: string, facts: Partial<PlanFacts> = {}): GateCheck | undefined =>
  gate(kind, facts).find((check) => check.code === code);

describe('the limits of the checks', () => {
  test.each<[StepKind, string, Partial<PlanFacts>]>([
    ['product', 'costs-known', { itemsWithoutCost: ['A'] }],
    ['product', 'prices-known', { itemsWithoutPrice: ['A'] }],
    ['demand', 'data-current', { newestDataAt: new Date('2026-01-02T10:00:00.001Z') }],
    ['demand', 'accuracy-measured', { accuracyRatio: null }],
    ['demand', 'bias-small', { biasRatio: 0.1001 }],
    ['demand', 'bias-small', { biasRatio: -0.1001 }],
    ['demand', 'bias-small', { biasRatio: null }],
    ['supply', 'shortages-small', { shortageValue: 50 }],
    ['supply', 'shortages-small', { horizonCost: null }],
    ['supply', 'load-feasible', { resourcePeaks: [{ name: 'Mill', ratio: 1.101 }] }],
    ['supply', 'load-feasible', { resourcePeaks: [{ name: 'Mill', ratio: Number.POSITIVE_INFINITY }] }],
    ['financial', 'budget-exists', { budgetRevenue: [] }],
    ['financial', 'budget-exists', { budgetRevenue: FACTS.budgetRevenue.map(() => Number.NaN) }],
    ['financial', 'gap-small', { budgetRevenue: FACTS.budgetRevenue.map(() => 166) }],
    ['financial', 'gap-small', { budgetRevenue: FACTS.budgetRevenue.map(() => 185) }],
  ])('%s: %s holds at its limit and fails behind it', (kind, code, behind) => {
    expect(one(kind, code)?.status).toBe('holds');
    expect(one(kind, code, behind)?.status).toBe('fails');
  });

  test.each<[StepKind, string, Partial<PlanFacts>]>([
    ['product', 'launches', { launchCount: 2, launchesFromNothing: ['A', 'B'] }],
    ['supply', 'past-due-orders', { pastDueCount: 3, pastDueValue: 1234.5 }],
  ])('%s: %s is for information', (kind, code, facts) => {
    expect(one(kind, code, facts)?.status).toBe('holds');
    expect(one(kind, code, facts)?.detail).not.toBe(one(kind, code)?.detail);
  });

  test('without data or without shortages there is nothing to fail', () => {
    expect(one('demand', 'data-current', { newestDataAt: null })?.status).toBe('holds');
    expect(one('supply', 'shortages-small', { shortageValue: 0, horizonCost: null })?.status).toBe('holds');
    expect(one('supply', 'load-feasible', { resourcePeaks: [] })?.status).toBe('holds');
  });

  test('the gap is that of the fiscal year in which the plan begins: three months booked, nine planned', () => {
    expect(one('financial', 'gap-small')).toMatchObject({
      label: 'Revenue of FY26 is within ±5 % of the budget',
      detail: 'Outlook EUR 2,100, 0 % (EUR 0) against the budget.',
    });
    expect(gate('financial', { budgetRevenue: [] }).map(({ code }) => code)).toEqual([
      'earlier-signatures',
      'budget-exists',
    ]);
  });

  test('details name what is wrong, five names at most', () => {
    const itemsWithoutCost = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    expect(one('product', 'costs-known', { itemCount: 9, itemsWithoutCost })?.detail).toBe(
      '7 of 9 items with demand have no cost: A, B, C, D, E and 2 more.',
    );
  });
});

describe('the check of earlier signatures', () => {
  const check = (steps: readonly StepRecord[], kind: StepKind = 'executive') =>
    gate(kind, {}, steps).find(({ code }) => code === 'earlier-signatures');

  test('every step but the first has it; it holds where all before are signed for the run', () => {
    expect(check(STEPS, 'product')).toBeUndefined();
    const all = STEPS.map((step) => (step.number === 6 ? step : signed(step, 'run')));
    expect(check(all)?.status).toBe('holds');
    for (let missing = 0; missing < 5; missing++) {
      expect(check(all.with(missing, STEPS[missing]!))?.status).toBe('fails');
      const other = check(all.with(missing, signed(STEPS[missing]!, 'older')));
      expect(other?.status).toBe('fails');
      expect(other?.detail).toContain(`Signed for an earlier run: ${STEPS[missing]!.name}`);
    }
  });

  test('without a published plan there is one check, and it fails', () => {
    for (const step of STEPS) {
      expect(gateOf(step, STEPS, { runId: null, facts: undefined })).toMatchObject([
        { code: 'run-published', status: 'fails' },
      ]);
    }
  });
});
