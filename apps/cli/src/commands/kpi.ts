import type { Kpi } from '@planwright/contracts';
import { Command } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import type { Terminal } from '../terminal.ts';

/** `planwright kpi`: the key figures of the published plan. */
export function kpiCommand(terminal: Terminal): Command {
  return new Command('kpi')
    .description('Print the key figures of the published plan, each with its definition')
    .option('--company <name>', 'short name of the company, where there are several')
    .option('--json', 'print them as one line of JSON')
    .action(async (options: { company?: string; json?: true }) => {
      const access = await reachServer('planwright kpi', terminal);
      try {
        const company = await companyOf(access.client, options.company);
        const { kpis } = await access.client.listKpis({ params: { company }, query: {} });
        if (options.json) terminal.out(JSON.stringify(kpis));
        else for (const kpi of kpis) terminal.out(lineOf(kpi));
      } finally {
        await access.close();
      }
    });
}

function lineOf(kpi: Kpi): string {
  const value = shown(kpi.value, kpi.unit);
  const target = kpi.target === null ? '' : ` (target ${shown(kpi.target, kpi.unit)})`;
  return `${kpi.name.padEnd(22)} ${value}${target}  ${kpi.status}\n  ${kpi.definition}${kpi.note === null ? '' : ` ${kpi.note}`}`;
}

function shown(value: number | null, unit: Kpi['unit']): string {
  if (value === null) return '–';
  return unit === 'ratio' ? `${(value * 100).toFixed(1)} %` : `${value.toFixed(2)} a year`;
}
