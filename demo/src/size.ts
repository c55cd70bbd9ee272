/** S for tests, M for the product's first start, L for load tests. */
export type DemoSize = 'S' | 'M' | 'L';

/** How much of everything a size has. Counts are what the generator aims at; revenue is US dollars a year. */
export type Scale = {
  readonly finishedCount: number;
  readonly spareCount: number;
  /** Average number of warehouse and channel pairs in which a finished item is sold. */
  readonly keysPerItem: number;
  readonly linesPerKeyMonth: number;
  readonly revenuePerKeyYear: number;
  readonly accountCount: number;
  readonly territoryCount: number;
  readonly supplierCount: number;
  /** Parts to choose from in each slot of a bill of material, against M. */
  readonly partPoolRatio: number;
  /** Safety stock against M: few customers are harder to foresee than many. */
  readonly safetyRatio: number;
  readonly opportunityCount: number;
  readonly leadCount: number;
};

export const SCALES: Readonly<Record<DemoSize, Scale>> = {
  S: {
    finishedCount: 40,
    spareCount: 15,
    keysPerItem: 4,
    linesPerKeyMonth: 1.45,
    revenuePerKeyYear: 60_000,
    accountCount: 120,
    territoryCount: 8,
    supplierCount: 16,
    partPoolRatio: 0.4,
    safetyRatio: 1.8,
    opportunityCount: 150,
    leadCount: 320,
  },
  M: {
    finishedCount: 300,
    spareCount: 200,
    keysPerItem: 6.6,
    linesPerKeyMonth: 2.3,
    revenuePerKeyYear: 90_000,
    accountCount: 2_000,
    territoryCount: 40,
    supplierCount: 60,
    partPoolRatio: 1,
    safetyRatio: 1,
    opportunityCount: 2_400,
    leadCount: 5_500,
  },
  L: {
    finishedCount: 2_350,
    spareCount: 800,
    keysPerItem: 8,
    linesPerKeyMonth: 1.5,
    revenuePerKeyYear: 60_000,
    accountCount: 8_000,
    territoryCount: 120,
    supplierCount: 180,
    partPoolRatio: 2.5,
    safetyRatio: 1,
    opportunityCount: 8_000,
    leadCount: 18_000,
  },
};
