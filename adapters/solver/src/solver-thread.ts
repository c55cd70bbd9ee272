/** The program of a thread that solves: one program after the other, each told to it as a message. */
import { parentPort } from 'node:worker_threads';
import highsModule from 'highs';
import { solveWithHighs } from './solve-with-highs.ts';
import type { FromSolver, ToSolver } from './solver-messages.ts';

// The package's declarations describe its CommonJS form; what an ES module gets as default is the loader itself.
const loadHighs = highsModule as unknown as typeof highsModule.default;
const highs = await loadHighs({});

parentPort?.on('message', (asked: ToSolver) => {
  const solution = solveWithHighs(highs, asked, (progress) => tell({ kind: 'progress', progress }, []));
  const { columnValues, rowDuals, columnDuals } = solution;
  tell({ kind: 'solved', solution, memoryBytes: highs.memoryBytes }, [
    columnValues.buffer,
    rowDuals.buffer,
    columnDuals.buffer,
  ] as ArrayBuffer[]);
});

function tell(message: FromSolver, moved: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, moved);
}
