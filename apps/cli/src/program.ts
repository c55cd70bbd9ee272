/** The commands of `planwright`, each a file of `commands/`. Only the one that was asked for is loaded; all of them for the help. */
import { Command } from 'commander';
import { reportFailure } from './failure.ts';
import { processTerminal, type Terminal } from './terminal.ts';

type Loaded = () => Promise<(terminal: Terminal) => Command>;

const COMMANDS: Readonly<Record<string, Loaded>> = {
  start: async () => (await import('./commands/start.ts')).startCommand,
  import: async () => (await import('./commands/import.ts')).importCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  forecast: async () => (await import('./commands/forecast.ts')).forecastCommand,
  supply: async () => (await import('./commands/supply.ts')).supplyCommand,
  kpi: async () => (await import('./commands/kpi.ts')).kpiCommand,
  sensed: async () => (await import('./commands/sensed.ts')).sensedCommand,
  proposals: async () => (await import('./commands/proposals.ts')).proposalsCommand,
  exceptions: async () => (await import('./commands/exceptions.ts')).exceptionsCommand,
  'rough-cut': async () => (await import('./commands/rough-cut.ts')).roughCutCommand,
  why: async () => (await import('./commands/why.ts')).whyCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
};

const terminal = processTerminal();
const program = new Command('planwright')
  .description('Sales and operations planning: demand, supply and money in one plan')
  .showHelpAfterError('Add --help to see what the command takes.');
const asked = process.argv[2] ?? '';
const wanted = Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS);
for (const name of wanted) program.addCommand((await COMMANDS[name]!())(terminal));

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error, terminal);
}
