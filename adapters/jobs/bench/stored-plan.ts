/** The plan of a company as a run would have stored it, demand ahead being what was asked for in the same month a year before. */
import {
  computeChunk,
  decodeSnapshot,
  type DeskParts,
  freezeCompany,
  makeRunBlocks,
  parsedResults,
  type Snapshot,
} from '@planwright/app';
import { readConsistently, type Db } from '@planwright/postgres';
import { calendarFromStarts, isoFromDay } from '@planwright/time';

const BUCKETS_A_YEAR = 12;

export async function storedPlan(db: Db, companyId: number): Promise<DeskParts> {
  const read = <T>(work: Parameters<typeof readConsistently<T>>[1]) => readConsistently(db, work);
  const frozen = await freezeCompany({ readConsistently: read }, companyId, undefined);
  const snapshot = decodeSnapshot(frozen.blocks);
  const { meta, keys, planning } = snapshot;
  const blocks = makeRunBlocks(meta);
  const consensus = demandOfLastYear(snapshot);
  blocks.consensus.set(consensus);
  const stored = planning.chunks.map((_, chunk) => {
    const { result } = computeChunk(snapshot, blocks, parsedResults({}), 'constrained', chunk);
    const { sums, plan } = parsedResults({ constrained: [result] }).constrained[0];
    return { chunk, sums, payload: new Uint8Array(Buffer.from(plan, 'base64')) };
  });
  const { currency, historyBuckets, horizonBuckets } = meta;
  const run = {
    runId: 'measured',
    companyId,
    currency,
    asOf: isoFromDay(meta.asOf),
    createdAt: '',
    finishedAt: '',
    calendar: calendarFromStarts(meta.calendar, Int32Array.from(meta.starts)),
    historyBuckets,
    horizonBuckets,
    summary: {},
  };
  const names = keys.item.map((item, key) => [item, keys.location[key], keys.channel[key]].join('\u0000'));
  return {
    book: { run, snapshot: frozen.blocks, stored, stockIds: [], resourceIds: [], supplierNames: new Map() },
    consensus: { names, bucketCount: horizonBuckets, values: consensus },
  };
}

function demandOfLastYear({ meta, actualQuantity }: Snapshot): Float64Array {
  const { historyBuckets, horizonBuckets, keyCount } = meta;
  const demand = new Float64Array(keyCount * horizonBuckets);
  for (let key = 0; key < keyCount; key++) {
    for (let t = 0; t < horizonBuckets; t++) {
      const before = historyBuckets - BUCKETS_A_YEAR + (t % BUCKETS_A_YEAR);
      demand[key * horizonBuckets + t] = Math.round(actualQuantity[key * historyBuckets + before]) || 0;
    }
  }
  return demand;
}
