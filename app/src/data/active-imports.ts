import { assert } from '@planwright/units';

type Active = {
  readonly companyId: number;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
};

/** The imports that this process works on, so that cancelling one stops it at once. */
export class ActiveImports {
  readonly #active = new Map<string, Active>();

  /** Runs `work` as the import's work; `work` stops soon after its signal aborts. */
  async run<T>(
    companyId: number,
    importId: string,
    work: (controller: AbortController) => Promise<T>,
  ): Promise<T> {
    assert(!this.#active.has(importId), 'an import is worked on once');
    const controller = new AbortController();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#active.set(importId, { companyId, controller, ended });
    try {
      return await work(controller);
    } finally {
      this.#active.delete(importId);
      end();
    }
  }

  has(importId: string): boolean {
    return this.#active.has(importId);
  }

  /** Stops the import if it is the company's and this process works on it, and waits until it has stopped. */
  async cancel(companyId: number, importId: string): Promise<void> {
    const active = this.#active.get(importId);
    if (active === undefined || active.companyId !== companyId) return;
    active.controller.abort();
    await active.ended;
  }

  /** Stops all of them; for an orderly end of the process. */
  async cancelAll(): Promise<void> {
    const all = [...this.#active];
    await Promise.all(all.map(([importId, { companyId }]) => this.cancel(companyId, importId)));
  }
}
