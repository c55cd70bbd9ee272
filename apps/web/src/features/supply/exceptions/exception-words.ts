import type { EXCEPTION_RULES, SupplyException } from '@planwright/contracts';
import type { Tone } from '../../../ui/status-word.tsx';

export type RuleName = (typeof EXCEPTION_RULES)[number];

/** The rules of the inbox, in words. */
export const RULES: Readonly<Record<RuleName, string>> = {
  demandNotSatisfied: 'Demand not satisfied',
  shortage: 'Shortage',
  belowSafetyStock: 'Below safety stock',
  resourceOverloaded: 'Resource overloaded',
  supplierLate: 'Supplier late',
  demandDeviates: 'Demand off plan',
};

export const STATUS_WORDS: Readonly<Record<SupplyException['status'], { word: string; tone: Tone }>> = {
  open: { word: 'Open', tone: 'watch' },
  snoozed: { word: 'Put off', tone: 'neutral' },
  accepted: { word: 'Accepted', tone: 'neutral' },
  closed: { word: 'Gone', tone: 'good' },
};
