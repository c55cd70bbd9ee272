/** Kinds of cost in a planner's words; a kind that is not here stands for itself. */
const KINDS: Readonly<Record<string, string>> = {
  production: 'Making, beyond hours',
  purchase: 'Purchases',
  transfer: 'Moves',
  orders: 'Placing orders',
  hours: 'Hours worked',
  overtime: 'Overtime',
  wages: 'Wages',
  hiring: 'Hiring',
  layOffs: 'Laying off',
  holding: 'Holding stock',
  safetyStock: 'Stock below safety stock',
  storage: 'Storage',
  backlog: 'Customers that wait',
  lostSales: 'Lost sales, beyond their revenue',
  lostRevenue: 'Revenue of lost sales',
  endStock: 'Stock left at the end, at cost',
};

export const costKind = (kind: string): string => KINDS[kind] ?? kind;
