import type { SupplyEdit } from '@planwright/contracts';
import { formatDay } from '../../../ui/date-format.ts';
import { formatExact } from '../../../ui/number-format.ts';

const days = (startsOn: string, endsOn: string): string => `${formatDay(startsOn)} to ${formatDay(endsOn)}`;

/** An edit that is not stored yet, in the words of its decision. */
export function editInWords(edit: SupplyEdit): string {
  switch (edit.kind) {
    case 'lot':
      return `Lot of ${edit.item} at ${edit.location}: ${lotInWords(edit)}`;
    case 'leadTime':
      return `Lead time of ${edit.item} at ${edit.location}: ${formatExact(edit.leadTimeDays)} days`;
    case 'safetyStock':
      return `Safety stock of ${edit.item} at ${edit.location}: ${formatExact(edit.quantity)}`;
    case 'sourcePriority':
      return `Ask ${edit.source} as number ${edit.priority} for ${edit.item} at ${edit.location}`;
    case 'capacity':
      return `Hours of ${edit.resource}: ${formatExact(edit.hoursPerWeek)} a week, ${days(edit.startsOn, edit.endsOn)}`;
    case 'overtime':
      return `Overtime of ${edit.resource}: ${formatExact(edit.hoursPerWeek)} hours a week, ${days(edit.startsOn, edit.endsOn)}`;
    case 'stop':
      return `Stop ${edit.resource}, ${days(edit.startsOn, edit.endsOn)}`;
  }
}

function lotInWords(edit: Extract<SupplyEdit, { kind: 'lot' }>): string {
  const parts = [
    ['at least', edit.lotMinimum],
    ['in multiples of', edit.lotMultiple],
    ['at most', edit.lotMaximum],
  ] as const;
  return parts
    .flatMap(([words, value]) => (value === null ? [] : [`${words} ${formatExact(value)}`]))
    .join(', ');
}

/** What an edit is about: a later edit of the same takes its place. */
export function subjectOf(edit: SupplyEdit): string {
  switch (edit.kind) {
    case 'lot':
    case 'leadTime':
    case 'safetyStock':
      return [edit.kind, edit.item, edit.location].join(' ');
    case 'sourcePriority':
      return [edit.kind, edit.item, edit.location, edit.source].join(' ');
    default:
      return [edit.kind, edit.resource, edit.startsOn, edit.endsOn].join(' ');
  }
}
