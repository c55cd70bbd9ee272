import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROGRAM = resolve(import.meta.dirname, '../../apps/cli/src/main.ts');
const POLL_MS = 50;
/** The end of what `planwright start` prints once it serves. */
const LAST_WORDS = 'Stop with Ctrl-C.';

/** A server in a process of its own, as a user would run it, on any free port. */
export type ServerProcess = {
  readonly url: string;
  /** Signs its bearer in as the operator of the installation. */
  readonly token: string;
  readonly dataDir: string;
  readonly pid: number;
  /** What it has printed so far, both streams. */
  output(): string;
  /** SIGKILL: no goodbye of any kind. */
  kill(): Promise<void>;
  /** SIGTERM, and wait. */
  stop(): Promise<void>;
};

export type ServerProcessOptions = {
  /** Kept from start to start where given; else a new one, removed by `stop`. */
  readonly dataDir?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Give up after this long; the first start of a demo company computes its whole plan. */
  readonly timeoutMs?: number;
};

/** Starts `planwright start` and waits until it serves and has said so. */
export async function startServerProcess(options: ServerProcessOptions = {}): Promise<ServerProcess> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'planwright-'));
  const serverFile = join(dataDir, 'server.json');
  const child = spawn(process.execPath, [PROGRAM, 'start'], {
    env: {
      ...process.env,
      PORT: '0',
      PLANWRIGHT_DATA_DIR: dataDir,
      PLANWRIGHT_DEMO: 'off',
      ...options.environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const deadline = Date.now() + (options.timeoutMs ?? 120_000);
  for (;;) {
    const served = child.exitCode === null ? readServed(serverFile, child.pid!) : undefined;
    // It writes its file before it prints where it runs, and who waits may look at either.
    if (served !== undefined && output.includes(LAST_WORDS))
      return {
        ...served,
        dataDir,
        pid: child.pid!,
        output: () => output,
        ...endings(child, options, dataDir),
      };
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`planwright start did not come up (exit ${child.exitCode}):\n${output}`);
    }
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
}

function readServed(path: string, pid: number): { url: string; token: string } | undefined {
  if (!existsSync(path)) return undefined;
  const file = JSON.parse(readFileSync(path, 'utf8')) as { url: string; token: string; pid: number };
  return file.pid === pid ? { url: file.url, token: file.token } : undefined;
}

function endings(child: ChildProcess, options: ServerProcessOptions, dataDir: string) {
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
