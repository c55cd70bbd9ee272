/**
 * One program through HiGHS (WebAssembly, one thread).
 *
 * Duals of a program with whole numbers are those of the linear program that is left when the whole numbers are held
 * at the values that were found: what one more unit is worth if the yes-or-no decisions stay as they are.
 */
import type { LinearProgram, ProgramSolution, SolutionStatus } from '@planwright/supply';
import type { Highs, Model } from 'highs';
import type { SolveProgress, ToSolver } from './solver-messages.ts';

/** A new one each time: the answer's buffers are moved to the other thread. */
const none = () => new Float64Array(0);
/** Progress is told at most so often. */
const PROGRESS_SECONDS = 0.2;
/** Seconds the linear program with fixed whole numbers may take for its duals. */
const DUALS_SECONDS = 10;

export function solveWithHighs(
  highs: Highs,
  { program, limits, start, stop }: ToSolver,
  onProgress: (progress: SolveProgress) => void,
): ProgramSolution {
  const startedAt = performance.now();
  const model = highs.createModel();
  try {
    model.options.set({
      output_flag: false,
      time_limit: limits.timeLimitSeconds,
      mip_rel_gap: limits.gapRatio,
      mip_feasibility_tolerance: 1e-7,
    });
    const isMixed = program.isInteger.includes(1);
    if (!isMixed) model.options.set('solver', limits.method);
    model.options.set('presolve', (limits.presolve ?? isMixed) ? 'on' : 'off');
    model.passModel(modelData(program, isMixed));
    if (start !== undefined) model.setSolution({ colValue: start });
    const { modelStatus } = isMixed ? model.run(searchCallbacks(highs, stop, onProgress)) : model.run();
    return read(highs, model, program, modelStatus, (performance.now() - startedAt) / 1000);
  } finally {
    model.dispose();
  }
}

function modelData(program: LinearProgram, isMixed: boolean): Parameters<Model['passModel']>[0] {
  const { columnCount, rowCount, offset, columnCost, columnLower, columnUpper, rowLower, rowUpper } = program;
  return {
    numCols: columnCount,
    numRows: rowCount,
    offset,
    colCost: columnCost,
    colLower: columnLower,
    colUpper: columnUpper,
    rowLower,
    rowUpper,
    matrix: {
      format: 'csr',
      numRows: rowCount,
      numCols: columnCount,
      starts: program.rowStarts,
      indices: program.columns,
      values: program.values,
    },
    ...(isMixed ? { integrality: Int32Array.from(program.isInteger) } : {}),
  };
}

/**
 * For the search over whole numbers alone: asked at every turn of the simplex, a linear program takes twice as long, and
 * of one that is called off there is nothing to keep.
 */
function searchCallbacks(
  highs: Highs,
  stop: Int32Array,
  onProgress: (progress: SolveProgress) => void,
): Parameters<Model['run']>[0] {
  const { mipInterrupt } = highs.constants.callbackType;
  let toldSeconds = Number.NEGATIVE_INFINITY;
  return {
    [mipInterrupt]: (event): undefined => {
      const { running_time: seconds = 0, mip_primal_bound, mip_dual_bound, mip_node_count } = event.data;
      if (seconds >= toldSeconds + PROGRESS_SECONDS) {
        toldSeconds = seconds;
        onProgress({
          seconds,
          objective: finiteOr(Number.POSITIVE_INFINITY, mip_primal_bound),
          bestBound: finiteOr(Number.NEGATIVE_INFINITY, mip_dual_bound),
          nodeCount: Number(mip_node_count ?? 0),
        });
      }
      if (Atomics.load(stop, 0) === 1) event.interrupt();
    },
  };
}

/** HiGHS writes "nothing yet" as an infinity or as a very large number. */
function finiteOr(otherwise: number, value: number | undefined): number {
  return value !== undefined && Math.abs(value) < 1e100 ? value : otherwise;
}

function read(
  highs: Highs,
  model: Model,
  program: LinearProgram,
  modelStatus: number,
  seconds: number,
): ProgramSolution {
  const status = statusOf(highs, modelStatus);
  const isMixed = program.isInteger.includes(1);
  const { feasible } = highs.constants.solutionStatus;
  const isEmpty = program.columnCount === 0 && status === 'optimal';
  const isFeasible =
    status !== 'failed' && status !== 'unbounded' && model.info.get('primal_solution_status') === feasible;
  const proven = isMixed ? Number(model.info.get('mip_dual_bound')) : Number.NaN;
  const objective = isEmpty ? program.offset : isFeasible ? model.getObjectiveValue() : Number.NaN;
  const bestBound = boundOf(status, isMixed, proven, objective);
  const columnValues = isFeasible ? model.getSolution().colValue : none();
  const noDuals: Duals = { rowDuals: none(), columnDuals: none() };
  const duals = !isFeasible
    ? noDuals
    : isMixed
      ? dualsWithFixedWholes(highs, program, columnValues)
      : dualsOfSolved(highs, model);
  const failure = status === 'failed' ? { failure: `HiGHS ended with model status ${modelStatus}.` } : {};
  return { status, columnValues, objective, bestBound, ...duals, seconds, ...failure };
}

function boundOf(status: SolutionStatus, isMixed: boolean, proven: number, objective: number): number {
  if (isMixed) return finiteOr(Number.NEGATIVE_INFINITY, proven);
  return status === 'optimal' ? objective : Number.NEGATIVE_INFINITY;
}

function statusOf(highs: Highs, code: number): SolutionStatus {
  const { modelStatus } = highs.constants;
  if (code === modelStatus.optimal || code === modelStatus.empty) return 'optimal';
  if (code === modelStatus.infeasible) return 'infeasible';
  if (code === modelStatus.unbounded || code === modelStatus.unboundedOrInfeasible) return 'unbounded';
  if (code === modelStatus.interrupted) return 'cancelled';
  if (code === modelStatus.timeLimit || code === modelStatus.iterationLimit) return 'timeLimit';
  return 'failed';
}

type Duals = Pick<ProgramSolution, 'rowDuals' | 'columnDuals'>;

/** Of the linear program that is left when the whole numbers stay as they were found. */
function dualsWithFixedWholes(highs: Highs, program: LinearProgram, columnValues: Float64Array): Duals {
  const columnLower = program.columnLower.slice();
  const columnUpper = program.columnUpper.slice();
  program.isInteger.forEach((integer, column) => {
    if (integer === 1) columnLower[column] = columnUpper[column] = Math.round(columnValues[column]);
  });
  const fixed = highs.createModel(modelData({ ...program, columnLower, columnUpper }, false));
  try {
    fixed.options.set({ output_flag: false, time_limit: DUALS_SECONDS });
    fixed.run();
    return dualsOfSolved(highs, fixed);
  } finally {
    fixed.dispose();
  }
}

function dualsOfSolved(highs: Highs, model: Model): Duals {
  const { feasible } = highs.constants.solutionStatus;
  if (model.info.get('dual_solution_status') !== feasible) return { rowDuals: none(), columnDuals: none() };
  const { rowDual, colDual } = model.getSolution();
  return { rowDuals: rowDual, columnDuals: colDual };
}
