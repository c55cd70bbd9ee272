/**
 * The weighted mean of several models. Combining beats choosing: errors that differ cancel, and no single choice can fail.
 * Means and fits are averaged alike. A quantile lies as far from the mean as the members' quantiles lie from theirs on
 * average (which keeps intervals nested); members whose bands are not to be trusted have no say in it.
 * Source: Clemen (1989), Int. J. of Forecasting 5(4), 559-583; M4 results in Makridakis et al. (2020), ibid. 36(1), 54-74.
 */
import { assert } from '@planwright/units';
import type { Component, Core } from '../contract/contract.ts';

/** A model of a combination; weights are relative to each other. */
export type Member<T> = {
  readonly model: T;
  readonly weight: number;
  /** True where its mean counts but not its bands. */
  readonly meanOnly?: boolean;
};

export function combinedCore(given: readonly Member<Core>[]): Core {
  assert(given.length > 0, 'a combination has members');
  if (given.length === 1) return given[0].model;
  const total = given.reduce((sum, { weight }) => sum + weight, 0);
  const members = given.map((member) => ({ ...member, weight: member.weight / total }));
  const banded = members.filter(({ meanOnly }) => meanOnly !== true);
  assert(banded.length > 0, 'a combination has a member with bands');
  const bandTotal = banded.reduce((sum, { weight }) => sum + weight, 0);
  const bandMembers = banded.map((member) => ({ ...member, weight: member.weight / bandTotal }));
  const labels = members.map(({ model }) => model.label);
  const isEven = members.every(({ weight }) => weight === members[0].weight);
  const average = (valuesOf: (core: Core) => Float64Array): Float64Array => weightedMean(members, valuesOf);
  return {
    label: labels.join(' + '),
    description: `Takes the ${isEven ? '' : 'weighted '}mean of ${labels.slice(0, -1).join(', ')} and ${labels[labels.length - 1]}.`,
    parameters: () =>
      Object.assign({}, ...members.map(({ model }) => prefixed(model))) as Readonly<Record<string, number>>,
    fitted: () => average((core) => core.fitted()),
    mean: (horizon) => average((core) => core.mean(horizon)),
    quantile: (horizon, probability) => {
      const quantile = weightedMean(bandMembers, (core) => core.quantile(horizon, probability));
      if (bandMembers.length === members.length) return quantile;
      const theirs = weightedMean(bandMembers, (core) => core.mean(horizon));
      const ours = average((core) => core.mean(horizon));
      return quantile.map((value, step) => value + (ours[step] - theirs[step]));
    },
    components: (horizon) => combinedComponents(members, horizon),
    refit: (history, depth) =>
      combinedCore(members.map((member) => ({ ...member, model: member.model.refit(history, depth) }))),
  };
}

/** The members' parts by name, each times its member's weight, so that they add up to the mean of all. */
function combinedComponents(members: readonly Member<Core>[], horizon: number): Component[] {
  const parts = new Map<string, Component>();
  for (const { model, weight } of members) {
    for (const { name, history, future } of componentsOrLevel(model, horizon)) {
      const sum = parts.get(name);
      if (sum === undefined) {
        const scaled = (values: Float64Array): Float64Array => values.map((value) => weight * value);
        parts.set(name, { name, history: scaled(history), future: scaled(future) });
      } else {
        history.forEach((value, t) => (sum.history[t] += weight * value));
        future.forEach((value, step) => (sum.future[step] += weight * value));
      }
    }
  }
  return [...parts.values()];
}

const componentsOrLevel = (core: Core, horizon: number): readonly Component[] =>
  core.components?.(horizon) ?? [{ name: 'level', history: core.fitted(), future: core.mean(horizon) }];

function weightedMean(
  members: readonly Member<Core>[],
  valuesOf: (core: Core) => Float64Array,
): Float64Array {
  let sum: Float64Array | undefined;
  for (const { model, weight } of members) {
    const values = valuesOf(model);
    sum ??= new Float64Array(values.length);
    for (let i = 0; i < sum.length; i++) sum[i] += weight * values[i];
  }
  return sum!;
}

function prefixed(member: Core): Record<string, number> {
  return Object.fromEntries(
    Object.entries(member.parameters()).map(([name, value]) => [`${member.label}: ${name}`, value]),
  );
}
