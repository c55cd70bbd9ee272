import type { Client } from '@planwright/client';
import { REFITS, type Run } from '@planwright/contracts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { companyOf } from '../company.ts';
import { reachServer } from '../server-access.ts';
import { EXIT, issueLine, type Terminal } from '../terminal.ts';

type Options = {
  company?: string;
  seed: number;
  horizon?: number;
  refit: (typeof REFITS)[number];
  publish?: true;
  json?: true;
};

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number such as 42.');
  return Number(text);
}

/** `planwright run`: freezes the inputs, runs the plan and waits for it. */
export function runCommand(terminal: Terminal): Command {
  return new Command('run')
    .description('Freeze the inputs, run the plan, and wait until it is done; Ctrl-C cancels it')
    .option('--company <name>', 'short name of the company, where there are several')
    .option('--seed <number>', 'seed of the random streams', wholeNumber, 0)
    .option('--horizon <buckets>', 'buckets to plan ahead', wholeNumber)
    .addOption(
      new Option('--refit <what>', 'fit all methods anew, or only those whose forecasts broke')
        .choices(REFITS)
        .default('all'),
    )
    .option('--publish', 'make it the plan that everyone sees')
    .option('--json', 'print the run as one line of JSON')
    .addHelpText(
      'after',
      '\nExit codes: 0 succeeded, 1 failed or cancelled, 2 the inputs have errors, 3 refused.',
    )
    .action((options: Options) => runAction(options, terminal));
}

async function runAction(options: Options, terminal: Terminal): Promise<void> {
  const access = await reachServer('planwright run', terminal);
  try {
    const company = await companyOf(access.client, options.company);
    const { seed, horizon: horizonBuckets, refit, publish = false } = options;
    const started = await access.client.startRun({
      params: { company },
      body: { seed, horizonBuckets, refit, publish },
    });
    const done = await follow(access.client, company, started, terminal);
    for (const issue of done.issues) terminal.complain(issueLine(issue));
    terminal.out(options.json ? JSON.stringify(done) : summaryOf(done));
    if (done.status === 'rejected') process.exitCode = EXIT.badInput;
    else if (done.status !== 'succeeded') process.exitCode = EXIT.failed;
  } finally {
    await access.close();
  }
}

async function follow(client: Client, company: string, started: Run, terminal: Terminal): Promise<Run> {
  const params = { company, runId: started.id };
  const cancel = () => {
    terminal.complain('cancelling the run');
    client.cancelRun({ params }).catch((error: unknown) => terminal.complain(String(error)));
  };
  process.once('SIGINT', cancel);
  let latest = started;
  for await (const state of client.runEvents({ params })) {
    latest = state;
    const stage = state.stages.find((candidate) => candidate.status === 'running');
    const left = state.secondsLeft === null ? '' : `, ${Math.ceil(state.secondsLeft)} s left`;
    terminal.progress(`${Math.round(state.progressRatio * 100)} %  ${stage?.stage ?? state.status}${left}`);
  }
  process.off('SIGINT', cancel);
  return latest;
}

function summaryOf(run: Run): string {
  const stages = run.stages.map(
    ({ stage, seconds }) => `${stage} ${seconds === null ? '–' : `${seconds.toFixed(1)} s`}`,
  );
  const outcome = run.failure === null ? run.status : `${run.status}: ${run.failure}`;
  const kept = run.keptFitCount ?? 0;
  return [
    `run ${run.id}: ${outcome}`,
    `  ${run.keyCount} keys, as of ${run.asOf}, ${run.historyBuckets} buckets of history, ${run.horizonBuckets} ahead`,
    ...(kept > 0 ? [`  ${kept} keys go on by the method of the published plan`] : []),
    `  ${stages.join(', ')}`,
    `  inputs ${run.snapshotHash.slice(0, 16)}, outputs ${run.outputHash?.slice(0, 16) ?? '–'}${run.published ? ', published' : ''}`,
  ].join('\n');
}
