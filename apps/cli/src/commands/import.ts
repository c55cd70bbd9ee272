import { openAsBlob, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '@planwright/client';
import type { Import, Mapping } from '@planwright/contracts';
import { findSourceFiles, readMapping } from '@planwright/files';
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
  const text = readFileSync(options.mapping, 'utf8');
  const reading = readMapping(text);
  if (!('mapping' in reading)) {
    for (const issue of reading.issues) terminal.complain(issueLine(issue));
    process.exitCode = EXIT.badInput;
    return;
  }
  const { mapping } = reading;
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
    const files = await filesOf(resolve(folder), mapping);
    terminal.progress(`sending ${files.length} files`);
    const started = await access.client.uploadImport({ params: { company }, mapping: text, files });
    const settled = await follow(access.client, company, started, terminal);
    await report(access.client, company, settled, options, terminal);
  } finally {
    await access.close();
  }
}

async function filesOf(folder: string, mapping: Mapping) {
  const names = new Map<string, string>();
  for (const source of Object.values(mapping.sources)) {
    for (const file of findSourceFiles(folder, source.file)) names.set(file.name, file.path);
  }
  return Promise.all([...names].map(async ([name, path]) => ({ name, content: await openAsBlob(path) })));
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
