import { randomUUID } from 'node:crypto';
import {
  approveCycle,
  changeStep,
  createCycle,
  getCycle,
  getPlanOfRecord,
  listCycles,
  reopenStep,
  type Services,
  signStep,
} from '@planwright/app';
import { cyclePorts, type Db } from '@planwright/postgres';

export type CycleServices = Pick<
  Services,
  | 'listCycles'
  | 'createCycle'
  | 'getCycle'
  | 'changeStep'
  | 'signStep'
  | 'reopenStep'
  | 'approveCycle'
  | 'getPlanOfRecord'
>;

/** The planning cycle. `backUp` runs after each approval; its failure is reported and undoes nothing. */
export function cycleServices(
  db: Db,
  backUp: () => Promise<void>,
  onProblem: (error: unknown) => void,
): CycleServices {
  const deps = {
    ...cyclePorts(db),
    newId: randomUUID,
    now: () => Date.now(),
    afterApproval: backUp,
    reportAfterApprovalFailure: (_cycleId: string, error: unknown) => onProblem(error),
  };
  return {
    listCycles: listCycles(deps),
    createCycle: createCycle(deps),
    getCycle: getCycle(deps),
    changeStep: changeStep(deps),
    signStep: signStep(deps),
    reopenStep: reopenStep(deps),
    approveCycle: approveCycle(deps),
    getPlanOfRecord: getPlanOfRecord(deps),
  };
}
