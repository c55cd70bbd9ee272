/**
 * Which letters the bytes of a text file stand for. A byte-order mark decides; else UTF-8 is expected, and what
 * is not UTF-8 is only ever guessed for a preview, never silently for an import.
 */
import { isUtf8 } from 'node:buffer';

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type EncodingGuess = {
  readonly encoding: TextEncodingName;
  /** Bytes of the byte-order mark. */
  readonly bomBytes: number;
  /** certain: by its mark or as sound UTF-8. guess: the best fit, to be confirmed by a person. */
  readonly certain: boolean;
};

/** The encoding of a file by its first bytes (64 kB are plenty). */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', bomBytes: 3, certain: true };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomBytes: 2, certain: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomBytes: 2, certain: true };
  const nulShare = { even: 0, odd: 0 };
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nulShare[i % 2 === 0 ? 'even' : 'odd']++;
  // Half of the bytes of Western text in UTF-16 are zero, all on the same side.
  if (nulShare.odd > head.length / 4 && nulShare.even === 0)
    return { encoding: 'utf-16le', bomBytes: 0, certain: false };
  if (nulShare.even > head.length / 4 && nulShare.odd === 0)
    return { encoding: 'utf-16be', bomBytes: 0, certain: false };
  // The head may end inside a character: up to three bytes are left out of the judgement.
  for (let cut = 0; cut <= Math.min(3, head.length); cut++) {
    if (isUtf8(head.subarray(0, head.length - cut))) return { encoding: 'utf-8', bomBytes: 0, certain: true };
  }
  return { encoding: 'windows-1252', bomBytes: 0, certain: false };
}

/** Text chunks of encoded bytes, without the mark. Broken UTF-16 throws; every windows-1252 byte has a letter. */
export async function* decodedText(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: TextEncodingName,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
