/**
 * The mean of several models. Combining beats choosing: errors that differ cancel, and no single choice can fail.
 * Means, fits and quantiles are averaged alike (quantile averaging keeps intervals nested).
 * Source: Clemen (1989), Int. J. of Forecasting 5(4), 559-583; M4 results in Makridakis et al. (2020), ibid. 36(1), 54-74.
 */
import { assert } from '@planwright/units';
import type { Core } from '../contract/contract.ts';

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
    refit: (history, depth) => combinedCore(members.map((member) => member.refit(history, depth))),
  };
}

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
