import { readConfig, startServer } from '@planwright/server';
import { Command } from 'commander';
import { runningServer } from '../server-access.ts';
import type { Terminal } from '../terminal.ts';

/** `planwright start`: serves the page and the API until it is told to stop. */
export function startCommand(terminal: Terminal): Command {
  return new Command('start')
    .description('Serve the page and the API; on first start make the demo company and run its plan')
    .addHelpText('after', '\nSettings are environment variables: see docs/configuration.md.')
    .action(async () => {
      const config = readConfig(process.env);
      const running = await runningServer(config);
      if (running !== undefined) {
        terminal.out(`Planwright runs on this data folder already: ${running.url}`);
        return;
      }
      const server = await startServer(config, {
        activity: `planwright start on port ${config.port}`,
        onProgress: (text) => terminal.progress(text),
        servePage: true,
      });
      for (const line of server.welcome) terminal.out(line);
      await untilStopped(terminal);
      terminal.complain('stopping: finishing what was begun');
      await server.close();
    });
}

/** Resolves at the first Ctrl-C or SIGTERM; a second Ctrl-C ends the process at once. */
function untilStopped(terminal: Terminal): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      process.once('SIGINT', () => {
        terminal.complain('stopped at once; what was committed is safe');
        process.exit(130);
      });
      resolve();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
}
