import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { client } from '../../app/client.ts';
import { Mark } from '../../app/mark.tsx';
import { Refused } from '../../ui/problem.tsx';
import css from './sign-in-screen.module.css';
import { textOf } from '../../ui/form-text.ts';

/** The door. Leads to where the visitor wanted to go, or home. */
export function SignInScreen() {
  const { to } = useSearch({ from: '/sign-in' });
  const router = useRouter();
  const queries = useQueryClient();
  useEffect(() => {
    document.title = 'Sign in · Planwright';
  }, []);
  const signIn = useMutation({
    mutationFn: (given: { email: string; password: string }) => client.signIn(given),
    onSuccess: async () => {
      queries.clear();
      // Only an address of this page: a link must not send a fresh session elsewhere.
      const inside = to?.startsWith('/') === true && !to.startsWith('//') ? to : '/';
      await router.navigate({ href: inside, replace: true });
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ email: textOf(form, 'email'), password: textOf(form, 'password') });
  };
  return (
    <main className={css.page}>
      <div className={css.side} aria-hidden="true">
        <Wedge />
      </div>
      <div className={css.door}>
        <div className={css.brand}>
          <Mark size={32} />
          <span>Planwright</span>
        </div>
        <h1 className={css.title}>Sign in</h1>
        <p className={css.text}>Demand, supply and money in one plan.</p>
        <form className={css.form} onSubmit={onSubmit}>
          <TextInput
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
          />
          <TextInput
            type="password"
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          <Refused error={signIn.error} />
          <Button type="submit" loading={signIn.isPending} fullWidth>
            Sign in
          </Button>
        </form>
        <p className={css.note}>No account? The administrator of your company adds people under Admin.</p>
      </div>
    </main>
  );
}

/** The mark at full height: history in ink, today, and what may come. */
function Wedge() {
  return (
    <svg viewBox="0 0 600 800" preserveAspectRatio="xMidYMid slice" className={css.wedge}>
      <path d="M330 440 600 190V690Z" fill="var(--pw-accent)" opacity="0.12" />
      <path d="M330 440 600 285V590Z" fill="var(--pw-accent)" opacity="0.12" />
      <path d="M330 440 600 425" stroke="var(--pw-accent)" strokeWidth="2" fill="none" />
      <path
        d="M-10 610 40 560 90 598 140 530 190 548 240 480 290 492 330 440"
        fill="none"
        stroke="var(--pw-ink)"
        strokeWidth="2.5"
        strokeLinejoin="round"
      />
      <path d="M330 0V800" stroke="var(--pw-ink)" strokeWidth="1" />
    </svg>
  );
}
