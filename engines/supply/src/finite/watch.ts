/**
 * Who is told what a plan in the making looks at, what it finds, and what it changes: in the order in which it happens.
 * Stock points and counters are told of before they are looked at.
 */
export type Watch = {
  point(point: number): void;
  /** How a point may be supplied: by the rules of its sources, its storage, or its target. */
  rules(point: number): void;
  counter(index: number): void;
  /** A row of the ledger was added to, from a day on. */
  stockAdded(row: number, day: number, quantity: number): void;
  counterAdded(index: number, quantity: number): void;
  /** What stock gives to somebody who asks (see `stockFor`); returns a number by which `earlyAsked` names it. */
  stockFound(point: number, day: number, quantity: number, had: number, early: number): number;
  /** It mattered, too, what of that stock is taken last. */
  earlyAsked(found: number): void;
  /** The day on which more may be had, before and after a look at stock (see `soonerByStock`). */
  replyFound(point: number, day: number, before: number, after: number): void;
  /** What is short of a target on the worst day of [from, to) (see `shortOf`). */
  shortFound(point: number, from: number, to: number, target: number, short: number): void;
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
  rules: nothing,
  counter: nothing,
  stockAdded: nothing,
  counterAdded: nothing,
  stockFound: () => 0,
  earlyAsked: nothing,
  replyFound: nothing,
  shortFound: nothing,
  lotFound: nothing,
  openDayFound: nothing,
  looksElsewhere: nothing,
};
