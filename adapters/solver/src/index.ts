export { type ImproveOptions, improveLots } from './improve-lots.ts';
export { createSolver, type SolveOptions, type Solver, type SolverOptions } from './solver.ts';
export type { SolveProgress } from './solver-messages.ts';
