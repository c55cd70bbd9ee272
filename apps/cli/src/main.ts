#!/usr/bin/env node
/** `planwright`: the command line. Each command is a file of `commands/`. */
import { Command } from 'commander';
import { doctorCommand } from './commands/doctor.ts';
import { forecastCommand } from './commands/forecast.ts';
import { importCommand } from './commands/import.ts';
import { kpiCommand } from './commands/kpi.ts';
import { runCommand } from './commands/run.ts';
import { sensedCommand } from './commands/sensed.ts';
import { startCommand } from './commands/start.ts';
import { supplyCommand } from './commands/supply.ts';
import { reportFailure } from './failure.ts';
import { processTerminal } from './terminal.ts';

const terminal = processTerminal();
const program = new Command('planwright')
  .description('Sales and operations planning: demand, supply and money in one plan')
  .showHelpAfterError('Add --help to see what the command takes.');
for (const command of [
  startCommand,
  importCommand,
  runCommand,
  forecastCommand,
  supplyCommand,
  kpiCommand,
  sensedCommand,
  doctorCommand,
]) {
  program.addCommand(command(terminal));
}

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error, terminal);
}
