import type { Launch } from '@planwright/contracts';

/** In the address: a launch that is being planned and has no item yet. */
export const NEW_LAUNCH = 'new';

/** What tells a launch from any other, as it stands in the address. */
export const launchKey = ({
  item,
  location,
  channel,
}: Pick<Launch, 'item' | 'location' | 'channel'>): string => `${item}~${location}~${channel}`;

/** "RNO · dealer", or everywhere. */
export function placeInWords({ location, channel }: Pick<Launch, 'location' | 'channel'>): string {
  const parts = [location, channel].filter((part) => part !== '');
  return parts.length === 0 ? 'wherever it is sold' : parts.join(' · ');
}
