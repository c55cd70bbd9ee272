import { cheapestLots, type LotRuleName, type LotScheduleInput, lotsByRule } from '@planwright/supply';
import { describe, expect, test } from 'vitest';
import golden from '../golden/lot-schedules.json' with { type: 'json' };

type Solution = { readonly orders: readonly number[]; readonly cost: number };

type Case = {
  readonly name: string;
  readonly source: string;
  readonly input: LotScheduleInput;
  readonly expected: Record<string, Solution>;
};
const cases = golden as unknown as readonly Case[];

describe.each(cases)('$name ($source)', ({ input, expected }) => {
  test.each(Object.entries(expected))('%s', (rule, solution) => {
    const schedule = rule === 'cheapest' ? cheapestLots(input) : lotsByRule(input, rule as LotRuleName);
    expect([...schedule.orders]).toEqual(solution.orders);
    expect(schedule.cost).toBeCloseTo(solution.cost, 9);
  });
});
