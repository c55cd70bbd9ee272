import { Link } from '@tanstack/react-router';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Mark } from './mark.tsx';
import css from './nav.module.css';
import { useCompany } from './session.ts';

type Entry = {
  readonly path: CapabilityPath;
  readonly icon: IconName;
  readonly name: string;
  readonly question: string;
};
type CapabilityPath = `/c/$company/${'home' | 'demand' | 'supply' | 'finance' | 'cycle' | 'data' | 'admin'}`;

/** The contents of the page: each capability with the question it answers. */
export const CAPABILITIES: readonly Entry[] = [
  { path: '/c/$company/home', icon: 'home', name: 'Home', question: 'Are we on track?' },
  { path: '/c/$company/demand', icon: 'demand', name: 'Demand', question: 'What will customers want?' },
  { path: '/c/$company/supply', icon: 'supply', name: 'Supply', question: 'Can we supply the plan?' },
  { path: '/c/$company/finance', icon: 'finance', name: 'Finance', question: 'Does it make the money?' },
  { path: '/c/$company/cycle', icon: 'cycle', name: 'Cycle', question: 'Who decides what, by when?' },
  { path: '/c/$company/data', icon: 'data', name: 'Data', question: 'Can we trust the numbers?' },
  { path: '/c/$company/admin', icon: 'admin', name: 'Admin', question: 'Who may do what?' },
];

export function Nav({ narrow, onToggle }: { narrow: boolean; onToggle: () => void }) {
  const { slug } = useCompany();
  return (
    <nav className={css.nav} aria-label="Capabilities" data-narrow={narrow}>
      <Link
        to="/c/$company/home"
        params={{ company: slug }}
        className={css.brand}
        aria-label="Planwright, home"
      >
        <Mark size={22} />
        <span className={css.word}>Planwright</span>
      </Link>
      <ul className={css.list}>
        {CAPABILITIES.map((entry) => (
          <li key={entry.path}>
            <Link
              to={entry.path}
              params={{ company: slug }}
              className={css.link}
              title={narrow ? entry.name : undefined}
            >
              <Icon name={entry.icon} />
              <span className={css.text}>
                <span className={css.name}>{entry.name}</span>
                <span className={css.question} aria-hidden="true">
                  {entry.question}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <button type="button" className={css.toggle} onClick={onToggle} aria-expanded={!narrow}>
        <Icon name={narrow ? 'right' : 'left'} />
        <span className={css.text}>{narrow ? 'Widen' : 'Narrow'}</span>
        <span className="pw-hidden"> the navigation</span>
      </button>
    </nav>
  );
}
