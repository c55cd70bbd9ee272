/** Regressors as columns beside a history, and what each of them does to the forecast. */
import { median } from '@planwright/numerics';
import type { Component, Regressors } from '../../contract/contract.ts';

/** One column per name, each as long as the history at least. */
export type Explanation = { readonly names: readonly string[]; readonly columns: readonly Float64Array[] };

const NOTHING: Explanation = { names: [], columns: [] };

// Squares beyond this size would overflow; such a column explains nothing.
const LARGEST = 1e100;

/** Columns of at least `count` entries; where the rows end, the last one is repeated. */
export function explanationOf(regressors: Regressors | undefined, count: number): Explanation {
  if (regressors === undefined || regressors.names.length === 0) return NOTHING;
  const { names, values } = regressors;
  const rows = Math.floor(values.length / names.length);
  if (rows === 0) return NOTHING;
  const length = Math.max(rows, count);
  const columns = names.map((_, index) => {
    const column = new Float64Array(length);
    for (let t = 0; t < length; t++) column[t] = values[Math.min(t, rows - 1) * names.length + index];
    return column.every((value) => Math.abs(value) < LARGEST) ? column : column.fill(0);
  });
  return { names, columns };
}

/** A column's entry of any bucket, the last one repeated. */
export const entryAt = (column: Float64Array, t: number): number => column[Math.min(t, column.length - 1)];

/**
 * What each regressor adds to fit and forecast: its effect beside that of its usual value, the median over the history. An
 * event that is mostly off adds nothing while it is off, and a price only what it differs from the usual one.
 * `effects` are the regressors' columns times their coefficients.
 */
export function explainedParts(
  { names }: Explanation,
  effects: readonly Float64Array[],
  fitted: Float64Array,
  horizon: number,
): Component[] {
  const count = fitted.length;
  const parts = new Map<string, Component>();
  names.forEach((name, index) => {
    const effect = effects[index];
    const usual = median(effect.slice(0, count));
    const part = parts.get(name) ?? {
      name,
      history: fitted.map((value) => (Number.isNaN(value) ? value : 0)),
      future: new Float64Array(horizon),
    };
    // Two regressors of one name are one part.
    for (let t = 0; t < count; t++) part.history[t] += effect[t] - usual;
    for (let step = 0; step < horizon; step++) part.future[step] += entryAt(effect, count + step) - usual;
    parts.set(name, part);
  });
  return [...parts.values()];
}

/** The part named so that remains of fit and forecast beside the others. */
export function remainingPart(
  name: string,
  others: readonly Component[],
  fitted: Float64Array,
  mean: Float64Array,
): Component {
  const history = fitted.slice();
  const future = mean.slice();
  for (const part of others) {
    for (let t = 0; t < history.length; t++) history[t] -= part.history[t];
    for (let step = 0; step < future.length; step++) future[step] -= part.future[step];
  }
  return { name: others.some((part) => part.name === name) ? `other ${name}` : name, history, future };
}
