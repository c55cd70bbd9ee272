/**
 * The target tables of an import: what a company's files may fill.
 *
 * This list is the one home of the column names, types, keys and references of master and transaction
 * data. The importer validates against it, the migrations and the repositories follow it, the demo
 * company is written in it, and the mapping help on the page prints it. A table in the database has the
 * target's name; a column has the column's name in snake_case, behind `company_id`.
 */

/**
 * text: trimmed, '' is missing. day: ISO date. number: finite double. integer: whole number.
 * money: decimal with four places, kept as a decimal string until it is stored. flag: true or false.
 */
export type ColumnType = 'text' | 'day' | 'number' | 'integer' | 'money' | 'flag';

export type TargetColumn = {
  readonly name: string;
  readonly type: ColumnType;
  /** A row without a value here is refused. */
  readonly required?: true;
  /** Part of the source key: the same key again replaces the row. Key columns are never null ('' when optional text). */
  readonly key?: true;
  /** The value must be the `code` of a row of this target. */
  readonly references?: TargetName;
  /** Used where the mapping gives nothing. */
  readonly fallback?: string | number | boolean;
  readonly oneOf?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unit?: string;
  readonly about: string;
};

export type Target = {
  readonly name: TargetName;
  readonly label: string;
  readonly about: string;
  readonly columns: readonly TargetColumn[];
};

export const TARGET_NAMES = [
  'item_group',
  'location',
  'item',
  'item_location',
  'territory',
  'employee',
  'account',
  'supplier',
  'item_supplier',
  'bom_row',
  'resource',
  'routing_step',
  'on_hand',
  'stock_balance',
  'sales_order',
  'sales_order_line',
  'purchase_order_line',
  'work_order',
  'seller_territory',
  'quota',
  'ledger_line',
  'fx_rate',
  'demand_event',
  'lead',
  'opportunity',
  'opportunity_event',
] as const;

export type TargetName = (typeof TARGET_NAMES)[number];

const code = (about: string): TargetColumn => ({
  name: 'code',
  type: 'text',
  required: true,
  key: true,
  about,
});
const name = (about: string): TargetColumn => ({ name: 'name', type: 'text', required: true, about });
const ref = (column: string, target: TargetName, about: string): TargetColumn => ({
  name: column,
  type: 'text',
  required: true,
  references: target,
  about,
});
const keyRef = (column: string, target: TargetName, about: string): TargetColumn => ({
  ...ref(column, target, about),
  key: true,
});
const optionalRef = (column: string, target: TargetName, about: string): TargetColumn => ({
  name: column,
  type: 'text',
  references: target,
  about,
});
const text = (column: string, about: string): TargetColumn => ({ name: column, type: 'text', about });
const day = (column: string, about: string): TargetColumn => ({ name: column, type: 'day', about });
const quantity = (column: string, about: string, minimum = 0): TargetColumn => ({
  name: column,
  type: 'number',
  minimum,
  unit: 'item unit',
  about,
});
const money = (column: string, about: string): TargetColumn => ({ name: column, type: 'money', about });
const currency: TargetColumn = {
  name: 'currency',
  type: 'text',
  about: 'ISO 4217 code; the company currency where missing.',
};
const latitude: TargetColumn = {
  name: 'latitude',
  type: 'number',
  minimum: -90,
  maximum: 90,
  unit: 'degrees',
  about: 'WGS84.',
};
const longitude: TargetColumn = {
  name: 'longitude',
  type: 'number',
  minimum: -180,
  maximum: 180,
  unit: 'degrees',
  about: 'WGS84.',
};
const leadTimeDays: TargetColumn = {
  name: 'leadTimeDays',
  type: 'number',
  minimum: 0,
  unit: 'days',
  about: 'From release to receipt.',
};

