import type { Issue } from '@planwright/units';
import { shownValue } from './shown-value.ts';

type Place = {
  readonly file?: string;
  readonly row?: number;
  readonly column?: string;
  readonly value?: string;
};

/** Ends the reading of one file or mapping with an issue for the person who can mend it. */
export class FileRefusal extends Error {
  readonly issue: Issue;

  constructor(code: string, message: string, advice: string, place: Place = {}) {
    super(message);
    const file = place.file === undefined ? {} : { file: shownValue(place.file, 300) };
    this.issue = { severity: 'error', code, message, advice, ...place, ...file };
  }
}
