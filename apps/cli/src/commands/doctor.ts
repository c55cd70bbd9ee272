import { existsSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Config, PROGRAM_FOLDER, readConfig } from '@planwright/server';
import { Command } from 'commander';
import { runningServer } from '../server-access.ts';
import { EXIT, type Terminal } from '../terminal.ts';

type Check = { readonly name: string; readonly ok: boolean; readonly detail: string };

const NODE_MAJOR_LEAST = 24;
const DISK_LEAST_BYTES = 2 * 2 ** 30;

/** `planwright doctor`: looks at what usually goes wrong and says how to mend it. Changes nothing. */
export function doctorCommand(terminal: Terminal): Command {
  return new Command('doctor')
    .description('Check settings, disk, program and server, and say how to mend what is wrong')
    .option('--json', 'print the checks as one line of JSON')
    .action(async (options: { json?: true }) => {
      const checks = await allChecks();
      if (options.json) terminal.out(JSON.stringify(checks));
      else
        for (const { ok, name, detail } of checks)
          terminal.out(`${ok ? 'ok     ' : 'PROBLEM'}  ${name}: ${detail}`);
      if (checks.some((check) => !check.ok)) process.exitCode = EXIT.failed;
    });
}

async function allChecks(): Promise<Check[]> {
  const checks = [nodeCheck(), pageCheck()];
  let config: Config;
  try {
    config = readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...checks, { name: 'settings', ok: false, detail: error.problems.join(' ') }];
  }
  checks.push({
    name: 'settings',
    ok: true,
    detail: `data in ${config.dataDir}, ${config.databaseUrl === undefined ? 'embedded database' : 'PostgreSQL'}`,
  });
  checks.push(diskCheck(config));
  checks.push(await serverCheck(config));
  return checks;
}

function nodeCheck(): Check {
  const major = Number(process.versions.node.split('.')[0]);
  const ok = major >= NODE_MAJOR_LEAST;
  return {
    name: 'Node',
    ok,
    detail: ok
      ? process.versions.node
      : `${process.versions.node}; start through npm, which uses the Node that comes with Planwright`,
  };
}

function pageCheck(): Check {
  const ok = existsSync(join(PROGRAM_FOLDER, 'apps', 'web', 'dist', 'index.html'));
  return { name: 'page', ok, detail: ok ? 'built' : 'not built; npm start builds it' };
}

function diskCheck(config: Config): Check {
  const folder = existsSync(config.dataDir) ? config.dataDir : PROGRAM_FOLDER;
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const text = `${(free / 2 ** 30).toFixed(1)} GB free at ${folder}`;
  const ok = free >= DISK_LEAST_BYTES;
  return { name: 'disk', ok, detail: ok ? text : `${text}; make room, at least 2 GB` };
}

async function serverCheck(config: Config): Promise<Check> {
  const running = await runningServer(config);
  if (running === undefined) return { name: 'server', ok: true, detail: 'none runs on this data folder' };
  const answer = await fetch(`${running.url}/health`);
  const body = (await answer.json()) as { status: string };
  return { name: 'server', ok: answer.ok, detail: `${running.url} says ${body.status}` };
}
