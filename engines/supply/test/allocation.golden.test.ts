import { allocate, type AllocationRule } from '@planwright/supply';
import { expect, test } from 'vitest';
import cases from '../golden/allocation.json' with { type: 'json' };

// Golden values come from print, never from our own output: each case names its source.
test.each(cases)('$name ($source)', ({ supply, claims, rule, wholeUnits, expected }) => {
  const parts = allocate(supply, claims, rule as AllocationRule, { wholeUnits });
  expected.forEach((part, claim) => expect(parts[claim]).toBeCloseTo(part, 9));
});
