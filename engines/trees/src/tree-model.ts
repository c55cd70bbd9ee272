/**
 * A trained model: a base score and trees that add to it. Plain data; encode.ts writes it as bytes.
 */
import type { Objective } from './objective.ts';
import { copyNodes, emptyNodes, type TreeNodes } from './tree-nodes.ts';
import { WORDS_PER_SET } from './split.ts';

export type TreeModel = {
  readonly names: readonly string[];
  readonly objective: Objective;
  /** Score of every row before the first tree, on the link scale. */
  readonly baseScore: number;
  /** First node of each tree; the last entry is the number of nodes. */
  readonly treeStarts: Int32Array;
  readonly nodes: TreeNodes;
  /** Of category features: the bin of each code, 0 for a code without one. Undefined for numeric features. */
  readonly categoryBins: readonly (Uint8Array | undefined)[];
};

/** Puts the trees of a model one behind the other. */
export function joinedTrees(trees: readonly TreeNodes[]): { treeStarts: Int32Array; nodes: TreeNodes } {
  const treeStarts = new Int32Array(trees.length + 1);
  let setCount = 0;
  trees.forEach((tree, index) => {
    treeStarts[index + 1] = treeStarts[index] + tree.feature.length;
    setCount += tree.categories.length / WORDS_PER_SET;
  });
  const nodes = emptyNodes(treeStarts[trees.length], setCount);
  let firstSet = 0;
  trees.forEach((tree, index) => {
    copyNodes(tree, nodes, treeStarts[index], firstSet);
    firstSet += tree.categories.length / WORDS_PER_SET;
  });
  return { treeStarts, nodes };
}

/** How much the splits by each feature lowered the training loss, summed over all trees. One number a feature. */
export function featureGain(model: TreeModel): Float64Array {
  const gains = new Float64Array(model.names.length);
  const { feature, gain } = model.nodes;
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) gains[feature[node]] += gain[node];
  }
  return gains;
}
