/** Puts what cleansing found into findings with a sentence each. */
import type { CleansingRecord } from './cleanse.ts';
import {
  type CleansingFinding,
  CLEANSING_REASONS,
  outlierStrength,
  percentText,
  quantityText,
  sureness,
} from './finding.ts';

export function foundIn(record: CleansingRecord): readonly CleansingFinding[] {
  const findings: CleansingFinding[] = [];
  for (let t = 0; t < record.reasons.length; t++) {
    const finding = changed(record, t) ?? shown(record, t);
    if (finding !== undefined) findings.push(finding);
  }
  return [...findings, ...ofLevels(record), ...ofZeros(record)].sort((a, b) => a.bucket - b.bucket);
}

/** The finding of a bucket that was changed. */
function changed(record: CleansingRecord, bucket: number): CleansingFinding | undefined {
  const reason = CLEANSING_REASONS[record.reasons[bucket]];
  if (reason === 'none' || reason === 'event') return undefined;
  const raw = record.input.series[bucket];
  const cleansed = record.cleansed[bucket];
  const common = { bucket, reason, raw, cleansed, changed: true };
  const before = quantityText(raw);
  const after = quantityText(cleansed);
  if (reason === 'outlier') {
    const strength = outlierSureness(record, bucket);
    return {
      ...common,
      strength,
      sentence: `${before} is ${sureness(strength)} not the item's own demand: ${yardstick(record, bucket)}. Set to ${after}.`,
    };
  }
  if (reason === 'missing') {
    return {
      ...common,
      strength: 1,
      sentence: `Nothing was recorded; ${after} is estimated from its neighbours and season.`,
    };
  }
  if (reason === 'return') {
    const sentence =
      raw < 0 && cleansed === 0
        ? `More came back than was sold (${before}); set to 0, as it is not known when those goods were sold.`
        : `Goods that came back are counted where they had been sold: ${before} becomes ${after}.`;
    return { ...common, strength: 1, sentence };
  }
  return { ...common, ...stockOut(record, bucket, before, after) };
}

function stockOut(
  { input, cleansed }: CleansingRecord,
  bucket: number,
  before: string,
  after: string,
): { strength: number; sentence: string } {
  const share = input.availability?.[bucket] ?? 1;
  if (Number.isNaN(cleansed[bucket])) {
    return {
      strength: 1,
      sentence: 'The item could not be had and sold nothing; the bucket is left out of its history.',
    };
  }
  if (share === 1) {
    return {
      strength: 0.9,
      sentence: `No sale, which its rhythm makes all but impossible; taken for a stock-out and estimated at ${after}.`,
    };
  }
  const sold = Number.isNaN(input.series[bucket]) ? 'nothing recorded' : `${before} sold`;
  const how = Number.isNaN(share) ? 'It sold out' : `It could be had for ${percentText(share)} of the time`;
  return { strength: 1, sentence: `${how}, with ${sold}; demand is estimated at ${after}.` };
}

/** The finding of a bucket that is out of line and left as it is. */
function shown(record: CleansingRecord, bucket: number): CleansingFinding | undefined {
  const { judged, largeOrders, input, cleansed, reasons } = record;
  if (reasons[bucket] !== 0 || input.protect?.[bucket] === 1) return undefined;
  const last = cleansed.length - 1;
  const large = largeOrders !== undefined && cleansed[bucket] > largeOrders.limit;
  const outOfLine = judged !== undefined && judged.scores[bucket] !== 0;
  if (!large && !outOfLine) return undefined;
  const strength = outlierSureness(record, bucket);
  const why =
    bucket >= last - 1
      ? 'It is too recent to be judged and may be news, so it stands; please judge'
      : cleansed[bucket] === 0
        ? 'An empty bucket may be a pause or a stock-out, so it stands; please judge'
        : 'It is part of a longer episode, so it stands; please judge';
  return {
    bucket,
    reason: 'outlier',
    raw: input.series[bucket],
    cleansed: cleansed[bucket],
    changed: false,
    strength,
    sentence: `${quantityText(cleansed[bucket])} is out of line: ${yardstick(record, bucket)}. ${why}.`,
  };
}

function outlierSureness({ judged, largeOrders, input }: CleansingRecord, bucket: number): number {
  if (judged !== undefined) return outlierStrength(judged.scores[bucket], judged.limit);
  return outlierStrength(input.series[bucket] / largeOrders!.limit, 1);
}

function yardstick({ judged, expectation, largeOrders }: CleansingRecord, bucket: number): string {
  if (judged !== undefined && expectation !== undefined) {
    const times = Math.abs(judged.scores[bucket]).toFixed(0);
    return `about ${quantityText(expectation.expected[bucket])} was to be expected, and it lies ${times} times the usual scatter away`;
  }
  return `its orders are about ${quantityText(largeOrders!.usual)}, and hardly ever above ${quantityText(largeOrders!.limit)}`;
}

function ofLevels({ expectation, input, cleansed }: CleansingRecord): CleansingFinding[] {
  if (expectation === undefined) return [];
  return Array.from(expectation.shifts, (bucket, i): CleansingFinding => {
    const step = expectation.steps[i];
    const before = Math.abs(expectation.expected[bucket] - step);
    const share = before > 0 ? levelChange(step / before) : '';
    const size = Math.abs(step) / (expectation.spread || Math.abs(step) || 1);
    return {
      bucket,
      reason: 'none',
      raw: input.series[bucket],
      cleansed: cleansed[bucket],
      changed: false,
      strength: outlierStrength(size, 2),
      sentence: `From here on demand is at a ${step > 0 ? 'higher' : 'lower'} level${share}; kept as it is.`,
    };
  });
}

/** Above twice what it was, percents over 100 are misread. */
function levelChange(ratio: number): string {
  return ratio > 1 ? `, ${Math.round(1 + ratio)} times what it was` : ` by ${percentText(Math.abs(ratio))}`;
}

function ofZeros({ zeroRuns, input, cleansed, reasons }: CleansingRecord): CleansingFinding[] {
  return zeroRuns
    .filter(({ first }) => reasons[first] === 0 && input.protect?.[first] !== 1)
    .map(({ first, last, chance }): CleansingFinding => {
      const length = last - first + 1;
      const run = length === 1 ? 'Nothing was sold' : `Nothing was sold in ${length} buckets in a row`;
      return {
        bucket: first,
        reason: 'stock-out',
        raw: input.series[first],
        cleansed: cleansed[first],
        changed: false,
        strength: 1 - chance,
        sentence: `${run}, of an item that nearly always sells; perhaps it was out of stock. Left as it is; please judge.`,
      };
    });
}
