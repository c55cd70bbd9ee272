import { Button, TextInput } from '@mantine/core';
import { ROLES } from '@planwright/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { textOf } from '../../ui/form-text.ts';
import { NativeChoice } from '../../ui/native-choice.tsx';
import { Refused } from '../../ui/problem.tsx';
import css from './form.module.css';

const PASSWORD_LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const PASSWORD_LENGTH = 16;

/** A first password that is easy to hand over: no letters that look alike. */
function firstPassword(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(PASSWORD_LENGTH));
  return Array.from(numbers, (number) => PASSWORD_LETTERS[number % PASSWORD_LETTERS.length]).join('');
}

/** Adds a person with a first password to hand over. */
export function NewMember({ onClose }: { onClose: () => void }) {
  const { slug } = useCompany();
  const add = useWrite('addMember');
  const [password] = useState(firstPassword);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const role = ROLES.find((known) => known === textOf(form, 'role')) ?? 'viewer';
    const body = {
      email: textOf(form, 'email'),
      name: textOf(form, 'name'),
      role,
      password: textOf(form, 'password'),
    };
    add.mutate({ params: { company: slug }, body });
  };
  if (add.data !== undefined) {
    return (
      <Dialog label={`${add.data.name} is added`} onClose={onClose}>
        <div className={css.form}>
          <p>
            Hand over the e-mail <strong>{add.data.email}</strong> and the first password you set. It is shown
            nowhere again.
          </p>
          <div className={css.acts}>
            <Button onClick={onClose}>Done</Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog label="Add a person" onClose={onClose}>
      <form className={css.form} onSubmit={onSubmit}>
        <TextInput label="Name" name="name" required maxLength={120} withAsterisk={false} />
        <TextInput label="E-mail" name="email" type="email" required maxLength={200} withAsterisk={false} />
        <NativeChoice
          label="Role"
          name="role"
          first="viewer"
          options={ROLES.map((role) => ({ value: role, label: role }))}
        />
        <TextInput
          label="First password"
          name="password"
          defaultValue={password}
          minLength={12}
          maxLength={128}
          required
          autoComplete="off"
          spellCheck={false}
          withAsterisk={false}
          description="At least 12 characters. Hand it over in person."
        />
        <Refused error={add.error} />
        <div className={css.acts}>
          <Button type="submit" loading={add.isPending}>
            Add person
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
