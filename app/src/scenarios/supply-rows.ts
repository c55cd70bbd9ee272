/** Single orders and stops, which a constrained plan serves one by one. Days are whole days since 1970-01-01. */
import type { CalendarDay } from '@planwright/time';

/** A line of a customer's order that is not shipped in full, sorted by due day, order and line. */
export type DemandLineRow = {
  readonly order: string;
  readonly line: string;
  readonly item: string;
  readonly location: string;
  readonly channel: string;
  readonly account: string | null;
  readonly dueDay: CalendarDay;
  /** Still to ship. */
  readonly quantity: number;
  /** Of the line, or of its account. 1 is served first. */
  readonly priority: number | null;
  readonly shipPolicy: 'partial' | 'complete' | 'onTimeOrNever' | null;
  readonly latenessMaxDays: number | null;
};

/** One open purchase or work order, sorted by kind, order and line. */
export type ReceiptLineRow = {
  readonly kind: 'purchase' | 'work';
  readonly order: string;
  readonly line: string;
  readonly item: string;
  /** Null: at the item's home. */
  readonly location: string | null;
  readonly supplier: string | null;
  /** Null: nobody said. */
  readonly dueDay: CalendarDay | null;
  /** Still to come; of a work order as started, before yield. */
  readonly quantity: number;
};

/** A proposal that was approved or released and that no order of the company stands for yet. */
export type FirmProposalRow = {
  readonly number: string;
  readonly kind: 'make' | 'buy' | 'move';
  readonly item: string;
  readonly location: string;
  readonly from: string | null;
  readonly startDay: CalendarDay;
  readonly dueDay: CalendarDay;
  /** As started, before yield, and what arrives. */
  readonly quantity: number;
  readonly goodQuantity: number;
};

/** An open order that a released proposal moves or cancels. */
export type OrderChangeRow = {
  readonly kind: 'expedite' | 'cancel' | 'reschedule';
  /** Order and line, as receipts are named. */
  readonly receipt: string;
  readonly dueDay: CalendarDay;
};

export type PlannedStopRow = {
  readonly resource: string;
  readonly startsDay: CalendarDay;
  readonly endsDay: CalendarDay;
};

export type SupplyRows = {
  readonly demandLines: readonly DemandLineRow[];
  readonly receiptLines: readonly ReceiptLineRow[];
  readonly firmProposals: readonly FirmProposalRow[];
  readonly orderChanges: readonly OrderChangeRow[];
  readonly plannedStops: readonly PlannedStopRow[];
};
