import type { CycleReader, CycleTransact, ReadPlanFacts } from '@planwright/app';
import { auditTrail } from './audit-repository.ts';
import { announce } from './changes.ts';
import { readPlanFacts } from './cycle-plan-facts.ts';
import { cycleReader } from './cycle-reader.ts';
import { cycleRegister } from './cycle-register.ts';
import type { Db } from './open-database.ts';

/** Everything that the services of the planning cycle ask of a database. */
export function cyclePorts(db: Db): {
  readonly cycles: CycleReader;
  readonly planFacts: ReadPlanFacts;
  readonly transact: CycleTransact;
} {
  return {
    cycles: cycleReader(db.kysely),
    planFacts: (companyId, runId) => readPlanFacts(db.kysely, companyId, runId),
    transact: (work) =>
      db.transact((tx) =>
        work({
          cycles: cycleRegister(tx),
          planFacts: (companyId, runId) => readPlanFacts(tx, companyId, runId),
          audit: auditTrail(tx),
          announceCycle: (companyId, cycleId) => announce(tx, { companyId, what: 'cycle', id: cycleId }),
        }),
      ),
  };
}
