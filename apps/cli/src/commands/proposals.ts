import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from '@planwright/client';
import { PAGE_LIMIT_MAX, type Proposal, PROPOSAL_STATUSES, type ProposalTotals } from '@planwright/contracts';
import { Command, Option } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import { EXIT, type Terminal } from '../terminal.ts';

type Options = {
  company?: string;
  status: Proposal['status'];
  approve?: true | string[];
  release?: true | string[];
  export?: string;
  json?: true;
};

/** `planwright proposals`: lists proposed orders, signs and releases them, or saves them as a file. */
export function proposalsCommand(terminal: Terminal): Command {
  return new Command('proposals')
    .description('List the orders that the published plan proposes; approve, release or export them')
    .option('--company <name>', 'short name of the company, where there are several')
    .addOption(
      new Option('--status <status>', 'which to list or export')
        .choices(PROPOSAL_STATUSES)
        .default('proposed'),
    )
    .option('--approve [ids...]', 'sign these, or all that are proposed')
    .option('--release [ids...]', 'release these, or all that are approved')
    .option('--export <file>', 'save them: as a workbook for Excel where the name ends in .xlsx, else as CSV')
    .option('--json', 'print them as one line of JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 some were refused and are named, 3 refused: permission or settings.',
    )
    .action((options: Options) => act(options, terminal));
}

async function act(options: Options, terminal: Terminal): Promise<void> {
  const access = await reachServer('planwright proposals', terminal);
  try {
    const params = { company: await companyOf(access.client, options.company) };
    if (options.export !== undefined) {
      const format = /\.xlsx$/i.test(options.export) ? 'xlsx' : 'csv';
      const file = await access.client.exportProposals({ params, query: { status: options.status, format } });
      await pipeline(
        Readable.fromWeb(file.body as Parameters<typeof Readable.fromWeb>[0]),
        createWriteStream(options.export),
      );
      terminal.complain(`saved ${options.export}`);
    } else if (options.approve !== undefined || options.release !== undefined) {
      await decide(access.client, params, options, terminal);
    } else {
      const list = await listed(access.client, params, options.status);
      if (options.json) terminal.out(JSON.stringify(list.rows));
      else {
        for (const row of list.rows) terminal.out(lineOf(row, list.currency));
        terminal.complain(totalsLine(list, options.status));
      }
    }
  } finally {
    await access.close();
  }
}

type Listed = {
  readonly rows: readonly Proposal[];
  readonly totals: ProposalTotals;
  readonly currency: string;
};

async function listed(
  client: Client,
  params: { company: string },
  status: Proposal['status'],
): Promise<Listed> {
  const rows: Proposal[] = [];
  let cursor: string | undefined;
  let totals: ProposalTotals;
  let currency: string;
  do {
    const page = await client.listProposals({ params, query: { limit: PAGE_LIMIT_MAX, status, cursor } });
    rows.push(...page.items);
    ({ totals, currency } = page);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { rows, totals, currency };
}

/** What the list comes to: components do not count again in what they go into. */
function totalsLine({ rows, totals, currency }: Listed, status: Proposal['status']): string {
  const parts = [
    ['purchases', totals.purchaseValue],
    ['own work', totals.workValue],
    ['moved', totals.moveValue],
    ['open orders changed', totals.openOrderValue],
  ] as const;
  const told = parts.flatMap(([what, value]) => (value > 0 ? [`${what} ${money(value, currency)}`] : []));
  return [`${rows.length} ${status}`, ...told].join(', ');
}

const money = (value: number, currency: string): string =>
  `${currency} ${value.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;

/** Signs first, then releases: `--approve --release` does both to all. */
async function decide(
  client: Client,
  params: { company: string },
  options: Options,
  terminal: Terminal,
): Promise<void> {
  const done: Proposal[] = [];
  let refusedCount = 0;
  const steps = [
    { wanted: options.approve, status: 'proposed', call: client.approveProposals },
    { wanted: options.release, status: 'approved', call: client.releaseProposals },
  ] as const;
  for (const { wanted, status, call } of steps) {
    if (wanted === undefined) continue;
    const ids = wanted === true ? (await listed(client, params, status)).rows.map((row) => row.id) : wanted;
    for (let from = 0; from < ids.length; from += PAGE_LIMIT_MAX) {
      const result = await call({ params, body: { ids: ids.slice(from, from + PAGE_LIMIT_MAX) } });
      done.push(...result.done);
      refusedCount += result.refused.length;
      for (const { id, message, advice } of result.refused) terminal.complain(`${id}: ${message} ${advice}`);
    }
  }
  if (options.json) terminal.out(JSON.stringify(done));
  else for (const row of done) terminal.out(lineOf(row, ''));
  if (refusedCount > 0) process.exitCode = EXIT.badInput;
}

function lineOf(row: Proposal, currency: string): string {
  const from = row.from === null ? '' : ` from ${row.from}`;
  const what = `${row.kind} ${row.quantity.toLocaleString('en-US', { maximumFractionDigits: 2 })} ${row.unit} ${row.item} at ${row.location}${from}`;
  const order = row.order === null ? '' : ` (order ${row.order})`;
  const risk = row.riskLevel === null || row.riskLevel === 'low' ? '' : `  risk ${row.riskLevel}`;
  return `${row.number}  ${row.status}  ${row.startOn}..${row.dueOn}  ${what}${order}  ${money(row.value, currency).trim()}${risk}`;
}
