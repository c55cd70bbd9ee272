import { readFileSync, writeFileSync } from 'node:fs';
import { explainDemand, type OnBadRows, type PlanningModel } from '@planwright/supply';
import type { Issue } from '@planwright/units';
import { Command, InvalidArgumentError, Option } from 'commander';
import { optimumFile } from '../supply/optimum-to-file.ts';
import { plannedConstrained, plannedUnconstrained } from '../supply/plan-planning-model.ts';
import { planTables } from '../supply/plan-to-csv.ts';
import { demandName, type PlanDraft } from '../supply/plan-to-file.ts';
import { isPlanningModelFile } from '../supply/read-planning-model.ts';
import { planPieces, writePieces } from '../supply/write-plan.ts';
import { planningModelOfFile, planSupplyFile } from '../supply-file.ts';
import { EXIT, issueLine, type Terminal } from '../terminal.ts';

type Mode = 'unconstrained' | 'leadTimeFeasible' | 'constrained' | 'optimal';
type Options = {
  out?: string;
  mode: Mode;
  onBadRows: OnBadRows;
  why?: string;
  csv?: string;
  timeLimit: number;
  json?: true;
};

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('Give seconds, more than 0.');
  return value;
}

/** `planwright supply model.json --out plan.json`: plans a model file, without server or database. */
export function supplyCommand(terminal: Terminal): Command {
  return new Command('supply')
    .description('Plan the supply of a model file: orders, deliveries, projected on hand, shortages and why')
    .argument('<model>', 'model file; docs/schemas/supply-model.schema.json says what is in it')
    .option('--out <file>', 'where to write the plan as JSON; standard output where missing')
    .addOption(
      new Option(
        '--mode <mode>',
        'unconstrained: what is needed arrives, late starts are flagged; constrained: within material, lead times and capacity; optimal: least cost by linear programming, with its gap; leadTimeFeasible: files of version 1 only',
      )
        .choices(['unconstrained', 'constrained', 'optimal', 'leadTimeFeasible'])
        .default('unconstrained'),
    )
    .addOption(
      new Option('--on-bad-rows <choice>', 'refuse the model, or skip bad rows and what rests on them')
        .choices(['refuse', 'skip'])
        .default('refuse'),
    )
    .option('--why <demand>', 'say why a demand comes when it comes; with --json also the chain of reasons')
    .option(
      '--csv <prefix>',
      'also write PREFIX.orders.csv, .deliveries.csv, .stock.csv, .resources.csv and .shortages.csv',
    )
    .option('--time-limit <seconds>', 'for the optimal plan', seconds, 60)
    .option('--json', 'print the summary as one line of JSON')
    .action(async (path: string, options: Options) => {
      const json = readJson(path, terminal);
      if (json === undefined) return;
      const isSimple = options.mode === 'leadTimeFeasible' || options.mode === 'unconstrained';
      if (isSimple && !isPlanningModelFile(json)) planVersionOne(terminal, json, path, options);
      else await planVersionTwo(terminal, json, path, options);
    });
}

