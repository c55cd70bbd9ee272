/**
 * The work of the reader process: from a mapping and a folder to sound rows, issues and rejects.
 *
 * First everything that can be wrong with the files and the mapping as a whole is looked for, and any of it
 * ends the import before a row is read. Then rows are read and judged one by one.
 */
import path from 'node:path';
import { type MappingBlock, TARGET_NAMES, targetOf, type TargetName } from '@planwright/contracts';
import type { SourcePlan } from './block-scope.ts';
import { closeDatabase, type Database, lockDatabase, openDatabase, sqlParser } from './duckdb.ts';
import { FileRefusal } from './file-refusal.ts';
import type { ImportIssue } from './finding-issue.ts';
import { IssueLog } from './issue-log.ts';
import { createSourceTable, createSourceView, loadFile } from './load-source.ts';
import { openTable, readyTable } from './open-table.ts';
import type { BatchFile, ReadJob, ReadProgress, ReadResult, RejectsFile } from './reader-messages.ts';
import { shownValue } from './shown-value.ts';
import { findSourceFiles } from './source-files.ts';
import type { TableHead } from './source-table.ts';
import { joinCodes, loadCodes, stageTarget, type TargetCount } from './stage-target.ts';
import type { TargetPlan } from './staged-rows.ts';
import { bindTypes, type BlockPlan, planBlock, type PlanProblem } from './target-plan.ts';
import { writeBatches, writeRejects } from './write-results.ts';

type Report = (progress: ReadProgress) => void;

/** Runs a job to its end. Only trouble of the reader itself is thrown. */
export async function readFiles(job: ReadJob, report: Report): Promise<ReadResult> {
  const log = new IssueLog(job.limits.issuesPerCode);
  const sources = await openSources(job, log, report);
  const plans = log.hasErrors ? [] : await planTargets(job, sources, log);
  if (log.hasErrors) return refused(log);
  const database = await openDatabase(job.limits, path.join(job.workFolder, 'spill'));
  try {
    const fileNames = await loadSources(job, database, [...sources.values()], log, report);
    if (fileNames === undefined) return refused(log);
    await lockDatabase(database);
    return await readTargets(job, database, plans, fileNames, log, report);
  } finally {
    closeDatabase(database);
  }
}

function refused(log: IssueLog): ReadResult {
  return {
    refused: true,
    issues: log.issues,
    issueTotals: log.totals,
    counts: {},
    rejectsFiles: [],
    batchFiles: [],
  };
}

/** The targets of the mapping in the order in which they refer to each other. */
function targetEntries(job: ReadJob): { name: TargetName; blocks: readonly MappingBlock[] }[] {
  return TARGET_NAMES.flatMap((name) => {
    const blocks = job.mapping.targets[name];
    return blocks === undefined ? [] : [{ name, blocks }];
  });
}

/** Opens the files of every source that some block uses. */
async function openSources(job: ReadJob, log: IssueLog, report: Report): Promise<Map<string, SourcePlan>> {
  const definitions = new Map(Object.entries(job.mapping.sources));
  const names = new Set<string>();
  for (const { blocks } of targetEntries(job)) {
    for (const block of blocks)
      for (const name of [block.from, ...block.joins.map((join) => join.source)]) names.add(name);
  }
  const sources = new Map<string, SourcePlan>();
  if (names.size === 0)
    log.add(refusal('MAPPING_EMPTY', 'The mapping fills no target.', 'Add a target with its columns.'));
  for (const name of names) {
    const definition = definitions.get(name);
    if (definition === undefined) {
      log.add(
        refusal(
          'SOURCE_UNKNOWN',
          `The mapping uses the source ${name}, which it does not define.`,
          'Add it under "sources" with its file.',
        ),
      );
      continue;
    }
    report({ stage: 'opening', subject: definition.file, rows: 0, ratio: 0 });
    try {
      const heads: TableHead[] = [];
      for (const file of findSourceFiles(job.folder, definition.file))
        heads.push(await openTable(file, definition, job.limits));
      sources.set(name, { number: sources.size, name, definition, heads, used: [] });
    } catch (error) {
      if (!(error instanceof FileRefusal)) throw error;
      log.add(error.issue);
    }
  }
  return sources;
}

