import { Button, Checkbox, TextInput } from '@mantine/core';
import { type ApiOutput, CalendarKindName } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { read, useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatDay, formatTime } from '../../ui/date-format.ts';
import { textOf } from '../../ui/form-text.ts';
import { NativeChoice } from '../../ui/native-choice.tsx';
import { Refused } from '../../ui/problem.tsx';
import { Section } from '../../ui/screen.tsx';
import css from './form.module.css';

type Company = ApiOutput<'getCompany'>['company'];

const CALENDARS = [
  { value: 'month', label: 'Months' },
  { value: 'iso-week', label: 'ISO weeks' },
  { value: '445', label: '4-4-5 weeks' },
];
const MONTHS = Array.from({ length: 12 }, (_, month) => ({
  value: String(month + 1),
  label: new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month, 1)),
}));

function northStarOf(form: FormData): Company['northStar'] {
  const amount = Number(textOf(form, 'amount').replaceAll(/[\s,]/g, ''));
  if (!(amount > 0)) return null;
  return {
    measure: textOf(form, 'measure') === 'margin' ? 'margin' : 'revenue',
    fiscalYear: Number(textOf(form, 'fiscalYear')),
    amount,
  };
}

function settingsOf(form: FormData) {
  return {
    name: textOf(form, 'name'),
    calendarKind: CalendarKindName.parse(textOf(form, 'calendarKind')),
    fiscalYearStartMonth: Number(textOf(form, 'fiscalYearStartMonth')),
    asOf: textOf(form, 'asOf') || null,
    isSteady: form.get('isSteady') !== null,
    country: textOf(form, 'country').trim().toUpperCase() || null,
    northStar: northStarOf(form),
  };
}

/** How the company plans: calendar, fiscal year, planning date, and the goal of the year. */
export function CompanySettings() {
  const { slug } = useCompany();
  const { data: overview } = useSuspenseQuery(read('getCompany', { params: { company: slug } }));
  const { company } = overview;
  const save = useWrite('changeCompany');
  const [savedAt, setSavedAt] = useState<Date | null>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate(
      { params: { company: slug }, body: settingsOf(form) },
      { onSuccess: () => setSavedAt(new Date()) },
    );
  };
  return (
    <Section
      title="Company"
      note={`Currency ${company.currency}. Changes hold from the next run of the plan.`}
      id="company"
    >
      <form className={css.form} onSubmit={onSubmit}>
        <TextInput
          label="Name"
          name="name"
          defaultValue={company.name}
          required
          maxLength={120}
          withAsterisk={false}
        />
        <div className={css.pair}>
          <NativeChoice
            label="Calendar"
            name="calendarKind"
            first={company.calendarKind}
            options={CALENDARS}
          />
          <NativeChoice
            label="Fiscal year starts in"
            name="fiscalYearStartMonth"
            first={String(company.fiscalYearStartMonth)}
            options={MONTHS}
          />
        </div>
        <TextInput
          label="Planning date"
          name="asOf"
          type="date"
          defaultValue={company.asOf ?? ''}
          description={`Empty: the day after the newest order${overview.asOf === null ? '' : `. In force: ${formatDay(overview.asOf)}`}`}
        />
        <Country company={company} />
        <Steady company={company} />
        <Goal
          company={company}
          year={overview.asOf === null ? undefined : Number(overview.asOf.slice(0, 4))}
        />
        <Refused error={save.error} />
        <div className={css.acts}>
          <Button type="submit" loading={save.isPending}>
            Save settings
          </Button>
          <span className={css.saved} role="status">
            {savedAt === null ? '' : `saved ${formatTime(savedAt)}`}
          </span>
        </div>
      </form>
    </Section>
  );
}

function Goal({ company, year }: { company: Company; year: number | undefined }) {
  const goal = company.northStar;
  return (
    <fieldset className={css.goal}>
      <legend>Goal of the year</legend>
      <div className={css.pair}>
        <NativeChoice
          label="Measure"
          name="measure"
          first={goal?.measure ?? 'revenue'}
          options={[
            { value: 'revenue', label: 'Revenue' },
            { value: 'margin', label: 'Margin' },
          ]}
        />
        <TextInput
          label="Fiscal year"
          name="fiscalYear"
          type="number"
          min={1990}
          max={2200}
          defaultValue={goal?.fiscalYear ?? year}
        />
      </div>
      <TextInput
        label={`Amount, ${company.currency}`}
        name="amount"
        inputMode="decimal"
        defaultValue={goal === null ? '' : String(goal.amount)}
        description="Empty: no goal."
      />
    </fieldset>
  );
}

function Steady({ company }: { company: Company }) {
  return (
    <Checkbox
      label="Keep plans steady"
      description="A run holds numbers of the published plan that differ from it by no more than noise"
      name="isSteady"
      defaultChecked={company.isSteady}
    />
  );
}

function Country({ company }: { company: Company }) {
  return (
    <TextInput
      label="Country"
      name="country"
      maxLength={2}
      pattern="[A-Za-z]{2}"
      placeholder="DE"
      defaultValue={company.country ?? ''}
      description="Two letters. Its working days and feasts hold at locations without a country of their own"
    />
  );
}
