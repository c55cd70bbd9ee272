import type { Client } from '@planwright/client';
import { PAGE_LIMIT_MAX, type SupplyWhy } from '@planwright/contracts';
import { Command } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import { EXIT, type Terminal } from '../terminal.ts';

type Subject = { readonly of: 'demand' | 'order' | 'stockPoint'; readonly id: number };

/** `planwright why`: the chain of reasons behind a demand, an order of the plan or a stock point. */
export function whyCommand(terminal: Terminal): Command {
  return new Command('why')
    .description(
      'Say why a demand is late, an order is there or a stock point is short, down to the constraint',
    )
    .argument(
      '<subject...>',
      "'demand 12', 'order 34', a customer's order such as SO-17/1, or an item and a location",
    )
    .option('--company <name>', 'short name of the company, where there are several')
    .option('--json', 'print sentence, nodes and edges as one line of JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 there is no such thing in the plan, 3 refused: permission or settings.',
    )
    .action(async (words: string[], options: { company?: string; json?: true }) => {
      const access = await reachServer('planwright why', terminal);
      try {
        const params = { company: await companyOf(access.client, options.company) };
        const subject = await subjectOf(access.client, params, words);
        if (subject === undefined) {
          terminal.complain(
            `The published plan has no ${words.join(' ')}. planwright exceptions names what it has.`,
          );
          process.exitCode = EXIT.badInput;
          return;
        }
        const why = await access.client.getSupplyWhy({ params, query: subject });
        terminal.out(options.json ? JSON.stringify(why) : textOf(why));
      } finally {
        await access.close();
      }
    });
}

/** What the words mean: a number of the plan, an order of a customer, or an item at a location. */
async function subjectOf(
  client: Client,
  params: { company: string },
  words: readonly string[],
): Promise<Subject | undefined> {
  const [first, second] = words;
  if ((first === 'demand' || first === 'order') && second !== undefined && /^\d+$/.test(second))
    return { of: first, id: Number(second) };
  if (second !== undefined) return stockPoint(client, params, first, second);
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE_LIMIT_MAX, only: 'all' as const, kind: 'order' as const, cursor };
    const page = await client.listSupplyDemands({ params, query });
    const found = page.items.find((row) => row.order === first || row.order?.split('/')[0] === first);
    if (found !== undefined) return { of: 'demand', id: found.number };
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}

async function stockPoint(
  client: Client,
  params: { company: string },
  item: string,
  location: string,
): Promise<Subject | undefined> {
  const query = { q: item, location, only: 'all' as const, limit: PAGE_LIMIT_MAX };
  const { items } = await client.listStockPoints({ params, query });
  const found = items.find((row) => row.item === item && row.location === location);
  return found === undefined ? undefined : { of: 'stockPoint', id: found.stockPointId };
}

/** How much of a node the one above rests on; '' where that is all of it, or nothing is counted. */
function partOf({ type, quantity, detail }: SupplyWhy['nodes'][number]): string {
  if (quantity === null) return '';
  const text = quantity.toLocaleString('en-US', { maximumFractionDigits: 2 });
  if (detail.startsWith(`${text} `)) return '';
  if (type === 'constraint') return `${text} held up. `;
  return /^[\d,.]+ /.test(detail) ? `${text} of ` : `${text}, `;
}

/** The sentence, then the chain: what rests on what, indented. */
function textOf(why: SupplyWhy): string {
  const lines = [why.sentence];
  const seen = new Set<number>();
  const tell = (id: number, depth: number): void => {
    const node = why.nodes[id];
    if (node === undefined || seen.has(id)) return;
    seen.add(id);
    lines.push(`${'  '.repeat(depth)}${node.title}: ${partOf(node)}${node.detail}`);
    for (const edge of why.edges) if (edge.from === id) tell(edge.to, depth + 1);
  };
  for (const node of why.nodes) tell(node.id, 1);
  if (why.cost !== null)
    lines.push(`It costs ${why.currency} ${why.cost.toLocaleString('en-US', { maximumFractionDigits: 0 })}.`);
  if (why.cut) lines.push('The chain goes on.');
  return lines.join('\n');
}
