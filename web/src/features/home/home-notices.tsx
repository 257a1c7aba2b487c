import type { MaintenanceWindow } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { BellOff, TriangleAlert, Wrench } from 'lucide-react';
import { Link } from 'react-router';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { useListInterval } from '../../api/live-context.ts';
import { runningWindowsQuery } from '../../api/maintenance-windows.ts';
import { channelsQuery } from '../../api/notification-channels.ts';
import { useMay } from '../../api/permission.ts';
import { leftWords, windowScopeWords } from '../../domain/maintenance-words.ts';
import { listWords } from '../../domain/weekdays.ts';
import { useNow } from '../../ui/state/clock.ts';
import { refusedOf } from './refused-rules.ts';

/** How many windows are named; of more, how many there are. */
const NAMED = 3;

/** Says that nobody would be told of alerts, while that is so. */
export function NobodyIsTold() {
  const channels = useQuery({ ...channelsQuery, refetchInterval: useListInterval(60_000) }).data;
  const manage = useMay()('channel.manage');
  if (channels === undefined || channels.some(({ enabled }) => enabled)) return null;
  const isOff = channels.length > 0;
  return (
    <p className="flex items-center gap-2 rounded-md border border-line bg-surface px-3 py-2 text-13 text-soft">
      <BellOff size={16} aria-hidden className="shrink-0 text-warning" />
      <span className="min-w-0">
        {isOff ? 'Nobody is told of alerts: every channel is switched off.' : 'Nobody is told of alerts yet.'}{' '}
        {manage && (
          <Link to={isOff ? '/settings/channels' : '/settings/channels?add=1'} className="text-link">
            {isOff ? 'Channels' : 'Add a channel'}
          </Link>
        )}
      </span>
    </p>
  );
}

/** Names the alert rules that judge nothing; nothing where there are none. */
export function RefusedRules() {
  const rules = useQuery({ ...definitionsQuery, refetchInterval: useListInterval(60_000) }).data;
  const refused = refusedOf(rules);
  if (refused.length === 0) return null;
  const named = refused.slice(0, NAMED);
  const more = refused.length - named.length;
  return (
    <p className="flex items-center gap-2 rounded-md border border-warning bg-warning-soft px-3 py-2 text-13">
      <TriangleAlert size={16} aria-hidden className="shrink-0 text-warning" />
      <span className="min-w-0 break-words">
        The metric store refuses the expression of{' '}
        {named.map(({ id, name }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <Link to={`/alerts/definitions/${id}`} className="text-link">
              {name}
            </Link>
          </span>
        ))}
        {more > 0 && ` and ${more} more`}: {refused.length === 1 ? 'it judges' : 'they judge'} nothing.
      </span>
    </p>
  );
}

/** Says what planned work is going on; nothing where there is none. */
export function RunningMaintenance() {
  const windows = useQuery({ ...runningWindowsQuery(), refetchInterval: useListInterval(60_000) }).data;
  if (windows === undefined || windows.length === 0) return null;
  return (
    <p className="flex items-center gap-2 rounded-md border border-maintenance bg-maintenance-soft px-3 py-2 text-13">
      <Wrench size={16} aria-hidden className="shrink-0 text-maintenance" />
      <span className="min-w-0 break-words">
        <RunningWords windows={windows} />{' '}
        <Link to="/maintenance" className="text-link">
          Maintenance
        </Link>
      </span>
    </p>
  );
}

function RunningWords({ windows }: { readonly windows: readonly MaintenanceWindow[] }) {
  const now = useNow(15_000);
  const [only] = windows;
  if (windows.length === 1 && only !== undefined) {
    return `${only.name} for ${windowScopeWords(only)} is running, ${leftWords(only.current_ends_at, now)}.`;
  }
  const named = windows.slice(0, NAMED).map(windowScopeWords);
  const more = windows.length - named.length;
  const places = more > 0 ? [...named, `${more} more`] : named;
  return `Maintenance is running for ${listWords(places, 'and')}.`;
}
