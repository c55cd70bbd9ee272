/** How a quantity stands in a sentence: up to three decimals, without trailing zeros. */
export function quantityText(quantity: number): string {
  return String(Math.round(quantity * 1000) / 1000 + 0);
}
