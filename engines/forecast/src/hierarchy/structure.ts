/**
 * Which nodes add up to which: the shape that forecasts of groups and of keys must agree in.
 *
 * Nodes      0 to leafCount - 1 are the leaves (keys), the groups come after them; a block of node values is nodes x buckets,
 *            row-major, as everywhere.
 * Sums       each group's row of the summing matrix S, sparse: which leaves it holds and with which coefficient (1 but for
 *            buckets that overlap in part). Leaves are their own rows and are not stored.
 * Tree       where every node has at most one parent and coefficients are 1, the parents are kept as well: solutions
 *            on trees take two passes. Crossing dimensions (item groups and locations) have no tree.
 */
import { type Hierarchy, makeHierarchy, NO_PARENT } from '@planwright/series';
import { assert } from '@planwright/units';

export type Structure = {
  readonly nodeCount: number;
  readonly leafCount: number;
  /** Row g of the groups is entries rowStart[g] to rowStart[g + 1] of `leaf` and `coefficient`. */
  readonly rowStart: Int32Array;
  readonly leaf: Int32Array;
  readonly coefficient: Float64Array;
  readonly tree?: Hierarchy;
};

/** The structure of one tree or forest; its first `keyCount` nodes are the leaves. */
export function treeStructure(hierarchy: Hierarchy, keyCount: number): Structure {
  const { parentOf, bottomUp } = hierarchy;
  const nodeCount = parentOf.length;
  assert(keyCount >= 0 && keyCount <= nodeCount, 'the keys are the first nodes');
  const held = new Int32Array(nodeCount);
  for (const node of bottomUp) {
    const parent = parentOf[node];
    if (node < keyCount) held[node] += 1;
    if (parent === NO_PARENT) continue;
    assert(parent >= keyCount, 'a parent is a group');
    held[parent] += held[node];
  }
  const rowStart = new Int32Array(nodeCount - keyCount + 1);
  for (let group = keyCount; group < nodeCount; group++) {
    rowStart[group - keyCount + 1] = rowStart[group - keyCount] + held[group];
  }
  const leaf = new Int32Array(rowStart[nodeCount - keyCount]);
  const next = rowStart.slice();
  for (let key = 0; key < keyCount; key++) {
    for (let node = parentOf[key]; node !== NO_PARENT; node = parentOf[node])
      leaf[next[node - keyCount]++] = key;
  }
  const coefficient = new Float64Array(leaf.length).fill(1);
  return { nodeCount, leafCount: keyCount, rowStart, leaf, coefficient, tree: hierarchy };
}

/** One way to cut the leaves into groups: the group of each leaf, 0 and up, or -1 where it is in none. */
export type Grouping = ArrayLike<number>;

/**
 * The structure of several groupings of the same leaves; their groups follow each other as nodes, grouping by grouping. Where
 * each grouping holds whole groups of the one before, it is recognised as a tree.
 */
export function groupedStructure(leafCount: number, groupings: readonly Grouping[]): Structure {
  const sizes = groupings.map((grouping) => {
    assert(grouping.length === leafCount, 'a grouping names a group for every leaf');
    let size = 0;
    for (let key = 0; key < leafCount; key++) size = Math.max(size, grouping[key] + 1);
    return size;
  });
  const groupCount = sizes.reduce((sum, size) => sum + size, 0);
  const rows: number[][] = Array.from({ length: groupCount }, () => []);
  let first = 0;
  groupings.forEach((grouping, index) => {
    for (let key = 0; key < leafCount; key++) if (grouping[key] >= 0) rows[first + grouping[key]].push(key);
    first += sizes[index];
  });
  const tree = nested(leafCount, groupings, sizes);
  return { ...sparseStructure(leafCount, rows), ...(tree === undefined ? {} : { tree }) };
}

/** The structure of any rows: the leaves of each group, with coefficients of 1 unless told. */
export function sparseStructure(
  leafCount: number,
  rows: readonly (readonly number[])[],
  coefficients?: readonly (readonly number[])[],
): Structure {
  const rowStart = new Int32Array(rows.length + 1);
  rows.forEach((row, group) => (rowStart[group + 1] = rowStart[group] + row.length));
  const leaf = new Int32Array(rowStart[rows.length]);
  const coefficient = new Float64Array(leaf.length).fill(1);
  rows.forEach((row, group) => {
    assert(
      row.every((key) => key >= 0 && key < leafCount),
      'a group holds leaves',
    );
    leaf.set(row, rowStart[group]);
    if (coefficients !== undefined) coefficient.set(coefficients[group], rowStart[group]);
  });
  return { nodeCount: leafCount + rows.length, leafCount, rowStart, leaf, coefficient };
}

/** The groups of those leaves that share a group in both groupings, numbered as they appear. */
export function crossed(one: Grouping, other: Grouping): Int32Array {
  assert(one.length === other.length, 'both groupings have the same leaves');
  const numbers = new Map<string, number>();
  return Int32Array.from({ length: one.length }, (_, key) => {
    if (one[key] < 0 || other[key] < 0) return -1;
    const name = `${one[key]}:${other[key]}`;
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  });
}

/** The tree of groupings that nest, or undefined where they cross. */
function nested(
  leafCount: number,
  groupings: readonly Grouping[],
  sizes: readonly number[],
): Hierarchy | undefined {
  const parentOf = new Int32Array(leafCount + sizes.reduce((sum, size) => sum + size, 0)).fill(NO_PARENT);
  const top = Int32Array.from({ length: leafCount }, (_, key) => key);
  let first = leafCount;
  for (let index = 0; index < groupings.length; index++) {
    const grouping = groupings[index];
    for (let key = 0; key < leafCount; key++) {
      const node = top[key];
      const parent = grouping[key] < 0 ? NO_PARENT : first + grouping[key];
      // A leaf whose node already has another parent here, or has none although a sibling does, crosses.
      const known = parentOf[node];
      if (known !== NO_PARENT && known !== parent) return undefined;
      if (parent !== NO_PARENT) parentOf[node] = parent;
    }
    for (let key = 0; key < leafCount; key++) {
      const parent = parentOf[top[key]];
      if (parent === NO_PARENT) continue;
      if (grouping[key] < 0) return undefined;
      top[key] = parent;
    }
    first += sizes[index];
  }
  return makeHierarchy(parentOf) ?? undefined;
}

/** Writes the groups' sums of one column of leaf values: `column` has one entry per node, leaves filled. */
export function sumUp(structure: Structure, column: Float64Array): void {
  const { leafCount, nodeCount, rowStart, leaf, coefficient, tree } = structure;
  if (tree !== undefined) {
    column.fill(0, leafCount);
    for (const node of tree.bottomUp) {
      const parent = tree.parentOf[node];
      if (parent !== NO_PARENT) column[parent] += column[node];
    }
    return;
  }
  for (let group = leafCount; group < nodeCount; group++) {
    let sum = 0;
    for (let i = rowStart[group - leafCount]; i < rowStart[group - leafCount + 1]; i++) {
      sum += coefficient[i] * column[leaf[i]];
    }
    column[group] = sum;
  }
}
