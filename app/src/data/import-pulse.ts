import type { ImportProgress } from './import-source.ts';
import type { ImportPulse, ImportStatus } from './ports.ts';

const SHOW_EVERY_MS = 500;
const ALIVE_EVERY_MS = 10_000;

export type Pulse = {
  /** Shows progress, at most twice a second. */
  show(status: ImportStatus, progress: ImportProgress): void;
  /** Stops showing, after what is under way has been written. */
  stop(): Promise<void>;
};

/**
 * Shows how far an import is and that its process lives, and stops the import when someone asked for that,
 * in this process or in another one.
 */
export function startPulse(
  port: ImportPulse,
  importId: string,
  controller: AbortController,
  clock: () => number,
): Pulse {
  let latest: { status: ImportStatus; progress: ImportProgress } = {
    status: 'reading',
    progress: { ratio: 0, text: 'Reading the files' },
  };
  let shownAt = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> | undefined;

  const beat = (): void => {
    if (writing !== undefined) return; // The database is busy; the next beat shows what came meanwhile.
    shownAt = clock();
    writing = port
      .beat(importId, latest.status, latest.progress)
      .then(({ cancelRequested }) => {
        if (cancelRequested) controller.abort();
      })
      // A database that is away for a moment fails the import itself, not its pulse.
      .catch(() => undefined)
      .finally(() => {
        writing = undefined;
      });
  };
  const timer = setInterval(beat, ALIVE_EVERY_MS);

  return {
    show(status, progress) {
      const isNews = status !== latest.status;
      latest = { status, progress };
      if (isNews || clock() - shownAt >= SHOW_EVERY_MS) beat();
    },
    async stop() {
      clearInterval(timer);
      await writing;
    },
  };
}
