/** The suppliers, what they supply, and how well they keep their word. */
import { randomStream } from '@planwright/numerics';
import { CITIES } from './cities.ts';
import { drawBetween, drawFrom, drawInteger } from './draws.ts';
import { LAST_NAMES, SUPPLIER_WORDS } from './names.ts';
import type { Commodity } from './part-tables.ts';
import type { Scale } from './size.ts';

export type Supplier = {
  readonly code: string;
  readonly name: string;
  readonly commodity: Commodity;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly currency: string;
  readonly leadTimeDays: number;
  /** Chance that a delivery is late of the supplier's own doing, and by how many days then, on average. */
  readonly lateChance: number;
  readonly lateMeanDays: number;
  readonly rejectRatio: number;
  /** Ships by sea through ports that clog up at times. */
  readonly isOverseas: boolean;
  readonly preferred: boolean;
  readonly active: boolean;
};

type Place = {
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
};

const ABROAD: readonly Place[] = [
  { name: 'Monterrey', country: 'MX', latitude: 25.67, longitude: -100.31 },
  { name: 'Hamilton', country: 'CA', latitude: 43.24, longitude: -79.87 },
  { name: 'Ningbo', country: 'CN', latitude: 29.87, longitude: 121.55 },
  { name: 'Suzhou', country: 'CN', latitude: 31.3, longitude: 120.59 },
  { name: 'Shenzhen', country: 'CN', latitude: 22.6, longitude: 114.06 },
  { name: 'Taichung', country: 'TW', latitude: 24.15, longitude: 120.67 },
  { name: 'Hai Phong', country: 'VN', latitude: 20.86, longitude: 106.66 },
  { name: 'Daegu', country: 'KR', latitude: 35.87, longitude: 128.6 },
  { name: 'Nagoya', country: 'JP', latitude: 35.18, longitude: 136.91 },
  { name: 'Stuttgart', country: 'DE', latitude: 48.78, longitude: 9.18 },
  { name: 'Bologna', country: 'IT', latitude: 44.49, longitude: 11.34 },
];

const COUNTRIES: Readonly<Record<Commodity, readonly string[]>> = {
  metal: ['US', 'US', 'CA'],
  castings: ['US', 'CN', 'IT', 'MX'],
  electronics: ['CN', 'TW', 'VN', 'US'],
  cells: ['KR', 'CN', 'JP'],
  plastics: ['US', 'DE', 'US'],
  hardware: ['TW', 'US', 'CN'],
  packaging: ['US', 'US', 'MX'],
  goods: ['CN', 'VN', 'US', 'MX'],
  spares: ['US', 'TW', 'CN', 'IT', 'DE'],
};
const COMMODITIES = Object.keys(COUNTRIES) as Commodity[];

const LEAD_DAYS: Readonly<Record<string, readonly [number, number]>> = {
  US: [12, 28],
  CA: [16, 26],
  MX: [20, 32],
  DE: [42, 60],
  IT: [42, 60],
};
const SEA_LEAD_DAYS = [60, 88] as const;
const FORMS: Readonly<Record<string, string>> = {
  US: 'Inc.',
  CA: 'Ltd.',
  MX: 'S.A.',
  DE: 'GmbH',
  IT: 'S.p.A.',
};
const EURO_COUNTRIES = ['DE', 'IT'];

export function makeSuppliers(scale: Scale, seed: number): Supplier[] {
  return Array.from({ length: scale.supplierCount }, (_, index) => {
    const code = `V-${3001 + index}`;
    const stream = randomStream(seed, `supplier:${code}`);
    const commodity = COMMODITIES[index % COMMODITIES.length];
    const round = Math.floor(index / COMMODITIES.length);
    const country = COUNTRIES[commodity][round % COUNTRIES[commodity].length];
    const place: Place =
      country === 'US'
        ? { ...drawFrom(stream, CITIES), country }
        : drawFrom(
            stream,
            ABROAD.filter((candidate) => candidate.country === country),
          );
    const lead = LEAD_DAYS[country] ?? SEA_LEAD_DAYS;
    const quality = stream.uniform();
    const stem = stream.uniform() < 0.5 ? place.name : drawFrom(stream, LAST_NAMES);
    return {
      code,
      name: `${stem} ${drawFrom(stream, SUPPLIER_WORDS[commodity])} ${FORMS[country] ?? 'Co., Ltd.'}`,
      commodity,
      country,
      latitude: place.latitude,
      longitude: place.longitude,
      currency: EURO_COUNTRIES.includes(country) ? 'EUR' : 'USD',
      leadTimeDays: drawInteger(stream, lead[0], lead[1]),
      lateChance: 0.05 + 0.38 * quality ** 2,
      lateMeanDays: drawBetween(stream, 3, 7) + 9 * quality,
      rejectRatio: 0.003 + 0.04 * quality ** 2,
      isOverseas: LEAD_DAYS[country] === undefined,
      preferred: quality < 0.35,
      // The last of a long list are kept for their history only.
      active: index < scale.supplierCount - Math.floor(scale.supplierCount / 30),
    };
  });
}

/** A, B or C, as purchasing keeps it: mostly what the deliveries show, one class behind for some. */
export function ratingOf(supplier: Supplier): string {
  return supplier.lateChance < 0.1 ? 'A' : supplier.lateChance < 0.22 ? 'B' : 'C';
}
