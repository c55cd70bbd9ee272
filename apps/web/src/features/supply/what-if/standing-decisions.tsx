import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read, useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatAgo } from '../../../ui/date-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import css from '../supply-form.module.css';

const DECISIONS_SHOWN = 20;

/** What was decided about an item or a resource and stands; each taken back from here. */
export function StandingDecisions({ about }: { about: { item?: string; resource?: string } }) {
  const { slug, may, whyNot } = useCompany();
  const query = { ...about, only: 'standing' as const, limit: DECISIONS_SHOWN };
  const { data } = useSuspenseQuery(read('listSupplyDecisions', { params: { company: slug }, query }));
  const undo = useWrite('undoSupplyDecision');
  const mayUndo = may('supply.change');
  return (
    <section aria-labelledby="standing-decisions">
      <h3 className={css.title} id="standing-decisions">
        Decided
      </h3>
      {data.items.length === 0 ? (
        <p className={css.note}>Nothing is decided: it is planned as imported.</p>
      ) : null}
      <Refused error={undo.error} />
      <ul className={css.list}>
        {data.items.map((decision) => (
          <li key={decision.id}>
            <span>
              <strong>{decision.title}</strong>
              <br />
              <span className={css.note}>
                {decision.reason} {decision.decidedBy}, {formatAgo(decision.decidedAt)}
              </span>
            </span>
            <Button
              size="xs"
              variant="default"
              disabled={!mayUndo || undo.isPending}
              title={mayUndo ? undefined : whyNot('supply.change')}
              onClick={() => undo.mutate({ params: { company: slug, decisionId: decision.id } })}
            >
              Undo
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
