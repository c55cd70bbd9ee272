import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { ForecastTier } from '@planwright/forecast';
import { forecastFile } from '../forecast-file.ts';
import { learnFromFile } from '../panel-of-file.ts';
import { FREQUENCIES, type Frequency, readSeriesFile, USUAL_SEASON } from '../series-file.ts';
import { EXIT, issueLine, type Terminal } from '../terminal.ts';

type Options = {
  horizon: number;
  freq: Frequency;
  season?: number;
  tier: ForecastTier;
  levels: readonly number[];
  out: string;
  models?: string;
  skipBadRows?: true;
  workers: number;
  json?: true;
};

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('Give a whole number from 1, such as 18.');
  return Number(text);
}

function levelList(text: string): number[] {
  const levels = text.split(',').map(Number);
  if (levels.some((level) => !(level > 0 && level < 100))) {
    throw new InvalidArgumentError('Give percentages between 0 and 100, such as 80,95.');
  }
  return levels;
}

/** `planwright forecast series.csv --horizon 18 --freq M --out f.csv`: forecasts a file, without server or database. */
export function forecastCommand(terminal: Terminal): Command {
  return new Command('forecast')
    .description('Forecast every series of a CSV file with the columns unique_id, ds (ISO date) and y')
    .argument('<series>', 'CSV file')
    .requiredOption('--horizon <buckets>', 'how many buckets ahead', wholeNumber)
    .addOption(
      new Option('--freq <letter>', 'length of a bucket: day, week, month, quarter, year')
        .choices(FREQUENCIES)
        .default('M'),
    )
    .option(
      '--season <buckets>',
      'buckets in one season; 7, 52, 12, 4 or 1 by the frequency where missing',
      wholeNumber,
    )
    .addOption(
      new Option(
        '--tier <tier>',
        'how much time a series may take; best also learns from all series together',
      )
        .choices(['fast', 'standard', 'best'])
        .default('standard'),
    )
    .option('--levels <percent>', 'central intervals', levelList, [80, 95])
    .requiredOption('--out <file>', 'where to write unique_id,ds,mean,lo-80,hi-80,...')
    .option('--models <file>', 'where to write the model chosen for each series')
    .option('--skip-bad-rows', 'leave bad rows out instead of refusing the file')
    .option('--workers <number>', 'worker threads', wholeNumber, availableParallelism())
    .option('--json', 'print the summary as one line of JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 the file has bad rows (named on standard error).',
    )
    .action((path: string, options: Options) => forecastAction(path, options, terminal));
}

async function forecastAction(path: string, options: Options, terminal: Terminal): Promise<void> {
  if (!existsSync(path)) {
    terminal.complain(`There is no file ${path}.`);
    process.exitCode = EXIT.badInput;
    return;
  }
  terminal.progress(`reading ${path}`);
  const file = await readSeriesFile(path, options.freq);
  for (const issue of file.issues) terminal.complain(issueLine(issue));
  if (file.badRowCount > file.issues.length)
    terminal.complain(`and ${file.badRowCount - file.issues.length} more bad rows`);
  if (file.badRowCount > 0 && (options.skipBadRows !== true || file.ids.length === 0)) {
    terminal.complain('Nothing was written. Correct the rows, or leave them out with --skip-bad-rows.');
    process.exitCode = EXIT.badInput;
    return;
  }
  const startedAt = performance.now();
  const total = file.ids.length;
  const { horizon, freq, tier, levels, workers, out, models } = options;
  const season = options.season ?? USUAL_SEASON[freq];
  const learnt =
    tier === 'best'
      ? await learnFromFile(file, { season, horizon, workers }, (share) =>
          terminal.progress(`learning from all series, ${Math.round(100 * share)} %`),
        )
      : undefined;
  if (learnt !== undefined) terminal.complain(learnt.reason);
  const panelModel = learnt?.bytes;
  await forecastFile(
    file,
    { horizon, frequency: freq, season, tier, levels, workers, out, models, panelModel },
    (done) => {
      const seconds = (performance.now() - startedAt) / 1000;
      terminal.progress(`${done} of ${total} series, ${Math.ceil((seconds / done) * (total - done))} s left`);
    },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const summary = { series: total, rows: total * horizon, badRows: file.badRowCount, seconds, out };
  terminal.out(
    options.json
      ? JSON.stringify(summary)
      : `${total} series, ${horizon} buckets ahead, in ${seconds.toFixed(1)} s: ${out}`,
  );
}
