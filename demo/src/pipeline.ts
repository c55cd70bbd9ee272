/** Leads and deals. A deal walks through five stages, waits, slips and ends; who owns it and whose it is tilts the odds. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import type { Account } from './accounts.ts';
import { FAMILIES } from './catalogue.ts';
import { drawBetween, drawChance, drawFactor, drawFrom, drawInteger } from './draws.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { holderFinder, type SalesForce } from './sales-force.ts';
import type { Scale } from './size.ts';
import type { Timeline } from './timeline.ts';

const STAGES = ['Qualify', 'Discover', 'Propose', 'Negotiate', 'Commit'] as const;

export type Deal = {
  readonly code: string;
  readonly name: string;
  readonly account: number;
  readonly seller: number;
  readonly family: string;
  readonly stage: string;
  readonly outcome: 'open' | 'won' | 'lost';
  readonly winRatio: number;
  readonly cents: number;
  readonly createdOn: CalendarDay;
  readonly expectedCloseOn: CalendarDay;
  readonly closedOn: CalendarDay | null;
  readonly events: readonly DealEvent[];
};

type DealEvent = {
  readonly on: CalendarDay;
  readonly stage: string;
  readonly cents: number;
  readonly expectedCloseOn: CalendarDay;
};

export type Lead = {
  readonly code: string;
  readonly name: string;
  readonly origin: string;
  readonly status: 'new' | 'working' | 'qualified' | 'disqualified' | 'converted';
  readonly seller: number;
  readonly createdOn: CalendarDay;
  readonly deal: string | null;
};

// Odds of going on from each stage for an average deal, and days it stays there.
const ADVANCE = [0.72, 0.74, 0.7, 0.78, 0.9];
const STAGE_DAYS = [16, 24, 28, 20, 12];
const STATED_ODDS = [0.1, 0.25, 0.5, 0.7, 0.9];
const TILT_BY_SEGMENT: Readonly<Record<string, number>> = {
  'Independent dealer': 0.35,
  'Farm store': 0.2,
  'Landscape supply': 0,
  'Public grounds': -0.35,
  'Hardware store': 0.1,
  'Regional chain': -0.2,
  'National chain': -0.5,
  'Web shop': -0.1,
  Marketplace: -0.4,
};
const PIPELINE_DAYS = 1095;

type Owner = { readonly skill: number; readonly optimism: number; readonly diligence: number };

/** What kind of seller someone is: how many deals they win, how rosy their odds are, how well they keep records. */
function ownerOf(force: SalesForce, seller: number, seed: number): Owner {
  const stream = randomStream(seed, `seller:${force.employees[seller].code}`);
  return {
    skill: 0.3 * stream.normal(),
    optimism: 0.12 * stream.normal() + 0.06,
    diligence: drawBetween(stream, 0.45, 1),
  };
}

const shifted = (odds: number, tilt: number): number =>
  1 / (1 + Math.exp(-Math.log(odds / (1 - odds)) - tilt));

export function deals(
  accounts: readonly Account[],
  force: SalesForce,
  scale: Scale,
  timeline: Timeline,
  seed: number,
): Deal[] {
  const holderOf = holderFinder(force);
  const families = FAMILIES.filter(([, , division]) => division !== 'PARTS' && division !== 'GEAR');
  const owners = new Map<number, Owner>();
  return Array.from({ length: scale.opportunityCount }, (_, index): Deal | null => {
    const code = `D-${20_001 + index}`;
    const stream = randomStream(seed, `deal:${code}`);
    const age = Math.round(PIPELINE_DAYS * (1 - (index + stream.uniform()) / scale.opportunityCount));
    const createdOn = timeline.asOf - Math.max(1, age);
    const account = stream.integer(accounts.length);
    const seller = holderOf(force.territoryOfAccount[account], createdOn);
    if (seller < 0) return null;
    const owner = owners.get(seller) ?? ownerOf(force, seller, seed);
    owners.set(seller, owner);
    const [family, familyName] = drawFrom(stream, families);
    const buyer = accounts[account];
    const dollars = 9000 * Math.sqrt(buyer.weight + 0.5) * drawFactor(stream, 0.9);
    const cents = Math.max(50_000, Math.round(dollars / 100) * 10_000);
    const walk = dealWalk(
      stream,
      owner,
      TILT_BY_SEGMENT[buyer.segment] - 0.12 * Math.log(dollars / 9000),
      cents,
      createdOn,
      timeline.asOf,
    );
    const name = `${buyer.name}: ${familyName.toLowerCase()}`;
    return { code, name, account, seller, family, createdOn, ...walk };
  }).filter((deal) => deal !== null);
}

type Walk = Pick<
  Deal,
  'stage' | 'outcome' | 'winRatio' | 'cents' | 'expectedCloseOn' | 'closedOn' | 'events'
>;