/** Compiles all blocks and binds them over empty tables, so that every mistake of the mapping is told at once. */
async function planTargets(
  job: ReadJob,
  sources: ReadonlyMap<string, SourcePlan>,
  log: IssueLog,
): Promise<TargetPlan[]> {
  const checker = await openDatabase(job.limits, path.join(job.workFolder, 'spill'));
  try {
    await lockDatabase(checker);
    const problems: PlanProblem[] = [];
    const plans: TargetPlan[] = [];
    const sourceOf = (name: string): SourcePlan => {
      const source = sources.get(name);
      if (source === undefined) throw new Error(`Broken invariant: source ${name} is open`);
      return source;
    };
    for (const { name, blocks } of targetEntries(job)) {
      const [first] = blocks;
      if (blocks.some((block) => block.mode !== first.mode || block.onDuplicate !== first.onDuplicate)) {
        log.add({
          ...refusal(
            'BLOCKS_DIFFER',
            `The blocks of ${name} differ in mode or onDuplicate.`,
            'Give them all the same.',
          ),
          target: name,
        });
      }
      const planned: BlockPlan[] = [];
      for (const block of blocks) {
        const plan = await planBlock(targetOf(name), block, sourceOf, sqlParser(checker), problems);
        if (plan !== undefined) planned.push(plan);
      }
      plans.push({
        target: targetOf(name),
        number: plans.length,
        blocks: planned,
        onDuplicate: first.onDuplicate,
      });
    }
    for (const source of sources.values()) {
      await createSourceTable(checker, source.number, source.used);
      await createSourceView(checker, source.number, source.used);
      for (const issue of missingColumns(source)) log.add(issue);
    }
    for (const plan of plans) for (const block of plan.blocks) await bindTypes(block, checker, problems);
    for (const problem of problems) log.add(issueOfProblem(problem));
    return plans;
  } finally {
    closeDatabase(checker);
  }
}

/** Columns that the first file of a pattern has and another one lacks. */
function missingColumns(source: SourcePlan): ImportIssue[] {
  return source.heads.slice(1).flatMap((head) =>
    source.used
      .filter((column) => !head.columns.includes(column))
      .map((column) => ({
        ...refusal(
          'COLUMN_MISSING',
          `${shownValue(head.file.name)} does not have the column ${shownValue(column)}, which ${shownValue(source.heads[0].file.name)} has.`,
          'Give all files of the pattern the same columns.',
        ),
        file: head.file.name,
        column: shownValue(column),
      })),
  );
}

function issueOfProblem({ target, column, expression, refusal: problem }: PlanProblem): ImportIssue {
  const place = column === undefined ? target : `${target}.${column}`;
  const words = expression === undefined ? place : `${place}: ${shownValue(expression, 120)}`;
  return {
    ...refusal(
      problem.code,
      `${words} ${problem.message}.`,
      problem.code === 'EXPRESSION_REFUSED'
        ? 'Write the expression with the functions that a mapping may use.'
        : 'Correct the name in the mapping or the file.',
    ),
    target,
    ...(column === undefined ? {} : { column }),
    ...(expression === undefined ? {} : { value: shownValue(expression) }),
  };
}

/** Reads all files into tables. Gives the file names by index, or undefined where some file cannot be trusted. */
async function loadSources(
  job: ReadJob,
  database: Database,
  sources: readonly SourcePlan[],
  log: IssueLog,
  report: Report,
): Promise<string[] | undefined> {
  const fileNames: string[] = [];
  const bytesTotal = sources
    .flatMap((source) => source.heads)
    .reduce((sum, head) => sum + head.file.bytes, 1);
  let bytesDone = 0;
  let sound = true;
  for (const source of sources) {
    await createSourceTable(database, source.number, source.used);
    for (const head of source.heads) {
      const fileIndex = fileNames.push(head.file.name) - 1;
      try {
        const ready = await readyTable(
          head,
          source.definition,
          job.limits,
          path.join(job.workFolder, `even-${fileIndex}.csv`),
        );
        const rows = await loadFile(database, source.number, source.used, { head, ready, fileIndex });
        if (rows === 0)
          log.add({
            severity: 'warning',
            code: 'FILE_HAS_NO_ROWS',
            message: `${shownValue(head.file.name)} has a header and no rows.`,
            advice: 'Check the export, if rows were expected.',
            file: head.file.name,
          });
        for (const odd of ready.oddRows) log.add(raggedRow(head, odd));
        if (ready.hasFormulas) log.add(formulasIssue(head));
        bytesDone += head.file.bytes;
        report({ stage: 'loading', subject: head.file.name, rows, ratio: (0.5 * bytesDone) / bytesTotal });
      } catch (error) {
        if (!(error instanceof FileRefusal)) throw error;
        log.add(error.issue);
        sound = false;
      }
    }
    await createSourceView(database, source.number, source.used);
  }
  return sound ? fileNames : undefined;
}

