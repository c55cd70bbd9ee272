import { code, currency, day, keyRef, money, name, optionalRef, text } from './target-columns.ts';
import type { Target } from './target.ts';

/** Sales: who sells where, and what is in the pipeline. */
export const SALES_TARGETS: readonly Target[] = [
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
