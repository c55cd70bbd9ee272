/**
 * What a fit of exponential smoothing and its forecast are made of: level, trend and season.
 *
 * History   level before the bucket, one (damped) step of its trend, and what the season adds.
 * Future    the last level, all steps of the trend together, and what the season adds.
 * A part that the model lacks is left out. Cost: one pass of its own, so only whoever asks pays for it.
 */
import type { Component } from '../../contract/contract.ts';
import type { EtsFit } from './ets-fit.ts';
import { writeInitialState } from './ets-initial.ts';
import type { EtsSeason } from './ets-spec.ts';

type Parts = { readonly level: Float64Array; readonly trend: Float64Array; readonly season: Float64Array };

const newParts = (count: number): Parts => ({
  level: new Float64Array(count),
  trend: new Float64Array(count),
  season: new Float64Array(count),
});

export function etsParts(
  history: Float64Array,
  period: number,
  fit: EtsFit,
  horizon: number,
): readonly Component[] {
  const { trend, season } = fit.spec;
  const state = new Float64Array(2 + period);
  writeInitialState(fit.initial, trend, state);
  const past = pastParts(history, period, fit, state);
  const future = futureParts(history.length, period, fit, state, horizon);
  const names = [
    'level',
    ...(trend === 'N' ? [] : ['trend']),
    ...(season === 'N' ? [] : ['season']),
  ] as const;
  return names.map((name) => {
    const key = name as keyof Parts;
    return { name, history: past[key], future: future[key] };
  });
}

const added = (season: EtsSeason, base: number, index: number): number =>
  season === 'N' ? 0 : season === 'A' ? index : base * (index - 1);

/** Runs the recursion of ets-kernels.ts, keeping what it passes; leaves the final state in `state`. */
function pastParts(history: Float64Array, period: number, fit: EtsFit, state: Float64Array): Parts {
  const { season } = fit.spec;
  const { alpha, beta, gamma, phi } = fit.parameters;
  const parts = newParts(history.length);
  for (let t = 0; t < history.length; t++) {
    const slot = 2 + (t % period);
    const index = state[slot];
    const trend = phi * state[1];
    const base = state[0] + trend;
    parts.level[t] = state[0];
    parts.trend[t] = trend;
    parts.season[t] = added(season, base, index);
    const error =
      season === 'M' ? history[t] / index - base : history[t] - base - (season === 'A' ? index : 0);
    state[0] = base + alpha * error;
    state[1] = trend + beta * error;
    if (season === 'A') state[slot] = index + gamma * error;
    if (season === 'M') state[slot] = index + gamma * (history[t] / base - index);
  }
  return parts;
}

function futureParts(
  count: number,
  period: number,
  { spec, parameters: { phi } }: EtsFit,
  state: Float64Array,
  horizon: number,
): Parts {
  const parts = newParts(horizon);
  let damping = 0;
  let power = 1;
  for (let step = 0; step < horizon; step++) {
    power *= phi;
    damping += power;
    parts.level[step] = state[0];
    parts.trend[step] = damping * state[1];
    const base = state[0] + parts.trend[step];
    parts.season[step] = added(spec.season, base, state[2 + ((count + step) % period)]);
  }
  return parts;
}

/** Weighted sum of the members' parts by name; the weights sum to 1. */
export function weightedParts(
  members: readonly { readonly weight: number; readonly parts: readonly Component[] }[],
): readonly Component[] {
  const sums = new Map<string, Component>();
  for (const { weight, parts } of members) {
    for (const { name, history, future } of parts) {
      const sum = sums.get(name) ?? {
        name,
        history: new Float64Array(history.length),
        future: new Float64Array(future.length),
      };
      sums.set(name, sum);
      for (let t = 0; t < history.length; t++) sum.history[t] += weight * history[t];
      for (let step = 0; step < future.length; step++) sum.future[step] += weight * future[step];
    }
  }
  return [...sums.values()];
}
