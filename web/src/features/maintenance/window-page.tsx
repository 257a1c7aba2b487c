import type { MaintenanceWindow } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock, Ellipsis, Pencil, Trash2, Wrench } from 'lucide-react';
import { Link, useNavigate, useParams } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { windowQuery } from '../../api/maintenance-windows.ts';
import { useMay } from '../../api/permission.ts';
import { EntityHeader, EntityPage } from '../../domain/entity-page.tsx';
import { leftWords, windowScopeWords } from '../../domain/maintenance-words.ts';
import { recurrenceWords } from '../../domain/recurrence-words.ts';
import { useFormAddress } from '../../domain/resource-state.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { Moment } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { HeldPanel } from './held-panel.tsx';
import { useWindowActions } from './window-actions.tsx';
import { PreviewOf, WindowFormDialog } from './window-form.tsx';
import { windowTimesWords } from './window-times-words.ts';

export function WindowPage() {
  const { windowId = '' } = useParams();
  const window = useQuery({ ...windowQuery(windowId), refetchInterval: useListInterval(30_000) });
  return (
    <EntityPage
      query={window}
      noun="maintenance window"
      icon={CalendarClock}
      list={{ to: '/maintenance', label: 'All maintenance' }}
      gone="It may have been deleted."
    >
      {(value) => <WindowView window={value} />}
    </EntityPage>
  );
}

function WindowView({ window }: { readonly window: MaintenanceWindow }) {
  const { starts_at, ends_at, rrule, exdates, timezone } = window;
  return (
    <>
      <WindowHeader window={window} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <HeldPanel windowId={window.id} isActive={window.active} />
          <Panel title={window.rrule === null ? 'When' : 'The next times'}>
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
  const write = useMay()('maintenance.write');
  const now = useNow(15_000);
  const [zone] = useZone();
  return (
    <EntityHeader
      path={[{ to: '/maintenance', label: 'Maintenance' }]}
      name={window.name}
      marks={
        <>
          {window.active && (
            <span className="inline-flex h-6 items-center gap-1.5 rounded-sm bg-maintenance-soft px-1.5 text-12 font-medium text-maintenance">
              <Wrench size={14} aria-hidden /> Running
            </span>
          )}
          {window.state === 'over' && <ToneBadge tone="neutral">Over</ToneBadge>}
        </>
      }
      actions={write && <WindowButtons window={window} />}
    >
      <p>
        For {windowScopeWords(window)}, {recurrenceWords(window.rrule)}.{' '}
        {sentence(windowTimesWords(window, zone))}
        {window.active && `, ${leftWords(window.current_ends_at, now)}`}.
      </p>
      {window.reason !== null && <p>{window.reason}</p>}
    </EntityHeader>
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function WindowButtons({ window }: { readonly window: MaintenanceWindow }) {
  const form = useFormAddress();
  const navigate = useNavigate();
  const actions = useWindowActions(() => void navigate('/maintenance'));
  return (
    <>
      {window.active && (
        <Button look="primary" onClick={() => actions.end(window)}>
          End now
        </Button>
      )}
      <Button icon={<Pencil size={14} aria-hidden />} onClick={() => form.edit('1')}>
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
      <WindowFormDialog open={form.editing !== undefined} window={window} onClose={form.close} />
      {actions.dialogs}
    </>
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
        <Fact label={window.rrule === null ? 'Begins' : 'The first one begins'}>
          <Moment time={window.starts_at} />
        </Fact>
        <Fact label={window.rrule === null ? 'Ends' : 'and ends'}>
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
