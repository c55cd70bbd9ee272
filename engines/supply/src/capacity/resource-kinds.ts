/**
 * Suppliers and stores as resources, and resources by what they are: labour by skill, machines by location. Each gives the same two
 * blocks that machines have, load and capacity, so that one search for bottlenecks serves all.
 */
import { makeBlock, type SeriesBlock } from '@planwright/series';
import { assert } from '@planwright/units';
import type { ResourceFacts, SourceFacts } from '../model/planning-model.ts';

export type NamedLoad = {
  readonly names: readonly string[];
  readonly load: SeriesBlock;
  /** Infinity = no limit. */
  readonly capacity: SeriesBlock;
};

/**
 * Sums resources that share a name under `by`: their skill, kind or location; those without stand alone under their own name. A
 * group with a resource without a limit has none. Load and capacity have one row a resource, in the same order.
 */
export function loadByGroup(
  resources: readonly Pick<ResourceFacts, 'resource' | 'kind' | 'skill' | 'location'>[],
  load: SeriesBlock,
  capacity: SeriesBlock,
  by: 'skill' | 'kind' | 'location',
): NamedLoad {
  assert(load.keyCount === resources.length && capacity.keyCount === resources.length, 'a row a resource');
  return summed(
    resources.map((row) => row[by] ?? row.resource),
    load,
    capacity,
  );
}

/**
 * What suppliers are asked for per bucket against what they can give, in units. `ordered` has one row a source, in the order given: the
 * quantity of its orders by bucket. Only sources with a supplier count; a supplier who limits one source and not another has no limit.
 */
export function supplierLoad(
  sources: readonly Pick<SourceFacts, 'kind' | 'supplier' | 'maximumPerBucket'>[],
  ordered: SeriesBlock,
): NamedLoad {
  const { bucketCount } = ordered;
  assert(ordered.keyCount === sources.length, 'a row a source');
  const capacity = makeBlock(sources.length, bucketCount);
  sources.forEach(({ maximumPerBucket = Infinity }, row) => {
    for (let t = 0; t < bucketCount; t++) {
      capacity.values[row * bucketCount + t] =
        typeof maximumPerBucket === 'number' ? maximumPerBucket : maximumPerBucket[t];
    }
  });
  return summed(
    sources.map(({ kind, supplier }) => (kind === 'buy' ? supplier : undefined)),
    ordered,
    capacity,
  );
}

/**
 * Places taken in each store at the end of a bucket. `onHand` has one row a stock point; `store` names where it lies, undefined =
 * nowhere that counts; `placePerUnit` is the room a unit takes. `capacity` has the places of each store, all buckets alike; a store that is
 * not in it has no limit. What is owed takes no room.
 */
export function storageLoad(
  onHand: SeriesBlock,
  store: readonly (string | undefined)[],
  placePerUnit: ArrayLike<number>,
  capacity: ReadonlyMap<string, number>,
): NamedLoad {
  assert(store.length === onHand.keyCount && placePerUnit.length === onHand.keyCount, 'a row a stock point');
  const { bucketCount } = onHand;
  const taken = makeBlock(onHand.keyCount, bucketCount);
  for (let cell = 0; cell < taken.values.length; cell++) {
    const place = placePerUnit[Math.floor(cell / bucketCount)];
    taken.values[cell] = Math.max(0, onHand.values[cell]) * place;
  }
  const { names, load } = summed(store, taken, makeBlock(onHand.keyCount, bucketCount));
  const places = makeBlock(names.length, bucketCount);
  names.forEach((name, row) =>
    places.values.fill(capacity.get(name) ?? Infinity, row * bucketCount, (row + 1) * bucketCount),
  );
  return { names, load, capacity: places };
}

/** Sums rows of one name; names in the order they first come. */
function summed(
  nameOfRow: readonly (string | undefined)[],
  load: SeriesBlock,
  capacity: SeriesBlock,
): NamedLoad {
  const { bucketCount } = load;
  const names = [...new Set(nameOfRow.filter((name) => name !== undefined))];
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const sums = { load: makeBlock(names.length, bucketCount), capacity: makeBlock(names.length, bucketCount) };
  nameOfRow.forEach((name, row) => {
    const to = name === undefined ? undefined : indexOf.get(name);
    if (to === undefined) return;
    for (let t = 0; t < bucketCount; t++) {
      sums.load.values[to * bucketCount + t] += load.values[row * bucketCount + t];
      sums.capacity.values[to * bucketCount + t] += capacity.values[row * bucketCount + t];
    }
  });
  return { names, ...sums };
}
