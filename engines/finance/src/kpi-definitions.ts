/** What each KPI means, in words the screens print beside the figure. One definition, one formula, one sign. */

export type KpiCode =
  | 'forecast-accuracy'
  | 'demand-plan-bias'
  | 'inventory-turns'
  | 'capacity-utilisation'
  | 'otif';

export type KpiDefinition = {
  readonly code: KpiCode;
  readonly name: string;
  /** Numerator, denominator, and what is left out. */
  readonly formula: string;
  readonly unit: 'ratio' | 'turns per year';
  /** toward: the closer to `ideal`, the better, from either side. */
  readonly goodDirection: 'up' | 'down' | 'toward';
  /** Only where goodDirection is toward. */
  readonly ideal?: number;
  readonly source: string;
};

export const KPI_DEFINITIONS: readonly KpiDefinition[] = [
  {
    code: 'forecast-accuracy',
    name: 'Forecast accuracy',
    formula:
      '1 - WAPE, and never below 0. WAPE = sum of |actual - forecast| / sum of actual, over the buckets where both are known.',
    unit: 'ratio',
    goodDirection: 'up',
    source: 'Weighted absolute percentage error; safe where single actuals are zero.',
  },
  {
    code: 'demand-plan-bias',
    name: 'Demand plan bias',
    formula:
      '(sum of forecast - sum of actual) / sum of actual, over the buckets where both are known. Plus = the plan was too high, minus = too low.',
    unit: 'ratio',
    goodDirection: 'toward',
    ideal: 0,
    source: 'Sign as stated in the formula; usage in the field varies.',
  },
  {
    code: 'inventory-turns',
    name: 'Inventory turns',
    formula:
      'Cost of goods sold, scaled to a year / average inventory value. The average is over the opening value and the value at the end of each bucket.',
    unit: 'turns per year',
    goodDirection: 'up',
    source: 'SCOR AM.2.2: turns x days of supply = 365.',
  },
  {
    code: 'capacity-utilisation',
    name: 'Capacity utilisation',
    formula:
      'Load hours / rated capacity hours. Rated = available time x utilisation x efficiency, so 1 is full and more is overloaded.',
    unit: 'ratio',
    goodDirection: 'toward',
    ideal: 1,
    source: 'APICS Dictionary, rated capacity; load percent.',
  },
  {
    code: 'otif',
    name: 'On time in full (OTIF)',
    formula:
      'Order lines delivered in full within the tolerance around the requested day / order lines due. A line past due and not delivered is a miss; a line not yet due is left out.',
    unit: 'ratio',
    goodDirection: 'up',
    source: 'Line level on the requested date; McKinsey (2019), Defining on-time, in-full.',
  },
];

/** The definition of a KPI. */
export function kpiDefinition(code: KpiCode): KpiDefinition {
  const found = KPI_DEFINITIONS.find((definition) => definition.code === code);
  if (found === undefined) throw new Error(`Broken invariant: KPI ${code} has a definition`);
  return found;
}
