/**
 * The mean of several models. Combining beats choosing: errors that differ cancel, and no single choice can fail.
 * Means, fits and quantiles are averaged alike (quantile averaging keeps intervals nested).
 * Source: Clemen (1989), Int. J. of Forecasting 5(4), 559-583; M4 results in Makridakis et al. (2020), ibid. 36(1), 54-74.
 */
import { assert } from '@planwright/units';
import type { Core } from './contract.ts';

export function combinedCore(members: readonly Core[]): Core {
  assert(members.length > 0, 'a combination has members');
  if (members.length === 1) return members[0];
  const average = (read: (member: Core) => Float64Array): Float64Array => {
    const sum = read(members[0]).slice();
    for (const member of members.slice(1)) {
      const values = read(member);
      for (let i = 0; i < sum.length; i++) sum[i] += values[i];
    }
    return sum.map((value) => value / members.length);
  };
  const labels = members.map((member) => member.label);
  return {
    label: labels.join(' + '),
    description: `Takes the mean of ${labels.slice(0, -1).join(', ')} and ${labels[labels.length - 1]}.`,
    parameters: Object.assign({}, ...members.map((member) => prefixed(member))) as Readonly<
      Record<string, number>
    >,
    fitted: average((member) => member.fitted),
    mean: (horizon) => average((member) => member.mean(horizon)),
    quantile: (horizon, probability) => average((member) => member.quantile(horizon, probability)),
    refit: (history, depth) => combinedCore(members.map((member) => member.refit(history, depth))),
  };
}

function prefixed(member: Core): Record<string, number> {
  return Object.fromEntries(
    Object.entries(member.parameters).map(([name, value]) => [`${member.label}: ${name}`, value]),
  );
}
