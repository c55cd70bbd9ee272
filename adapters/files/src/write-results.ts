/** Writes what a target gave: sound rows as batch files, refused rows as a CSV for the person who mends them. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CellValue, TargetBatch } from '@planwright/contracts';
import { csvText } from './csv-text.ts';
import { columnsOf, type Database } from './duckdb.ts';
import { type Finding, type ImportIssue, isWarning, issueOf } from './finding-issue.ts';
import type { BatchFile, RejectsFile } from './reader-messages.ts';
import { ERROR_MARK } from './sheet-rows.ts';
import { soundSql } from './stage-target.ts';
import type { TargetPlan } from './staged-rows.ts';

const BATCH_ROWS = 10_000;
const WRITE_BYTES = 256 * 1024;

/** Writes the sound rows as files of at most 10,000 rows, each the JSON of a TargetBatch. */
export async function writeBatches(
  database: Database,
  plan: TargetPlan,
  workFolder: string,
  onBatch: (rows: number) => void,
): Promise<BatchFile[]> {
  const { target, number } = plan;
  const files: BatchFile[] = [];
  let columns: CellValue[][] = target.columns.map(() => []);
  const flush = async (): Promise<void> => {
    const rowCount = columns[0].length;
    if (rowCount === 0) return;
    const byName = Object.fromEntries(target.columns.map((column, index) => [column.name, columns[index]]));
    const batch: TargetBatch = { target: target.name, rowCount, columns: byName };
    const name = `batch-${String(number).padStart(2, '0')}-${String(files.length).padStart(6, '0')}.json`;
    await writeFile(path.join(workFolder, name), JSON.stringify(batch));
    files.push({ target: target.name, path: path.join(workFolder, name), rows: rowCount });
    columns = target.columns.map(() => []);
    onBatch(rowCount);
  };
  for await (const chunk of columnsOf(database, await soundSql(database, plan))) {
    const rowCount = chunk[0].length;
    let from = 0;
    while (from < rowCount) {
      const to = Math.min(rowCount, from + BATCH_ROWS - columns[0].length);
      for (const [index, values] of chunk.entries()) {
        const into = columns[index];
        for (let i = from; i < to; i++) into.push(values[i] as CellValue);
      }
      from = to;
      if (columns[0].length === BATCH_ROWS) await flush();
    }
  }
  await flush();
  return files;
}

/** Tells every finding as an issue and writes the refused rows; undefined where none was refused. */
export async function writeRejects(
  database: Database,
  plan: TargetPlan,
  fileNames: readonly string[],
  workFolder: string,
  tell: (issue: ImportIssue) => void,
): Promise<RejectsFile | undefined> {
  const { target } = plan;
  const filePath = path.join(workFolder, `rejects-${target.name}.csv`);
  const out = createWriteStream(filePath);
  let text = csvText([[...target.columns.map((column) => column.name), 'reason']]);
  let rows = 0;
  for await (const refused of refusedRows(database, plan, fileNames)) {
    const issues = refused.findings.map(issueOf);
    for (const issue of issues) tell(issue);
    const errors = refused.findings.filter((finding) => !isWarning(finding));
    if (errors.length === 0) continue;
    rows++;
    const cells = target.columns.map((column, index) => {
      const finding = refused.findings.find((candidate) => candidate.column?.name === column.name);
      return (finding?.value ?? refused.values[index])?.replaceAll(ERROR_MARK, '') ?? null;
    });
    const [first] = refused.findings;
    const reasons = issues.filter((issue) => issue.severity === 'error').map((issue) => issue.message);
    text += csvText([[...cells, `${first.file} row ${first.row}: ${reasons.join(' ')}`]]);
    if (text.length < WRITE_BYTES) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await once(out, 'finish');
  return rows === 0 ? undefined : { target: target.name, path: filePath, rows };
}

type RefusedRow = { readonly findings: Finding[]; readonly values: readonly (string | null)[] };

/** The rows with findings, in the order of the files. */
async function* refusedRows(
  database: Database,
  plan: TargetPlan,
  fileNames: readonly string[],
): AsyncGenerator<RefusedRow> {
  const { target, number } = plan;
  const values = target.columns.map((_, index) => `CAST(r.v${index} AS VARCHAR)`);
  const sql = `SELECT CAST(x.seq AS DOUBLE), CAST(x.col AS INTEGER), CAST(x.code AS INTEGER), x.text, r.b, r.f, CAST(r.r AS DOUBLE),
      o.f, CAST(o.r AS DOUBLE), ${values.join(', ')}
    FROM x${number} x JOIN (SELECT rowid AS n, * FROM r${number}) r ON r.n = x.seq
    LEFT JOIN (SELECT rowid AS n, f, r FROM r${number}) o ON o.n = x.other
    ORDER BY x.seq, x.col, x.code`;
  let current: (RefusedRow & { readonly seq: number }) | undefined;
  for await (const chunk of columnsOf(database, sql)) {
    for (let i = 0; i < chunk[0].length; i++) {
      const cells = chunk.map((column) => column[i]);
      const seq = Number(cells[0]);
      if (current !== undefined && current.seq !== seq) yield current;
      if (current === undefined || current.seq !== seq) {
        current = {
          seq,
          findings: [],
          values: cells.slice(9).map((cell) => (cell === null ? null : String(cell))),
        };
      }
      current.findings.push(findingOf(plan, cells, fileNames));
    }
  }
  if (current !== undefined) yield current;
}

function findingOf(plan: TargetPlan, cells: readonly unknown[], fileNames: readonly string[]): Finding {
  const [, col, code, text, blockIndex, file, row, otherFile, otherRow] = cells;
  const block = plan.blocks[Number(blockIndex)];
  const column = plan.target.columns[Number(col)] as Finding['column'];
  const compiled = column === undefined ? block.where : block.columns[Number(col)].expression;
  const single = compiled?.column === undefined ? undefined : compiled.mentioned[0]?.label;
  return {
    target: plan.target.name,
    column,
    from: { column: single, expression: compiled?.text },
    problem: Number(code),
    value: typeof text === 'string' ? text : null,
    file: fileNames[Number(file)] ?? '',
    row: Number(row),
    ...(otherRow === null
      ? {}
      : { other: { file: fileNames[Number(otherFile)] ?? '', row: Number(otherRow) } }),
  };
}
