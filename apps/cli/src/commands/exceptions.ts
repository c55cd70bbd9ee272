import { EXCEPTION_STATUSES, type SupplyException } from '@planwright/contracts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import type { Terminal } from '../terminal.ts';

const ROWS = 50;

type Options = {
  company?: string;
  status: SupplyException['status'];
  limit: number;
  json?: true;
};

/** `planwright exceptions`: what is wrong with supply, the dearest first. */
export function exceptionsCommand(terminal: Terminal): Command {
  return new Command('exceptions')
    .description('Print the inbox of supply exceptions, the dearest first, with what could be done')
    .option('--company <name>', 'short name of the company, where there are several')
    .addOption(new Option('--status <status>', 'which to print').choices(EXCEPTION_STATUSES).default('open'))
    .option('--limit <count>', 'exceptions to print', countOf, ROWS)
    .option('--json', 'print them as one line of JSON')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 3 refused: permission or settings.')
    .action(async ({ company: named, status, limit, json }: Options) => {
      const access = await reachServer('planwright exceptions', terminal);
      try {
        const company = await companyOf(access.client, named);
        const list = await access.client.listExceptions({ params: { company }, query: { status, limit } });
        if (json) terminal.out(JSON.stringify(list));
        else for (const row of list.items) terminal.out(textOf(row, list.currency));
      } finally {
        await access.close();
      }
    });
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 500) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 500.');
}

function textOf(row: SupplyException, currency: string): string {
  const money =
    row.amount === null
      ? ''
      : `  ${currency} ${row.amount.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;
  const owner = row.owner === null ? '' : `  ${row.owner}`;
  const action = row.action === null ? '' : `\n  ${row.action.title}`;
  return `${row.title}${money}${owner}  since ${row.firstSeenAt.slice(0, 10)}\n  ${row.detail}${action}`;
}
