import type { MaintenanceState, MaintenanceWindow } from '@stratora/contract';
import { CalendarClock, Ellipsis, Repeat2, Wrench } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { leftWords, windowScopeWords } from '../../domain/maintenance-words.ts';
import { recurrenceWords } from '../../domain/recurrence-words.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuLink } from '../../ui/menu.tsx';
import { Panel } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { useZone } from '../../ui/state/zone.ts';
import { EmptyState } from '../../ui/view-state.tsx';
import { useWindowActions } from './window-actions.tsx';
import { windowTimesWords } from './window-times-words.ts';

/** How many that are over are shown unasked. */
const OVER_SHOWN = 10;

const SECTIONS: readonly { readonly state: MaintenanceState; readonly title: string }[] = [
  { state: 'active', title: 'Running' },
  { state: 'scheduled', title: 'To come' },
  { state: 'over', title: 'Over' },
];

interface WindowListProps {
  readonly windows: readonly MaintenanceWindow[];
  readonly mayWrite: boolean;
  readonly addButton: ReactNode;
}

/** What runs, what is to come and what is over, each with what can be done about it. */
export function WindowList({ windows, mayWrite, addButton }: WindowListProps) {
  const actions = useWindowActions();
  if (windows.length === 0) {
    return (
      <div className="rounded-md border border-line bg-surface">
        <EmptyState icon={CalendarClock} title="No maintenance is planned" action={addButton}>
          Plan work on a node, a group, a site or everything, once or again and again, and nobody is woken by
          it.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      {SECTIONS.map(({ state, title }) => (
        <Section
          key={state}
          title={title}
          windows={windows.filter((window) => window.state === state)}
          shown={state === 'over' ? OVER_SHOWN : Number.POSITIVE_INFINITY}
          line={(window) => (
            <WindowLine
              key={window.id}
              window={window}
              onEnd={mayWrite && window.active ? () => actions.end(window) : undefined}
              onDelete={mayWrite ? () => actions.remove(window) : undefined}
            />
          )}
        />
      ))}
      {actions.dialogs}
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly windows: readonly MaintenanceWindow[];
  readonly shown: number;
  readonly line: (window: MaintenanceWindow) => ReactNode;
}

function Section({ title, windows, shown, line }: SectionProps) {
  const [isWhole, setWhole] = useState(false);
  if (windows.length === 0) return null;
  const listed = isWhole ? windows : windows.slice(0, shown);
  return (
    <Panel title={title} aside={windows.length}>
      <ul aria-label={title}>{listed.map(line)}</ul>
      {listed.length < windows.length && (
        <div className="px-4 py-2">
          <Button onClick={() => setWhole(true)}>Show all {windows.length}</Button>
        </div>
      )}
    </Panel>
  );
}

interface WindowLineProps {
  readonly window: MaintenanceWindow;
  readonly onEnd: (() => void) | undefined;
  readonly onDelete: (() => void) | undefined;
}

function WindowLine({ window, onEnd, onDelete }: WindowLineProps) {
  const now = useNow(15_000);
  const [zone] = useZone();
  const Icon = window.active ? Wrench : window.rrule === null ? CalendarClock : Repeat2;
  return (
    <li className="relative flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0 hover:bg-hover">
      <Icon
        size={16}
        aria-hidden
        className={window.active ? 'mt-0.5 shrink-0 text-maintenance' : 'mt-0.5 shrink-0 text-faint'}
      />
      <div className="min-w-0 flex-1">
        <Link to={`/maintenance/${window.id}`} className="row-link font-medium break-words">
          {window.name}
        </Link>
        <p className="text-13 break-words text-soft">
          {windowScopeWords(window)}
          {window.rrule !== null && `, ${recurrenceWords(window.rrule)}`}
          {window.reason !== null && <span className="text-faint"> · {window.reason}</span>}
        </p>
        <p className="tabular text-13 text-soft">
          {windowTimesWords(window, zone)}
          {window.active && (
            <span className="font-medium text-maintenance"> · {leftWords(window.current_ends_at, now)}</span>
          )}
        </p>
      </div>
      <div className="relative z-10 flex shrink-0 items-center gap-1">
        {onEnd !== undefined && <Button onClick={onEnd}>End now</Button>}
        {onDelete !== undefined && (
          <Menu
            trigger={
              <IconButton label={`Actions for ${window.name}`}>
                <Ellipsis size={16} aria-hidden />
              </IconButton>
            }
          >
            <MenuLink to={`/maintenance/${window.id}?edit=1`}>Edit</MenuLink>
            <MenuItem danger onSelect={onDelete}>
              Delete
            </MenuItem>
          </Menu>
        )}
      </div>
    </li>
  );
}
