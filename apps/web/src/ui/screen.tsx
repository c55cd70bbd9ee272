import { useEffect, type ReactNode } from 'react';
import css from './screen.module.css';

/**
 * One screen: a question as its title, the answer in a sentence, then evidence and work. The side panel
 * stands beside the content and never covers what was clicked.
 */
export function Screen(props: {
  name: string;
  question: string;
  answer: ReactNode;
  tools?: ReactNode;
  panel?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${props.name} · Planwright`;
  }, [props.name]);
  return (
    <div className={css.frame}>
      <div className={css.screen}>
        <header className={css.header}>
          <div>
            <h1 className={css.question} id="screen-title" tabIndex={-1}>
              {props.question}
            </h1>
            <div className={css.answer}>{props.answer}</div>
          </div>
          {props.tools === undefined ? null : <div className={css.tools}>{props.tools}</div>}
        </header>
        {props.children}
      </div>
      {props.panel}
    </div>
  );
}

/** A part of a screen under an ink rule, as on a newspaper's data page. */
export function Section(props: {
  title: ReactNode;
  note?: ReactNode;
  tools?: ReactNode;
  children: ReactNode;
  id?: string;
  className?: string;
}) {
  return (
    <section className={`${css.section} ${props.className ?? ''}`} aria-labelledby={props.id}>
      <div className={css.sectionHead}>
        <div>
          <h2 className={css.sectionTitle} id={props.id}>
            {props.title}
          </h2>
          {props.note === undefined ? null : <p className={css.note}>{props.note}</p>}
        </div>
        {props.tools === undefined ? null : <div className={css.sectionTools}>{props.tools}</div>}
      </div>
      {props.children}
    </section>
  );
}
