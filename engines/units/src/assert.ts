/** Stops on a broken invariant. An assert that fails is a bug of ours, never the answer to bad input. */
export function assert(condition: boolean, law: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${law}`);
}
