import { allocate, type AllocationRule, type Claim } from '@planwright/supply';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const rule = fc.constantFrom<AllocationRule>('priority', 'proportional', 'quota', 'maxMin', 'equalRunOut');
const units = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.double({ min: 0, max: 1000, noNaN: true }));
const claim: fc.Arbitrary<Claim> = fc.record(
  {
    quantity: units,
    priority: fc.integer({ min: 1, max: 3 }),
    quota: fc.constantFrom(0, 1, 2.5, 7),
    cap: units,
    floor: fc.constantFrom(0, 5, 20),
    onHand: units,
    ratePerDay: fc.constantFrom(0, 0.5, 3, 10),
  },
  { requiredKeys: ['quantity'] },
);
const claims = fc.array(claim, { minLength: 1, maxLength: 12 });
const total = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0);
const mostOf = ({ quantity, cap = quantity }: Claim) => Math.min(quantity, cap);
const SLACK = 1e-6;

test('parts sum to what can be given, and stay within claim and cap', () => {
  fc.assert(
    fc.property(units, claims, rule, (supply, all, how) => {
      const parts = allocate(supply, all, how);
      expect(total(parts)).toBeCloseTo(
        Math.min(
          supply,
          all.reduce((sum, one) => sum + mostOf(one), 0),
        ),
        6,
      );
      all.forEach((one, index) => {
        expect(parts[index]).toBeGreaterThanOrEqual(0);
        expect(parts[index]).toBeLessThanOrEqual(mostOf(one) + SLACK);
      });
    }),
  );
});

test('whole parts are whole, sum to the whole supply, and stay within one unit of the exact ones', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3000 }), claims, rule, (supply, drawn, how) => {
      const all = drawn.map((one) => ({
        ...one,
        quantity: Math.floor(one.quantity),
        cap: Math.floor(one.cap ?? 1e9),
      }));
      const parts = allocate(supply, all, how, { wholeUnits: true });
      const exact = allocate(supply, all, how);
      expect(total(parts)).toBe(
        Math.min(
          supply,
          all.reduce((sum, one) => sum + mostOf(one), 0),
        ),
      );
      all.forEach((one, index) => {
        expect(Number.isInteger(parts[index])).toBe(true);
        expect(parts[index]).toBeLessThanOrEqual(mostOf(one));
        expect(Math.abs(parts[index] - exact[index])).toBeLessThan(1 + SLACK);
      });
    }),
  );
});

test('more supply takes from nobody', () => {
  fc.assert(
    fc.property(units, units, claims, rule, (supply, more, all, how) => {
      const before = allocate(supply, all, how);
      const after = allocate(supply + more, all, how);
      before.forEach((part, index) => expect(after[index]).toBeGreaterThanOrEqual(part - SLACK));
    }),
  );
});

test('equal claims get equal parts', () => {
  fc.assert(
    fc.property(units, claims, claim, rule, (supply, others, twin, how) => {
      const parts = allocate(supply, [...others, twin, twin], how);
      expect(parts[parts.length - 2]).toBeCloseTo(parts[parts.length - 1], 6);
    }),
  );
});

test('floors are kept where there is enough for all of them', () => {
  fc.assert(
    fc.property(units, claims, rule, (supply, all, how) => {
      const floors = all.map((one) => Math.min(mostOf(one), one.floor ?? 0));
      fc.pre(floors.reduce((sum, floor) => sum + floor, 0) <= supply);
      const parts = allocate(supply, all, how);
      floors.forEach((floor, index) => expect(parts[index]).toBeGreaterThanOrEqual(floor - SLACK));
    }),
  );
});

test('priority: a tier gets something only where every lower one has all it may have', () => {
  fc.assert(
    fc.property(units, claims, (supply, drawn) => {
      const all = drawn.map((one) => ({ ...one, floor: 0 }));
      const parts = allocate(supply, all, 'priority');
      all.forEach((one, index) => {
        if (parts[index] <= SLACK) return;
        all.forEach((other, rival) => {
          const isServedFirst = (other.priority ?? 1) < (one.priority ?? 1);
          const lacks = isServedFirst ? mostOf(other) - parts[rival] : 0;
          expect(lacks).toBeLessThanOrEqual(SLACK);
        });
      });
    }),
  );
});

test('proportional: without caps everyone gets the same share of the claim', () => {
  fc.assert(
    fc.property(
      units,
      fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 12 }),
      (supply, asked) => {
        const parts = allocate(
          supply,
          asked.map((quantity) => ({ quantity })),
          'proportional',
        );
        const share = Math.min(1, supply / asked.reduce((sum, quantity) => sum + quantity, 0));
        asked.forEach((quantity, index) => expect(parts[index]).toBeCloseTo(share * quantity, 6));
      },
    ),
  );
});

test('max-min: nobody who lacks anything envies another’s part', () => {
  fc.assert(
    fc.property(units, claims, (supply, drawn) => {
      const all = drawn.map((one) => ({ ...one, floor: 0 }));
      const parts = allocate(supply, all, 'maxMin');
      const largest = Math.max(...parts);
      all.forEach((one, index) => {
        const lacks = mostOf(one) - parts[index] > SLACK;
        expect(lacks ? parts[index] : largest).toBeGreaterThanOrEqual(largest - SLACK);
      });
    }),
  );
});

test('equal run-out: nobody who lacks anything runs out before one who was given something', () => {
  fc.assert(
    fc.property(units, claims, (supply, drawn) => {
      const all = drawn.map((one) => ({ ...one, floor: 0, ratePerDay: one.ratePerDay || 1 }));
      const parts = allocate(supply, all, 'equalRunOut');
      const days = all.map(({ onHand = 0, ratePerDay }, index) => (onHand + parts[index]) / ratePerDay);
      const longest = Math.max(0, ...days.filter((_, index) => parts[index] > SLACK));
      all.forEach((one, index) => {
        const lacks = mostOf(one) - parts[index] > SLACK;
        expect(lacks ? days[index] : longest).toBeGreaterThanOrEqual(longest - SLACK);
      });
    }),
  );
});
