import { Button } from '@mantine/core';
import type { WhatIf } from '@planwright/contracts';
import { useState } from 'react';
import { useCompany } from '../../../app/session.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { countInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import css from './draft-part.module.css';
import { useDrafts } from './drafts.tsx';
import { effectFigures } from './effect-figures.ts';
import { EffectTable } from './effect-table.tsx';
import { editInWords, subjectOf } from './edit-words.ts';
import { SaveDrafts } from './save-drafts.tsx';
import { useWhatIf } from './use-what-if.ts';

// A pasted block may hold a hundred edits; the dialog that decides lists them all.
const CHIPS_SHOWN = 6;

/** Docked below every view while edits are being tried out: which they are, what they bring, keep or drop them. */
export function DraftPart() {
  const { edits, remove, clear, undoProblem } = useDrafts();
  const { may, whyNot } = useCompany();
  const effect = useWhatIf(edits);
  const [saving, setSaving] = useState(false);
  const [open, setOpen] = useState(false);
  if (edits.length === 0) return <Refused error={undoProblem} />;
  const maySave = may('supply.change');
  return (
    <section className={css.part} aria-label="Tried out, not decided">
      <div className={css.head}>
        <FilterBar
          chips={edits.slice(-CHIPS_SHOWN).map((edit) => ({
            name: 'Tried out',
            value: editInWords(edit),
            onRemove: () => remove(subjectOf(edit)),
          }))}
        >
          {edits.length > CHIPS_SHOWN ? (
            <span className={css.quiet}>{countInWords(edits.length, 'edit')}, the last of them:</span>
          ) : null}
        </FilterBar>
        <div className={css.acts}>
          {effect.data === undefined ? null : (
            <Button size="xs" variant="subtle" onClick={() => setOpen(!open)} aria-expanded={open}>
              {open ? 'Less' : 'More'}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={clear}>
            Drop
          </Button>
          <Button
            size="xs"
            disabled={!maySave}
            title={maySave ? undefined : whyNot('supply.change')}
            onClick={() => setSaving(true)}
          >
            Decide …
          </Button>
        </div>
      </div>
      <Refused error={effect.error} />
      <div role="status" data-waiting={effect.isFetching}>
        {effect.data === undefined ? (
          <p className={css.waiting}>{effect.error === null ? 'Planning anew what this reaches …' : ''}</p>
        ) : (
          <Strip effect={effect.data} waiting={effect.isFetching} />
        )}
      </div>
      {open && effect.data !== undefined ? (
        <div className={css.more}>
          <EffectTable effect={effect.data} changedShown={8} />
        </div>
      ) : null}
      {saving ? <SaveDrafts onClose={() => setSaving(false)} /> : null}
    </section>
  );
}

/** The effect in a line of figures. */
function Strip({ effect, waiting }: { effect: WhatIf; waiting: boolean }) {
  return (
    <>
      <p className={css.sentence}>
        {effect.sentence}{' '}
        <span className={css.quiet}>
          {waiting
            ? 'Planning anew …'
            : `${countInWords(effect.stockPointCount, 'stock point')} planned anew with ${countInWords(effect.demandCount, 'demand')}.`}
        </span>
      </p>
      <dl className={css.strip} data-waiting={waiting}>
        {effectFigures(effect).map(({ name, before, after, change, tone }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className={css.quiet}>{before} to</span> <strong>{after}</strong>
            </dd>
            <dd className={css.change} data-tone={tone}>
              {tone === 'same' ? 'no change' : change}
              {tone === 'good' ? ' better' : tone === 'bad' ? ' worse' : ''}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
