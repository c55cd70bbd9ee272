import { useIsFetching } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SkeletonBlock, Loadable } from '../ui/loadable.tsx';
import { Header } from './header.tsx';
import { useLiveCompany } from './live.ts';
import { Nav } from './nav.tsx';
import { useCompany } from './session.ts';
import css from './shell.module.css';

const NAV_KEY = 'planwright-nav';

/** The frame of every screen: capabilities on the left, where and when on top, the screen in the middle. */
export function Shell() {
  const { slug } = useCompany();
  const [narrow, setNarrow] = useState(() => localStorage.getItem(NAV_KEY) === 'narrow');
  useLiveCompany(slug);
  const toggle = (): void => {
    localStorage.setItem(NAV_KEY, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  return (
    <div className={css.shell} data-narrow={narrow}>
      <a className="pw-skip" href="#main">
        Skip to the content
      </a>
      <Nav narrow={narrow} onToggle={toggle} />
      <Header />
      <Main>
        <Loadable
          skeleton={
            <div className={css.waiting}>
              <SkeletonBlock height={320} label="Loading the screen" />
            </div>
          }
        >
          <Outlet />
        </Loadable>
      </Main>
    </div>
  );
}

/** The screen, which says that it is busy while what it shows is not yet what its address asks for. */
function Main({ children }: { readonly children: ReactNode }) {
  const main = useFocusOnArrival();
  const isFetching = useIsFetching() > 0;
  const isLoading = useRouterState({ select: (state) => state.isLoading });
  return (
    <main id="main" className={css.main} tabIndex={-1} ref={main} aria-busy={isFetching || isLoading}>
      {children}
    </main>
  );
}

// A new screen takes the focus, so that the keyboard and the screen reader are where the eye is.
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== path) main.current?.focus({ preventScroll: true });
    last.current = path;
  }, [path]);
  return main;
}
