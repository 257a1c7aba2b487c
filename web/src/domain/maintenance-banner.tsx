import type { MaintenanceWindow } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Wrench } from 'lucide-react';
import { Link } from 'react-router';
import { useListInterval } from '../api/live-context.ts';
import { runningWindowsQuery } from '../api/maintenance-windows.ts';
import { formatMoment } from '../ui/format/time.ts';
import { useNow } from '../ui/state/clock.ts';
import { useZone } from '../ui/state/zone.ts';
import { leftWords, windowScopeWords } from './maintenance-words.ts';

interface MaintenanceBannerProps {
  /** The node, or the site, that the page is about. */
  readonly nodeId?: string;
  readonly siteId?: string;
}

/** Says that planned work is going on at what the page shows; nothing where there is none. */
export function MaintenanceBanner({ nodeId, siteId }: MaintenanceBannerProps) {
  const windows = useQuery({
    ...runningWindowsQuery({
      ...(nodeId === undefined ? {} : { node_id: nodeId }),
      ...(siteId === undefined ? {} : { site_id: siteId }),
    }),
    refetchInterval: useListInterval(60_000),
  }).data;
  if (windows === undefined || windows.length === 0) return null;
  return (
    <ul aria-label="Running maintenance" className="flex flex-col gap-2">
      {windows.map((window) => (
        <BannerLine key={window.id} window={window} />
      ))}
    </ul>
  );
}

function BannerLine({ window }: { readonly window: MaintenanceWindow }) {
  const now = useNow(15_000);
  const [zone] = useZone();
  const { current_ends_at: end } = window;
  return (
    <li className="flex gap-3 rounded-md border border-maintenance bg-maintenance-soft px-3 py-2 text-13">
      <Wrench size={16} aria-hidden className="mt-0.5 shrink-0 text-maintenance" />
      <p className="min-w-0 break-words">
        <Link to={`/maintenance/${window.id}`} className="text-link font-medium">
          {window.name}
        </Link>{' '}
        for {windowScopeWords(window)} is running
        {end !== null && ` until ${formatMoment(Date.parse(end), zone)}, ${leftWords(end, now)}`}. Alerts are
        kept, and nobody is told of them.
        {window.reason !== null && <span className="block text-soft">{window.reason}</span>}
      </p>
    </li>
  );
}