export const TARGETS: readonly Target[] = [
  {
    name: 'item_group',
    label: 'Item groups',
    about: 'The item hierarchy, as deep as the company has it. A group without a parent is a top level.',
    columns: [
      code('Name of the group in the source.'),
      name('What people call it.'),
      optionalRef('parentCode', 'item_group', 'The group above.'),
    ],
  },
  {
    name: 'location',
    label: 'Locations',
    about: 'Plants, warehouses and markets: wherever stock lies or demand arises.',
    columns: [
      code('Name of the site in the source.'),
      name('What people call it.'),
      {
        name: 'kind',
        type: 'text',
        fallback: 'warehouse',
        oneOf: ['plant', 'warehouse', 'market'],
        about: 'A plant makes, a warehouse keeps, a market only asks.',
      },
      text('country', 'ISO 3166 two-letter code.'),
      latitude,
      longitude,
      optionalRef('suppliedFrom', 'location', 'The site that replenishes this one.'),
      {
        name: 'transitDays',
        type: 'number',
        minimum: 0,
        fallback: 0,
        unit: 'days',
        about: 'From the supplying site to here.',
      },
    ],
  },
  {
    name: 'item',
    label: 'Items',
    about: 'What is sold, made, bought or kept.',
    columns: [
      code('Item number.'),
      name('Description.'),
      optionalRef('groupCode', 'item_group', 'Its lowest group in the hierarchy.'),
      {
        name: 'kind',
        type: 'text',
        fallback: 'finished',
        oneOf: ['finished', 'component', 'raw', 'spare'],
        about: 'Role of the item.',
      },
      { name: 'unit', type: 'text', fallback: 'EA', about: 'Stocking unit of measure.' },
      {
        name: 'source',
        type: 'text',
        fallback: 'buy',
        oneOf: ['make', 'buy'],
        about: 'How its home location gets it.',
      },
      optionalRef('homeLocation', 'location', 'The site that makes it or buys it.'),
      money('standardCost', 'Cost of one unit.'),
      money('listPrice', 'Price of one unit before discounts.'),
      currency,
      leadTimeDays,
      { name: 'lotMinimum', type: 'number', minimum: 0, unit: 'item unit', about: 'Smallest order.' },
      {
        name: 'lotMultiple',
        type: 'number',
        minimum: 0,
        unit: 'item unit',
        about: 'Orders are multiples of this.',
      },
      quantity('safetyStock', 'Stock to keep at the home location.'),
      {
        name: 'yieldRatio',
        type: 'number',
        minimum: 0.01,
        maximum: 1,
        fallback: 1,
        unit: 'ratio',
        about: 'Good units per unit started.',
      },
      day('activeFrom', 'First day it may be sold.'),
      day('activeTo', 'Last day it may be sold.'),
      text('successorCode', 'Item that takes over its demand.'),
    ],
  },
  {
    name: 'item_location',
    label: 'Items at locations',
    about:
      'Replenishment rules where a site differs from the item: how it gets the item, how long, how much.',
    columns: [
      keyRef('item', 'item', 'Item number.'),
      keyRef('location', 'location', 'Site.'),
      { name: 'source', type: 'text', oneOf: ['make', 'buy', 'move'], about: 'How this site gets the item.' },
      optionalRef('sourceLocation', 'location', 'The site it moves from, where source is move.'),
      leadTimeDays,
      { name: 'lotMinimum', type: 'number', minimum: 0, unit: 'item unit', about: 'Smallest order.' },
      {
        name: 'lotMultiple',
        type: 'number',
        minimum: 0,
        unit: 'item unit',
        about: 'Orders are multiples of this.',
      },
      quantity('safetyStock', 'Stock to keep here.'),
    ],
  },
  {
    name: 'territory',
    label: 'Territories',
    about: 'Sales territories.',
    columns: [
      code('Name in the source.'),
      name('What people call it.'),
      text('region', 'The region above.'),
      text('country', 'ISO 3166 two-letter code.'),
    ],
  },
  {
    name: 'employee',
    label: 'Employees',
    about: 'The roster: sellers, their managers, and the rest.',
    columns: [
      code('Personnel number.'),
      name('Name as shown.'),
      text('title', 'Job title.'),
      text('department', 'Department.'),
      text('managerCode', 'Personnel number of the manager.'),
      day('hiredOn', 'First day.'),
      day('leftOn', 'Last day, where they left.'),
      { name: 'isSeller', type: 'flag', fallback: false, about: 'Carries a territory or a quota.' },
    ],
  },
  {
    name: 'account',
    label: 'Accounts',
    about: 'Customers and prospects.',
    columns: [
      code('Customer number.'),
      name('Name as shown.'),
      text('segment', 'Size or trade.'),
      text('channel', 'How they buy.'),
      optionalRef('territory', 'territory', 'Territory they lie in.'),
      optionalRef('seller', 'employee', 'Seller who owns the account.'),
      text('country', 'ISO 3166 two-letter code.'),
      text('region', 'State or province.'),
      text('city', 'City.'),
      text('postalCode', 'Postal code.'),
      latitude,
      longitude,
      money('annualRevenue', 'Revenue of the customer a year.'),
      { name: 'employees', type: 'number', minimum: 0, unit: 'people', about: 'Size of the customer.' },
    ],
  },
  {
    name: 'supplier',
    label: 'Suppliers',
    about: 'Who we buy from.',
    columns: [
      code('Supplier number.'),
      name('Name as shown.'),
      text('country', 'ISO 3166 two-letter code.'),
      text('rating', 'Rating as the company keeps it.'),
      { name: 'preferred', type: 'flag', fallback: false, about: 'Preferred supplier.' },
      { name: 'active', type: 'flag', fallback: true, about: 'May be ordered from.' },
      latitude,
      longitude,
    ],
  },
  {
    name: 'item_supplier',
    label: 'Items by supplier',
    about: 'Who supplies what, how long it takes and what it costs.',
    columns: [
      keyRef('item', 'item', 'Item number.'),
      keyRef('supplier', 'supplier', 'Supplier number.'),
      leadTimeDays,
      money('price', 'Price of one unit.'),
      currency,
      quantity('minimumQuantity', 'Smallest order.'),
      quantity('multipleQuantity', 'Orders are multiples of this.'),
      { name: 'priority', type: 'integer', minimum: 0, fallback: 1, about: '1 is asked first.' },
    ],
  },
  {
    name: 'bom_row',
    label: 'Bills of material',
    about: 'One component of one assembly.',
    columns: [
      keyRef('parent', 'item', 'Assembly.'),
      keyRef('component', 'item', 'Component.'),
      {
        name: 'quantityPer',
        type: 'number',
        required: true,
        minimum: 0,
        unit: 'component unit',
        about: 'For one assembly.',
      },
      text('unit', 'Unit of the quantity; the stocking unit where missing.'),
      {
        name: 'scrapRatio',
        type: 'number',
        minimum: 0,
        maximum: 0.99,
        fallback: 0,
        unit: 'ratio',
        about: 'Share of the component lost.',
      },
      day('effectiveFrom', 'First day in force.'),
      day('effectiveTo', 'Last day in force.'),
    ],
  },
  {
    name: 'resource',
    label: 'Resources',
    about: 'Work centres, lines and crews that limit what can be made.',
    columns: [
      code('Work centre.'),
      name('What people call it.'),
      optionalRef('location', 'location', 'Where it stands.'),
      {
        name: 'kind',
        type: 'text',
        fallback: 'machine',
        oneOf: ['machine', 'labour', 'storage'],
        about: 'What it is.',
      },
      {
        name: 'hoursPerWeek',
        type: 'number',
        minimum: 0,
        unit: 'hours',
        about: 'Available in a normal week.',
      },
      {
        name: 'efficiencyRatio',
        type: 'number',
        minimum: 0.01,
        maximum: 2,
        fallback: 1,
        unit: 'ratio',
        about: 'Standard hours got from an available hour.',
      },
      money('costPerHour', 'Cost of one hour.'),
      currency,
    ],
  },
  {
    name: 'routing_step',
    label: 'Routings',
    about: 'One operation of making an item.',
    columns: [
      keyRef('item', 'item', 'Item made.'),
      { name: 'sequence', type: 'integer', required: true, key: true, about: 'Order of the steps.' },
      ref('resource', 'resource', 'Work centre.'),
      {
        name: 'setupHours',
        type: 'number',
        minimum: 0,
        fallback: 0,
        unit: 'hours',
        about: 'For each order.',
      },
      {
        name: 'hoursPerUnit',
        type: 'number',
        minimum: 0,
        fallback: 0,
        unit: 'hours',
        about: 'For each unit.',
      },
    ],
  },
  {
    name: 'on_hand',
    label: 'Stock on hand',
    about: 'Stock as counted now.',
    columns: [
      keyRef('item', 'item', 'Item number.'),
      keyRef('location', 'location', 'Where it lies.'),
      { name: 'quantity', type: 'number', required: true, unit: 'item unit', about: 'On hand.' },
      day('asOf', 'Day of the count.'),
    ],
  },
  {
    name: 'stock_balance',
    label: 'Stock history',
    about: 'Stock at the end of past days or months.',
    columns: [
      keyRef('item', 'item', 'Item number.'),
      keyRef('location', 'location', 'Where it lay.'),
      { ...day('on', 'End of this day.'), required: true, key: true },
      { name: 'quantity', type: 'number', required: true, unit: 'item unit', about: 'On hand.' },
      money('unitCost', 'Cost of one unit then.'),
    ],
  },
  {
    name: 'sales_order',
    label: 'Sales orders',
    about: 'Order headers: totals as invoiced.',
    columns: [
      code('Order number.'),
      optionalRef('account', 'account', 'Customer.'),
      optionalRef('territory', 'territory', 'Territory that is credited.'),
      optionalRef('seller', 'employee', 'Seller who is credited.'),
      text('channel', 'How it was sold.'),
      { ...day('orderedOn', 'Order date.'), required: true },
      day('requestedOn', 'Date the customer asked for.'),
      day('shippedOn', 'Date shipped in full.'),
      currency,
      money('netAmount', 'Before tax and freight.'),
      money('taxAmount', 'Tax.'),
      money('freightAmount', 'Freight.'),
      money('totalAmount', 'Total due.'),
    ],
  },
  {
    name: 'sales_order_line',
    label: 'Sales order lines',
    about: 'The demand history: what was ordered, for when, and what was shipped.',
    columns: [
      keyRef('order', 'sales_order', 'Order number.'),
      { name: 'line', type: 'text', required: true, key: true, about: 'Line number.' },
      ref('item', 'item', 'Item number.'),
      ref('location', 'location', 'Site or market the demand falls on.'),
      { name: 'channel', type: 'text', fallback: 'all', about: 'How it was sold.' },
      optionalRef('account', 'account', 'Customer.'),
      { ...day('orderedOn', 'Order date.'), required: true },
      day('requestedOn', 'Date the customer asked for.'),
      day('shippedOn', 'Date shipped; empty while open.'),
      {
        name: 'quantity',
        type: 'number',
        required: true,
        unit: 'item unit',
        about: 'Ordered; negative for a return.',
      },
      { name: 'shippedQuantity', type: 'number', unit: 'item unit', about: 'Shipped so far.' },
      money('netAmount', 'Before tax and freight.'),
      currency,
    ],
  },
  {
    name: 'purchase_order_line',
    label: 'Purchase orders',
    about: 'What is on order from suppliers, and what came.',
    columns: [
      { name: 'order', type: 'text', required: true, key: true, about: 'Purchase order number.' },
      { name: 'line', type: 'text', required: true, key: true, about: 'Line number.' },
      ref('supplier', 'supplier', 'Supplier number.'),
      ref('item', 'item', 'Item number.'),
      optionalRef('location', 'location', 'Where it is delivered; the home location where missing.'),
      { ...day('orderedOn', 'Order date.'), required: true },
      day('dueOn', 'Date promised.'),
      day('receivedOn', 'Date received.'),
      { name: 'quantity', type: 'number', required: true, minimum: 0, unit: 'item unit', about: 'Ordered.' },
      quantity('receivedQuantity', 'Received so far.'),
      quantity('rejectedQuantity', 'Received and rejected.'),
      money('price', 'Price of one unit.'),
      currency,
      {
        name: 'status',
        type: 'text',
        fallback: 'open',
        oneOf: ['open', 'closed', 'cancelled'],
        about: 'Only open lines are supply under way.',
      },
    ],
  },
  {
    name: 'work_order',
    label: 'Work orders',
    about: 'What is being made, and what was.',
    columns: [
      code('Work order number.'),
      ref('item', 'item', 'Item made.'),
      optionalRef('location', 'location', 'Plant; the home location where missing.'),
      day('startOn', 'Start date.'),
      day('dueOn', 'Due date.'),
      day('endOn', 'Date finished.'),
      { name: 'quantity', type: 'number', required: true, minimum: 0, unit: 'item unit', about: 'Ordered.' },
      quantity('completedQuantity', 'Finished good so far.'),
      quantity('scrappedQuantity', 'Scrapped so far.'),
      {
        name: 'status',
        type: 'text',
        fallback: 'open',
        oneOf: ['open', 'closed', 'cancelled'],
        about: 'Only open orders are supply under way.',
      },
    ],
  },
  {
    name: 'seller_territory',
    label: 'Territory assignments',
    about: 'Who holds which territory from when to when.',
    columns: [
      keyRef('seller', 'employee', 'Seller.'),
      keyRef('territory', 'territory', 'Territory.'),
      { ...day('startsOn', 'First day.'), required: true, key: true },
      day('endsOn', 'Last day; empty while it lasts.'),
    ],
  },
  {
    name: 'quota',
    label: 'Quotas',
    about: 'What a seller is to bring in a period.',
    columns: [
      keyRef('seller', 'employee', 'Seller.'),
      { ...day('periodStart', 'First day of the period.'), required: true, key: true },
      day('periodEnd', 'Last day of the period.'),
      { ...money('amount', 'Quota.'), required: true },
      currency,
    ],
  },
  {
    name: 'ledger_line',
    label: 'Ledger and budget',
    about: 'Actual and budget amounts by period, organisation and account.',
    columns: [
      {
        name: 'scenario',
        type: 'text',
        required: true,
        key: true,
        oneOf: ['actual', 'budget'],
        about: 'Which book.',
      },
      { name: 'organisation', type: 'text', key: true, fallback: '', about: 'Legal or business unit.' },
      { name: 'department', type: 'text', key: true, fallback: '', about: 'Department.' },
      { name: 'account', type: 'text', required: true, key: true, about: 'Ledger account.' },
      {
        name: 'itemGroup',
        type: 'text',
        key: true,
        fallback: '',
        about: 'Item group, where budgeted by product.',
      },
      { ...day('postedOn', 'Any day of the period; month-ends are usual.'), required: true, key: true },
      {
        name: 'accountType',
        type: 'text',
        required: true,
        oneOf: ['revenue', 'cost of sales', 'expense', 'asset', 'liability', 'statistical'],
        about: 'Where the account belongs.',
      },
      { ...money('amount', 'Positive as a ledger shows revenue, cost or balance.'), required: true },
      currency,
    ],
  },
  {
    name: 'fx_rate',
    label: 'Exchange rates',
    about: 'One unit of the first currency in the second.',
    columns: [
      { name: 'fromCurrency', type: 'text', required: true, key: true, about: 'ISO 4217 code.' },
      { name: 'toCurrency', type: 'text', required: true, key: true, about: 'ISO 4217 code.' },
      { ...day('on', 'Day of the rate.'), required: true, key: true },
      {
        name: 'rate',
        type: 'number',
        required: true,
        minimum: 0,
        unit: 'ratio',
        about: 'Units of the second currency.',
      },
    ],
  },
  {
    name: 'demand_event',
    label: 'Demand events',
    about: 'Promotions, price changes and other dated causes of demand.',
    columns: [
      code('Name in the source.'),
      name('What people call it.'),
      {
        name: 'kind',
        type: 'text',
        fallback: 'promotion',
        oneOf: ['promotion', 'price', 'holiday', 'launch', 'phase-out', 'other'],
        about: 'What kind of cause.',
      },
      optionalRef('itemGroup', 'item_group', 'Group it touches.'),
      optionalRef('item', 'item', 'Item it touches.'),
      text('channel', 'Channel it touches.'),
      { ...day('startsOn', 'First day.'), required: true },
      { ...day('endsOn', 'Last day.'), required: true },
      {
        name: 'upliftRatio',
        type: 'number',
        minimum: -1,
        unit: 'ratio',
        about: 'Expected change of demand: 0.2 is +20 %.',
      },
    ],
  },
  {
    name: 'lead',
    label: 'Leads',
    about: 'People and companies who may buy.',
    columns: [
      code('Name in the source.'),
      name('Company or person.'),
      text('origin', 'Where the lead came from.'),
      {
        name: 'status',
        type: 'text',
        fallback: 'new',
        oneOf: ['new', 'working', 'qualified', 'disqualified', 'converted'],
        about: 'Where it stands.',
      },
      optionalRef('seller', 'employee', 'Who works it.'),
      { ...day('createdOn', 'Captured on.'), required: true },
      text('opportunityCode', 'The opportunity it became.'),
    ],
  },
  {
    name: 'opportunity',
    label: 'Opportunities',
    about: 'Deals in the pipeline, open and closed.',
    columns: [
      code('Name in the source.'),
      name('What people call it.'),
      optionalRef('account', 'account', 'Customer.'),
      optionalRef('seller', 'employee', 'Owner.'),
      optionalRef('itemGroup', 'item_group', 'What would be sold.'),
      { name: 'stage', type: 'text', required: true, about: 'Stage now.' },
      {
        name: 'outcome',
        type: 'text',
        fallback: 'open',
        oneOf: ['open', 'won', 'lost'],
        about: 'How it ended, if it did.',
      },
      {
        name: 'winRatio',
        type: 'number',
        minimum: 0,
        maximum: 1,
        unit: 'ratio',
        about: 'Odds stated by the owner.',
      },
      money('amount', 'Value.'),
      currency,
      { ...day('createdOn', 'Opened on.'), required: true },
      day('expectedCloseOn', 'Expected to close.'),
      day('closedOn', 'Closed on.'),
    ],
  },
  {
    name: 'opportunity_event',
    label: 'Opportunity history',
    about: 'Each change of stage, amount or close date.',
    columns: [
      keyRef('opportunity', 'opportunity', 'Deal.'),
      { name: 'sequence', type: 'integer', required: true, key: true, about: 'Order of the changes.' },
      { ...day('on', 'Day of the change.'), required: true },
      { name: 'stage', type: 'text', required: true, about: 'Stage from then on.' },
      money('amount', 'Value from then on.'),
      day('expectedCloseOn', 'Expected close from then on.'),
    ],
  },
];

const BY_NAME = new Map(TARGETS.map((target) => [target.name, target]));

/** The target of a name. Every name of `TARGET_NAMES` has one. */
export function targetOf(targetName: TargetName): Target {
  const target = BY_NAME.get(targetName);
  if (target === undefined) throw new Error(`Broken invariant: ${targetName} is a target`);
  return target;
}

/** The names of the columns that make up a target's source key, in order. */
export function keyColumnsOf(target: Target): readonly string[] {
  return target.columns.filter((column) => column.key === true).map((column) => column.name);
}

/** `leadTimeDays` -> `lead_time_days`: the database's name of a column. */
export function sqlName(columnName: string): string {
  return columnName.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
