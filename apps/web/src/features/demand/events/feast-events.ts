import type { DemandEvent, Feast } from '@planwright/contracts';

/** A feast as an event that nobody recorded and nobody can change. */
export const eventOfFeast = (feast: Feast): DemandEvent => ({
  ...feast,
  kind: 'holiday',
  itemGroup: null,
  item: null,
  location: null,
  channel: null,
  strength: 1,
  upliftRatio: null,
  priceChangeRatio: null,
  note: null,
  version: '',
});

export const isFeast = ({ version }: DemandEvent): boolean => version === '';
