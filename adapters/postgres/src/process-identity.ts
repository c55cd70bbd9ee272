import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Which process, beyond doubt: a number is given again after its process ends, but not with the same start.
 * `startedAt` is in clock ticks since boot on Linux, a date elsewhere; null where the system does not tell.
 */
export type ProcessIdentity = {
  readonly pid: number;
  readonly startedAt: string | null;
  readonly host: string;
  /** Changes when the machine starts anew; null where the system does not tell. */
  readonly boot: string | null;
};

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid), host: hostname(), boot: bootOf() };
}

/**
 * Whether a process that left its identity still runs. `unknown` where it ran on a machine that cannot be
 * looked into from here: then nobody may assume that it is gone.
 */
export function lifeOf(identity: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (identity.host !== hostname()) return 'unknown';
  if (identity.boot !== bootOf()) return 'dead';
  if (!exists(identity.pid)) return 'dead';
  const start = startOf(identity.pid);
  return start === null || identity.startedAt === null || start === identity.startedAt ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // There, but another user's.
  }
}

function startOf(pid: number): string | null {
  try {
    if (process.platform === 'linux') {
      // The name, field 2, may hold spaces and brackets: count from the last bracket. Field 22 is the start, 3 the state.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isZombie = fields[0] === 'Z';
      return isZombie ? 'ended' : fields[19];
    }
    if (process.platform === 'win32') return null;
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function bootOf(): string | null {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return null;
  }
}
