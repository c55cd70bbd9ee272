import type { ApiOutput, SensedStream } from '@planwright/contracts';
import { Command, InvalidArgumentError } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import type { Terminal } from '../terminal.ts';

const ROWS = 20;

/** `planwright sensed`: how orders since the published plan move its first buckets. */
export function sensedCommand(terminal: Terminal): Command {
  return new Command('sensed')
    .description(
      'Print how orders since the plan move the near term of the forecast, the largest change first',
    )
    .option('--company <name>', 'short name of the company, where there are several')
    .option('--item <code>', 'only the streams of this item')
    .option('--limit <count>', 'streams to print', countOf, ROWS)
    .option('--json', 'print them as one line of JSON')
    .action(async (options: { company?: string; item?: string; limit: number; json?: true }) => {
      const access = await reachServer('planwright sensed', terminal);
      try {
        const company = await companyOf(access.client, options.company);
        const { item, limit } = options;
        const list = await access.client.listSensedDemand({
          params: { company },
          query: { item, limit, only: 'all' },
        });
        if (options.json) terminal.out(JSON.stringify(list));
        else print(terminal, list);
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

function print(terminal: Terminal, list: ApiOutput<'listSensedDemand'>): void {
  terminal.out(list.sentence);
  for (const stream of list.items) terminal.out(lineOf(stream, list.currency));
}

function lineOf(stream: SensedStream, currency: string): string {
  const { item, location, channel, moneyChange, reasons, broken } = stream;
  const money = `${moneyChange < 0 ? '-' : '+'}${currency} ${Math.abs(moneyChange).toFixed(0)}`;
  const told = [...reasons, ...(broken === null ? [] : [`Refit: ${broken.reason}`])];
  return `${item}  ${location}  ${channel}  ${money}\n${told.map((line) => `  ${line}`).join('\n')}`;
}
