import { openAsBlob, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '@planwright/client';
import type { Import, Mapping } from '@planwright/contracts';
import { FileRefusal, findSourceFiles, readMapping } from '@planwright/files';
import type { Issue } from '@planwright/units';
import { Command } from 'commander';
import { companyOf, ensureCompany } from '../company.ts';
import { reachServer } from '../server-access.ts';
import { EXIT, issueLine, type Terminal } from '../terminal.ts';

type Options = { mapping: string; company?: string; json?: true };

const ISSUES_SHOWN = 20;

/** `planwright import <folder> --mapping <file.yaml>`: imports a company's files as the page does. */
export function importCommand(terminal: Terminal): Command {
  return new Command('import')
    .description(
      'Import the files of a folder by a mapping; all or nothing, and the same files again change nothing',
    )
    .argument('<folder>', 'folder that the file names in the mapping start from')
    .requiredOption('--mapping <file>', 'mapping file (YAML); examples/adventureworks/mapping.yaml is one')
    .option('--company <name>', 'short name of the company; made if it does not exist')
    .option('--json', 'print the import as one line of JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 stored, 1 failed, 2 refused or rows rejected (named on standard error), 3 not permitted.',
    )
    .action((folder: string, options: Options) => importAction(folder, options, terminal));
}

async function importAction(folder: string, options: Options, terminal: Terminal): Promise<void> {
  const given = givenFiles(resolve(folder), options.mapping);
  if ('issues' in given) {
    for (const issue of given.issues) terminal.complain(issueLine(issue));
    process.exitCode = EXIT.badInput;
    return;
  }
  const { text, mapping } = given;
  const access = await reachServer('planwright import', terminal);
  try {
    if (options.company !== undefined) {
      const name = mapping.company?.name ?? options.company;
      await ensureCompany(access.client, options.company, {
        name,
        currency: mapping.company?.currency ?? 'USD',
      });
    }
    const company = await companyOf(access.client, options.company);
    const files = await Promise.all(
      [...given.paths].map(async ([name, path]) => ({ name, content: await openAsBlob(path) })),
    );
    terminal.progress(`sending ${files.length} files`);
    const started = await access.client.uploadImport({ params: { company }, mapping: text, files });
    const settled = await follow(access.client, company, started, terminal);
    await report(access.client, company, settled, options, terminal);
  } finally {
    await access.close();
  }
}

type Given = {
  readonly text: string;
  readonly mapping: Mapping;
  /** By the name that the mapping knows a file by. */
  readonly paths: ReadonlyMap<string, string>;
};

/** What is to be imported, looked for before a company is made for it. */
function givenFiles(folder: string, mappingPath: string): Given | { readonly issues: readonly Issue[] } {
  try {
    const text = readFileSync(mappingPath, 'utf8');
    const reading = readMapping(text);
    if (!('mapping' in reading)) return reading;
    const { mapping } = reading;
    const paths = new Map<string, string>();
    for (const source of Object.values(mapping.sources)) {
      for (const file of findSourceFiles(folder, source.file)) paths.set(file.name, file.path);
    }
    return { text, mapping, paths };
  } catch (error) {
    if (error instanceof FileRefusal) return { issues: [error.issue] };
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined || path === undefined) throw error;
    const advice = 'Give the path of a mapping file and of the folder that its file names start from.';
    return { issues: [{ severity: 'error', code, message: `${path} cannot be read (${code}).`, advice }] };
  }
}

async function follow(client: Client, company: string, started: Import, terminal: Terminal): Promise<Import> {
  let latest = started;
  for await (const state of client.importEvents({ params: { company, importId: started.id } })) {
    latest = state;
    terminal.progress(`${state.status} ${Math.round(state.progressRatio * 100)} %  ${state.progressText}`);
  }
  return latest;
}

async function report(
  client: Client,
  company: string,
  done: Import,
  options: Options,
  terminal: Terminal,
): Promise<void> {
  if (done.errorCount + done.warningCount > 0) {
    const { items, total } = await client.listImportIssues({
      params: { company, importId: done.id },
      query: { limit: ISSUES_SHOWN },
    });
    for (const issue of items) terminal.complain(issueLine(issue));
    if (total > items.length)
      terminal.complain(`and ${total - items.length} more issues; the page lists them all`);
  }
  if (options.json) terminal.out(JSON.stringify(done));
  else for (const line of summaryLines(done)) terminal.out(line);
  const rejected = done.targets.some((target) => target.rejected > 0);
  if (done.status !== 'done') process.exitCode = done.status === 'refused' ? EXIT.badInput : EXIT.failed;
  else if (rejected) process.exitCode = EXIT.badInput;
}

function summaryLines(done: Import): string[] {
  const counts = done.targets.map(
    ({ target, read, inserted, updated, unchanged, removed, rejected }) =>
      `  ${target.padEnd(20)} ${read} read, ${inserted} new, ${updated} changed, ${unchanged} unchanged, ${removed} removed, ${rejected} rejected`,
  );
  const outcome = done.failure === null ? done.status : `${done.status}: ${done.failure}`;
  return [`import ${done.id}: ${outcome}`, ...counts];
}
