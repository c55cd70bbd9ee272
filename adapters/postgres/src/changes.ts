import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** Something that open pages show has changed. */
export type Change = {
  readonly companyId: number;
  readonly what: 'import' | 'run' | 'cycle' | 'company';
  readonly id: string;
};

export type ChangeListener = (change: Change) => void;

export const CHANGE_CHANNEL = 'planwright_change';

/** Tells every process that shares the database; inside a transaction once, and only if it commits. */
export async function announce(tx: Kysely<Database>, change: Change): Promise<void> {
  await sql`select pg_notify(${CHANGE_CHANNEL}, ${JSON.stringify(change)})`.execute(tx);
}

/** Hands each change to everyone who listens in this process. */
export class ChangeFeed {
  readonly #listeners = new Set<ChangeListener>();

  /** Returns the function that ends listening. */
  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  deliver(payload: string): void {
    const change = JSON.parse(payload) as Change;
    for (const listener of this.#listeners) listener(change);
  }
}
