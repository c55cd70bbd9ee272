/** Whose reasons are asked for. */
export type WhyOf =
  | { readonly of: 'demand' | 'order'; readonly id: number }
  | { readonly of: 'stockPoint'; readonly id: number; readonly bucket?: number };

/** As it stands in an address: `demand.12`, `order.5`, `point.7.3`. */
export function whyAddress(why: WhyOf): string {
  if (why.of !== 'stockPoint') return `${why.of}.${why.id}`;
  return why.bucket === undefined ? `point.${why.id}` : `point.${why.id}.${why.bucket}`;
}

export function whyOfAddress(address: string): WhyOf | null {
  const [of, id, bucket] = address.split('.');
  const number = Number(id);
  if (!Number.isInteger(number) || number < 1) return null;
  if (of === 'demand' || of === 'order') return { of, id: number };
  if (of !== 'point') return null;
  return bucket === undefined
    ? { of: 'stockPoint', id: number }
    : { of: 'stockPoint', id: number, bucket: Number(bucket) };
}
