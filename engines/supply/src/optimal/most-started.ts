/**
 * How much a source could sensibly start in a whole horizon: all that is asked of its stock point, by customers, by the
 * safety stock and by whatever consumes it, with the most that order sizes can add in every option. A start above it
 * serves nobody, so an order of this size stands for any.
 */
import { assert } from '@planwright/units';
import { effectiveLot } from '../lots.ts';
import type { ComponentFacts, PlanningModel } from '../model/planning-model.ts';
import type { PlanTerms } from './plan-terms.ts';
import type { Group } from './source-rows.ts';
import type { StartOption } from './start-options.ts';

type Use = { readonly source: number; readonly facts: ComponentFacts };

/** Units by source, all > 0. O(sources + component rows + demands). */
export function mostStarted(
  model: PlanningModel,
  { rowOf, classes, safetyStock, bucketCount }: PlanTerms,
  starts: readonly StartOption[],
  components: readonly (readonly Group<ComponentFacts>[])[],
): Float64Array {
  const { sources, stockPoints } = model;
  const optionCount = new Float64Array(sources.length);
  for (const { source } of starts) optionCount[source] += 1;
  const usesOf: Use[][] = stockPoints.map(() => []);
  components.forEach((groups, source) => {
    const { kind, location, fromLocation } = sources[source];
    const place = kind === 'move' ? (fromLocation ?? '') : location;
    for (const group of groups) {
      for (const { facts } of group) usesOf[rowOf(facts.component, place)].push({ source, facts });
    }
  });
  const own = Float64Array.from(stockPoints, (_, point) => {
    let most = 0;
    for (let t = 0; t < bucketCount; t++) most = Math.max(most, safetyStock[point * bucketCount + t]);
    return most;
  });
  for (const { stockPoint, quantity } of classes.list) {
    own[stockPoint] += quantity.reduce((sum, units) => sum + units, 0);
  }
  const most = new Float64Array(sources.length).fill(-1);
  const needed = new Float64Array(stockPoints.length).fill(-1);
  const ofPoint = (point: number): number => {
    if (needed[point] >= 0) return needed[point];
    assert(needed[point] !== IN_WORK, 'no stock point consumes itself');
    needed[point] = IN_WORK;
    let units = own[point];
    for (const { source, facts } of usesOf[point]) {
      const { quantityPer, quantityPerOrder = 0, scrapRatio = 0 } = facts;
      const asked = ofSource(source) * quantityPer + optionCount[source] * quantityPerOrder;
      units += asked / (1 - scrapRatio);
    }
    return (needed[point] = units);
  };
  const ofSource = (source: number): number => {
    if (most[source] >= 0) return most[source];
    const facts = sources[source];
    const { minimum, multiple } = effectiveLot(facts);
    const excess = optionCount[source] * (minimum + multiple);
    const need = ofPoint(rowOf(facts.item, facts.location)) / (facts.yieldRatio ?? 1);
    return (most[source] = Math.max(LEAST, need + excess));
  };
  sources.forEach((_, source) => ofSource(source));
  return most;
}

const IN_WORK = -2;
/** An order of nothing would be divided by. */
const LEAST = 1;
