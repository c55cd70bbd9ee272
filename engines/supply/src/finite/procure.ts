/**
 * Asks the network for a quantity at a stock point on a day, and books what it takes: stock that is free, and orders of
 * the point's sources with all that those consume and load, down to raw materials.
 *
 * Backward  An order starts as late as it may. Where hours or a supplier's maximum are short it starts earlier, in the
 *           buckets before, as far as the frozen zone, the source's dates, shelf life, build-ahead and storage let it.
 * Partial   What cannot be had in full is had in part; a lot is cut to what its scarcest component allows. Bookings of
 *           attempts that were cut are taken back, so nothing stays that no one uses.
 * Answer    The quantity had. Where it is less than asked, the state holds the first day on which more may be had (a
 *           lower bound that is later than the day asked for) and the constraint that is nearest to the point asked.
 * Stock     What is there today, and what comes before a point could have anything from nothing, is left to those who
 *           may need it by then: later uses take supply that is younger, or new, and only then the rest.
 * Cost      stock points below the asked one x (32 + days / 32), for each attempt.
 */
import { DELAY_CAUSE, USE_KIND } from '../model/finite-plan.ts';
import { ANY_ALTERNATE, bookLoads, limit, nextOpenDay, PREFERRED, startLimit } from './capacity-window.ts';
import { LOT_SLACK, lotOf } from './lot-of.ts';
import { ages, NEVER } from './network.ts';
import { available, CRUMB, isOpen, placeOrder, type PlanState, rollBack, take } from './plan-state.ts';
import { KEPT } from './tightening.ts';
import { firstDayWith, mostBetween } from './stock-ledger.ts';

/** Has up to `quantity` of a point on a day for whom the state says, and books it. */
export function ask(state: PlanState, point: number, quantity: number, day: number, isTop: boolean): number {
  state.watch?.point(point);
  if (isOpen(state, point, day)) {
    if (isNoted(state)) take(state, point, day, quantity);
    return quantity;
  }
  stockFor(state, point, day, quantity);
  const { early } = stock;
  let { had } = stock;
  const found = state.watch?.stockFound(point, day, quantity, had, early);
  if (quantity - had > CRUMB) {
    had += supplied(state, point, quantity - had, day, isTop);
    if (quantity - had > CRUMB) {
      if (found !== undefined) state.watch?.earlyAsked(found);
      had += Math.min(quantity - had, early);
    }
    if (quantity - had <= CRUMB) had = quantity;
  }
  if (had > CRUMB) take(state, point, day, had);
  if (had < quantity) answerWithStock(state, point, day);
  return had;
}

/** The answer of `stockFor`, reused: read it before the next call. */
export const stock = {
  /** What may be taken before anything is ordered. */
  had: 0,
  /** What is left to those who need it before the point could have anything from nothing, and taken last. */
  early: 0,
};

/** What stock gives to somebody who asks for a quantity. */
export function stockFor(state: PlanState, point: number, day: number, quantity: number): void {
  const free = available(state, point, day);
  const open = state.openDay[point];
  const isLater = free > 0 && day >= open && state.how[point] !== KEPT && !state.countsAll;
  const early = state.earlyNeed[point];
  stock.early = isLater && early > 0 ? Math.min(early, available(state, point, open - 1)) : 0;
  stock.had = Math.min(quantity, free - stock.early);
}

/** What free points give needs a row only where `tighten` will not write it from the order's own needs. */
function isNoted({ useKind, useIndex, orders, how, network }: PlanState): boolean {
  return useKind !== USE_KIND.order || how[network.sources.point[orders.source[useIndex]]] === KEPT;
}

/** Stock that comes later, or the day on which there is no limit, may be sooner than any order. */
function answerWithStock(state: PlanState, point: number, day: number): void {
  const { isFree, openDay, watch } = state;
  if (isFree[point] === 1 && openDay[point] > day && openDay[point] < state.replyDay)
    state.replyDay = openDay[point];
  const before = state.replyDay;
  state.replyDay = soonerByStock(state, point, day, before);
  watch?.replyFound(point, day, before, state.replyDay);
}

