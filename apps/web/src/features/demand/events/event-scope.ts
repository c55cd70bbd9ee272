import type { DemandEvent } from '@planwright/contracts';

/** What an event touches: "ROBO · online", or all items. */
export const scopeInWords = ({ itemGroup, item, location, channel }: DemandEvent): string =>
  [item ?? itemGroup ?? 'All items', location, channel].filter((part) => part !== null).join(' · ');
