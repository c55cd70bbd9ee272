import { Link } from '@tanstack/react-router';
import css from './message.module.css';

export function NotFound() {
  return (
    <main className={css.page}>
      <h1 className={css.title}>There is no page at this address.</h1>
      <p className={css.text}>Maybe the link is old, or a letter is missing.</p>
      <Link to="/">Go to the start</Link>
    </main>
  );
}
