import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasesUnderTest } from '../../postgres/test/databases.ts';
import { supplyDecisionTests } from './supply-decision-tests.ts';
import { exceptionActionTests, supplyExceptionTests } from './supply-exception-tests.ts';
import { supplyOptimumTests } from './supply-optimum-tests.ts';
import { supplyPlanTests } from './supply-plan-tests.ts';
import { supplyProposalTests } from './supply-proposal-tests.ts';
import { startWorks, type SupplyWorks } from './supply-works.ts';

// Parts of one story over one company: plans are what takes the time, and each part goes on from those before.
describe.each(await databasesUnderTest())('supply on $name', ({ open }) => {
  let started: SupplyWorks;
  const works = (): SupplyWorks => started;
  beforeAll(async () => {
    started = await startWorks(await open());
  });
  afterAll(() => started.close());

  supplyPlanTests(works);
  supplyDecisionTests(works);
  supplyProposalTests(works);
  supplyExceptionTests(works);
  supplyOptimumTests(works);

  test('every decision, signature and exception leaves its trace', async () => {
    const { database, companyId } = works();
    const { rows } = await sql<{ action: string }>`select distinct action from audit_event
      where company_id = ${companyId} order by 1`.execute(database.db.kysely);
    expect(rows.map((row) => row.action)).toEqual(
      expect.arrayContaining([
        'exception.change',
        'optimum.cancel',
        'optimum.start',
        'exception.comment',
        'proposal.approve',
        'proposal.release',
        'proposal.withdraw',
        'release-rules.change',
        'supply-decision.take',
        'supply-decision.undo',
        'webhook.add',
      ]),
    );
  });

  exceptionActionTests(works);
});
