/** A panel model as bytes: trained once per run, kept, and handed to workers. */
import { decodeTrees, encodeTrees, type TreeModel } from '@planwright/trees';
import { assert } from '@planwright/units';
import type { MethodWeights } from './method-weights.ts';
import type { PanelModel } from './panel-model.ts';
import type { SparseForest } from './sparse-forest.ts';

const MAGIC = 0x50_4d_4c_33; // "PML3"
const HEAD = 8;

type Header = Omit<PanelModel, 'widths' | 'forests' | 'methods' | 'sparse'> & {
  readonly widthSteps: number;
  readonly widthFactors: readonly number[];
  readonly hasForests: boolean;
  /** Weights of methods without their forests. */
  readonly methods: Omit<MethodWeights, 'forests'> | null;
  /** The sparse forest without its trees. */
  readonly sparse: Omit<SparseForest, 'forest'> | null;
  /** Bytes of each forest behind the header: plain, correcting and recursive, the sparse one, then one a method; those there are. */
  readonly sizes: readonly number[];
};

export function encodePanelModel({ widths, forests, methods, sparse, ...rest }: PanelModel): Uint8Array {
  const parts = [
    ...(forests === undefined ? [] : [forests.plain, forests.correcting, forests.recursive]),
    ...(sparse === undefined ? [] : [sparse.forest]),
    ...(methods?.forests ?? []),
  ].map(encodeTrees);
  const header: Header = {
    ...rest,
    widthSteps: widths.steps,
    widthFactors: [...widths.factors],
    hasForests: forests !== undefined,
    methods: methods === undefined ? null : { share: methods.share, gain: methods.gain },
    sparse: sparse === undefined ? null : withoutForest(sparse),
    sizes: parts.map((part) => part.length),
  };
  const text = JSON.stringify(header);
  let offset = HEAD + 2 * text.length;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, offset));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, text.length);
  for (let i = 0; i < text.length; i++) view.setUint16(HEAD + 2 * i, text.charCodeAt(i));
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

const withoutForest = ({ objective, share, gain, keyCount }: SparseForest): Omit<SparseForest, 'forest'> => ({
  objective,
  share,
  gain,
  keyCount,
});

/** The model of `encodePanelModel`'s bytes. Stops on other bytes. */
export function decodePanelModel(bytes: Uint8Array): PanelModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  assert(bytes.length >= HEAD && view.getUint32(0) === MAGIC, 'these are the bytes of a panel model');
  const length = view.getUint32(4);
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(view.getUint16(HEAD + 2 * i));
  const { widthSteps, widthFactors, hasForests, methods, sparse, sizes, ...rest } = JSON.parse(
    text,
  ) as Header;
  let offset = HEAD + 2 * length;
  const trees = sizes.map((size): TreeModel => {
    offset += size;
    return decodeTrees(bytes.subarray(offset - size, offset));
  });
  const [plain, correcting, recursive] = hasForests ? trees.splice(0, 3) : [];
  const [sparseForest] = sparse === null ? [] : trees.splice(0, 1);
  return {
    ...rest,
    widths: { steps: widthSteps, factors: Float64Array.from(widthFactors) },
    forests: hasForests ? { plain, correcting, recursive } : undefined,
    methods: methods === null ? undefined : { ...methods, forests: trees },
    sparse: sparse === null ? undefined : { ...sparse, forest: sparseForest },
  };
}
