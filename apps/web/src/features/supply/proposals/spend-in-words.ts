import type { Proposal, ProposalTotals } from '@planwright/contracts';
import { moneyInWords } from '../../../ui/number-format.ts';

/** What proposals come to, by what happens to the money: components do not count again in what they go into. */
export function spendInWords(totals: ProposalTotals, currency: string): string {
  const parts = [
    ['of purchases', totals.purchaseValue],
    ['of own work', totals.workValue],
    ['moved', totals.moveValue],
    ['of open orders changed', totals.openOrderValue],
  ] as const;
  const told = parts.flatMap(([what, value]) =>
    value > 0 ? [`${moneyInWords(value, currency)} ${what}`] : [],
  );
  if (told.length === 0) return 'no money';
  return told.length === 1 ? told.join() : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}

/** The same of chosen rows. */
export function totalsOf(rows: readonly Pick<Proposal, 'kind' | 'value' | 'addedValue'>[]): ProposalTotals {
  const totals = { purchaseValue: 0, workValue: 0, moveValue: 0, openOrderValue: 0 };
  for (const { kind, value, addedValue } of rows) {
    if (kind === 'buy') totals.purchaseValue += addedValue;
    else if (kind === 'make') totals.workValue += addedValue;
    else if (kind === 'move') totals.moveValue += value;
    else totals.openOrderValue += value;
  }
  return totals;
}
