import { CloudOff, Compass } from 'lucide-react';
import { useRouteError } from 'react-router';
import { Button, ButtonLink } from '../ui/button.tsx';
import { describeError } from '../ui/error-text.ts';
import { usePageTitle } from '../ui/page.tsx';
import { EmptyState } from '../ui/view-state.tsx';

/** A page that broke; the others still work. */
export function RouteFailure() {
  usePageTitle('Something broke');
  const error = useRouteError();
  return (
    <main>
      <EmptyState
        alone
        icon={CloudOff}
        title="This page could not be shown"
        action={
          <>
            <Button look="primary" onClick={() => window.location.reload()}>
              Load it again
            </Button>
            <ButtonLink to="/">Go to Home</ButtonLink>
          </>
        }
      >
        {describeError(error)} Monitoring goes on; this concerns only what you see.
      </EmptyState>
    </main>
  );
}

export function NotFound() {
  usePageTitle('Not found');
  return (
    <EmptyState
      alone
      icon={Compass}
      title="There is no such page"
      action={<ButtonLink to="/">Go to Home</ButtonLink>}
    >
      The address may be old, or what it showed was deleted.
    </EmptyState>
  );
}
