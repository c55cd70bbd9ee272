import { PGlite } from '@electric-sql/pglite';
import type { Session, SqlResult } from './session.ts';
import { type ReleaseTurn, Turn } from './turn.ts';
import { BYTEA_OID, VALUE_PARSERS } from './value-types.ts';

/** The embedded database with its one connection, which is taken in turns. */
export class EmbeddedDatabase {
  readonly pglite: PGlite;
  readonly #turn = new Turn();
  readonly #session: Session;

  constructor(pglite: PGlite) {
    this.pglite = pglite;
    this.#session = {
      async query(text, values) {
        const { rows, affectedRows, command } = await pglite.query(text, [...values]);
        return { rows, affectedRows: affectedRows ?? 0, command: command ?? '' };
      },
      async script(text): Promise<SqlResult> {
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
