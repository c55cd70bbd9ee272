import type { DELAY_CAUSES } from '@planwright/contracts';

export type DelayCause = (typeof DELAY_CAUSES)[number];

/** What holds demand up, in words. */
export const CAUSES: Readonly<Record<DelayCause, string>> = {
  leadTime: 'Lead time',
  capacity: 'Hours of a resource',
  noSource: 'No source',
  sourceMaximum: 'Limit of a supplier',
  storage: 'Room for stock',
  shelfLife: 'Shelf life',
  buildAhead: 'Limit of building ahead',
  frozen: 'Frozen time',
  effectivity: 'Source not valid then',
};
