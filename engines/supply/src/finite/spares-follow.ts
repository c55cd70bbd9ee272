/** Spare stock while supply is drawn together again: as in a piece that goes as it went (see `tighten-again.ts`). */
import { shortComponent, spareOf, type SpareStock, takeComponents } from './spare-stock.ts';
import type { TightenJournal } from './tighten-journal.ts';

const nothing = (): void => {};

/**
 * Does spare stock let the orders of a piece start sooner that it let? Then what is not what it was is left as the piece
 * leaves it, and a way back is given; otherwise nothing is changed, and there is none.
 * @param isOther by slot: 1 where the spare stock of a point may be another
 */
export function sparesFollow(
  spares: SpareStock,
  journal: TightenJournal,
  isOther: Uint8Array,
  piece: number,
): (() => void) | undefined {
  const { starts, spares: seen } = journal;
  const { slot } = spares.state.network.subnetworks;
  const held: { spare: Float64Array; before: Float64Array }[] = [];
  for (let row = starts.spare[piece]; row < starts.spare[piece + 1]; row++) {
    if (isOther[slot[seen.point[row]]] === 0) continue;
    const spare = spareOf(spares, seen.point[row]);
    held.push({ spare, before: spare.slice() });
  }
  if (held.length === 0) return nothing;
  const restore = (): void => {
    for (const { spare, before } of held) spare.set(before);
  };
  if (answersTheSame(spares, journal, (point) => isOther[slot[point]] === 1, piece)) return restore;
  restore();
  return undefined;
}

/** Is the same found of every order? Where one may start sooner, its components are taken. */
function answersTheSame(
  spares: SpareStock,
  { sooner, starts }: TightenJournal,
  isOther: (point: number) => boolean,
  piece: number,
): boolean {
  const { isFree } = spares.state;
  for (let row = starts.sooner[piece]; row < starts.sooner[piece + 1]; row++) {
    const { source, day, untilDay, quantity, short } = sooner;
    const wasShort = short[row];
    // What is short for other reasons still is; otherwise one of those that may be others has to be.
    if (wasShort >= 0 && (isFree[wasShort] === 1 || !isOther(wasShort))) continue;
    const isShort = shortComponent(spares, source[row], day[row], untilDay[row], quantity[row], isOther) >= 0;
    if (isShort !== wasShort >= 0) return false;
    if (!isShort) takeComponents(spares, source[row], day[row], untilDay[row], quantity[row], isOther);
  }
  return true;
}
