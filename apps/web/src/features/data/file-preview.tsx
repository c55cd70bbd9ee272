import type { ImportPreview } from '@planwright/contracts';
import { countInWords, MISSING } from '../../ui/number-format.ts';
import table from '../../ui/table.module.css';
import css from './new-import.module.css';

const ROWS_SHOWN = 5;

/** The first rows of each file as they will be read. */
export function FilePreview({ files }: { files: ImportPreview['files'] }) {
  return files.map((file, index) => (
    <details key={file.name} className={css.preview} open={index === 0}>
      <summary>
        {file.name}{' '}
        <small>
          {countInWords(file.columns.length, 'column')}
          {file.delimiter === null ? '' : `, separated by ${nameOf(file.delimiter)}`}
          {file.encoding === null ? '' : `, ${file.encoding}`}
        </small>
      </summary>
      <div className={table.scroll} tabIndex={0} role="region" aria-label={`First rows of ${file.name}`}>
        <table className={table.table}>
          <thead>
            <tr>
              {file.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {file.rows.slice(0, ROWS_SHOWN).map((row, at) => (
              <tr key={at}>
                {row.map((value, column) => (
                  <td key={file.columns[column] ?? column}>{value ?? MISSING}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  ));
}

function nameOf(delimiter: string): string {
  return { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' }[delimiter] ?? delimiter;
}
