import { PlanningError } from '../errors.ts';
import type { CycleRecord, StepRecord } from './model.ts';
import type { CycleTx } from './ports.ts';

/**
 * The first act of every write on a cycle: takes it from the version that the caller saw to the next. Of many that
 * try at once, one goes on and the others are refused; whoever goes on is alone until the transaction ends.
 *
 * @throws PlanningError NOT_FOUND, CYCLE_NOT_OPEN, CYCLE_MOVED_ON.
 */
export async function claimCycle(
  tx: CycleTx,
  companyId: number,
  cycleId: string,
  version: number,
): Promise<CycleRecord> {
  const isOurs = await tx.cycles.claim(companyId, cycleId, version);
  const cycle = await tx.cycles.find(companyId, cycleId);
  if (cycle === undefined) throw new PlanningError('NOT_FOUND', { what: 'cycle', id: cycleId });
  if (isOurs) return cycle;
  const { name, status } = cycle;
  if (status !== 'open') throw new PlanningError('CYCLE_NOT_OPEN', { name, status });
  throw new PlanningError('CYCLE_MOVED_ON', { name, version, newest: cycle.version });
}

/** @throws PlanningError NOT_FOUND. */
export function stepOf(cycle: CycleRecord, number: number): StepRecord {
  const step = cycle.steps.find((candidate) => candidate.number === number);
  if (step === undefined) throw new PlanningError('NOT_FOUND', { what: 'step', id: String(number) });
  return step;
}
