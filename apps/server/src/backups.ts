import { join } from 'node:path';
import { type Db, fsyncedBackup } from '@planwright/postgres';
import type { Config } from './config.ts';

export type Backups = {
  /** Writes one now; `kind` begins its name. Does nothing on a PostgreSQL server. */
  write(kind: 'scheduled' | 'approval'): Promise<void>;
  stop(): Promise<void>;
};

const HOUR_MS = 3_600_000;

/** Backups of the embedded database that survive a power failure: by the clock, and at every approval. */
export function startBackups(db: Db, config: Config, onProblem: (error: unknown) => void): Backups {
  let last: Promise<void> = Promise.resolve();
  const write = (kind: 'scheduled' | 'approval'): Promise<void> => {
    last = last.then(async () => {
      await fsyncedBackup(db, join(config.dataDir, 'backups', kind));
    });
    const written = last;
    last = last.catch(() => undefined);
    return written;
  };
  const timer =
    db.kind === 'pglite' && config.backupHours > 0
      ? setInterval(() => void write('scheduled').catch(onProblem), config.backupHours * HOUR_MS)
      : undefined;
  timer?.unref();
  return {
    write,
    async stop() {
      clearInterval(timer);
      await last;
    },
  };
}
