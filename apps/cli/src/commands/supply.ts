import { readFileSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { planSupplyFile } from '../supply-file.ts';
import { EXIT, issueLine, type Terminal } from '../terminal.ts';

type Options = { out?: string; mode: 'unconstrained' | 'leadTimeFeasible'; json?: true };

/** `planwright supply model.json --out plan.json`: plans a model file, without server or database. */
export function supplyCommand(terminal: Terminal): Command {
  return new Command('supply')
    .description('Plan the supply of a model file: orders, projected on hand, shortages')
    .argument('<model>', 'model file; docs/schemas/supply-model.schema.json says what is in it')
    .option('--out <file>', 'where to write the plan as JSON; standard output where missing')
    .addOption(
      new Option(
        '--mode <mode>',
        'unconstrained: what is needed arrives, late releases are flagged; leadTimeFeasible: nothing arrives before its lead time',
      )
        .choices(['unconstrained', 'leadTimeFeasible'])
        .default('unconstrained'),
    )
    .option('--json', 'print the summary as one line of JSON')
    .action((path: string, options: Options) => {
      const json = readJson(path, terminal);
      if (json === undefined) return;
      const result = planSupplyFile(json, path, options.mode);
      if ('issues' in result) {
        for (const issue of result.issues.slice(0, 50)) terminal.complain(issueLine(issue));
        if (result.issues.length > 50) terminal.complain(`and ${result.issues.length - 50} more`);
        process.exitCode = EXIT.badInput;
        return;
      }
      const { plan } = result;
      const summary = {
        stockPoints: plan.stockPoints.length,
        orders: plan.orders.length,
        pastDueOrders: plan.orders.filter((order) => order.pastDueBuckets > 0).length,
        shortStockPoints: plan.stockPoints.filter((point) => point.shortage.some((owed) => owed > 0)).length,
      };
      if (options.out === undefined) {
        terminal.out(JSON.stringify(plan));
        return;
      }
      writeFileSync(options.out, JSON.stringify(plan));
      terminal.out(
        options.json
          ? JSON.stringify(summary)
          : `${summary.stockPoints} stock points, ${summary.orders} orders (${summary.pastDueOrders} past due), ${summary.shortStockPoints} stock points short; plan in ${options.out}`,
      );
    });
}

function readJson(path: string, terminal: Terminal): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    terminal.complain(`${path} cannot be read as JSON: ${(error as Error).message}`);
    process.exitCode = EXIT.badInput;
    return undefined;
  }
}