function formulasIssue(head: TableHead): ImportIssue {
  return {
    severity: 'warning',
    code: 'FORMULAS',
    message: `${shownValue(head.file.name)} has formulas; the values saved with the file are used.`,
    advice: 'Recalculate and save the workbook if they may be old.',
    file: head.file.name,
  };
}

function raggedRow(head: TableHead, odd: { readonly row: number; readonly width: number }): ImportIssue {
  return {
    severity: 'error',
    code: 'RAGGED_ROW',
    message: `Row ${odd.row} of ${shownValue(head.file.name)} has ${odd.width} cells, the header has ${head.columns.length}.`,
    advice: 'Put texts that hold the delimiter in quotation marks.',
    file: head.file.name,
    row: odd.row,
  };
}

/** Computes, checks and writes one target after another. */
async function readTargets(
  job: ReadJob,
  database: Database,
  plans: readonly TargetPlan[],
  fileNames: readonly string[],
  log: IssueLog,
  report: Report,
): Promise<ReadResult> {
  const codes = new Map<TargetName, string>();
  const existing = new Map(Object.entries(job.existingCodes) as [TargetName, readonly string[]][]);
  const replaced = new Set(
    plans.filter((plan) => plan.blocks[0]?.block.mode === 'replace').map((plan) => plan.target.name),
  );
  for (const [name, list] of existing) {
    if (!replaced.has(name)) codes.set(name, await loadCodes(database, codes.size, list));
  }
  const counts: Partial<Record<TargetName, TargetCount>> = {};
  const rejectsFiles: RejectsFile[] = [];
  const batchFiles: BatchFile[] = [];
  for (const [index, plan] of plans.entries()) {
    const { name } = plan.target;
    const progress = (stage: ReadProgress['stage'], rows: number, share: number): void =>
      report({ stage, subject: name, rows, ratio: 0.5 + (0.5 * (index + share)) / plans.length });
    progress('checking', 0, 0);
    const count = await stageTarget(database, plan, codes);
    counts[name] = count;
    if (count.read === 0)
      log.add({
        severity: 'warning',
        code: 'TARGET_HAS_NO_ROWS',
        message: `The mapping makes no row for ${name}.`,
        advice: 'Check its filter and joins, if rows were expected.',
        target: name,
      });
    const rejects = await writeRejects(database, plan, fileNames, job.workFolder, (issue) => log.add(issue));
    if (rejects !== undefined) rejectsFiles.push(rejects);
    let written = 0;
    batchFiles.push(
      ...(await writeBatches(database, plan, job.workFolder, (rows) => {
        written += rows;
        progress('writing', written, 0.5 + (0.5 * written) / Math.max(count.accepted, 1));
      })),
    );
    if (plan.target.columns[0].name === 'code') {
      const known = codes.get(name);
      codes.set(
        name,
        known === undefined
          ? `k${plan.number}`
          : await joinCodes(database, plan.number, [known, `k${plan.number}`]),
      );
    }
    await database.connection.run(`DROP TABLE r${plan.number}`);
  }
  return { refused: false, issues: log.issues, issueTotals: log.totals, counts, rejectsFiles, batchFiles };
}

function refusal(code: string, message: string, advice: string): ImportIssue {
  return { severity: 'error', code, message, advice };
}
