/**
 * Shares what there is among those who claim it, when it is less than they claim.
 *
 *   priority      The lowest tier number is served in full before the next; within a tier in proportion to the claims.
 *   proportional  Each gets the same share of its claim (fair share by demand).
 *   quota         In proportion to agreed weights, as far as the claims go; what a claim leaves goes to the others by
 *                 the same weights.
 *   maxMin        As equal as the claims allow: nobody's part can grow but at the cost of one who has no more.
 *   equalRunOut   What each has (`onHand`) and gets together covers the same time of its demand (`ratePerDay`), as far
 *                 as can be reached without taking stock away: a distribution centre that holds more gets less.
 *
 * Nobody gets more than the claim or than the cap, nor less than the floor where there is enough for all floors (a
 * floor is served before anything else, and is cut to the claim). With `wholeUnits`, parts are rounded down and the
 * units left over go to the largest remainders, ties to the earlier claim.
 *
 * Laws     the parts sum to min(supply, what may be given); 0 <= part <= min(claim, cap); more supply never takes from
 *          anyone (with whole units: never more than one unit); claims with equal data get equal parts (whole: within
 *          one unit).
 * Cost     O(claims log claims).
 * Source   Bertsekas and Gallager (1992), Data Networks, 6.5.2 (max-min); Brown, Geoffrion and Bradley (1981) and Zipkin
 *          (1980) on equal run-out; Hamilton's method for whole units (Balinski and Young, 1982, Fair Representation).
 */
import { assert } from '@planwright/units';

export type AllocationRule = 'priority' | 'proportional' | 'quota' | 'maxMin' | 'equalRunOut';

export type Claim = {
  /** Units asked for, >= 0. */
  readonly quantity: number;
  /** Tier of `priority`; 1 is served first. Default 1. */
  readonly priority?: number;
  /** Weight of `quota`, >= 0. Default: the claim. */
  readonly quota?: number;
  /** Most and least that may be given. Defaults: the claim, and 0. */
  readonly cap?: number;
  readonly floor?: number;
  /** For `equalRunOut`: units already there, and units used a day. Defaults 0, and the claim. */
  readonly onHand?: number;
  readonly ratePerDay?: number;
};

export type AllocationOptions = {
  /** Give whole units only. Supply, caps and claims are rounded down first. Default false. */
  readonly wholeUnits?: boolean;
};

/** One part a claim, in their order. */
export function allocate(
  supply: number,
  claims: readonly Claim[],
  rule: AllocationRule,
  { wholeUnits = false }: AllocationOptions = {},
): Float64Array {
  assert(supply >= 0 && Number.isFinite(supply), 'supply is a number, and not negative');
  const whole = (units: number) => (wholeUnits ? Math.floor(units + UNIT_SLACK) : units);
  const most = Float64Array.from(claims, ({ quantity, cap = quantity }) => {
    assert(quantity >= 0 && Number.isFinite(quantity) && cap >= 0, 'claims and caps are not negative');
    return whole(Math.min(quantity, cap));
  });
  const given = Math.min(whole(supply), sum(most));
  const least = most.map((units, claim) => Math.min(units, whole(Math.max(0, claims[claim].floor ?? 0))));
  const floors = sum(least);
  // Where there is not even enough for the floors, they are the claims.
  const parts =
    floors >= given
      ? shared(given, claims, rule, least, new Float64Array(claims.length))
      : shared(given, claims, rule, most, least);
  return wholeUnits ? roundedParts(parts, most, given) : parts;
}

// Sums of decimals leave crumbs: 29.999999999999996 units are 30.
const UNIT_SLACK = 1e-9;

const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

/** Parts between `least` and `most` that sum to `given`. */
function shared(
  given: number,
  claims: readonly Claim[],
  rule: AllocationRule,
  most: Float64Array,
  least: Float64Array,
): Float64Array {
  if (rule === 'priority') return byTiers(given, claims, most, least);
  const zero = new Float64Array(claims.length);
  switch (rule) {
    case 'proportional':
      return filled(given, zero, most, most, least);
    case 'quota':
      return filled(
        given,
        zero,
        Float64Array.from(claims, ({ quantity, quota = quantity }) => quota),
        most,
        least,
      );
    case 'maxMin':
      return filled(
        given,
        zero,
        zero.map(() => 1),
        most,
        least,
      );
    case 'equalRunOut':
      return filled(
        given,
        Float64Array.from(claims, ({ onHand = 0 }) => onHand),
        Float64Array.from(claims, ({ quantity, ratePerDay = quantity }) => ratePerDay),
        most,
        least,
      );
  }
}

