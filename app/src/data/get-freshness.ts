import { TARGETS, type TargetName } from '@planwright/contracts';
import type { Service } from '../services.ts';

/** The date that says how new the rows of a target are. */
export const MAIN_DAY: Readonly<Partial<Record<TargetName, string>>> = {
  on_hand: 'asOf',
  stock_balance: 'on',
  sales_order: 'orderedOn',
  sales_order_line: 'orderedOn',
  purchase_order_line: 'orderedOn',
  work_order: 'startOn',
  seller_territory: 'startsOn',
  quota: 'periodStart',
  ledger_line: 'postedOn',
  fx_rate: 'on',
  demand_event: 'startsOn',
  stock_out: 'startsOn',
  launch: 'startsOn',
  succession: 'switchOn',
  lead: 'createdOn',
  opportunity: 'createdOn',
  opportunity_event: 'on',
};

export type TargetFreshness = {
  readonly target: TargetName;
  readonly rowCount: number;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly lastImportId: string | null;
  readonly lastImportAt: string | null;
};

/** Port: how much there is of each target and how new it is. */
export type FreshnessReader = { freshness(companyId: number): Promise<readonly TargetFreshness[]> };

export function getFreshness(deps: { readonly freshness: FreshnessReader }): Service<'getFreshness'> {
  return async (member) => {
    const found = new Map((await deps.freshness.freshness(member.companyId)).map((row) => [row.target, row]));
    const none = { rowCount: 0, firstDay: null, lastDay: null, lastImportId: null, lastImportAt: null };
    return {
      targets: TARGETS.map(({ name, label }) => ({ ...none, ...found.get(name), target: name, label })),
    };
  };
}
