import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { RouterProvider } from 'react-router/dom';
import { onServerTime, onSessionEnd } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { sessionQuery } from '../api/session.ts';
import { noteServerTime } from '../ui/state/clock.ts';
import { useTheme } from '../ui/state/theme.ts';
import { ToastArea } from '../ui/toast.tsx';
import { router } from './router.tsx';

// A session that ended elsewhere (logout in another tab, a disabled account) shows at the next answer.
onSessionEnd((reason) => {
  const known = queryClient.getQueryData(sessionQuery.queryKey);
  if (known?.kind !== 'user') return;
  queryClient.setQueryData(
    sessionQuery.queryKey,
    reason === 'not_authenticated'
      ? { kind: 'anonymous' }
      : { kind: 'must_change_password', user: known.user },
  );
});

onServerTime(noteServerTime);

/** Reloads the page when a chunk is gone: after a release only a fresh page knows the new names. */
function useReloadOnOldChunk(): void {
  useEffect(() => {
    const reload = () => window.location.reload();
    window.addEventListener('vite:preloadError', reload);
    return () => window.removeEventListener('vite:preloadError', reload);
  }, []);
}

function ThemeRoot() {
  useTheme();
  return null;
}

export function App() {
  useReloadOnOldChunk();
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <ThemeRoot />
        <ToastArea>
          <RouterProvider router={router} />
        </ToastArea>
      </QueryClientProvider>
    </CSPProvider>
  );
}
