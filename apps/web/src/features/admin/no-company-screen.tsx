import { Mark } from '../../app/mark.tsx';
import css from './no-company-screen.module.css';
import { NewCompanyForm } from './new-company-form.tsx';

/** For who belongs to no company yet: ask to be added, or start one. */
export function NoCompanyScreen() {
  return (
    <main className={css.page}>
      <Mark size={32} />
      <h1 className={css.title}>You belong to no company yet</h1>
      <p>Ask the administrator of a company to add you, or create a company of your own.</p>
      <NewCompanyForm />
    </main>
  );
}
