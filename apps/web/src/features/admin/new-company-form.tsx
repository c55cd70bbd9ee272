import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useWrite } from '../../app/api.ts';
import { Refused } from '../../ui/problem.tsx';
import css from './form.module.css';
import { textOf } from '../../ui/form-text.ts';

/** "Adventure Works AG" -> "adventure-works-ag", the company's part of every address. */
function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
}

/** Creates an empty company with the caller as its administrator. */
export function NewCompanyForm() {
  const create = useWrite('createCompany');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, 'name');
    const currency = textOf(form, 'currency').toUpperCase();
    create.mutate(
      { body: { slug: slugOf(name), name, currency } },
      {
        onSuccess: async (company) => {
          await queries.invalidateQueries({ queryKey: ['me'] });
          await queries.refetchQueries({ queryKey: ['me'] });
          await navigate({ to: '/c/$company/data', params: { company: company.slug } });
        },
      },
    );
  };
  return (
    <form className={css.form} onSubmit={onSubmit}>
      <TextInput label="Name" name="name" required maxLength={120} withAsterisk={false} />
      <TextInput
        label="Currency"
        name="currency"
        defaultValue="USD"
        required
        pattern="[A-Za-z]{3}"
        description="Three letters, ISO 4217"
        withAsterisk={false}
      />
      <Refused error={create.error} />
      <Button type="submit" loading={create.isPending}>
        Create company
      </Button>
    </form>
  );
}
