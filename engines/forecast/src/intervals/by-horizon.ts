/**
 * Remembers the last horizon's result: mean and several quantiles of one forecast ask for the same numbers in turn.
 * The result must not be changed by its reader.
 */
export function rememberedByHorizon<T>(compute: (horizon: number) => T): (horizon: number) => T {
  let known: { readonly horizon: number; readonly result: T } | undefined;
  return (horizon) => {
    if (known?.horizon !== horizon) known = { horizon, result: compute(horizon) };
    return known.result;
  };
}
