import type { Bottleneck } from '@planwright/contracts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { planHorizonOf, runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { causeName, causeSubject } from './delay-words.ts';
import { isInternalDemand, type OpenBook, type PlanBook } from './plan-book.ts';
import { addedByBucket, serviceFigures } from './service-figures.ts';

const BOTTLENECKS_MAX = 50;

/** What the constrained plan delivers in time, what it cannot, and what holds it up. */
export function getConstrainedSummary(deps: {
  plan: PlanReader;
  openBook: OpenBook;
}): Service<'getConstrainedSummary'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const { fillRatio } = run.summary;
    const byBucket = (values: Parameters<typeof addedByBucket>[1]) =>
      addedByBucket(book.sums, values, run.horizonBuckets);
    return {
      currency: run.currency,
      horizon: planHorizonOf(run),
      figures: serviceFigures(book.sums),
      unconstrainedFillRatio: typeof fillRatio === 'number' ? fillRatio : null,
      lateValueByBucket: byBucket((sums) => sums.lateValueByBucket),
      shortValueByBucket: byBucket((sums) => sums.shortValueByBucket),
      stockValueByBucket: byBucket((sums) => sums.stockValueByBucket),
      bottlenecks: bottlenecks(book).slice(0, BOTTLENECKS_MAX),
    };
  };
}

/** What holds demand up, the dearest first: of demands that are late or short, at most what they lack. */
function bottlenecks(book: PlanBook): Bottleneck[] {
  const found = new Map<string, Bottleneck & { demands: Set<number> }>();
  for (const chunk of book.chunks) {
    const { plan, piece, service } = chunk;
    const { delays } = plan;
    for (let row = 0; row < delays.count; row++) {
      const d = delays.demand[row];
      const lacking = service.late[d] + service.short[d];
      if (!(lacking > 0) || isInternalDemand(book, chunk, d)) continue;
      const cause = causeName(delays.cause[row]);
      const { name, point, resource } = causeSubject(book, chunk, cause, delays.subject[row]);
      const key = `${cause} ${name}`;
      const entry = found.get(key) ?? {
        cause,
        subject: name,
        resourceId: resource < 0 ? null : book.resourceIds[resource],
        stockPointId: point < 0 ? null : book.pointIds[point],
        demandCount: 0,
        quantity: 0,
        value: 0,
        demands: new Set<number>(),
      };
      found.set(key, entry);
      const quantity = Math.min(lacking, delays.quantity[row]);
      entry.demands.add(chunk.demandOffset + d);
      entry.quantity += quantity;
      entry.value += quantity * (piece.model.stockPoints[plan.demands.stockPoint[d]].unitCost ?? 0);
    }
  }
  return [...found.values()]
    .map(({ demands, ...entry }) => ({ ...entry, demandCount: demands.size }))
    .sort((a, b) => b.value - a.value || b.quantity - a.quantity || (a.subject < b.subject ? -1 : 1));
}
