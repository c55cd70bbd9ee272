import { describe, expect, test } from 'vitest';
import { type CostModel, rollUpCost } from '@planwright/finance';

const bicycle: CostModel = {
  items: [
    { item: 'bike', source: 'make', lotQuantity: 10 },
    { item: 'wheel', source: 'make', yieldRatio: 0.8 },
    { item: 'frame', source: 'buy', statedCost: 90 },
    { item: 'rim', source: 'buy', statedCost: 12 },
    { item: 'spoke', source: 'buy', statedCost: 0.25 },
  ],
  components: [
    { item: 'bike', component: 'wheel', quantityPer: 2 },
    { item: 'bike', component: 'frame', quantityPer: 1 },
    { item: 'wheel', component: 'rim', quantityPer: 1 },
    { item: 'wheel', component: 'spoke', quantityPer: 32 },
  ],
  steps: [
    { item: 'bike', setupHours: 1, runHoursPerUnit: 0.4, ratePerHour: 40 },
    { item: 'wheel', setupHours: 0, runHoursPerUnit: 0.1, ratePerHour: 40 },
  ],
};

test('material by level, hours at their rate, and losses paid for', () => {
  const cost = rollUpCost(bicycle);
  expect(cost.issues).toEqual([]);
  // wheel: (12 + 32 x 0.25) / 0.8 = 25 material, 0.1 x 40 / 0.8 = 5 conversion
  expect([cost.materialCost[1], cost.conversionCost[1], cost.unitCost[1]]).toEqual([25, 5, 30]);
  // bike: 2 x 25 + 90 = 140 material; 2 x 5 + (1 / 10 + 0.4) x 40 = 30 conversion
  expect([cost.materialCost[0], cost.conversionCost[0], cost.unitCost[0]]).toEqual([140, 30, 170]);
  expect([...cost.isRolledUp]).toEqual([1, 1, 0, 0, 0]);
});

test('the order of the rows does not matter', () => {
  const reversed = rollUpCost({
    items: bicycle.items.toReversed(),
    components: bicycle.components.toReversed(),
    steps: bicycle.steps.toReversed(),
  });
  expect(reversed.unitCost.toReversed()).toEqual(rollUpCost(bicycle).unitCost);
});

describe('where a cost cannot be rolled up', () => {
  const costOf = (items: CostModel['items'], components: CostModel['components'] = []) =>
    rollUpCost({ items, components, steps: [] });

  test('the stated cost stands in, and says so', () => {
    const cost = costOf([{ item: 'kit', source: 'make', statedCost: 7 }]);
    expect([...cost.unitCost]).toEqual([7]);
    expect(cost.issues.map(({ code, severity, row }) => [code, severity, row])).toEqual([
      ['COST_NOT_ROLLED_UP', 'warning', 1],
    ]);
  });

  test('a missing price leaves everything above it unknown, never cheap', () => {
    const cost = costOf(
      [
        { item: 'top', source: 'make' },
        { item: 'part', source: 'buy' },
        { item: 'free', source: 'buy', statedCost: 0 },
      ],
      [
        { item: 'top', component: 'part', quantityPer: 1 },
        { item: 'top', component: 'free', quantityPer: 5 },
      ],
    );
    expect([...cost.unitCost]).toEqual([Number.NaN, Number.NaN, 0]);
    expect(cost.issues.map((issue) => issue.code)).toEqual(['COST_MISSING', 'COST_MISSING']);
    expect(cost.issues.map((issue) => issue.message).join(' ')).toContain('its component part has no cost');
  });

  test('a circle in the bill of material ends at the stated costs', () => {
    const cost = costOf(
      [
        { item: 'a', source: 'make', statedCost: 3 },
        { item: 'b', source: 'make', statedCost: 2 },
        { item: 'top', source: 'make' },
      ],
      [
        { item: 'a', component: 'b', quantityPer: 1 },
        { item: 'b', component: 'a', quantityPer: 1 },
        { item: 'top', component: 'a', quantityPer: 4 },
      ],
    );
    expect([...cost.unitCost]).toEqual([3, 2, 12]);
    expect(cost.issues.every((issue) => issue.message.includes('circle'))).toBe(true);
  });

  test('a refused row is named and the rest is rolled up', () => {
    const cost = rollUpCost({
      ...bicycle,
      components: [...bicycle.components, { item: 'bike', component: 'bell', quantityPer: 1 }],
      steps: [...bicycle.steps, { item: 'bike', setupHours: 0, runHoursPerUnit: Number.NaN, ratePerHour: 1 }],
    });
    expect(cost.unitCost[0]).toBe(170);
    expect(cost.issues.map(({ file, row, code }) => [file, row, code])).toEqual([
      ['components', 5, 'COST_ROW_REFUSED'],
      ['steps', 3, 'COST_ROW_REFUSED'],
    ]);
  });
});
