/**
 * Starts the reader process and holds it to its limits.
 *
 * Limits inside the process (heap, DuckDB's memory) are its own affair and can fail; these cannot: the parent
 * watches the clock and the resident memory and ends the process with SIGKILL. Where `prlimit` exists the kernel
 * also limits processor time, file sizes and open files, and where `unshare` works the process has no network.
 */
import { type ChildProcess, execFile, fork, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ReaderJob, ReaderReply, ReadProgress } from './reader-messages.ts';

const ENTRY = fileURLToPath(new URL('./reader-process.ts', import.meta.url));
/** Compiled code of the reader, so that the next one starts in half the time; Node does without where it cannot write. */
const COMPILE_CACHE = fileURLToPath(new URL('../.cache', import.meta.url));
/** Part of util-linux: starts a program in a network of its own, with nothing in it. */
const UNSHARE = 'unshare';
const WATCH_INTERVAL_MS = 50;
const PAGE_BYTES = 4_096;
const MEGABYTE = 1024 * 1024;

export type ReaderEnd =
  | { readonly kind: 'reply'; readonly reply: Exclude<ReaderReply, { kind: 'progress' }> }
  | { readonly kind: 'cancelled' | 'too-slow' | 'too-large' }
  | { readonly kind: 'crashed'; readonly detail: string };

/** Runs one job in a process of its own. Never rejects because of what the job or its files do. */
export async function runReader(
  job: ReaderJob,
  onProgress: (progress: ReadProgress) => void,
  signal: AbortSignal | undefined,
): Promise<ReaderEnd> {
  if (signal?.aborted === true) return { kind: 'cancelled' };
  const child = startedReader(job);
  return new Promise((resolve) => {
    let end: ReaderEnd | undefined;
    let errorText = '';
    const stop = (reason: ReaderEnd): void => {
      end ??= reason;
      child.kill('SIGKILL');
    };
    const cancel = (): void => stop({ kind: 'cancelled' });
    signal?.addEventListener('abort', cancel, { once: true });
    const clock = setTimeout(() => stop({ kind: 'too-slow' }), job.limits.wallClockSeconds * 1_000);
    const watch = setInterval(() => {
      if (residentMegabytes(child.pid) > job.limits.residentMegabytes) stop({ kind: 'too-large' });
    }, WATCH_INTERVAL_MS);
    child.stderr?.on('data', (data: Buffer) => {
      errorText = (errorText + data.toString('utf8')).slice(-2_000);
    });
    child.on('message', (message: ReaderReply) => {
      if (message.kind === 'progress') onProgress(message.progress);
      else end ??= { kind: 'reply', reply: message };
    });
    child.on('error', (error) => stop({ kind: 'crashed', detail: error.message }));
    child.on('close', (code, killedBy) => {
      clearTimeout(clock);
      clearInterval(watch);
      signal?.removeEventListener('abort', cancel);
      // V8 and DuckDB end the process themselves when their share of the memory is used up.
      const outOfMemory = /heap out of memory|bad_alloc|Allocation failed/i.test(errorText);
      const detail = `${killedBy ?? `exit code ${code}`}${errorText === '' ? '' : `: ${errorText.trim().split('\n')[0]}`}`;
      resolve(end ?? (outOfMemory ? { kind: 'too-large' } : { kind: 'crashed', detail }));
    });
    void limitedByKernel(child, job).then(() => {
      if (child.connected) child.send(job, () => undefined);
    });
  });
}

function startedReader(job: ReaderJob): ChildProcess {
  const nodeOptions = [
    `--max-old-space-size=${job.limits.heapMegabytes}`,
    '--disable-proto=delete',
    '--no-warnings',
  ];
  const alone = canUnshare();
  return fork(ENTRY, [], {
    execPath: alone ? UNSHARE : process.execPath,
    execArgv: alone ? ['-rn', process.execPath, ...nodeOptions] : nodeOptions,
    // Nothing of the server's environment: passwords and keys live there.
    env: { PATH: process.env.PATH, TZ: 'UTC', LANG: 'C.UTF-8', NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
  });
}

let unshareWorks: boolean | undefined;

/** Tries once whether this system lets us. */
function canUnshare(): boolean {
  unshareWorks ??=
    process.platform === 'linux' && spawnSync(UNSHARE, ['-rn', 'true'], { timeout: 5_000 }).status === 0;
  return unshareWorks;
}

/** Best effort: a system without prlimit keeps the limits that the parent enforces. */
async function limitedByKernel(child: ChildProcess, { limits }: ReaderJob): Promise<void> {
  if (child.pid === undefined || process.platform !== 'linux') return;
  const processorSeconds = limits.wallClockSeconds * Math.max(limits.threads, 1);
  const options = [
    `--pid=${child.pid}`,
    `--cpu=${processorSeconds}`,
    `--fsize=${limits.workFolderMegabytes * MEGABYTE}`,
    '--nofile=512',
    '--core=0',
  ];
  await promisify(execFile)('prlimit', options, { timeout: 5_000 }).catch(() => undefined);
}

/** Resident memory of a process; 0 where the system does not tell. */
function residentMegabytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return (Number(pages) * PAGE_BYTES) / MEGABYTE;
  } catch {
    return 0;
  }
}
