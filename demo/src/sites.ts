import { distanceKm } from './cities.ts';

/** A place of the company. Its index in `SITES` is how the generator speaks of it. */
export type Site = {
  readonly code: string;
  readonly name: string;
  readonly kind: 'plant' | 'warehouse';
  readonly latitude: number;
  readonly longitude: number;
  readonly suppliedFrom: number | null;
};

export const SITES: readonly Site[] = [
  {
    code: 'CID',
    name: 'Cedar Rapids plant',
    kind: 'plant',
    latitude: 41.92,
    longitude: -91.69,
    suppliedFrom: null,
  },
  {
    code: 'GSP',
    name: 'Greenville plant',
    kind: 'plant',
    latitude: 34.8,
    longitude: -82.32,
    suppliedFrom: null,
  },
  {
    code: 'RNO',
    name: 'Reno warehouse',
    kind: 'warehouse',
    latitude: 39.51,
    longitude: -119.74,
    suppliedFrom: 0,
  },
  {
    code: 'MCI',
    name: 'Kansas City warehouse',
    kind: 'warehouse',
    latitude: 39.18,
    longitude: -94.49,
    suppliedFrom: 0,
  },
  {
    code: 'HAR',
    name: 'Harrisburg warehouse',
    kind: 'warehouse',
    latitude: 40.24,
    longitude: -76.81,
    suppliedFrom: 0,
  },
  {
    code: 'ATL',
    name: 'Atlanta warehouse',
    kind: 'warehouse',
    latitude: 33.65,
    longitude: -84.5,
    suppliedFrom: 1,
  },
];

export const CEDAR_RAPIDS = 0;
export const GREENVILLE = 1;
/** Accessories and service parts arrive here and go on to the other warehouses. */
export const KANSAS_CITY = 3;
export const WAREHOUSES: readonly number[] = [2, 3, 4, 5];

const TRUCK_KM_PER_DAY = 750;
const HANDLING_DAYS = 1;

/** Days from dock to dock by truck. */
export function transitDays(from: number, to: number): number {
  if (from === to) return 0;
  return HANDLING_DAYS + Math.ceil((distanceKm(SITES[from], SITES[to]) * 1.2) / TRUCK_KM_PER_DAY);
}

/** The warehouse that serves a place: the nearest one. Returns its position in `WAREHOUSES`. */
export function servingWarehouse(place: { readonly latitude: number; readonly longitude: number }): number {
  let best = 0;
  WAREHOUSES.forEach((site, index) => {
    if (distanceKm(place, SITES[site]) < distanceKm(place, SITES[WAREHOUSES[best]])) best = index;
  });
  return best;
}
