/** Writes a plan file piece by piece: the text of a large plan is longer than a string may be. */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { PlanDraft } from './plan-to-file.ts';

const ROWS_PER_PIECE = 2000;

/** The plan as JSON, in pieces of a few thousand rows. */
export function* planPieces(plan: PlanDraft): Generator<string> {
  let before = '{';
  for (const [key, value] of Object.entries(plan) as [string, unknown][]) {
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (!isRows(value)) {
      yield JSON.stringify(value);
      continue;
    }
    let open = '[';
    for (const piece of inPieces(value)) {
      yield `${open}${piece.map((row) => JSON.stringify(row)).join(',')}`;
      open = ',';
    }
    yield open === '[' ? '[]' : ']';
  }
  yield '}';
}

function isRows(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/** Rows a few thousand at a time. */
export function* inPieces<Row>(rows: Iterable<Row>): Generator<Row[]> {
  let piece: Row[] = [];
  for (const row of rows) {
    piece.push(row);
    if (piece.length < ROWS_PER_PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

export function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'w');
  try {
    for (const piece of pieces) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
}
