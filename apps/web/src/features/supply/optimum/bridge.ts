import type { Optimum } from '@planwright/contracts';

type Cost = NonNullable<Optimum['result']>['heuristic'];

export type BridgeStep = {
  readonly kind: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** How far the total has moved before and behind the step. */
  readonly from: number;
  readonly to: number;
};

/** The steps from one plan's cost to the other's, kind by kind, the largest saving first. They add up exactly. */
export function bridgeOf(heuristic: Cost, optimum: Cost): BridgeStep[] {
  const amountOf = (cost: Cost, kind: string): number =>
    cost.parts.reduce((sum, part) => (part.kind === kind ? sum + part.amount : sum), 0);
  const kinds = [...new Set([...heuristic.parts, ...optimum.parts].map(({ kind }) => kind))];
  const changes = kinds
    .map((kind) => ({ kind, before: amountOf(heuristic, kind), after: amountOf(optimum, kind) }))
    .map((step) => ({ ...step, change: step.after - step.before }))
    .toSorted((a, b) => a.change - b.change);
  let total = 0;
  return changes.map((step) => {
    const from = total;
    total += step.change;
    return { ...step, from, to: total };
  });
}
