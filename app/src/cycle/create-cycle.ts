import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Service } from '../services.ts';
import { isFirstOfMonth, monthName, workingDay } from './cycle-month.ts';
import { STEP_TEMPLATES } from './model.ts';
import type { NewCycle, WriteCycleDeps } from './ports.ts';
import { readCycle } from './read-cycles.ts';

export type CreateCycleDeps = WriteCycleDeps & { readonly newId: () => string };

/**
 * Opens the cycle of a month: six steps due over its working days, the first of them open, none with an owner yet.
 * One cycle is open at a time, so that a published run is under review in one place only.
 *
 * @throws PlanningError INVALID_INPUT, CYCLE_EXISTS, CYCLE_STILL_OPEN.
 */
export function createCycle(deps: CreateCycleDeps): Service<'createCycle'> {
  return async (member, { body }) => {
    const { companyId } = member;
    const { periodStart } = body;
    if (!isFirstOfMonth(periodStart)) {
      throw new PlanningError('INVALID_INPUT', {
        problem: `periodStart is the first day of a month, not ${periodStart}.`,
      });
    }
    return deps.transact(async (tx) => {
      await tx.cycles.lockCompany(companyId);
      const ofMonth = await tx.cycles.findMonth(companyId, periodStart);
      if (ofMonth !== undefined) throw new PlanningError('CYCLE_EXISTS', { name: ofMonth.name });
      const open = await tx.cycles.findOpen(companyId);
      if (open !== undefined) throw new PlanningError('CYCLE_STILL_OPEN', { name: open.name });

      const cycle = newCycle(deps.newId(), companyId, periodStart);
      await tx.cycles.insert(cycle);
      await audit(tx, member, {
        action: 'cycle.create',
        objectType: 'cycle',
        objectId: cycle.id,
        after: { name: cycle.name, periodStart },
      });
      await tx.announceCycle(companyId, cycle.id);
      return readCycle({ ...tx, now: deps.now }, companyId, cycle.id);
    });
  };
}

function newCycle(id: string, companyId: number, periodStart: string): NewCycle {
  const steps = STEP_TEMPLATES.map(({ kind, name, question, dueWorkingDay }, index) => ({
    number: index + 1,
    kind,
    name,
    question,
    dueOn: workingDay(periodStart, dueWorkingDay),
    status: index === 0 ? ('open' as const) : ('waiting' as const),
  }));
  return { id, companyId, name: monthName(periodStart), periodStart, steps };
}
