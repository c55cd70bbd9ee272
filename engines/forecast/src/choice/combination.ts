/**
 * The mean of several models, trimmed where so told. Combining beats choosing: errors that differ cancel, and no single
 * choice can fail.
 *
 * Trimming    in each bucket one voice at the low end and one at the high end are left out, as judges' marks are, so that one
 *             model gone astray moves nothing. Parts are those of the models that were heard, so they add up all the same.
 * Bands       are those of normal errors with the members' mean standard deviation; members whose bands are not to be trusted
 *             have no say in it.
 * Cost        of the order of members x buckets, beside the members' own.
 * Source      Clemen (1989), Int. J. of Forecasting 5(4), 559-583; Jose and Winkler (2008), ibid. 24(1), 163-169, for the
 *             trimmed mean; M4 results in Makridakis et al. (2020), ibid. 36(1), 54-74.
 */
import { assert } from '@planwright/units';
import type { Component, Core } from '../contract/contract.ts';
import { hasFiniteParameters } from '../contract/finite-parameters.ts';
import { rememberedByHorizon } from '../intervals/by-horizon.ts';
import { deviationOf, normalErrors } from '../intervals/normal-errors.ts';
import type { PartlyBandedCore } from '../intervals/calibration.ts';

export type Member<T> = {
  readonly model: T;
  /** How often it is counted; 1 unless told. */
  readonly voices?: number;
  /** True where its mean counts but not its bands. */
  readonly meanOnly?: boolean;
};

export type Combination<T> = {
  readonly members: readonly Member<T>[];
  /** Whether the lowest and the highest voice are left out in each bucket. */
  readonly trimmed: boolean;
};

export function combinedCore({ members, trimmed }: Combination<Core>): PartlyBandedCore {
  assert(members.length > 0, 'a combination has members');
  if (members.length === 1) return members[0].model;
  const voices = members.map((member) => member.voices ?? 1);
  assert(!trimmed || sumOf(voices) > 2, 'somebody is heard when the lowest and the highest voice are not');
  const withBands = members.filter(({ meanOnly }) => meanOnly !== true);
  assert(withBands.length > 0, 'a combination has a member with bands');
  const banded =
    trimmed || withBands.length < members.length
      ? combinedCore({ members: withBands, trimmed: false })
      : undefined;
  const together = (valuesOf: (core: Core) => Float64Array): Float64Array => {
    const rows = members.map(({ model }) => valuesOf(model));
    return shared(rows, sharesOf(rows, voices, trimmed));
  };
  const path = rememberedByHorizon((horizon) => together((core) => core.mean(horizon)));
  const deviation = (horizon: number): Float64Array =>
    banded === undefined ? together((core) => deviationOf(core, horizon)) : deviationOf(banded, horizon);
  return {
    label: labelOf(members, trimmed),
    description: describe(members, trimmed),
    parameters: () =>
      Object.assign({}, ...members.map(({ model }) => prefixed(model))) as Readonly<Record<string, number>>,
    hasFiniteParameters: () => members.every(({ model }) => hasFiniteParameters(model)),
    fitted: () => together((core) => core.fitted()),
    ...normalErrors((horizon) => path(horizon).slice(), deviation),
    banded,
    components: (horizon) => combinedComponents(members, voices, trimmed, horizon),
    refit: (history, depth) =>
      combinedCore({
        members: members.map((member) => ({ ...member, model: member.model.refit(history, depth) })),
        trimmed,
      }),
  };
}

const sumOf = (voices: readonly number[]): number => voices.reduce((sum, count) => sum + count, 0);

/**
 * How much each row counts in each bucket: as many columns as the rows, one row each, row-major. They sum to 1 in every bucket.
 */
function sharesOf(rows: readonly Float64Array[], voices: readonly number[], trimmed: boolean): Float64Array {
  const width = rows[0].length;
  const one = 1 / (sumOf(voices) - (trimmed ? 2 : 0));
  const shares = new Float64Array(rows.length * width);
  for (let member = 0; member < rows.length; member++)
    shares.fill(voices[member] * one, member * width, (member + 1) * width);
  if (!trimmed) return shares;
  for (let t = 0; t < width; t++) {
    let lowest = 0;
    let highest = 0;
    // Where all are equal the first and the last are left out, never the same one twice.
    for (let member = 1; member < rows.length; member++) {
      const value = rows[member][t];
      if (value < rows[lowest][t]) lowest = member;
      if (value >= rows[highest][t]) highest = member;
    }
    shares[lowest * width + t] -= one;
    shares[highest * width + t] -= one;
  }
  return shares;
}

/**
 * The sum of the rows times their shares, reckoned from the first that is heard: where all say the same, so does the mean, to
 * the last bit.
 */
function shared(rows: readonly Float64Array[], shares: Float64Array): Float64Array {
  const width = rows[0].length;
  const mean = new Float64Array(width);
  for (let t = 0; t < width; t++) {
    let first = 0;
    while (shares[first * width + t] === 0) first += 1;
    const base = rows[first][t];
    let apart = 0;
    for (let member = first + 1; member < rows.length; member++) {
      const share = shares[member * width + t];
      if (share !== 0) apart += share * (rows[member][t] - base);
    }
    mean[t] = base + apart;
  }
  return mean;
}

/** Adds what one member says; where it has no share it is not looked at, whatever it says. */
function addShare(sum: Float64Array, values: Float64Array, shares: Float64Array, member: number): void {
  const first = member * sum.length;
  for (let t = 0; t < sum.length; t++) if (shares[first + t] !== 0) sum[t] += shares[first + t] * values[t];
}

/** The members' parts by name, each times its member's share, so that they add up to the mean of those heard. */
function combinedComponents(
  members: readonly Member<Core>[],
  voices: readonly number[],
  trimmed: boolean,
  horizon: number,
): Component[] {
  const fits = members.map(({ model }) => model.fitted());
  const means = members.map(({ model }) => model.mean(horizon));
  const past = sharesOf(fits, voices, trimmed);
  const ahead = sharesOf(means, voices, trimmed);
  const parts = new Map<string, Component>();
  members.forEach(({ model }, member) => {
    const own = model.components?.(horizon) ?? [
      { name: 'level', history: fits[member], future: means[member] },
    ];
    for (const { name, history, future } of own) {
      let sum = parts.get(name);
      if (sum === undefined) {
        sum = { name, history: new Float64Array(history.length), future: new Float64Array(horizon) };
        parts.set(name, sum);
      }
      addShare(sum.history, history, past, member);
      addShare(sum.future, future, ahead, member);
    }
  });
  return [...parts.values()];
}

/** Two are named; of more only the number, for the description names them. */
function labelOf(members: readonly Member<Core>[], trimmed: boolean): string {
  if (members.length === 2) return members.map(({ model }) => model.label).join(' + ');
  return `${trimmed ? 'Trimmed mean' : 'Mean'} of ${members.length} methods`;
}

function describe(members: readonly Member<Core>[], trimmed: boolean): string {
  const names = members.map(({ model, voices }) =>
    voices === undefined || voices === 1 ? model.label : `${model.label} (counted ${voices} times)`,
  );
  const listed = `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
  return `Takes the mean of ${listed}${trimmed ? '; in each bucket the lowest and the highest are left out' : ''}.`;
}

function prefixed(member: Core): Record<string, number> {
  return Object.fromEntries(
    Object.entries(member.parameters()).map(([name, value]) => [`${member.label}: ${name}`, value]),
  );
}
