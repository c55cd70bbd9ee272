/**
 * Items like a new one: its nearest neighbours by attributes.
 *
 * Input    the attributes of the new item and of candidates that have a history; which attributes count, how they compare
 *          and how much they weigh. 'category' compares as same or not, 'number' by the difference over the range of all
 *          items, 'ratio' (a price, a size; above 0) by the difference of logarithms over their range.
 * Output   the `count` nearest, each with its distance (0 the same in everything, 1 in nothing), its weight in a forecast
 *          (they sum to 1) and a sentence.
 * Cost     O(candidates x attributes), and a sort.
 * Source   Gower (1971), Biometrics 27(4), 857-871: an attribute that either item does not have is left out for that pair.
 */
import { assert } from '@planwright/units';
import { sentence, spokenList, spokenNumber, spokenShare } from '../explanation/spoken-number.ts';

export type AttributeValues = Readonly<Record<string, string | number | undefined>>;

export type AttributeRule = {
  readonly name: string;
  readonly kind: 'category' | 'number' | 'ratio';
  /** 1 unless told; `learntAttributeWeights` finds them in the candidates' histories. */
  readonly weight?: number;
};

export type LikeCandidate = {
  readonly name: string;
  readonly attributes: AttributeValues;
};

export type LikeItem = {
  /** Position in the list of candidates. */
  readonly candidate: number;
  readonly distance: number;
  readonly weight: number;
  readonly sentence: string;
};

/** So that an item the same in everything does not silence all others. */
const SOFTENING = 0.05;

/** The nearest first; ties in the order of the candidates. Empty without candidates. */
export function likeItems(
  item: AttributeValues,
  candidates: readonly LikeCandidate[],
  options: { readonly attributes: readonly AttributeRule[]; readonly count: number },
): readonly LikeItem[] {
  const { attributes, count } = options;
  assert(count >= 1, 'at least one like item is asked for');
  assert(
    attributes.every(({ weight = 1 }) => weight >= 0 && Number.isFinite(weight)),
    'weights of attributes are not negative',
  );
  const distances = gowerDistances(item, candidates, attributes);
  const nearest = Array.from(distances.keys())
    .sort((a, b) => distances[a] - distances[b] || a - b)
    .slice(0, count);
  let total = 0;
  for (const index of nearest) total += 1 / (SOFTENING + distances[index]);
  return nearest.map((index) => ({
    candidate: index,
    distance: distances[index],
    weight: 1 / (SOFTENING + distances[index]) / total,
    sentence: likeness(item, candidates[index], attributes),
  }));
}

/** The distance of the item to each candidate, 0 to 1; 1 where no attribute is known of both. */
export function gowerDistances(
  item: AttributeValues,
  candidates: readonly LikeCandidate[],
  attributes: readonly AttributeRule[],
): Float64Array {
  const apart = new Float64Array(candidates.length);
  const weights = new Float64Array(candidates.length);
  for (const rule of attributes) {
    const own = item[rule.name];
    const weight = rule.weight ?? 1;
    if (rule.kind === 'category') {
      if (own === undefined || own === '') continue;
      candidates.forEach(({ attributes: theirs }, index) => {
        const value = theirs[rule.name];
        if (value === undefined || value === '') return;
        weights[index] += weight;
        if (String(value) !== String(own)) apart[index] += weight;
      });
      continue;
    }
    const reference = measured(own, rule.kind);
    if (Number.isNaN(reference)) continue;
    const values = candidates.map(({ attributes: theirs }) => measured(theirs[rule.name], rule.kind));
    const range = rangeOf([reference, ...values]);
    values.forEach((value, index) => {
      if (Number.isNaN(value)) return;
      weights[index] += weight;
      if (range > 0) apart[index] += (weight * Math.abs(value - reference)) / range;
    });
  }
  return apart.map((sum, index) => (weights[index] > 0 ? Math.min(1, sum / weights[index]) : 1));
}

function measured(value: string | number | undefined, kind: AttributeRule['kind']): number {
  const number = typeof value === 'number' ? value : Number.NaN;
  if (kind === 'ratio') return number > 0 && number < Infinity ? Math.log(number) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

function rangeOf(values: readonly number[]): number {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return most - least;
}

const CLOSE_RATIO = 0.02;

/** What the two share and how they differ, such as 'Road 250 has the same category and colour, at a price 4 % lower.' */
function likeness(
  item: AttributeValues,
  { name, attributes }: LikeCandidate,
  rules: readonly AttributeRule[],
): string {
  const same: string[] = [];
  const other: string[] = [];
  const sized: string[] = [];
  for (const rule of rules) {
    const own = item[rule.name];
    const theirs = attributes[rule.name];
    if (own === undefined || theirs === undefined || own === '' || theirs === '') continue;
    if (rule.kind === 'category') {
      if (String(own) === String(theirs)) same.push(rule.name);
      else other.push(`${theirs} instead of ${own}`);
    } else if (own === theirs) same.push(rule.name);
    else sized.push(compared(rule, Number(own), Number(theirs)));
  }
  if (same.length + other.length + sized.length === 0)
    return sentence(`${name} shares no known attribute with the new item`);
  const parts = [
    same.length > 0 ? `has the same ${spokenList(same)}` : 'shares no attribute exactly',
    ...(sized.length > 0 ? [spokenList(sized)] : []),
    ...(other.length > 0 ? [`but is ${spokenList(other)}`] : []),
  ];
  return `${name} ${parts.join(', ')}.`;
}

function compared(rule: AttributeRule, own: number, theirs: number): string {
  const ratio = theirs / own - 1;
  if (rule.kind === 'number' || !Number.isFinite(ratio))
    return `${rule.name} ${spokenNumber(theirs)} against ${spokenNumber(own)}`;
  if (Math.abs(ratio) < CLOSE_RATIO) return `nearly the same ${rule.name}`;
  return `${rule.name} ${spokenShare(Math.abs(ratio))} ${ratio > 0 ? 'higher' : 'lower'}`;
}
