import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hoursByBucket, type HoursChange } from '../../src/scenarios/resource-hours.ts';
import { planningNetworks } from '../../src/scenarios/planning-networks.ts';
import type { PlannedSource } from '../../src/scenarios/planning-sources.ts';

const change = fc.record({
  kind: fc.constantFrom<HoursChange['kind']>('capacity', 'overtime', 'stop'),
  startsDay: fc.integer({ min: -5, max: 40 }),
  length: fc.integer({ min: 0, max: 20 }),
  hoursPerDay: fc.integer({ min: 0, max: 24 }),
});

describe('hours of a resource', () => {
  test('cutting the same days otherwise gives the same hours', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.integer({ min: 1, max: 29 }), (rows, cut) => {
        const changes = rows.map(({ length, ...row }) => ({ ...row, endsDay: row.startsDay + length }));
        const rule = { ratedHoursPerDay: 8, overtimeHoursPerDay: 2, changes };
        const whole = hoursByBucket(rule, [0, 30]);
        const parts = hoursByBucket(rule, [0, cut, 30]);
        expect(parts.capacityHours[0] + parts.capacityHours[1]).toBeCloseTo(whole.capacityHours[0], 9);
        expect(parts.overtimeHours[0] + parts.overtimeHours[1]).toBeCloseTo(whole.overtimeHours[0], 9);
      }),
    );
  });

  test('a day that stands still gives nothing, whatever else is said of it', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), (rows) => {
        const changes = rows.map(({ length, ...row }) => ({ ...row, endsDay: row.startsDay + length }));
        const stop: HoursChange = { kind: 'stop', startsDay: 0, endsDay: 29, hoursPerDay: 0 };
        const rule = { ratedHoursPerDay: 8, overtimeHoursPerDay: 2, changes: [...changes, stop] };
        expect(hoursByBucket(rule, [0, 30])).toEqual({ capacityHours: [0], overtimeHours: [0] });
      }),
    );
  });
});

describe('networks', () => {
  const source = (point: number, from: number | undefined): PlannedSource => ({
    source: `s${point}-${from ?? ''}`,
    kind: from === undefined ? 'buy' : 'move',
    item: 'A',
    location: `L${point}`,
    ...(from === undefined ? {} : { fromLocation: `L${from}` }),
    leadTimeDays: 1,
    point,
  });

  test('hold every stock point and resource once, and no link leaves one', () => {
    const links = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 30 });
    const loads = fc.array(fc.tuple(fc.nat(19), fc.nat(4)), { maxLength: 10 });
    fc.assert(
      fc.property(links, loads, (moves, asked) => {
        const sources = [
          ...Array.from({ length: 20 }, (_, point) => source(point, undefined)),
          ...moves.map(([to, from]) => source(to, from)),
        ];
        const networks = planningNetworks({
          pointCount: 20,
          sources,
          components: [],
          loads: asked.map(([point, resource]) => ({
            source: `s${point}-`,
            resource: `R${resource}`,
            hoursPerUnit: 1,
          })),
          pointOf: (_item, location) => Number(location.slice(1)),
          resourceOf: new Map(Array.from({ length: 5 }, (_, r) => [`R${r}`, r])),
        });
        const points = networks.flatMap((network) => network.points);
        const resources = networks.flatMap((network) => network.resources);
        expect(points.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, point) => point));
        expect(resources.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
        const networkOf = new Map(
          networks.flatMap((network, n) => network.points.map((point) => [point, n])),
        );
        for (const [to, from] of moves) expect(networkOf.get(to)).toBe(networkOf.get(from));
        const ofResource = new Map(networks.flatMap((network, n) => network.resources.map((r) => [r, n])));
        for (const [point, resource] of asked) expect(networkOf.get(point)).toBe(ofResource.get(resource));
      }),
    );
  });
});
