import type { PolicyProposal } from '@planwright/contracts';
import { ClassMatrix, type MatrixCell } from '../../../ui/class-matrix.tsx';
import { countInWords, formatPercent, moneyInWords } from '../../../ui/number-format.ts';
import type { PolicyClass } from './policy-view.tsx';

const VALUES = [
  { code: 'A', meaning: 'most value' },
  { code: 'B', meaning: 'middling' },
  { code: 'C', meaning: 'little value' },
] as const;
const STEADINESS = [
  { code: 'X', meaning: 'steady' },
  { code: 'Y', meaning: 'wavering' },
  { code: 'Z', meaning: 'erratic' },
] as const;

/** Stock points by value and steadiness of their demand, each class with its service level and what it would bind. */
export function PolicyMatrix(props: {
  rows: readonly PolicyProposal[];
  currency: string;
  chosen: { readonly value: string | undefined; readonly steadiness: string | undefined };
  onChoose: (chosen: PolicyClass | undefined) => void;
}) {
  const { rows, currency, chosen } = props;
  const cellOf = (valueClass: string, steadinessClass: string): MatrixCell | undefined => {
    const inside = rows.filter(
      (row) => row.valueClass === valueClass && row.steadinessClass === steadinessClass,
    );
    const [first] = inside;
    if (first === undefined) return undefined;
    const change = inside.reduce((sum, { valueChange }) => sum + valueChange, 0);
    return {
      lines: [
        <>
          <strong>{formatPercent(first.serviceRatio, 1)}</strong> service,{' '}
          {countInWords(inside.length, 'stock point')}
        </>,
        change === 0
          ? 'no change'
          : `${change > 0 ? 'binds' : 'frees'} ${moneyInWords(Math.abs(change), currency)}`,
      ],
    };
  };
  return (
    <ClassMatrix
      caption="Stock points by value and by steadiness of demand"
      side="Value"
      rows={VALUES}
      columns={STEADINESS}
      cellOf={cellOf}
      isChosen={(row, column) => row === chosen.value && column === chosen.steadiness}
      onChoose={(picked) =>
        props.onChoose(
          picked === undefined ? undefined : { valueClass: picked.row, steadinessClass: picked.column },
        )
      }
    />
  );
}