/** The day on which stock gives more than on `day`, where that is sooner than the reply so far. */
export function soonerByStock(state: PlanState, point: number, day: number, replyDay: number): number {
  const { network, ledger } = state;
  const next = ages(network, point)
    ? nextBatchDay(state, point, day)
    : firstDayWith(ledger, network.subnetworks.slot[point], available(state, point, day) + 2 * CRUMB);
  return next > day && next < network.dayCount && next < replyDay ? next : replyDay;
}

function nextBatchDay({ batches, newestBatch }: PlanState, point: number, day: number): number {
  let next = NEVER;
  for (let b = newestBatch[point]; b >= 0; b = batches.older[b]) {
    if (batches.left[b] > CRUMB && batches.day[b] > day) next = Math.min(next, batches.day[b]);
  }
  return next;
}

/** Has its sources make, buy or move up to `quantity`; sets the answer of the one that can deliver more first. */
export function supplied(
  state: PlanState,
  point: number,
  quantity: number,
  day: number,
  isTop: boolean,
): number {
  const { points } = state.network;
  state.watch?.rules(point);
  let had = 0;
  let isAnswered = false;
  let replyDay = NEVER;
  let cause: number = DELAY_CAUSE.noSource;
  let subject = point;
  const [first, end] = [points.sourceStart[point], points.sourceStart[point + 1]];
  const favourite = points.hasShares[point] === 1 ? furthestBehindShare(state, first, end) : -1;
  for (let i = favourite < 0 ? first : first - 1; i < end; i++) {
    const source = i < first ? favourite : points.sources[i];
    if (i >= first && source === favourite) continue;
    had += fromSource(state, source, quantity - had, day, isTop);
    if (quantity - had <= CRUMB) return quantity;
    if (isAnswered && state.replyDay >= replyDay) continue;
    isAnswered = true;
    replyDay = state.replyDay;
    cause = state.cause;
    subject = state.subject;
  }
  state.replyDay = replyDay;
  state.cause = cause;
  state.subject = subject;
  return had;
}

/** The source whose orders are furthest below its share so far. */
function furthestBehindShare(state: PlanState, first: number, end: number): number {
  const { network, ordered, counters, watch } = state;
  watch?.looksElsewhere();
  const { points, sources } = network;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let i = first; i < end; i++) {
    const source = points.sources[i];
    watch?.counter(counters.length - sources.count + source);
    const share = sources.shareRatio[source];
    if (share > 0 && ordered[source] / share < least) {
      least = ordered[source] / share;
      best = source;
    }
  }
  return best;
}

/** Orders of one source for up to `good` units on a day. */
function fromSource(state: PlanState, source: number, good: number, day: number, isTop: boolean): number {
  const { sources, points } = state.network;
  const lead = sources.leadDays[source];
  const latest = Math.min(day - lead, sources.lastStartDay[source]);
  const earliest = sources.firstStartDay[source];
  if (latest < earliest) {
    const cause = tooEarly(state, source, latest);
    answer(state, earliest > sources.lastStartDay[source] ? NEVER : earliest + lead, cause, source);
    return 0;
  }
  const window = points.orderUseDays[sources.point[source]];
  const floor = Math.max(earliest, day - lead - Math.min(window, isTop ? state.buildAheadMaxDays : NEVER));
  answer(state, NEVER, DELAY_CAUSE.leadTime, source);
  let had = inRound(state, source, good, day, latest, floor, PREFERRED, isTop);
  if (good - had > CRUMB && sources.hasAlternates[source] === 1) {
    had += inRound(state, source, good - had, day, latest, floor, ANY_ALTERNATE, isTop);
  }
  return had;
}

function tooEarly({ network }: PlanState, source: number, latest: number): number {
  const { sources } = network;
  if (latest < 0) return DELAY_CAUSE.leadTime;
  return latest < sources.frozenDays[source] ? DELAY_CAUSE.frozen : DELAY_CAUSE.effectivity;
}

