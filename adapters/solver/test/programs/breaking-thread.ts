/** A thread of a solver that does what real ones do on their worst days; the cost of the first column says which. */
import { parentPort } from 'node:worker_threads';
import type { ProgramSolution } from '@planwright/supply';

type Asked = { readonly program: { readonly columnCost: Float64Array } };

parentPort?.on('message', ({ program }: Asked) => {
  const [wish] = program.columnCost;
  if (wish === 1) throw new Error('memory access out of bounds');
  if (wish === 2) process.exit(7);
  if (wish === 3) for (;;); // Never comes back.
  const none = new Float64Array(0);
  const solution: ProgramSolution = {
    status: 'optimal',
    columnValues: Float64Array.of(wish),
    objective: wish,
    bestBound: wish,
    rowDuals: none,
    columnDuals: none,
    seconds: 0,
  };
  parentPort?.postMessage({ kind: 'solved', solution, memoryBytes: wish === 5 ? 2 ** 31 : 0 });
});
