import { lazy, Suspense, useEffect, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { LiveContext } from '../api/live-context.ts';
import { LiveEvents } from '../api/live-events.ts';
import { queryClient } from '../api/query-client.ts';
import { UserContext, useSession } from '../api/session.ts';
import { ErrorState } from '../ui/view-state.tsx';
import { Shell } from './shell.tsx';

const PasswordPage = lazy(async () => ({
  default: (await import('../features/auth/password-page.tsx')).PasswordPage,
}));

/** Lets in who is logged in, asks the others to log in, and first demands a password of one's own. */
export function Gate() {
  const session = useSession();
  const location = useLocation();
  if (session.data === undefined) {
    if (session.isError) {
      return (
        <main>
          <ErrorState
            title="Stratora does not answer"
            error={session.error}
            onRetry={() => void session.refetch()}
          />
        </main>
      );
    }
    return <div role="status" aria-label="Loading" />;
  }
  if (session.data.kind === 'anonymous') {
    const here = location.pathname + location.search;
    return <Navigate to={here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`} replace />;
  }
  if (session.data.kind === 'must_change_password') {
    return (
      <Suspense fallback={null}>
        <PasswordPage />
      </Suspense>
    );
  }
  return (
    <UserContext value={session.data.user}>
      <LiveShell />
    </UserContext>
  );
}

function LiveShell() {
  const [live] = useState(() => new LiveEvents(queryClient));
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  return (
    <LiveContext value={live}>
      <Shell />
    </LiveContext>
  );
}
