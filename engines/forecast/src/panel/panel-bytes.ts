/** A panel model as bytes: trained once per run, kept, and handed to workers. */
import { decodeTrees, encodeTrees } from '@planwright/trees';
import { assert } from '@planwright/units';
import type { PanelModel } from './panel-model.ts';

const MAGIC = 0x50_4d_4c_31; // "PML1"
const HEAD = 8;

type Header = Omit<PanelModel, 'widths' | 'forests'> & {
  readonly widthSteps: number;
  readonly widthFactors: readonly number[];
  /** Bytes of the plain forest; the correcting one has the rest. 0 where there are none. */
  readonly plainBytes: number;
};

export function encodePanelModel({ widths, forests, ...rest }: PanelModel): Uint8Array {
  const plain = forests === undefined ? new Uint8Array(0) : encodeTrees(forests.plain);
  const correcting = forests === undefined ? new Uint8Array(0) : encodeTrees(forests.correcting);
  const header: Header = {
    ...rest,
    widthSteps: widths.steps,
    widthFactors: [...widths.factors],
    plainBytes: plain.length,
  };
  const text = JSON.stringify(header);
  const bytes = new Uint8Array(HEAD + 2 * text.length + plain.length + correcting.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC);
  view.setUint32(4, text.length);
  for (let i = 0; i < text.length; i++) view.setUint16(HEAD + 2 * i, text.charCodeAt(i));
  bytes.set(plain, HEAD + 2 * text.length);
  bytes.set(correcting, HEAD + 2 * text.length + plain.length);
  return bytes;
}

/** The model of `encodePanelModel`'s bytes. Stops on other bytes. */
export function decodePanelModel(bytes: Uint8Array): PanelModel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  assert(bytes.length >= HEAD && view.getUint32(0) === MAGIC, 'these are the bytes of a panel model');
  const length = view.getUint32(4);
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(view.getUint16(HEAD + 2 * i));
  const { widthSteps, widthFactors, plainBytes, ...rest } = JSON.parse(text) as Header;
  const plainFrom = HEAD + 2 * length;
  const correctingFrom = plainFrom + plainBytes;
  return {
    ...rest,
    widths: { steps: widthSteps, factors: Float64Array.from(widthFactors) },
    forests:
      plainBytes === 0
        ? undefined
        : {
            plain: decodeTrees(bytes.subarray(plainFrom, correctingFrom)),
            correcting: decodeTrees(bytes.subarray(correctingFrom)),
          },
  };
}
