import { randomStream } from '@planwright/numerics';
import {
  ageReplacement,
  failureHistory,
  failureTrend,
  type MachineStop,
  plannedStopHours,
  ratedCapacityHours,
  renewalCostPerHour,
  stopProposal,
  type StopProposalInput,
  weibullFit,
  weibullMeanUntil,
  weibullSurvival,
} from '@planwright/supply';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

describe('weibullFit', () => {
  test('finds the life that made a large sample, and its interval holds it', () => {
    const stream = randomStream(7, 'weibull');
    const spells = Float64Array.from(
      { length: 4000 },
      () => 500 * (-Math.log(1 - stream.uniform())) ** (1 / 1.8),
    );
    // What ran 600 hours was stopped.
    const fit = weibullFit(
      spells.map((hours) => Math.min(hours, 600)),
      spells.map((hours) => (hours < 600 ? 1 : 0)),
    )!;
    expect(Math.abs(fit.shape - 1.8)).toBeLessThan(0.1);
    expect(Math.abs(fit.scale - 500)).toBeLessThan(20);
    expect(fit.shapeLow).toBeLessThan(1.8);
    expect(fit.shapeHigh).toBeGreaterThan(1.8);
  });

  const samples = fc.array(fc.tuple(positive(1, 1000), fc.boolean()), { minLength: 4, maxLength: 40 });

  test('does not care about the unit of time, and its plausible lives sum to 1 around it', () => {
    fc.assert(
      fc.property(samples, positive(0.01, 100), (rows, unit) => {
        const hours = rows.map(([time]) => time);
        const ended = rows.map(([, failed]) => (failed ? 1 : 0));
        const fit = weibullFit(hours, ended);
        const scaled = weibullFit(
          hours.map((time) => time * unit),
          ended,
        );
        expect(scaled === null).toBe(fit === null);
        if (fit === null || scaled === null) return;
        expect(Math.abs(scaled.shape / fit.shape - 1)).toBeLessThan(1e-6);
        expect(Math.abs(scaled.scale / (fit.scale * unit) - 1)).toBeLessThan(1e-6);
        expect(fit.shapeLow <= fit.shape && fit.shape <= fit.shapeHigh).toBe(true);
        expect(fit.plausible.reduce((sum, pair) => sum + pair.probability, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('has nothing to say of fewer than two failures', () => {
    expect(weibullFit([10, 20, 30], [1, 0, 0])).toBeNull();
    expect(weibullFit([10, 10], [1, 1])).toBeNull();
    expect(weibullFit([], [])).toBeNull();
  });
});

test('the mean until an age is the integral of survival', () => {
  fc.assert(
    fc.property(positive(0.4, 5), positive(1, 1000), positive(0.05, 3), (shape, scale, share) => {
      const life = { shape, scale };
      const until = scale * share;
      let sum = 0;
      for (let i = 0; i < 2000; i++)
        sum += weibullSurvival(life, ((i + 0.5) * until) / 2000) * (until / 2000);
      expect(Math.abs(weibullMeanUntil(life, until) / sum - 1)).toBeLessThan(1e-3);
    }),
  );
});

describe('ageReplacement', () => {
  test('costs no more an hour than any other age, and comes earlier the dearer a failure', () => {
    fc.assert(
      fc.property(
        positive(0.5, 6),
        positive(10, 5000),
        positive(1, 50),
        positive(0.02, 5),
        (shape, scale, more, share) => {
          const life = { shape, scale };
          const costs = { plannedCost: 10, failureCost: 10 * (1 + more) };
          const best = ageReplacement(life, costs);
          expect(best.costPerHour).toBeLessThanOrEqual(
            renewalCostPerHour(life, costs, scale * share) * (1 + 1e-9),
          );
          expect(best.costPerHour).toBeLessThanOrEqual(best.costPerHourToFailure * (1 + 1e-12));
          const dearer = ageReplacement(life, { ...costs, failureCost: 20 * (1 + more) });
          expect(dearer.ageHours).toBeLessThanOrEqual(best.ageHours);
        },
      ),
    );
  });

  test('never stops what does not wear, or what is cheap to fail', () => {
    expect(ageReplacement({ shape: 1, scale: 100 }, { plannedCost: 1, failureCost: 99 }).ageHours).toBe(
      Infinity,
    );
    expect(ageReplacement({ shape: 3, scale: 100 }, { plannedCost: 5, failureCost: 5 }).ageHours).toBe(
      Infinity,
    );
  });
});

describe('failureTrend', () => {
  const failures = fc.array(positive(1, 999), { minLength: 2, maxLength: 40 });
  test('mirrors: failures as far from the end as others from the start turn the sign of Laplace', () => {
    fc.assert(
      fc.property(failures, (hours) => {
        const one = failureTrend(hours, 1000);
        const other = failureTrend(
          hours.map((hour) => 1000 - hour),
          1000,
        );
        expect(one.laplaceStatistic + other.laplaceStatistic).toBeCloseTo(0, 9);
        expect(one.laplacePValue).toBeCloseTo(other.laplacePValue, 9);
      }),
    );
  });

  test('sees what gets worse, and what gets better', () => {
    expect(failureTrend([400, 600, 700, 780, 840, 890, 930, 960, 985], 1000).trend).toBe('worse');
    expect(failureTrend([5, 12, 25, 40, 70, 120, 200, 380, 700], 1000).trend).toBe('better');
    expect(failureTrend([100, 200, 300, 400, 500, 600, 700, 800, 900], 1000).trend).toBe('none');
    expect(failureTrend([500], 1000)).toMatchObject({ trend: 'none', mtbfNowHours: 1000 });
  });
});

describe('failureHistory', () => {
  const stops = fc.array(
    fc.record({
      kind: fc.constantFrom<'failure' | 'planned'>('failure', 'planned'),
      startHour: positive(-50, 1100),
      downHours: positive(0, 60),
    }),
    { maxLength: 25 },
  );
  test('accounts for every hour, and names every row it leaves out', () => {
    fc.assert(
      fc.property(stops, (rows: MachineStop[]) => {
        const history = failureHistory(1000, rows);
        const badRows = new Set(history.issues.map((issue) => issue.row! - 1));
        const down = rows
          .filter((_, row) => !badRows.has(row))
          .reduce((sum, row) => sum + Math.min(row.downHours, 1000 - row.startHour), 0);
        expect(history.upHours + down).toBeCloseTo(1000, 7);
        expect(history.spellHours.reduce((sum, hours) => sum + hours, 0)).toBeCloseTo(history.upHours, 7);
        expect(history.spellHours.length).toBe(rows.length - badRows.size + 1);
        expect(history.mtbfLowHours).toBeLessThanOrEqual(history.mtbfHighHours);
      }),
    );
  });
});

describe('plannedStopHours', () => {
  const time = { hoursPerDay: 8, workdays: [true, true, true, true, true, false, false], unitCount: 3 };
  const weeks = [4, 11, 18, 25]; // Days since 1970-01-01, a Thursday: 4 is a Monday.
  test('takes working hours only, of as many units as stand still', () => {
    // Friday to Tuesday: a Friday in the first week, Monday and Tuesday in the second.
    expect([...plannedStopHours(weeks, time, [{ fromDay: 8, toDay: 13 }])]).toEqual([24, 48, 0]);
    expect([
      ...plannedStopHours(weeks, time, [{ fromDay: 8, toDay: 13, unitCount: 1, hoursPerDay: 4 }]),
    ]).toEqual([4, 8, 0]);
  });

  test('never takes more than there is, however many stops overlap', () => {
    const stops = fc.array(
      fc.record({
        fromDay: fc.integer({ min: 0, max: 30 }),
        toDay: fc.integer({ min: 0, max: 30 }),
        unitCount: fc.integer({ min: 0, max: 5 }),
      }),
      { maxLength: 8 },
    );
    const rated = ratedCapacityHours(weeks, time);
    fc.assert(
      fc.property(stops, (rows) => {
        plannedStopHours(weeks, time, rows).forEach((lost, t) => {
          expect(lost).toBeGreaterThanOrEqual(0);
          expect(lost).toBeLessThanOrEqual(rated[t]!);
        });
      }),
    );
  });
});

describe('stopProposal', () => {
  const lifeOf = (shape: number, scale: number) => ({ plausible: [{ shape, scale, probability: 1 }] });
  const even = (count: number, value: number): number[] => Array.from({ length: count }, () => value);
  const flat = (shape: number): StopProposalInput => ({
    life: lifeOf(shape, 1000),
    ageHours: 0,
    runHours: even(100, 10),
    freeHours: even(100, 0),
    lostHourCost: even(100, 0),
    plannedStop: { cost: 1, downHours: 8 },
    failure: { cost: 5, downHours: 40 },
  });

  test('with even costs stops at the best age of renewal', () => {
    const { ageHours } = ageReplacement({ shape: 2.5, scale: 1000 }, { plannedCost: 1, failureCost: 5 });
    const proposal = stopProposal(flat(2.5));
    expect(Math.abs(proposal.bucket! * 10 - ageHours)).toBeLessThanOrEqual(10);
    expect(proposal.confidenceRatio).toBe(1);
    expect(stopProposal({ ...flat(2.5), ageHours: 2000 }).bucket).toBe(0);
  });

  test('leaves a machine alone that does not wear', () => {
    expect(stopProposal(flat(1)).bucket).toBeNull();
    expect(stopProposal(flat(0.7)).bucket).toBeNull();
  });

  test('waits for the bucket with free hours', () => {
    const quiet = 45;
    const lostHourCost = even(100, 0.05);
    const freeHours = even(100, 0).map((_, t) => (t === quiet ? 8 : 0));
    const proposal = stopProposal({ ...flat(2.5), lostHourCost, freeHours });
    expect(proposal.bucket).toBe(quiet);
    expect(proposal.stopCost[quiet]).toBe(1);
    expect(proposal.stopCost[quiet + 1]).toBeCloseTo(1.4, 12);
  });

  // Two buckets, one life: both ways to go on, written out by hand.
  test('weighs risk and cost as the formula says', () => {
    const life = { shape: 2, scale: 100 };
    const costs = { plannedCost: 10, failureCost: 100 };
    const input = {
      ...flat(2),
      life: lifeOf(2, 100),
      ageHours: 20,
      runHours: [10, 10],
      freeHours: [0, 0],
      lostHourCost: [0, 0],
      plannedStop: { cost: 10, downHours: 0 },
      failure: { cost: 100, downHours: 0 },
    };
    const proposal = stopProposal(input);
    const g = ageReplacement(life, costs).costPerHour;
    const survives = weibullSurvival(life, 30) / weibullSurvival(life, 20);
    const waiting = (1 - survives) * (100 - g * 5) + survives * (10 - g * 10) - 10;
    expect(proposal.extraCost[1]! - proposal.extraCost[0]!).toBeCloseTo(waiting, 10);
    expect(proposal.failureProbability[1]).toBeCloseTo(1 - survives, 12);
  });

  test('is no less sure and no later the dearer failures are, and its risk rises with time', () => {
    fc.assert(
      fc.property(positive(1.2, 5), positive(0, 900), positive(2, 30), (shape, ageHours, failureCost) => {
        const at = (cost: number) =>
          stopProposal({ ...flat(shape), ageHours, failure: { cost, downHours: 40 } });
        const one = at(failureCost);
        const dearer = at(failureCost * 2);
        expect(dearer.bucket ?? 100).toBeLessThanOrEqual(one.bucket ?? 100);
        expect(one.saving).toBeGreaterThanOrEqual(0);
        const risk = [...one.failureProbability];
        expect(risk).toEqual(risk.toSorted((a, b) => a - b));
      }),
    );
  });

  test('says how sure it is when the life is only known from a few failures', () => {
    const fit = weibullFit([700, 900, 1100, 1000, 400], [1, 1, 1, 1, 0])!;
    const proposal = stopProposal({ ...flat(2.5), life: fit, ageHours: 500 });
    expect(proposal.confidenceRatio).toBeGreaterThan(0.8);
    expect(proposal.confidenceRatio).toBeLessThanOrEqual(1);
    expect(proposal.bucket).not.toBeNull();
  });
});
