/**
 * A model as bytes: equal models give equal bytes, on every machine.
 *
 * Layout  magic number, version, length of a JSON head, the head (names, objective, base score, counts; UTF-16), then the
 *         columns of the nodes, all little-endian.
 */
import { assert } from '@planwright/units';
import type { Objective } from './objective.ts';
import { WORDS_PER_SET } from './split.ts';
import type { TreeModel } from './tree-model.ts';
import { emptyNodes } from './tree-nodes.ts';

const MAGIC = 0x54575031;
const VERSION = 1;

type Head = {
  readonly names: readonly string[];
  readonly objective: Objective;
  readonly treeCount: number;
  readonly nodeCount: number;
  readonly setCount: number;
  /** Codes of each category feature; -1 of a numeric one. */
  readonly codeCounts: readonly number[];
};

type Column = Uint8Array | Int32Array | Uint32Array | Float64Array;

/** Bytes of a model. */
export function encodeTrees(model: TreeModel): Uint8Array {
  const head = JSON.stringify(headOf(model));
  const columns = columnsOf(model);
  const size = columns.reduce((sum, column) => sum + column.byteLength, 12 + 2 * head.length + 8);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, head.length, true);
  let offset = 12;
  for (let i = 0; i < head.length; i++, offset += 2) view.setUint16(offset, head.charCodeAt(i), true);
  view.setFloat64(offset, model.baseScore, true);
  offset += 8;
  for (const column of columns) offset = writeColumn(view, offset, column);
  return bytes;
}

/** The model of `encodeTrees`' bytes. Stops on bytes of another kind or version. */
export function decodeTrees(bytes: Uint8Array): TreeModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  assert(bytes.length >= 12 && view.getUint32(0, true) === MAGIC, 'the bytes are a tree model');
  assert(
    view.getUint32(4, true) === VERSION,
    `the tree model has version ${VERSION}, not ${view.getUint32(4, true)}`,
  );
  const length = view.getUint32(8, true);
  assert(bytes.length >= 20 + 2 * length, 'the tree model is whole');
  let text = '';
  let offset = 12;
  for (let i = 0; i < length; i++, offset += 2) text += String.fromCharCode(view.getUint16(offset, true));
  const head = JSON.parse(text) as Head;
  const model: TreeModel = {
    names: head.names,
    objective: head.objective,
    baseScore: view.getFloat64(offset, true),
    treeStarts: new Int32Array(head.treeCount + 1),
    nodes: emptyNodes(head.nodeCount, head.setCount),
    categoryBins: head.codeCounts.map((count) => (count < 0 ? undefined : new Uint8Array(count))),
  };
  offset += 8;
  const columns = columnsOf(model);
  const size = columns.reduce((sum, column) => sum + column.byteLength, offset);
  assert(bytes.length === size, `the tree model has ${size} bytes, not ${bytes.length}`);
  for (const column of columns) offset = readColumn(view, offset, column);
  return model;
}

/** Every field by name: the order of an object's fields must not show in the bytes. */
function headOf({ names, objective, treeStarts, nodes, categoryBins }: TreeModel): Head {
  return {
    names,
    objective: canonical(objective),
    treeCount: treeStarts.length - 1,
    nodeCount: nodes.feature.length,
    setCount: nodes.categories.length / WORDS_PER_SET,
    codeCounts: categoryBins.map((bins) => bins?.length ?? -1),
  };
}

function canonical(objective: Objective): Objective {
  if (objective.kind === 'quantile') return { kind: 'quantile', level: objective.level };
  if (objective.kind === 'tweedie') return { kind: 'tweedie', power: objective.power };
  return { kind: objective.kind };
}

function columnsOf({ treeStarts, nodes, categoryBins }: TreeModel): Column[] {
  return [
    treeStarts,
    nodes.feature,
    nodes.threshold,
    nodes.bin,
    nodes.missingLeft,
    nodes.left,
    nodes.right,
    nodes.value,
    nodes.cover,
    nodes.gain,
    nodes.categorySet,
    nodes.categories,
    ...categoryBins.filter((bins) => bins !== undefined),
  ];
}

function writeColumn(view: DataView, offset: number, column: Column): number {
  const width = column.BYTES_PER_ELEMENT;
  for (let i = 0; i < column.length; i++) {
    const at = offset + i * width;
    if (column instanceof Float64Array) view.setFloat64(at, column[i], true);
    else if (column instanceof Uint8Array) view.setUint8(at, column[i]);
    else if (column instanceof Int32Array) view.setInt32(at, column[i], true);
    else view.setUint32(at, column[i], true);
  }
  return offset + column.byteLength;
}

function readColumn(view: DataView, offset: number, column: Column): number {
  const width = column.BYTES_PER_ELEMENT;
  for (let i = 0; i < column.length; i++) {
    const at = offset + i * width;
    if (column instanceof Float64Array) column[i] = view.getFloat64(at, true);
    else if (column instanceof Uint8Array) column[i] = view.getUint8(at);
    else if (column instanceof Int32Array) column[i] = view.getInt32(at, true);
    else column[i] = view.getUint32(at, true);
  }
  return offset + column.byteLength;
}