/** One deal from its first day to its end, or to the as-of day if that comes first. */
function dealWalk(
  stream: RandomStream,
  owner: Owner,
  tilt: number,
  firstCents: number,
  createdOn: CalendarDay,
  asOf: CalendarDay,
): Walk {
  const pace = drawFactor(stream, 0.45) * (firstCents > 3_000_000 ? 1.4 : 1);
  const isAbandoned = drawChance(stream, 0.03 * (1.6 - owner.diligence)); // Nobody closes it, nobody works it.
  let cents = firstCents;
  // The first date is a hope: shorter than deals of the kind take.
  let expectedCloseOn = createdOn + Math.round(0.75 * pace * STAGE_DAYS.reduce((sum, days) => sum + days, 0));
  let day = createdOn;
  const events: DealEvent[] = [{ on: day, stage: STAGES[0], cents, expectedCloseOn }];
  for (let stage = 0; stage < STAGES.length; stage++) {
    const leavesOn = day + Math.max(1, Math.round(STAGE_DAYS[stage] * pace * drawFactor(stream, 0.6)));
    // The date passes while the deal is here: a careful owner moves it, and then moves it again.
    while (expectedCloseOn < Math.min(leavesOn, asOf) && drawChance(stream, owner.diligence)) {
      const on = Math.max(day, expectedCloseOn) + drawInteger(stream, 0, 9);
      if (on >= Math.min(leavesOn, asOf)) break;
      expectedCloseOn = on + drawInteger(stream, 20, 50);
      events.push({ on, stage: STAGES[stage], cents, expectedCloseOn });
    }
    const stale = isAbandoned && stage > 0;
    if (leavesOn >= asOf || stale) {
      const winRatio = Math.min(0.98, Math.max(0.02, STATED_ODDS[stage] + owner.optimism));
      return {
        stage: STAGES[stage],
        outcome: 'open',
        winRatio: Math.round(winRatio * 20) / 20,
        cents,
        expectedCloseOn,
        closedOn: null,
        events,
      };
    }
    day = leavesOn;
    const isKept = drawChance(stream, shifted(ADVANCE[stage], tilt + owner.skill));
    const outcome = !isKept ? 'lost' : stage === STAGES.length - 1 ? 'won' : 'open';
    if (outcome !== 'open') {
      const label = outcome === 'won' ? 'Won' : 'Lost';
      events.push({ on: day, stage: label, cents, expectedCloseOn: day });
      return {
        stage: label,
        outcome,
        winRatio: outcome === 'won' ? 1 : 0,
        cents,
        expectedCloseOn: day,
        closedOn: day,
        events,
      };
    }
    if (drawChance(stream, 0.25))
      cents = Math.max(50_000, Math.round((cents * drawBetween(stream, 0.7, 1.2)) / 10_000) * 10_000);
    events.push({ on: day, stage: STAGES[stage + 1], cents, expectedCloseOn });
  }
  throw new Error('Broken invariant: a deal ends in its last stage');
}

const ORIGINS: readonly (readonly [origin: string, share: number, quality: number])[] = [
  ['Trade show', 0.24, 0.34],
  ['Web form', 0.34, 0.2],
  ['Referral', 0.14, 0.5],
  ['Cold call', 0.16, 0.12],
  ['Partner', 0.12, 0.4],
];

/** Leads of the last two years. The converted ones became a deal a few weeks later. */
export function leads(
  deals: readonly Deal[],
  force: SalesForce,
  scale: Scale,
  timeline: Timeline,
  seed: number,
): Lead[] {
  const holderOf = holderFinder(force);
  const open = [...deals].reverse();
  return Array.from({ length: scale.leadCount }, (_, index): Lead => {
    const code = `L-${50_001 + index}`;
    const stream = randomStream(seed, `lead:${code}`);
    const createdOn =
      timeline.asOf -
      Math.max(1, Math.round(PIPELINE_DAYS * (1 - (index + stream.uniform()) / scale.leadCount)));
    let mark = stream.uniform();
    const [origin, , quality] = ORIGINS.find(([, share]) => (mark -= share) < 0) ?? ORIGINS[0];
    const name = `${drawFrom(stream, FIRST_NAMES)} ${drawFrom(stream, LAST_NAMES)}`;
    const age = timeline.asOf - createdOn;
    const isConverted = drawChance(stream, age > 20 ? quality : 0);
    // The deal it became is the next one that was opened after it.
    while (open.length > 0 && open[open.length - 1].createdOn < createdOn + 5) open.pop();
    const deal =
      isConverted && open.length > 0 && open[open.length - 1].createdOn < createdOn + 60
        ? open.pop()
        : undefined;
    const status =
      age < 12
        ? 'new'
        : age < 45
          ? drawFrom(stream, ['working', 'qualified'] as const)
          : drawChance(stream, 0.12)
            ? 'qualified'
            : 'disqualified';
    const territory = stream.integer(force.territories.length);
    return {
      code,
      name,
      origin,
      createdOn,
      status: deal ? 'converted' : status,
      seller: deal?.seller ?? holderOf(territory, createdOn),
      deal: deal?.code ?? null,
    };
  });
}