function byTiers(
  given: number,
  claims: readonly Claim[],
  most: Float64Array,
  least: Float64Array,
): Float64Array {
  const parts = least.slice();
  let rest = given - sum(least);
  const tiers = [...new Set(claims.map(({ priority = 1 }) => priority))].sort((a, b) => a - b);
  const zero = new Float64Array(claims.length);
  for (const tier of tiers) {
    const room = most.map((units, claim) =>
      (claims[claim].priority ?? 1) === tier ? units - least[claim] : 0,
    );
    const part = filled(Math.min(rest, sum(room)), zero, room, room, zero);
    part.forEach((units, claim) => (parts[claim] += units));
    rest = Math.max(0, rest - sum(room));
  }
  return parts;
}

/**
 * Water filling: one level for all, to which each is filled up from where it stands (`from`) at its own width
 * (`weight`), within [least, most]:
 *
 *   part = clamp(level x weight - from, least, most), the level such that the parts sum to `given`.
 *
 * The sum rises with the level in straight pieces, so the piece that holds `given` is found among the sorted levels at
 * which a claim starts or stops to grow. Claims of weight 0 get what the others leave.
 */
function filled(
  given: number,
  from: Float64Array,
  weight: Float64Array,
  most: Float64Array,
  least: Float64Array,
): Float64Array {
  const turns: { readonly level: number; readonly slope: number }[] = [];
  weight.forEach((width, claim) => {
    assert(width >= 0 && Number.isFinite(width), 'weights are not negative');
    if (width === 0 || most[claim] <= least[claim]) return;
    turns.push({ level: (from[claim] + least[claim]) / width, slope: width });
    turns.push({ level: (from[claim] + most[claim]) / width, slope: -width });
  });
  turns.sort((a, b) => a.level - b.level);
  let total = sum(least);
  let slope = 0;
  let level = turns.length === 0 ? 0 : turns[0].level;
  for (const turn of turns) {
    const next = total + slope * (turn.level - level);
    if (next >= given && slope > 0) break;
    total = next;
    level = turn.level;
    slope += turn.slope;
  }
  if (slope > UNIT_SLACK * given) level += Math.max(0, given - total) / slope;
  const parts = least.map((floor, claim) => {
    if (weight[claim] === 0) return floor;
    return Math.min(most[claim], Math.max(floor, level * weight[claim] - from[claim]));
  });
  return topped(parts, given, weight, most);
}

/** What the others leave goes to the claims without a weight, in proportion to them; rounding crumbs to whoever has room. */
function topped(parts: Float64Array, given: number, weight: Float64Array, most: Float64Array): Float64Array {
  const room = most.map((units, claim) => (weight[claim] === 0 ? units - parts[claim] : 0));
  const left = given - sum(parts);
  const roomLeft = sum(room);
  if (left > 0 && roomLeft > 0) {
    const share = Math.min(1, left / roomLeft);
    room.forEach((units, claim) => (parts[claim] += units * share));
  }
  return parts;
}

/** Largest remainder: down first, then one unit each to those that lost most by it, none beyond its most. */
function roundedParts(parts: Float64Array, most: Float64Array, given: number): Float64Array {
  const whole = parts.map((part) => Math.floor(part + UNIT_SLACK));
  let left = Math.round(given - sum(whole));
  const byRemainder = [...parts.keys()].sort((a, b) => parts[b] - whole[b] - (parts[a] - whole[a]) || a - b);
  for (const claim of byRemainder) {
    if (left <= 0) break;
    if (whole[claim] + 1 > most[claim]) continue;
    whole[claim] += 1;
    left -= 1;
  }
  assert(left <= 0, 'whole parts sum to what is given');
  return whole;
}
