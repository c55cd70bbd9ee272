/**
 * Who is told what a plan in the making looks at, what it finds, and what it changes: in the order in which it happens.
 * Stock points and counters are told of before they are looked at.
 */
export type Watch = {
  point(point: number): void;
  counter(index: number): void;
  /** A row of the ledger was added to, from a day on. */
  stockAdded(row: number, day: number, quantity: number): void;
  counterAdded(index: number, quantity: number): void;
  /** What stock gives to somebody who asks (see `stockFor`). */
  stockFound(point: number, day: number, quantity: number, had: number, early: number): void;
  /** The day on which more may be had, before and after a look at stock (see `soonerByStock`). */
  replyFound(point: number, day: number, before: number, after: number): void;
  /** The least stock of a point at the end of any day of [from, to). */
  leastFound(point: number, from: number, to: number, least: number): void;
  /** The lot that may start on a day (see `lotOnDay`), `limit` holding the rest of the answer. */
  lotFound(source: number, day: number, least: number, wanted: number, lot: number): void;
  /** The next day on which a source may start (see `nextOpenDay`). */
  openDayFound(source: number, day: number, least: number, open: number): void;
  /** Something is looked at that is not told of. */
  looksElsewhere(): void;
};

const nothing = (): void => {};

/** Who cares for some of it only starts from this. */
export const NO_WATCH: Watch = {
  point: nothing,
  counter: nothing,
  stockAdded: nothing,
  counterAdded: nothing,
  stockFound: nothing,
  replyFound: nothing,
  leastFound: nothing,
  lotFound: nothing,
  openDayFound: nothing,
  looksElsewhere: nothing,
};
