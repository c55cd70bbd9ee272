import type { PlanReader, RunHead } from './plan-reader.ts';

/** Answers kept at most; a list of a screen is some 50 kB. */
const ANSWERS_MAX = 500;

/**
 * A reader that remembers answers. What a finished run wrote never changes, so an answer about it is right for ever; only
 * which run is published moves, and that (`findRun`) is asked anew each time. Questions that come at once are asked once.
 */
export function cachedPlanReader(reader: PlanReader): PlanReader {
  const answers = new Map<string, Promise<unknown>>();
  const remembered = (question: string, ask: () => Promise<unknown>): Promise<unknown> => {
    const known = answers.get(question);
    if (known !== undefined) {
      answers.delete(question); // Back to the young end.
      answers.set(question, known);
      return known;
    }
    const asked = ask();
    answers.set(question, asked);
    asked.catch(() => answers.delete(question)); // A failure is no answer.
    if (answers.size > ANSWERS_MAX) answers.delete(answers.keys().next().value!);
    return asked;
  };
  const { findRun, ...reads } = reader;
  const cached = Object.fromEntries(
    Object.entries(reads).map(([name, read]) => [
      name,
      (run: string | RunHead, ...rest: unknown[]) => {
        const runId = typeof run === 'string' ? run : run.runId;
        const ask = read as (run: string | RunHead, ...rest: unknown[]) => Promise<unknown>;
        return remembered(JSON.stringify([name, runId, ...rest]), () => ask(run, ...rest));
      },
    ]),
  );
  return { findRun, ...cached } as unknown as PlanReader;
}
