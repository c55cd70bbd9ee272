import type { StockSource } from '@planwright/contracts';
import { PlanningError } from '../errors.ts';
import type { RunHead } from '../plan-view/plan-reader.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';

type SourcesOf = (stockPointId: number) => readonly StockSource[];

const known = new WeakMap<PlanBook, SourcesOf>();

/** How a run refilled each stock point, the source that is asked first in front; nothing for runs that kept one source a stock point. */
export async function sourcesOfRun(openBook: OpenBook, run: RunHead): Promise<SourcesOf> {
  const book = await openBook(run).catch((error: unknown) => {
    if (error instanceof PlanningError && error.code === 'NO_CONSTRAINED_PLAN') return undefined;
    throw error;
  });
  if (book === undefined) return () => [];
  const sources = known.get(book) ?? sourcesOfBook(book);
  known.set(book, sources);
  return sources;
}

function sourcesOfBook({ blocks, pointIds }: PlanBook): SourcesOf {
  const ofPoint = Map.groupBy(blocks.planning.sources, ({ point }) => pointIds[point]);
  return (stockPointId) =>
    (ofPoint.get(stockPointId) ?? [])
      .map((row): StockSource => {
        const { source, kind, supplier, fromLocation, priority, leadTimeDays } = row;
        return {
          source,
          kind,
          from: supplier ?? fromLocation ?? null,
          priority: priority ?? 1,
          leadTimeDays,
          lotMinimum: row.lotMinimum ?? null,
          lotMultiple: row.lotMultiple ?? null,
          lotMaximum: row.lotMaximum ?? null,
        };
      })
      .sort((a, b) => a.priority - b.priority);
}
