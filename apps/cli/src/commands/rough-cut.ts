import type { Client } from '@planwright/client';
import { PAGE_LIMIT_MAX, type RoughCutProduct, type RoughCutResource } from '@planwright/contracts';
import { Command } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import { EXIT, type Terminal } from '../terminal.ts';

type Options = { company?: string; resource?: string; json?: true };
type Company = { readonly company: string };
type RoughCut = { readonly labels: readonly string[]; readonly resources: readonly RoughCutResource[] };

/** `planwright rough-cut`: hours that planned demand asks of resources, by three rough methods. */
export function roughCutCommand(terminal: Terminal): Command {
  return new Command('rough-cut')
    .description('Compare the hours that planned demand asks of each resource with those there are')
    .option('--company <name>', 'short name of the company, where there are several')
    .option('--resource <code>', 'one resource by period, with the products that load it')
    .option('--json', 'print it as one line of JSON')
    .addHelpText(
      'after',
      `
Methods, from rough to detailed; none of them takes off what stock and open orders cover:
  overall    all hours of a period, split over resources as the last year of demand did
  bill       hours of each product by its bill of capacity, in the period it is asked for
  profile    the same, each at the time it falls before completion
  plan       for comparison: hours of the planned orders, after stock and lots

Exit codes: 0 done, 1 failed, 2 there is no such resource, 3 refused: permission or settings.`,
    )
    .action(async ({ company: named, resource: code, json }: Options) => {
      const access = await reachServer('planwright rough-cut', terminal);
      try {
        const params = { company: await companyOf(access.client, named) };
        const cut = await allResources(access.client, params);
        if (code === undefined) {
          for (const line of json ? [JSON.stringify(cut)] : summaryLines(cut)) terminal.out(line);
          return;
        }
        const resource = cut.resources.find((row) => row.code === code);
        if (resource === undefined) {
          terminal.complain(
            `The plan has no resource ${code}. It has ${cut.resources.map((row) => row.code).join(', ')}.`,
          );
          process.exitCode = EXIT.badInput;
          return;
        }
        const { resourceId } = resource;
        const { items } = await access.client.listRoughCutProducts({
          params: { ...params, resourceId },
          query: { limit: PAGE_LIMIT_MAX },
        });
        const lines = json
          ? [JSON.stringify({ ...resource, periods: cut.labels, products: items })]
          : detailLines(cut.labels, resource, items);
        for (const line of lines) terminal.out(line);
      } finally {
        await access.close();
      }
    });
}

async function allResources(client: Client, params: Company): Promise<RoughCut> {
  const resources: RoughCutResource[] = [];
  let labels: readonly string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listRoughCut({ params, query: { limit: PAGE_LIMIT_MAX, cursor } });
    resources.push(...page.items);
    labels = page.horizon.buckets.map(({ label }) => label);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { labels, resources };
}

const NUMBER_WIDTH = 9;
const number = (value: number | null): string =>
  (value === null ? '-' : String(Math.round(value))).padStart(NUMBER_WIDTH);
const heads = (...names: readonly string[]): string =>
  names.map((name) => name.padStart(NUMBER_WIDTH)).join('');
const sum = (values: readonly (number | null)[]): number | null =>
  values.every((value) => value === null)
    ? null
    : values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** Hours over the horizon, one line a resource, and below it what the methods find. */
function summaryLines({ resources }: RoughCut): string[] {
  const width = Math.max(10, ...resources.map(({ code, name }) => code.length + name.length + 1));
  const head = `${'hours'.padEnd(width)}${heads('there', 'overall', 'bill', 'profile', 'plan')}  most`;
  const lines = resources.flatMap((row) => {
    const peak = row.peakRatio === null ? '' : `  ${Math.round(row.peakRatio * 100)} %`;
    const hours = [row.capacityHours, row.overallHours, row.billHours, row.profileHours, row.planHours];
    return [
      `${`${row.code} ${row.name}`.padEnd(width)}${hours.map((values) => number(sum(values))).join('')}${peak}`,
      `  ${row.sentence}`,
    ];
  });
  return [head, ...lines];
}

const PRODUCTS_SHOWN = 20;

function detailLines(
  labels: readonly string[],
  row: RoughCutResource,
  products: readonly RoughCutProduct[],
): string[] {
  const periods = labels.map(
    (label, t) =>
      `${label.padEnd(10)}${[row.capacityHours, row.overallHours, row.billHours, row.profileHours, row.planHours].map((values) => number(values[t] ?? null)).join('')}`,
  );
  const shown = products.slice(0, PRODUCTS_SHOWN).map((product) => {
    const per = `${Math.round(product.quantity)} ${product.unit} x ${product.hoursPerUnit.toPrecision(4)} h`;
    return `${number(product.hours)} h  ${Math.round(product.shareRatio * 100)} %  ${product.item} at ${product.location}: ${per}, from ${Math.round(product.leadDays)} days before`;
  });
  const more = products.length - shown.length;
  return [
    `${row.code} ${row.name}`,
    row.sentence,
    `${'hours'.padEnd(10)}${heads('there', 'overall', 'bill', 'profile', 'plan')}`,
    ...periods,
    ...(row.profilePastDueHours > 0
      ? [`${Math.round(row.profilePastDueHours)} hours of the profile lie before the first period.`]
      : []),
    'Products that load it, by the bill of capacity:',
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
