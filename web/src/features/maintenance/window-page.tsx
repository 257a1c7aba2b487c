import type { MaintenanceWindow } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, Ellipsis, Pencil, Trash2, Wrench } from 'lucide-react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { useListInterval } from '../../api/live-context.ts';
import { windowQuery } from '../../api/maintenance-windows.ts';
import { useMay } from '../../api/permission.ts';
import { leftWords, windowScopeWords } from '../../domain/maintenance-words.ts';
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Fact, Facts, Panel, usePageTitle } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { Moment } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../../ui/view-state.tsx';
import { HeldPanel } from './held-panel.tsx';
import { recurrenceWords } from './recurrence-words.ts';
import { useWindowActions } from './window-actions.tsx';
import { PreviewOf, WindowFormDialog } from './window-form.tsx';
import { windowTimesWords } from './window-times-words.ts';

export function WindowPage() {
  const { windowId = '' } = useParams();
  const window = useQuery({ ...windowQuery(windowId), refetchInterval: useListInterval(30_000) });
  usePageTitle(window.data?.name ?? 'Maintenance');
  const retry = () => void window.refetch();
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {window.data === undefined && window.isError && <WindowFailure error={window.error} onRetry={retry} />}
      {window.data === undefined && !window.isError && (
        <div role="status" aria-label="Loading" className="flex flex-col gap-4">
          <Skeleton className="h-16" />
          <Skeleton className="h-64" />
        </div>
      )}
      {window.data !== undefined && window.isError && (
        <StaleNotice error={window.error} lastSuccessAt={window.dataUpdatedAt} onRetry={retry} />
      )}
      {window.data !== undefined && <WindowView window={window.data} />}
    </div>
  );
}

function WindowFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <EmptyState
        alone
        icon={CalendarClock}
        title="There is no such maintenance window"
        action={<ButtonLink to="/maintenance">All maintenance</ButtonLink>}
      >
        It may have been deleted.
      </EmptyState>
    );
  }
  return <ErrorState title="The maintenance window could not be loaded" error={error} onRetry={onRetry} />;
}

function WindowView({ window }: { readonly window: MaintenanceWindow }) {
  const { starts_at, ends_at, rrule, exdates, timezone } = window;
  return (
    <>
      <WindowHeader window={window} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <HeldPanel windowId={window.id} isActive={window.active} />
          <Panel title="The next times">
            <div className="p-4">
              <PreviewOf times={{ starts_at, ends_at, rrule, exdates, timezone }} />
            </div>
          </Panel>
        </div>
        <WindowFacts window={window} />
      </div>
    </>
  );
}

function WindowHeader({ window }: { readonly window: MaintenanceWindow }) {
  const now = useNow(15_000);
  const [zone] = useZone();
  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Path" className="text-13 text-faint">
        <Link to="/maintenance" className="hover:text-text hover:underline">
          Maintenance
        </Link>
      </nav>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-80">
          <div className="flex flex-wrap items-center gap-2">
            <h1 className="text-20 font-semibold tracking-tight break-words">{window.name}</h1>
            {window.active && (
              <span className="inline-flex h-6 items-center gap-1.5 rounded-sm bg-maintenance-soft px-1.5 text-12 font-medium text-maintenance">
                <Wrench size={14} aria-hidden /> Running
              </span>
            )}
            {window.state === 'over' && <ToneBadge tone="neutral">Over</ToneBadge>}
          </div>
          <p className="break-words text-soft">
            For {windowScopeWords(window)}, {recurrenceWords(window.rrule)}.{' '}
            {sentence(windowTimesWords(window, zone))}
            {window.active && `, ${leftWords(window.current_ends_at, now)}`}.
          </p>
          {window.reason !== null && <p className="break-words text-soft">{window.reason}</p>}
        </div>
        <WindowButtons window={window} />
      </div>
    </header>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function WindowButtons({ window }: { readonly window: MaintenanceWindow }) {
  const write = useMay()('maintenance.write');
  const [parameters, setParameters] = useSearchParams();
  const navigate = useNavigate();
  const actions = useWindowActions(() => void navigate('/maintenance'));
  const edit = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('edit', '1');
    else next.delete('edit');
    setParameters(next, { replace: !open });
  };
  if (!write) return null;
  return (
    <div className="flex items-center gap-2">
      {window.active && (
        <Button look="primary" onClick={() => actions.end(window)}>
          End now
        </Button>
      )}
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => edit(true)}>
        Edit
      </Button>
      <Menu
        trigger={
          <IconButton label="More actions">
            <Ellipsis size={16} aria-hidden />
          </IconButton>
        }
      >
        <MenuItem danger icon={<Trash2 size={14} aria-hidden />} onSelect={() => actions.remove(window)}>
          Delete
        </MenuItem>
      </Menu>
      <WindowFormDialog open={parameters.get('edit') !== null} window={window} onClose={() => edit(false)} />
      {actions.dialogs}
    </div>
  );
}

const PLACE_PAGES = { site: '/nodes?site=', node: '/nodes/' } as const;

function WindowFacts({ window }: { readonly window: MaintenanceWindow }) {
  const { scope } = window;
  return (
    <Panel title="About">
      <Facts className="p-4">
        <Fact label="For" wide>
          {scope.type === 'global' || scope.id === null || scope.type === 'group' ? (
            windowScopeWords(window)
          ) : (
            <Link to={`${PLACE_PAGES[scope.type]}${scope.id}`} className="text-link">
              {windowScopeWords(window)}
            </Link>
          )}
        </Fact>
        <Fact label={window.rrule === null ? 'Begins' : 'The first one began'}>
          <Moment time={window.starts_at} />
        </Fact>
        <Fact label={window.rrule === null ? 'Ends' : 'and ended'}>
          <Moment time={window.ends_at} />
        </Fact>
        <Fact label="Time zone">{window.timezone}</Fact>
        {window.ended_early_at !== null && (
          <Fact label="Last ended before its time">
            <Moment time={window.ended_early_at} />
          </Fact>
        )}
        {window.rrule !== null && (
          <Fact label="Rule" wide>
            <span className="font-mono text-12 break-all">{window.rrule}</span>
          </Fact>
        )}
        {window.exdates.length > 0 && (
          <Fact label="But not on" wide>
            {window.exdates.join(', ')}
          </Fact>
        )}
        <Fact label="Planned by">{window.created_by}</Fact>
        <Fact label="Last changed">
          <Moment time={window.updated_at} />
        </Fact>
      </Facts>
    </Panel>
  );
}
