import { formatNumber } from '../../../ui/number-format.ts';
import table from '../../../ui/table.module.css';
import form from '../supply-form.module.css';

type Relative = { readonly item: string; readonly itemName: string; readonly quantityPer: number };

/** Items above or below one in its bills of material. */
export function Family({ title, rows, empty }: { title: string; rows: readonly Relative[]; empty: string }) {
  return (
    <>
      <h3 className={form.title}>{title}</h3>
      {rows.length === 0 ? (
        <p className={table.quiet}>{empty}</p>
      ) : (
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" className={table.number}>
                Quantity per
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.item}>
                <th scope="row">
                  {row.item} <span className={table.quiet}>{row.itemName}</span>
                </th>
                <td className={table.number}>
                  {formatNumber(row.quantityPer, Number.isInteger(row.quantityPer) ? 0 : 3)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
