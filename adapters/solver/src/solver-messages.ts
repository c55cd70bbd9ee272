import type { LinearProgram, ProgramSolution } from '@planwright/supply';

export type SolveLimits = {
  /** Seconds after which the best that was found is taken. Default 60. */
  readonly timeLimitSeconds: number;
  /** A whole-number program is done when (objective - bound) / objective is at most this. Default 0.0001. */
  readonly gapRatio: number;
  /** How a linear program is solved. */
  readonly method: 'choose' | 'simplex' | 'ipm';
  /**
   * Whether the program is made smaller first. Default: where it has whole numbers. A planning program without them is
   * solved sooner as it is: 0.5 s against 0.6-1.1 s for 53,000 columns.
   */
  readonly presolve?: boolean;
};

/** What a thread of the solver is told, and what it answers. */
export type ToSolver = {
  readonly program: LinearProgram;
  readonly limits: SolveLimits;
  /** A feasible x to start from, where the caller has one. */
  readonly start?: Float64Array;
  /** Shared: [0] is 1 when the caller calls it off. */
  readonly stop: Int32Array;
};

export type FromSolver =
  | { readonly kind: 'progress'; readonly progress: SolveProgress }
  | { readonly kind: 'solved'; readonly solution: ProgramSolution; readonly memoryBytes: number };

/** How far a whole-number program is. */
export type SolveProgress = {
  readonly seconds: number;
  /** Infinity while nothing feasible is known. */
  readonly objective: number;
  readonly bestBound: number;
  readonly nodeCount: number;
};
