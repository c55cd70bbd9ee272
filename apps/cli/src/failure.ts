import { ApiError } from '@planwright/client';
import type { ConfigError } from '@planwright/server';
import { EXIT, type Terminal } from './terminal.ts';

/** By its name: a command that needs no server does not load one to ask what its errors are. */
const isConfigError = (error: unknown): error is ConfigError =>
  error instanceof Error && error.name === 'ConfigError';

const REFUSALS = new Set([401, 403, 404, 409]);

/** Says what went wrong and what to do, and chooses the exit code. An unexpected error keeps its stack. */
export function reportFailure(error: unknown, terminal: Terminal): void {
  if (error instanceof ApiError) {
    terminal.complain(`${error.message} ${error.advice}`);
    process.exitCode = REFUSALS.has(error.status) ? EXIT.refused : EXIT.failed;
    return;
  }
  if (isConfigError(error)) {
    for (const problem of error.problems) terminal.complain(problem);
    terminal.complain('docs/configuration.md lists every setting.');
    process.exitCode = EXIT.refused;
    return;
  }
  if (
    error instanceof Error &&
    ['FolderInUseError', 'NewerDatabaseError', 'ChangedMigrationError', 'StartError'].includes(error.name)
  ) {
    terminal.complain(error.message);
    process.exitCode = EXIT.refused;
    return;
  }
  terminal.complain(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = EXIT.failed;
}