function answer(state: PlanState, day: number, cause: number, subject: number): void {
  state.replyDay = day;
  state.cause = cause;
  state.subject = subject;
}

/** Orders with one choice of resources, from the latest start day back to `floor`. */
function inRound(
  state: PlanState,
  source: number,
  good: number,
  day: number,
  latest: number,
  floor: number,
  round: number,
  isTop: boolean,
): number {
  const { sources, points } = state.network;
  const point = sources.point[source];
  const isStored = points.storageMax[point] < Number.POSITIVE_INFINITY;
  const yieldRatio = sources.yieldRatio[source];
  const smallest = Math.max(sources.lotMinimum[source], sources.lotMultiple[source]);
  const least = smallest > 0 ? smallest - LOT_SLACK : Math.min(good / yieldRatio, 1) * 1e-3;
  // Where the source's last day is too early for stock to keep until its use, no start day is looked at.
  limit.cause = DELAY_CAUSE.effectivity;
  limit.subject = source;
  let rest = good;
  let start = latest;
  let materialDay = -1;
  while (rest > CRUMB && start >= floor) {
    const lot = isStored
      ? lotInStore(state, source, start, day, least, rest, round)
      : lotOnDay(state, source, start, least, rest / yieldRatio, round);
    if (lot > 0) {
      const started = startOrder(state, source, lot, start, round);
      rest -= Math.min(rest, started * yieldRatio);
      if (started === lot) continue;
      materialDay = state.replyDay;
      break;
    }
    start = isTop && !state.buildsAhead ? -1 : limit.earlierDay;
  }
  if (rest > CRUMB) {
    if (materialDay < 0 && start >= sources.firstStartDay[source])
      limitByAge(state, source, start, least, round);
    answerOfRound(state, source, day, latest, least, materialDay);
  }
  return good - rest;
}

/** The lot of so many units started that may start on a day; 0 where none may. */
export function lotOnDay(
  state: PlanState,
  source: number,
  day: number,
  least: number,
  wanted: number,
  round: number,
): number {
  startLimit(state, source, day, least, round);
  const lot = limit.quantity < least ? 0 : lotFor(state, source, wanted, limit.quantity);
  if (round === PREFERRED) state.watch?.lotFound(source, day, least, wanted, lot);
  else state.watch?.looksElsewhere();
  return lot;
}

/** The same where no more than so much may lie at the point. */
function lotInStore(
  state: PlanState,
  source: number,
  start: number,
  day: number,
  least: number,
  rest: number,
  round: number,
): number {
  state.watch?.looksElsewhere();
  startLimit(state, source, start, least, round);
  limitByStorage(state, source, start, day, rest);
  const wanted = rest / state.network.sources.yieldRatio[source];
  return limit.quantity < least ? 0 : lotFor(state, source, wanted, limit.quantity);
}

/** After a round that fell short: the day from which both hours and material are there again, and what binds. */
function answerOfRound(
  state: PlanState,
  source: number,
  day: number,
  latest: number,
  least: number,
  materialDay: number,
): void {
  const { sources } = state.network;
  const lead = sources.leadDays[source];
  const open = nextOpenDay(state, source, latest, least);
  state.watch?.openDayFound(source, latest, least, open);
  const next = Math.max(open, materialDay);
  if (open > materialDay || materialDay < 0) {
    state.cause = limit.cause;
    state.subject = limit.subject;
  }
  const isInForce = next <= sources.lastStartDay[source];
  state.replyDay = !isInForce || next >= NEVER ? NEVER : Math.max(day + 1, next + lead);
}

/** Where hours are free on a day that is too early for stock to keep until its use, age is what binds. */
function limitByAge(state: PlanState, source: number, start: number, least: number, round: number): void {
  const { cause, subject } = limit;
  state.watch?.looksElsewhere();
  startLimit(state, source, start, least, round);
  const { points, sources } = state.network;
  const point = sources.point[source];
  const isAge = limit.quantity >= least;
  const isShelfLife = points.shelfLifeDays[point] <= points.orderUseDays[point];
  limit.cause = isAge ? (isShelfLife ? DELAY_CAUSE.shelfLife : DELAY_CAUSE.buildAhead) : cause;
  limit.subject = isAge ? point : subject;
}

