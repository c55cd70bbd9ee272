/** One measured thing. A figure without a sketch of what the hardware allows and a budget is trivia. */
export type Benchmark = {
  readonly name: string;
  /** What the hardware allows, and how that is reckoned. */
  readonly sketch: string;
  /** What we hold ourselves to, in the figure's unit. `least` is a floor, `most` a ceiling. */
  readonly budget: { readonly least?: number; readonly most?: number };
  run(): Promise<Measured> | Measured;
};

export type Measured = { readonly figure: number; readonly unit: string };

export type Result = Measured & { readonly benchmark: Benchmark; readonly kept: boolean };

/** Runs once to warm up, then three times, and takes the median: one noisy neighbour does not decide. */
export async function measure(benchmark: Benchmark, repetitions: number): Promise<Result> {
  if (repetitions > 1) await benchmark.run();
  const runs: Measured[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) runs.push(await benchmark.run());
  const median = runs.sort((a, b) => a.figure - b.figure)[Math.floor(runs.length / 2)]!;
  const { least, most } = benchmark.budget;
  const kept =
    (least === undefined || median.figure >= least) && (most === undefined || median.figure <= most);
  return { ...median, benchmark, kept };
}