/** What version 1 always did: its own plan file, bucket by bucket. */
function planVersionOne(terminal: Terminal, json: unknown, path: string, options: Options): void {
  const mode = options.mode === 'leadTimeFeasible' ? 'leadTimeFeasible' : 'unconstrained';
  const result = planSupplyFile(json, path, mode);
  if ('issues' in result) {
    refuse(terminal, result.issues);
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
}

async function planVersionTwo(
  terminal: Terminal,
  json: unknown,
  path: string,
  options: Options,
): Promise<void> {
  if (options.mode === 'leadTimeFeasible') {
    terminal.complain('The mode leadTimeFeasible is for files of version 1. Use constrained.');
    process.exitCode = EXIT.refused;
    return;
  }
  const { model, issues } = planningModelOfFile(json, path, options.onBadRows);
  if (model === null) {
    refuse(terminal, issues);
    return;
  }
  complain(terminal, issues);
  if (options.mode === 'optimal') {
    const { plan, status } = await optimumFile(model, options.timeLimit);
    if (plan === null) {
      terminal.complain(
        `No plan was found: ${status}. Check that what is asked can be made at all, or give it more time.`,
      );
      process.exitCode = EXIT.failed;
      return;
    }
    write(terminal, plan, undefined, options);
    return;
  }
  const { view, file } =
    options.mode === 'constrained' ? plannedConstrained(model) : plannedUnconstrained(model);
  const why = options.why === undefined ? undefined : whyOf(view, options.why);
  if (why === null) {
    terminal.complain(
      `No demand of the plan is called ${options.why}. Demands are ${sampleNames(model)} and so on.`,
    );
    process.exitCode = EXIT.badInput;
    return;
  }
  write(terminal, file, why, options);
}

type View = ReturnType<typeof plannedConstrained>['view'];
type Why = ReturnType<typeof explainDemand>;

/** Null where no demand has the name. */
function whyOf(view: View, name: string): Why | null {
  for (let demand = 0; demand < view.plan.demands.count; demand++) {
    if (demandName(view, demand) === name) return explainDemand(view, demand);
  }
  return null;
}

function sampleNames({ demands, forecasts }: PlanningModel): string {
  const names = demands.slice(0, 3).map(({ demand }) => demand);
  return (
    names.length > 0
      ? names
      : forecasts.slice(0, 1).map(({ item, location }) => `forecast ${item} at ${location} …`)
  ).join(', ');
}

function write(terminal: Terminal, plan: PlanDraft, why: Why | undefined, options: Options): void {
  if (options.csv !== undefined) {
    for (const [table, lines] of Object.entries(planTables(plan))) {
      writePieces(`${options.csv}.${table}.csv`, lines);
    }
  }
  if (options.out !== undefined) writePieces(options.out, planPieces(plan));
  if (why !== undefined) {
    terminal.out(options.json ? JSON.stringify({ ...plan.summary, why }) : why.sentence);
    return;
  }
  if (options.out === undefined && options.csv === undefined) {
    for (const piece of planPieces(plan)) terminal.out(piece); // Lines end between tokens, where JSON allows them.
    return;
  }
  const { optimum, summary } = plan;
  terminal.out(
    options.json
      ? JSON.stringify(optimum === null ? summary : { ...summary, optimum })
      : summaryLine(plan, options),
  );
}

function summaryLine({ summary, optimum, mode }: PlanDraft, { out, csv }: Options): string {
  const gap = optimum?.gapRatio ?? null;
  const heuristic = optimum?.heuristicCost ?? null;
  const floor = optimum?.heuristicBound ?? null;
  const percent = Math.round(summary.onTimeQuantityRatio * 1000) / 10;
  const parts = [
    `${summary.stockPoints} stock points, ${summary.orders} orders (${summary.pastDueOrders} past due)`,
    `${percent} % of the quantity on time, ${summary.lateDemands} demands late, ${summary.shortDemands} short`,
    mode === 'unconstrained' ? `${summary.overloadedBuckets} buckets of resources overloaded` : '',
    `cost ${Math.round(summary.cost)}`,
    gap === null ? '' : `at most ${Math.round(gap * 10_000) / 100} % above the bound`,
    heuristic === null ? '' : `the constrained plan costs ${Math.round(heuristic)}`,
    floor === null ? '' : `no plan by days can cost less than ${Math.round(floor)}`,
    `plan in ${out ?? `${csv}.*.csv`}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
}

function refuse(terminal: Terminal, issues: readonly Issue[]): void {
  complain(terminal, issues);
  process.exitCode = EXIT.badInput;
}

const SHOWN_ISSUES = 50;

function complain(terminal: Terminal, issues: readonly Issue[]): void {
  for (const issue of issues.slice(0, SHOWN_ISSUES)) terminal.complain(issueLine(issue));
  if (issues.length > SHOWN_ISSUES) terminal.complain(`and ${issues.length - SHOWN_ISSUES} more`);
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
