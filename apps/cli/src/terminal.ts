import type { Issue } from '@planwright/units';

/** Where a command speaks: results on standard output, progress and complaints on standard error. */
export type Terminal = {
  out(line: string): void;
  /** A line that the next one replaces, where standard error is a screen. */
  progress(text: string): void;
  complain(line: string): void;
};

/**
 * Exit codes, the same for every command.
 * 0 done; 1 it failed; 2 the input has errors, which are named; 3 refused: permission, conflict or settings.
 */
export const EXIT = { done: 0, failed: 1, badInput: 2, refused: 3 } as const;

const PROGRESS_MS = 100;

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const live = process.stderr.isTTY === true;
  let lastAt = 0;
  let pending = false;
  const clear = () => {
    if (pending) process.stderr.write('\r\u001B[K');
    pending = false;
  };
  return {
    out: (line) => {
      clear();
      process.stdout.write(`${line}\n`);
    },
    progress: (text) => {
      const now = performance.now();
      if (live && now - lastAt > PROGRESS_MS) {
        process.stderr.write(`\r\u001B[K${text}`);
        pending = true;
        lastAt = now;
      } else if (!live && now - lastAt > PROGRESS_MS * 20) {
        process.stderr.write(`${text}\n`);
        lastAt = now;
      }
    },
    complain: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
  };
}

/** `sales.csv row 7, column y: "abc" is not a number. Write a plain number.` */
export function issueLine(
  issue: Pick<Issue, 'severity' | 'message' | 'advice'> & {
    file?: string | null;
    row?: number | null;
    column?: string | null;
  },
): string {
  const place = [
    issue.file ?? '',
    issue.row ? `row ${issue.row}` : '',
    issue.column ? `column ${issue.column}` : '',
  ];
  const where = place.filter((part) => part !== '').join(', ');
  return `${issue.severity}: ${where === '' ? '' : `${where}: `}${issue.message} ${issue.advice}`;
}
