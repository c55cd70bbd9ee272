import type { StockPlan } from '@planwright/contracts';

export type StockMeasure = {
  readonly value: keyof StockPlan;
  readonly label: string;
  /** In days rather than in the item's unit. */
  readonly days?: true;
  readonly tone: string;
  /** A zero says nothing and stays blank. */
  readonly blankZero: boolean;
};

/** The record of a stock point, in the order it is read. */
export const STOCK_MEASURES: readonly StockMeasure[] = [
  { value: 'shortage', label: 'Shortage', tone: 'bad', blankZero: true },
  { value: 'projectedOnHand', label: 'Projected on hand', tone: 'strong', blankZero: false },
  { value: 'grossDemand', label: 'Gross demand', tone: '', blankZero: true },
  { value: 'independentDemand', label: 'Independent demand', tone: 'quiet', blankZero: true },
  { value: 'dependentDemand', label: 'Dependent demand', tone: 'quiet', blankZero: true },
  { value: 'scheduledReceipts', label: 'Scheduled receipts', tone: '', blankZero: true },
  { value: 'plannedReceipts', label: 'Planned receipts', tone: 'accent', blankZero: true },
  { value: 'safetyStock', label: 'Safety stock', tone: 'quiet', blankZero: true },
  { value: 'coverDays', label: 'Cover', days: true, tone: '', blankZero: false },
];
