/**
 * The architecture as data: each package with its row. A package may import only from rows above its own
 * (a lower number). Packages of one row do not know each other.
 */
export const LAYERS: Readonly<Record<string, number>> = {
  'engines/units': 0,
  'engines/time': 1,
  'engines/numerics': 1,
  'engines/series': 2,
  'engines/trees': 2,
  'engines/forecast': 3,
  'engines/supply': 3,
  'engines/finance': 3,
  contracts: 4,
  demo: 5,
  app: 5,
  client: 5,
  'adapters/postgres': 6,
  'adapters/http': 6,
  'adapters/jobs': 6,
  'adapters/files': 6,
  'adapters/solver': 6,
  'apps/server': 7,
  'apps/web': 7,
  'apps/cli': 8,
  testkit: 3,
};
