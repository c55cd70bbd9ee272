/**
 * Netting of a stock point that several sources refill, or one that is not always in force.
 *
 * In each bucket only the sources in force on the day their order would start are asked. By priority the first of them
 * serves the whole need. With shares, source i is owed share(i) x (all receipts so far + the need) less what it has
 * brought; whoever is owed most orders first, by its own lots, and the next only what is then still missing. So shares
 * hold over time even where one lot covers many buckets. Shares of the sources in force are scaled to sum to 1; a
 * source without a share is asked only where no source with one is in force.
 */
import { CRUMB_RATIO, type LotRule, lotQuantity } from '../lots.ts';
import type { NettingInput, NettingOutput } from '../net-requirements.ts';
import { lotOf } from './order-starts.ts';
import type { RequirementNetwork } from './requirement-network.ts';
import { isInForce, type StartTimes } from './start-times.ts';

/** Nets as `netRequirements` does; `release` is told what each source starts for receipt in each bucket. */
export function orderFromSources(
  network: RequirementNetwork,
  point: number,
  input: Omit<NettingInput, 'lot' | 'yieldRatio' | 'firstReceiptBucket'>,
  output: NettingOutput,
  times: StartTimes,
  release: (source: number, orderedQuantity: Float64Array) => void,
): void {
  const { grossDemand, scheduledReceipts, safetyStock } = input;
  const { orderedQuantity, plannedReceipts, projectedOnHand, shortage } = output;
  const book = openBook(network, point, grossDemand.length);
  let onHand = input.onHandInitial;
  let largestFlow = 0;
  for (let t = 0; t < grossDemand.length; t++) {
    const flow = Math.abs(onHand) + scheduledReceipts[t] + grossDemand[t] + safetyStock[t];
    if (flow > largestFlow) largestFlow = flow;
    const crumb = largestFlow * CRUMB_RATIO;
    onHand += scheduledReceipts[t] - grossDemand[t];
    const need = safetyStock[t] - onHand;
    plannedReceipts[t] = need > crumb ? orderNeed(network, book, t, times, need, crumb) : 0;
    orderedQuantity[t] = 0;
    for (const started of book.started) orderedQuantity[t] += started[t];
    onHand += plannedReceipts[t];
    projectedOnHand[t] = onHand;
    shortage[t] = -onHand > crumb ? -onHand : 0;
  }
  for (let i = 0; i < book.rows.length; i++) release(book.rows[i], book.started[i]);
}

/** What the sources of a stock point have been asked for so far, one entry a source by priority. */
type Book = {
  readonly rows: Int32Array;
  readonly lots: readonly LotRule[];
  readonly hasShares: boolean;
  readonly started: readonly Float64Array[];
  /** Good units of all buckets. */
  readonly received: Float64Array;
  /** Whether the source is in force for the bucket at hand. */
  readonly inForce: Uint8Array;
};

function openBook(network: RequirementNetwork, point: number, bucketCount: number): Book {
  const { sourceStart, sources, hasShares } = network.points;
  const rows = sources.subarray(sourceStart[point], sourceStart[point + 1]);
  return {
    rows,
    lots: Array.from(rows, (source) => lotOf(network, source)),
    hasShares: hasShares[point] === 1,
    started: Array.from(rows, () => new Float64Array(bucketCount)),
    received: new Float64Array(rows.length),
    inForce: new Uint8Array(rows.length),
  };
}

/** Orders what is needed in a bucket and returns the good units that come of it; 0 where no source is in force. */
function orderNeed(
  network: RequirementNetwork,
  book: Book,
  t: number,
  times: StartTimes,
  need: number,
  crumb: number,
): number {
  const { sources } = network;
  const { rows, received, inForce } = book;
  let firstInForce = -1;
  let shareSum = 0;
  let receivedSum = 0;
  for (let i = rows.length - 1; i >= 0; i--) {
    const source = rows[i];
    inForce[i] = isInForce(network, source, t, times) ? 1 : 0;
    if (inForce[i] === 0) continue;
    firstInForce = i;
    shareSum += sources.shareRatio[source];
    if (sources.shareRatio[source] > 0) receivedSum += received[i];
  }
  if (firstInForce < 0) return 0;
  if (!book.hasShares || !(shareSum > 0)) return orderFrom(sources, book, firstInForce, t, need);
  let good = 0;
  const total = receivedSum + need;
  while (need - good > crumb) {
    let neediest = -1;
    let mostOwed = crumb;
    for (let i = 0; i < rows.length; i++) {
      if (inForce[i] === 0) continue;
      const owed = (sources.shareRatio[rows[i]] / shareSum) * total - received[i];
      if (!(owed > mostOwed)) continue;
      neediest = i;
      mostOwed = owed;
    }
    if (neediest < 0) break; // All that is missing is rounding.
    good += orderFrom(sources, book, neediest, t, Math.min(need - good, mostOwed));
    inForce[neediest] = 0; // Asked once a bucket.
  }
  return good;
}

function orderFrom(
  { yieldRatio }: RequirementNetwork['sources'],
  { rows, lots, started, received }: Book,
  i: number,
  t: number,
  quantity: number,
): number {
  const ratio = yieldRatio[rows[i]];
  started[i][t] = lotQuantity(quantity / ratio, lots[i]);
  const good = started[i][t] * ratio;
  received[i] += good;
  return good;
}
