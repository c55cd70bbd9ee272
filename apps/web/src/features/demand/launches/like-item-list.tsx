import { Button } from '@mantine/core';
import type { LaunchPreview, LikeItem } from '@planwright/contracts';
import { useState } from 'react';
import { formatBucket } from '../../../ui/date-format.ts';
import { countInWords, formatPercent } from '../../../ui/number-format.ts';
import { Sparkline } from '../../../ui/sparkline.tsx';
import table from '../../../ui/table.module.css';
import { inReadersWords } from '../../../ui/sentence.ts';
import { CodeChoice } from '../code-choice.tsx';
import css from './launches-view.module.css';

/** Periods of a start that the small picture shows. */
const START_SHOWN = 24;

type Row = { readonly item: string; readonly like: LikeItem | undefined };

/** Items that resemble the new one. Those that are checked give the curve; none checked, and the nearest do. */
export function LikeItemList(props: {
  suggested: readonly LikeItem[];
  preview: LaunchPreview | undefined;
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { suggested, preview, chosen, onChange } = props;
  const [added, setAdded] = useState('');
  // What counted when the list was opened stands first; it stays there, so that no row moves under the pointer.
  const [first] = useState(chosen);
  const taken = preview?.likeItems ?? [];
  const automatic = chosen.length === 0;
  const counted = automatic ? taken.map(({ item }) => item) : chosen;
  const rows = rowsOf(suggested, taken, [first, chosen]);
  const toggle = (item: string): void =>
    onChange(counted.includes(item) ? counted.filter((other) => other !== item) : [...counted, item]);
  const add = (): void => {
    const item = added.trim();
    if (item === '') return;
    if (!counted.includes(item)) onChange([...counted, item]);
    setAdded('');
  };
  return (
    <>
      <div className={table.scroll}>
        <table className={`${table.table} ${css.like}`}>
          <thead>
            <tr>
              <th scope="col" className={css.check}>
                <span className="pw-hidden">Counts</span>
              </th>
              <th scope="col">Item</th>
              <th scope="col" className={table.number}>
                Alike
              </th>
              <th scope="col">Its start</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <LikeItemRow
                key={row.item}
                row={row}
                counts={counted.includes(row.item)}
                onToggle={() => toggle(row.item)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.add}>
        <CodeChoice label="Another item" kind="item" value={added} onChange={setAdded} />
        <Button variant="default" onClick={add} disabled={added.trim() === ''}>
          Add
        </Button>
        {automatic ? null : (
          <Button variant="default" onClick={() => onChange([])}>
            Back to the nearest
          </Button>
        )}
      </div>
    </>
  );
}

function LikeItemRow(props: { row: Row; counts: boolean; onToggle: () => void }) {
  const { item, like } = props.row;
  return (
    <tr>
      <td className={css.check}>
        <input
          type="checkbox"
          aria-label={`Count ${item}`}
          checked={props.counts}
          onChange={props.onToggle}
        />
      </td>
      <th scope="row">
        {item} {like?.itemName}
        <span className={css.why}>
          {inReadersWords(like?.sentence ?? 'Not known yet, or it sold nothing.')}
        </span>
      </th>
      <td className={table.number}>{like === undefined ? '' : formatPercent(1 - like.distance, 0)}</td>
      <td className={css.start}>
        {like === undefined ? null : (
          <>
            <Sparkline values={like.curve.slice(0, START_SHOWN)} target={null} />
            <span className={css.why}>
              from {formatBucket(like.startedOn.slice(0, 7))}, {countInWords(like.bucketCount, 'period')}
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

/** What counted at first, then what was suggested, then what was added. */
function rowsOf(
  suggested: readonly LikeItem[],
  taken: readonly LikeItem[],
  [first, chosen]: readonly [readonly string[], readonly string[]],
): readonly Row[] {
  const known = new Map([...taken, ...suggested].map((like) => [like.item, like]));
  const items = new Set([
    ...first,
    ...suggested.map(({ item }) => item),
    ...chosen,
    ...taken.map(({ item }) => item),
  ]);
  return [...items].map((item) => ({ item, like: known.get(item) }));
}
