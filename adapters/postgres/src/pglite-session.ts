import { setImmediate as nextTurnOfLoop } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import type { Session, SqlResult } from './session.ts';
import { type ReleaseTurn, Turn } from './turn.ts';
import { BYTEA_OID, VALUE_PARSERS } from './value-types.ts';

/** Longest time without a look at the network, timers and files. */
const BREATHE_AFTER_MS = 15;

/**
 * Lets the process serve everything else now and then. The embedded database computes in this thread and its
 * promises resolve without ever waiting: a row of statements, each short, would otherwise stop the whole server.
 */
class Breath {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last < BREATHE_AFTER_MS) return;
    await nextTurnOfLoop();
    this.#last = performance.now();
  }
}

/** The embedded database with its one connection, which is taken in turns. */
export class EmbeddedDatabase {
  readonly pglite: PGlite;
  readonly #turn = new Turn();
  readonly #session: Session;

  constructor(pglite: PGlite) {
    this.pglite = pglite;
    const breath = new Breath();
    this.#session = {
      async query(text, values) {
        await breath.take();
        const { rows, affectedRows, command } = await pglite.query(text, [...values]);
        return { rows, affectedRows: affectedRows ?? 0, command: command ?? '' };
      },
      async script(text): Promise<SqlResult> {
        await breath.take();
        const results = await pglite.exec(text);
        const last = results.at(-1);
        return {
          rows: results.flatMap((result) => result.rows),
          affectedRows: last?.affectedRows ?? 0,
          command: last?.command ?? '',
        };
      },
    };
  }

  /** Opens the database of a folder, or an empty one in memory, or one restored from a backup archive. */
  static async open(folder: string | undefined, archive?: Blob): Promise<EmbeddedDatabase> {
    const pglite = await PGlite.create({ dataDir: folder, loadDataDir: archive });
    // Set after creation: creation itself replaces what it is given for array types.
    Object.assign(pglite.parsers, VALUE_PARSERS);
    pglite.serializers[BYTEA_OID] = (bytes: Uint8Array) =>
      `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`;
    return new EmbeddedDatabase(pglite);
  }

  /** The connection, for the caller alone until `release`. */
  async hold(): Promise<{ session: Session; release: ReleaseTurn }> {
    const release = await this.#turn.take();
    return { session: this.#session, release };
  }

  async close(): Promise<void> {
    const release = await this.#turn.take();
    try {
      if (!this.pglite.closed) await this.pglite.close();
    } finally {
      release();
    }
  }
}
