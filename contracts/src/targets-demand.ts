import { code, day, keyRef, name, optionalRef, text } from './target-columns.ts';
import type { Target, TargetColumn } from './target.ts';

/** A key column where '' stands for all. */
const everyWhereEmpty = (column: string, about: string): TargetColumn => ({
  name: column,
  type: 'text',
  key: true,
  fallback: '',
  about,
});

/** What people know of demand beside its history: events, empty shelves, new items and those that take over. */
export const DEMAND_TARGETS: readonly Target[] = [
  {
    name: 'demand_event',
    label: 'Demand events',
    about: 'Promotions, price changes and other dated causes of demand, past and planned.',
    columns: [
      code('Name in the source.'),
      name('What people call it. Events of one name are expected to work alike.'),
      {
        name: 'kind',
        type: 'text',
        fallback: 'promotion',
        oneOf: ['promotion', 'price', 'holiday', 'launch', 'phase-out', 'other'],
        about: 'What kind of cause.',
      },
      optionalRef('itemGroup', 'item_group', 'Group it touches.'),
      optionalRef('item', 'item', 'Item it touches.'),
      text('channel', 'Channel it touches; empty for all.'),
      { ...day('startsOn', 'First day.'), required: true },
      { ...day('endsOn', 'Last day.'), required: true },
      {
        name: 'upliftRatio',
        type: 'number',
        minimum: -1,
        unit: 'ratio',
        about: 'Expected change of demand: 0.2 is +20 %.',
      },
      optionalRef('location', 'location', 'Location it touches; empty for all.'),
      {
        name: 'strength',
        type: 'number',
        minimum: 0,
        fallback: 1,
        unit: 'ratio',
        about: 'How strong it is: 0.2 for 20 % off, 1 where it is simply on.',
      },
      text('note', 'What was done, in a sentence.'),
      {
        name: 'priceChangeRatio',
        type: 'number',
        minimum: -0.99,
        unit: 'ratio',
        about:
          'Change of price while it lasts: -0.2 is a price 20 % lower. Its effect is then that of the price.',
      },
    ],
  },
  {
    name: 'stock_out',
    label: 'Stock-outs',
    about:
      'Days on which an item could not be sold at a location for want of stock. Demand was more than the orders.',
    columns: [
      keyRef('item', 'item', 'Item that was out of stock.'),
      keyRef('location', 'location', 'Where it was out of stock.'),
      { ...day('startsOn', 'First day without stock.'), required: true, key: true },
      { ...day('endsOn', 'Last day without stock.'), required: true },
    ],
  },
  {
    name: 'launch',
    label: 'Launches',
    about:
      'Items that start without a history of their own: when, and which items they are expected to resemble.',
    columns: [
      keyRef('item', 'item', 'The new item.'),
      everyWhereEmpty('location', 'Where it starts; empty for everywhere its like-items sell.'),
      everyWhereEmpty('channel', 'Channel in which it starts; empty for all.'),
      { ...day('startsOn', 'First day of sale.'), required: true },
      text('likeItems', 'Items it is expected to resemble, separated by commas; empty for the nearest ones.'),
      {
        name: 'levelQuantity',
        type: 'number',
        minimum: 0,
        unit: 'item unit',
        about:
          'Expected quantity a bucket once the start is over; what the like-items reached where missing.',
      },
      text('note', 'What is expected of it, in a sentence.'),
    ],
  },
  {
    name: 'succession',
    label: 'Successions',
    about: 'Items that take over the demand of another.',
    columns: [
      keyRef('predecessor', 'item', 'Item that is replaced.'),
      keyRef('successor', 'item', 'Item that takes over.'),
      { ...day('switchOn', 'First day on which demand moves.'), required: true },
      {
        name: 'conversionRatio',
        type: 'number',
        minimum: 0,
        fallback: 1,
        unit: 'ratio',
        about: 'Units of the successor for one of the predecessor.',
      },
      {
        name: 'rampDays',
        type: 'number',
        minimum: 0,
        fallback: 0,
        unit: 'days',
        about: 'Days over which demand moves; 0 for all at once.',
      },
      {
        name: 'keptRatio',
        type: 'number',
        minimum: 0,
        maximum: 1,
        fallback: 0,
        unit: 'ratio',
        about: 'Share of its demand that the predecessor keeps.',
      },
      text('note', 'Why, in a sentence.'),
    ],
  },
];
