/**
 * Minimises a function of a few bounded parameters without derivatives (Nelder and Mead 1965,
 * The Computer Journal 7(4), 308-313), with the usual coefficients 1, 2, 1/2, 1/2.
 *
 * Bounds are kept by projection: a vertex that would leave the box is put on its face. A value that is
 * not finite counts as Infinity, so the objective may reject a point by returning NaN.
 * Memory is one simplex of d + 1 points; the objective sees the same buffer on every call and must not keep it.
 */
import { assert } from '@planwright/units';

export type MinimiseOptions = {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Edge of the first simplex, per parameter, in the parameter's own unit; its sign is the direction tried first. */
  readonly step: Float64Array;
  readonly maxEvaluations: number;
  /** Stops when the worst vertex is no more than this above the best one. */
  readonly tolerance: number;
};

export type Minimum = { readonly point: Float64Array; readonly value: number; readonly evaluations: number };

export type Objective = (point: Float64Array) => number;

export function minimise(objective: Objective, start: Float64Array, options: MinimiseOptions): Minimum {
  const { lower, upper, step } = options;
  const dimensions = start.length;
  assert(lower.length === dimensions && upper.length === dimensions, 'bounds have one entry per parameter');
  assert(step.length === dimensions, 'step has one entry per parameter');

  const simplex = new Simplex(objective, start, options);
  simplex.spread(start, step);
  while (simplex.evaluations < options.maxEvaluations && !simplex.converged(options.tolerance))
    simplex.advance();
  return {
    point: simplex.vertex(simplex.best),
    value: simplex.values[simplex.best],
    evaluations: simplex.evaluations,
  };
}

class Simplex {
  readonly values: Float64Array;
  best = 0;
  evaluations = 0;
  private worst = 0;
  private secondWorst = 0;
  private readonly objective: Objective;
  private readonly lower: Float64Array;
  private readonly upper: Float64Array;
  private readonly points: Float64Array;
  private readonly centroid: Float64Array;
  private readonly trial: Float64Array;
  private readonly dimensions: number;

  constructor(objective: Objective, start: Float64Array, options: MinimiseOptions) {
    this.objective = objective;
    this.lower = options.lower;
    this.upper = options.upper;
    this.dimensions = start.length;
    this.values = new Float64Array(start.length + 1);
    this.points = new Float64Array((start.length + 1) * start.length);
    this.centroid = new Float64Array(start.length);
    this.trial = new Float64Array(start.length);
  }

  vertex(index: number): Float64Array {
    return this.points.slice(index * this.dimensions, (index + 1) * this.dimensions);
  }

  /** Sets the first simplex: the start and one step along each axis, inwards where the box ends. */
  spread(start: Float64Array, step: Float64Array): void {
    const { dimensions, trial, lower, upper } = this;
    for (let vertex = 0; vertex <= dimensions; vertex++) {
      for (let i = 0; i < dimensions; i++) trial[i] = Math.min(Math.max(start[i], lower[i]), upper[i]);
      if (vertex > 0) {
        const axis = vertex - 1;
        const ahead = trial[axis] + step[axis];
        const inside = ahead >= lower[axis] && ahead <= upper[axis];
        const corner = inside ? ahead : trial[axis] - step[axis];
        trial[axis] = Math.min(Math.max(corner, lower[axis]), upper[axis]);
      }
      this.accept(vertex, this.evaluate());
    }
    this.rank();
  }

  converged(tolerance: number): boolean {
    return this.values[this.worst] - this.values[this.best] <= tolerance;
  }

  /** One step: reflect the worst vertex, then expand, contract or shrink. */
  advance(): void {
    const { values, best, worst, secondWorst } = this;
    this.moveCentroid();
    const reflected = this.tryAlong(1);
    if (reflected < values[best]) {
      this.accept(worst, reflected);
      // The reflected point now is the worst vertex, so the way on points away from the centroid: minus two.
      const expanded = this.tryAlong(-2);
      if (expanded < reflected) this.accept(worst, expanded);
    } else if (reflected < values[secondWorst]) {
      this.accept(worst, reflected);
    } else {
      const inside = reflected >= values[worst];
      const contracted = this.tryAlong(inside ? -0.5 : 0.5);
      if (contracted < Math.min(reflected, values[worst])) this.accept(worst, contracted);
      else this.shrink();
    }
    this.rank();
  }

  private evaluate(): number {
    this.evaluations += 1;
    const value = this.objective(this.trial);
    return Number.isFinite(value) ? value : Infinity;
  }

  private accept(vertex: number, value: number): void {
    this.values[vertex] = value;
    // By hand: the call of `set` takes longer than a few numbers do.
    const first = vertex * this.dimensions;
    for (let i = 0; i < this.dimensions; i++) this.points[first + i] = this.trial[i];
  }

  /** The centre of all vertices but the worst. */
  private moveCentroid(): void {
    const { dimensions, points, centroid, worst } = this;
    for (let i = 0; i < dimensions; i++) {
      let sum = 0;
      for (let vertex = 0; vertex <= dimensions; vertex++)
        if (vertex !== worst) sum += points[vertex * dimensions + i];
      centroid[i] = sum / dimensions;
    }
  }

  /** Evaluates centroid + factor (centroid - worst). */
  private tryAlong(factor: number): number {
    const { dimensions, points, centroid, trial, worst, lower, upper } = this;
    for (let i = 0; i < dimensions; i++) {
      const moved = centroid[i] + factor * (centroid[i] - points[worst * dimensions + i]);
      trial[i] = Math.min(Math.max(moved, lower[i]), upper[i]);
    }
    return this.evaluate();
  }

  private shrink(): void {
    const { dimensions, points, trial, best } = this;
    for (let vertex = 0; vertex <= dimensions; vertex++) {
      if (vertex === best) continue;
      for (let i = 0; i < dimensions; i++) {
        const anchor = points[best * dimensions + i];
        trial[i] = anchor + 0.5 * (points[vertex * dimensions + i] - anchor);
      }
      this.accept(vertex, this.evaluate());
    }
  }

  private rank(): void {
    const { values, dimensions } = this;
    let best = 0;
    let worst = 0;
    for (let vertex = 1; vertex <= dimensions; vertex++) {
      if (values[vertex] < values[best]) best = vertex;
      if (values[vertex] >= values[worst]) worst = vertex;
    }
    let second = best;
    for (let vertex = 0; vertex <= dimensions; vertex++) {
      if (vertex !== worst && values[vertex] >= values[second]) second = vertex;
    }
    this.best = best;
    this.worst = worst;
    this.secondWorst = second;
  }
}
