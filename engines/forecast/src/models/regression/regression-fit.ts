/** Chooses what a regression is made of, and estimates it. */
import { type Design, designRows } from './regression-design.ts';
import { correctedCriterion, ridge, smoothedMoments, type Moments, type RidgeFit } from './ridge.ts';

/** What is chosen before the coefficients are estimated. */
export type RegressionChoice = {
  /** Share of an error that the level takes up: 0 (it never moves) to 1 (it is the last bucket's). */
  readonly moved: number;
  readonly hasTrend: boolean;
  /** Penalties in units of what the history knows of a coefficient: 0.1 draws it a tenth towards 0. Infinity leaves the kind out. */
  readonly seasonShrinkage: number;
  readonly regressorShrinkage: number;
};

export type RegressionFit = {
  readonly design: Design;
  readonly choice: RegressionChoice;
  /** Of the level and then of each column, in the units of the series. */
  readonly coefficients: Float64Array;
  readonly freedom: number;
  /** Lower triangle of the penalised moments: its inverse times sigma^2 is the coefficients' variance. */
  readonly lower: Float64Array;
};

const MOVED = [0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1];
const SHRINKAGES = [1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1, 3, Infinity];
const COLD: RegressionChoice = {
  moved: 0,
  hasTrend: false,
  seasonShrinkage: 0.01,
  regressorShrinkage: 0.01,
};

type Standardised = { readonly values: Float64Array; readonly centre: number; readonly scale: number };

/** The lowest criterion over all shares that the level may move by, with and without trend, and over the shrinkages one kind after the other. */
export function fitRegression(history: Float64Array, design: Design): RegressionFit {
  const { values, centre, scale } = standardised(history);
  const rows = designRows(design, 0, history.length);
  const levels = new Float64Array(design.columns.length + 1);
  let best: { readonly choice: RegressionChoice; readonly criterion: number } | undefined;
  for (const moved of MOVED) {
    const moments = smoothedMoments(rows, values, levels.length, moved, levels);
    for (const hasTrend of [false, true]) {
      const found = shrunk(moments, design, { ...COLD, moved, hasTrend });
      if (best === undefined || found.criterion < best.criterion) best = found;
    }
  }
  return estimated(rows, design, best?.choice ?? COLD, { values, centre, scale });
}

/** The coefficients anew for what was chosen before. */
export function refittedRegression(
  history: Float64Array,
  design: Design,
  choice: RegressionChoice,
): RegressionFit {
  const rows = designRows(design, 0, history.length);
  return estimated(rows, design, choice, standardised(history));
}

function standardised(history: Float64Array): Standardised {
  const centre = history.reduce((sum, value) => sum + value / history.length, 0);
  let squares = 0;
  for (const value of history) squares += (value - centre) ** 2;
  const scale = Math.sqrt(squares / history.length) || 1;
  return { values: history.map((value) => (value - centre) / scale), centre, scale };
}

/** The best shrinkage of the regressors, then of the season, then of the regressors again. */
function shrunk(moments: Moments, design: Design, start: RegressionChoice) {
  let choice = start;
  let criterion = Infinity;
  for (const kind of ['regressorShrinkage', 'seasonShrinkage', 'regressorShrinkage'] as const) {
    const matters = design.columns.some(
      (column) => column.kind === (kind === 'seasonShrinkage' ? 'season' : 'regressor'),
    );
    const tried = matters ? SHRINKAGES : [Infinity];
    let bestHere = choice;
    let lowestHere = Infinity;
    for (const shrinkage of tried) {
      const candidate = { ...choice, [kind]: shrinkage };
      const value = criterionOf(moments, ridge(moments, penaltiesOf(design, candidate, moments)), candidate);
      if (value < lowestHere || lowestHere === Infinity) {
        lowestHere = value;
        bestHere = candidate;
      }
    }
    choice = bestHere;
    criterion = lowestHere;
  }
  return { choice, criterion };
}

/** Beside the columns the share that the level takes up is estimated too, unless it is 0. */
const criterionOf = (
  { count }: Moments,
  { squares, freedom }: RidgeFit,
  { moved }: RegressionChoice,
): number => correctedCriterion(squares, freedom + (moved > 0 ? 1 : 0), count);

function penaltiesOf({ columns }: Design, choice: RegressionChoice, { gram, width }: Moments): Float64Array {
  const penalties = new Float64Array(columns.length + 1);
  columns.forEach(({ kind, weight }, index) => {
    const shrinkage =
      kind === 'trend'
        ? choice.hasTrend
          ? 0
          : Infinity
        : kind === 'season'
          ? choice.seasonShrinkage
          : choice.regressorShrinkage;
    const known = gram[(index + 1) * width + index + 1];
    penalties[index + 1] = shrinkage === Infinity ? Infinity : shrinkage * weight * known;
  });
  return penalties;
}

function estimated(
  rows: Float64Array,
  design: Design,
  choice: RegressionChoice,
  { values, centre, scale }: Standardised,
): RegressionFit {
  const levels = new Float64Array(design.columns.length + 1);
  const moments = smoothedMoments(rows, values, levels.length, choice.moved, levels);
  const { coefficients, freedom, lower } = ridge(moments, penaltiesOf(design, choice, moments));
  for (let i = 0; i < coefficients.length; i++) coefficients[i] *= scale;
  coefficients[0] += centre;
  return { design, choice, coefficients, freedom, lower };
}
