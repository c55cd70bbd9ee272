/** What edits bring, in a sentence. */
import type { WhatIf } from '@planwright/contracts';

export function effectSentence(
  { before, after }: Pick<WhatIf, 'before' | 'after'>,
  changedCount: number,
  currency: string,
): string {
  if (changedCount === 0 && before.orderValue === after.orderValue)
    return 'It changes nothing of what is served.';
  const units = Math.round(after.onTimeQuantity - before.onTimeQuantity);
  const percent = (ratio: number | null) => shareText(ratio, after.onTimeRatio, before.onTimeRatio);
  const stock = Math.round(after.meanStockValue - before.meanStockValue);
  const shown = (quantity: number): string => Math.abs(quantity).toLocaleString('en-US');
  const one = Math.abs(units) === 1;
  const direction = `${shown(units)} ${one ? 'unit' : 'units'} ${units >= 0 ? 'more' : 'fewer'} ${one ? 'comes' : 'come'} in time`;
  const stockText =
    stock === 0 ? 'as much stock' : `${currency} ${shown(stock)} ${stock > 0 ? 'more' : 'less'} in stock`;
  return `${direction}: ${percent(after.onTimeRatio)} after ${percent(before.onTimeRatio)}, with ${stockText} at cost.`;
}

/** One decimal where that tells the two apart, else as many as do, four at most. */
function shareText(ratio: number | null, one: number | null, other: number | null): string {
  if (ratio === null) return '–';
  const differ = (decimals: number): boolean =>
    ((one ?? 0) * 100).toFixed(decimals) !== ((other ?? 0) * 100).toFixed(decimals);
  const decimals = [1, 2, 3, 4].find(differ) ?? 1;
  return `${Number((ratio * 100).toFixed(decimals))} %`;
}