/** Storage bounds an order by what lies there until it is used, and what is left of the lot after. */
function limitByStorage(state: PlanState, source: number, start: number, day: number, rest: number): void {
  const { network, ledger } = state;
  const { sources, points, subnetworks, dayCount } = network;
  const point = sources.point[source];
  const row = subnetworks.slot[point];
  const room = points.storageMax[point];
  const received = start + sources.leadDays[source];
  const before = received < day ? room - mostBetween(ledger, row, received, day) : Number.POSITIVE_INFINITY;
  const isUsed = state.useKind !== USE_KIND.safetyStock;
  const after = room - mostBetween(ledger, row, day, dayCount) + (isUsed ? rest : 0);
  const most = Math.max(0, Math.min(before, after)) / sources.yieldRatio[source];
  if (most >= limit.quantity) return;
  limit.quantity = most;
  limit.earlierDay = -1;
  limit.cause = DELAY_CAUSE.storage;
  limit.subject = point;
}

/** The lot for so many units started, at most `most`; 0 where no lot fits. */
function lotFor({ network }: PlanState, source: number, wanted: number, most: number): number {
  const lot = lotOf(network, source, wanted);
  return lot <= most ? lot : cutLot(network.sources, source, most);
}

function cutLot(
  { lotMinimum, lotMultiple }: { lotMinimum: Float64Array; lotMultiple: Float64Array },
  source: number,
  most: number,
): number {
  const multiple = lotMultiple[source];
  const lot = multiple > 0 ? Math.floor(most / multiple + LOT_SLACK) * multiple : most;
  return lot >= lotMinimum[source] && lot > CRUMB ? lot : 0;
}

/** Starts an order of at most `lot` with all it consumes; the units started, 0 where components allow no lot. */
function startOrder(state: PlanState, source: number, lot: number, day: number, round: number): number {
  const { sources } = state.network;
  const { useKind, useIndex } = state;
  let quantity = lot;
  let [replyDay, cause, subject] = [-1, 0, 0];
  while (quantity > 0) {
    const [orders, uses, booked, pegs] = [
      state.orders.count,
      state.uses.count,
      state.booked.count,
      state.pegs.count,
    ];
    const row = placeOrder(state, source, day, quantity);
    bookLoads(state, source, day, quantity, round, row);
    let possible = quantity;
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      state.useKind = USE_KIND.order;
      state.useIndex = row;
      possible = consumed(state, need, quantity, day);
      if (possible < quantity) break;
    }
    state.useKind = useKind;
    state.useIndex = useIndex;
    const cut = cutLot(sources, source, possible);
    if (cut >= quantity) break; // What is missing is less than the slack that lots are cut with.
    if (replyDay < 0) [replyDay, cause, subject] = [state.replyDay, state.cause, state.subject];
    rollBack(state, orders, uses, booked, pegs);
    quantity = cut;
  }
  if (replyDay >= 0) answer(state, replyDay, cause, subject);
  return quantity;
}

/** Takes what a need asks for `quantity` started; how much could start with what was had. */
function consumed(state: PlanState, need: number, quantity: number, day: number): number {
  const { needs } = state.network;
  let replyDay = NEVER;
  let covered = 0;
  let inForce = false;
  for (let option = needs.optionStart[need]; option < needs.optionStart[need + 1]; option++) {
    if (day < needs.fromDay[option] || day > needs.toDay[option]) continue;
    inForce = true;
    const per = needs.per[option];
    const fixed = needs.perOrder[option];
    const wanted = per * (quantity - covered) + fixed;
    if (wanted <= CRUMB) return quantity;
    const had = ask(state, needs.point[option], wanted, day, false);
    if (had >= wanted) return quantity;
    covered += per > 0 ? Math.max(0, had - fixed) / per : 0;
    replyDay = Math.min(replyDay, state.replyDay);
  }
  if (!inForce) return quantity;
  state.replyDay = replyDay;
  return covered;
}
