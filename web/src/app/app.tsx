import { Suspense, useEffect, useRef } from 'react';
import * as Aria from 'react-aria-components';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { MeContext } from '../api/me.ts';
import { EmptyState, FailureNotice, Page, Spinner } from '../ui/index.ts';
import { Toasts } from '../ui/toast.tsx';
import css from './app.module.css';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { pages } from './pages.ts';
import { SignIn } from './sign-in.tsx';
import { useVisitor } from './use-visitor.ts';

/** The workbench: who is there, the frame, and the page that the address names. */
export function App() {
  const [, go] = useLocation();
  return (
    <Aria.RouterProvider navigate={(path) => go(path)}>
      <Toasts>
        <Door />
      </Toasts>
    </Aria.RouterProvider>
  );
}

/** Lets in who may: everybody where there are no accounts. */
function Door() {
  const { me, error, ask } = useVisitor();
  if (!me)
    return <main className={css.wait}>{error ? <FailureNotice error={error} /> : <Spinner label="Loading" />}</main>;
  if (me.accounts && me.kind === 'nobody') return <SignIn onDone={ask} />;
  return (
    <MeContext value={me}>
      <Frame me={me}>
        <View />
      </Frame>
    </MeContext>
  );
}

function View() {
  const [location] = useLocation();
  const page = pages.find(({ path }) => location === path || location.startsWith(`${path}/`));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page begins at its top
  useEffect(() => {
    document.getElementById('page')?.scrollTo(0, 0);
  }, [page]);
  useFocusKept(location);
  return (
    <ErrorBoundary place={location}>
      <Suspense
        fallback={
          <div className={css.wait}>
            <Spinner label="Loading" />
          </div>
        }
      >
        <Switch>
          {pages.map(({ path, view: Content }) => (
            <Route key={path} path={path} nest>
              <Content />
            </Route>
          ))}
          <Route path="/">
            <Redirect to="/hunt" replace />
          </Route>
          <Route>
            <Page title="Not found">
              <EmptyState icon="search" title="There is no such page">
                {location}
              </EmptyState>
            </Page>
          </Route>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  );
}

/** Where a press led on, what was pressed is gone, and the focus with it: it goes on in the page, not at the menu before it. */
function useFocusKept(location: string): void {
  const before = useRef(location);
  useEffect(() => {
    if (before.current === location) return;
    before.current = location;
    if (document.activeElement === document.body) document.getElementById('page')?.focus({ preventScroll: true });
  }, [location]);
}
