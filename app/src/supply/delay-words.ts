/** What holds a demand up, in a planner's words. */
import { DELAY_CAUSES } from '@planwright/contracts';
import { DELAY_CAUSE } from '@planwright/supply';
import { dayText } from '@planwright/time';
import type { BookChunk, PlanBook } from './plan-book.ts';
import { sourceHead } from './source-words.ts';

type CauseName = (typeof DELAY_CAUSES)[number];

const NAME_OF = new Map<number, CauseName>(DELAY_CAUSES.map((cause) => [DELAY_CAUSE[cause], cause]));

export function causeName(code: number): CauseName {
  return NAME_OF.get(code) ?? 'leadTime';
}

/** Subject of a cause: a resource, or the stock point of a source; rows of the snapshot, -1 for none. */
type CauseSubject = { readonly name: string; readonly point: number; readonly resource: number };

export function causeSubject(
  book: PlanBook,
  chunk: BookChunk,
  cause: CauseName,
  subject: number,
): CauseSubject {
  const { piece } = chunk;
  if (cause === 'capacity') {
    const resource = piece.resources[subject];
    const row = book.blocks.resources[resource];
    return { name: row?.name ?? '', point: -1, resource: resource ?? -1 };
  }
  if (cause === 'noSource' || cause === 'storage' || cause === 'shelfLife' || cause === 'buildAhead') {
    const point = piece.points[subject];
    const row = book.blocks.planning.stockPoints[point];
    return {
      name: row === undefined ? '' : `${row.item} at ${row.location}`,
      point: point ?? -1,
      resource: -1,
    };
  }
  const source = book.blocks.planning.sources[piece.sources[subject]];
  return {
    name: source === undefined ? '' : sourceHead(book, source),
    point: source?.point ?? -1,
    resource: -1,
  };
}

/** 'the hours of Weld are used up until 12 May 2026'. `day` -1: not within the horizon. */
export function causeSentence(
  book: PlanBook,
  chunk: BookChunk,
  cause: CauseName,
  subject: number,
  day: number,
): string {
  const { name } = causeSubject(book, chunk, cause, subject);
  const until = day < 0 ? 'to the end of the plan' : `until ${dayText(day)}`;
  const source = book.blocks.planning.sources[chunk.piece.sources[subject]];
  switch (cause) {
    case 'leadTime':
      return `${name} takes ${source?.leadTimeDays ?? 0} days, so nothing comes ${day < 0 ? 'in time' : `before ${dayText(day)}`}.`;
    case 'capacity':
      return `The hours of ${name} are used up ${until}.`;
    case 'noSource':
      return `Nothing refills ${name}.`;
    case 'sourceMaximum':
      return `${name} gives no more ${until}: its limit is reached.`;
    case 'storage':
      return `There is no room for more of ${name} ${until}.`;
    case 'shelfLife':
      return `${name} does not keep long enough to be there earlier.`;
    case 'buildAhead':
      return `${name} may not be there so long before it is needed.`;
    case 'frozen':
      return `${name} is frozen: nothing new starts ${until}.`;
    case 'effectivity':
      return `${name}, or what it needs, is not in force ${until}.`;
  }
}
