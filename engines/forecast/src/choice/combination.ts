/**
 * The mean of several models. Combining beats choosing: errors that differ cancel, and no single choice can fail.
 * Means, fits and quantiles are averaged alike (quantile averaging keeps intervals nested).
 * Source: Clemen (1989), Int. J. of Forecasting 5(4), 559-583; M4 results in Makridakis et al. (2020), ibid. 36(1), 54-74.
 */
import { assert } from '@planwright/units';
import type { Component, Core } from '../contract/contract.ts';

export function combinedCore(members: readonly Core[]): Core {
  assert(members.length > 0, 'a combination has members');
  if (members.length === 1) return members[0];
  const labels = members.map((member) => member.label);
  return {
    label: labels.join(' + '),
    description: `Takes the mean of ${labels.slice(0, -1).join(', ')} and ${labels[labels.length - 1]}.`,
    parameters: () => Object.assign({}, ...members.map(prefixed)) as Readonly<Record<string, number>>,
    fitted: () => average(members.map((member) => member.fitted())),
    mean: (horizon) => average(members.map((member) => member.mean(horizon))),
    quantile: (horizon, probability) =>
      average(members.map((member) => member.quantile(horizon, probability))),
    components: (horizon) => combinedComponents(members, horizon),
    refit: (history, depth) => combinedCore(members.map((member) => member.refit(history, depth))),
  };
}

/** The members' parts by name, each divided by the number of members, so that they add up to the mean of all. */
function combinedComponents(members: readonly Core[], horizon: number): Component[] {
  const parts = new Map<string, Component>();
  for (const member of members) {
    for (const { name, history, future } of componentsOrLevel(member, horizon)) {
      const sum = parts.get(name);
      if (sum === undefined) parts.set(name, { name, history: scaled(history), future: scaled(future) });
      else {
        history.forEach((value, t) => (sum.history[t] += value / members.length));
        future.forEach((value, step) => (sum.future[step] += value / members.length));
      }
    }
  }
  return [...parts.values()];

  function scaled(values: Float64Array): Float64Array {
    return values.map((value) => value / members.length);
  }
}

const componentsOrLevel = (core: Core, horizon: number): readonly Component[] =>
  core.components?.(horizon) ?? [{ name: 'level', history: core.fitted(), future: core.mean(horizon) }];

function average(columns: readonly Float64Array[]): Float64Array {
  const result = new Float64Array(columns[0].length);
  for (let i = 0; i < result.length; i++) {
    let sum = 0;
    for (const column of columns) sum += column[i];
    result[i] = sum / columns.length;
  }
  return result;
}

function prefixed(member: Core): Record<string, number> {
  return Object.fromEntries(
    Object.entries(member.parameters()).map(([name, value]) => [`${member.label}: ${name}`, value]),
  );
}
