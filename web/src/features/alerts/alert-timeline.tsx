import type { AlertDetail, AlertEventName } from '@stratora/contract';
import {
  Activity,
  BellOff,
  BellRing,
  CircleCheck,
  CirclePause,
  FilePen,
  type LucideIcon,
  TextSearch,
  TrendingUp,
  UserCheck,
  UserX,
} from 'lucide-react';
import { Link } from 'react-router';
import { Panel } from '../../ui/page.tsx';
import { useZone } from '../../ui/state/zone.ts';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { timelineWords } from './timeline-words.ts';

const ICONS: Readonly<Record<AlertEventName, LucideIcon>> = {
  triggered: BellRing,
  severity_changed: TrendingUp,
  acknowledged: UserCheck,
  unacknowledged: UserX,
  muted: BellOff,
  unmuted: BellRing,
  held: CirclePause,
  released: BellRing,
  flapping: Activity,
  calm: Activity,
  text_failed: TextSearch,
  definition_changed: FilePen,
  resolved: CircleCheck,
};

/** What happened to the alert, the newest first. */
export function AlertTimeline({ alert }: { readonly alert: AlertDetail }) {
  const [zone] = useZone();
  const left = alert.timeline_total - alert.timeline.length;
  return (
    <Panel
      title="Timeline"
      aside={left > 0 ? `${left.toLocaleString('en-US')} events between are left out` : undefined}
    >
      <ol className="py-1">
        {alert.timeline.toReversed().map((entry) => {
          const Icon = ICONS[entry.event];
          const { text, note } = timelineWords(entry, alert, zone);
          return (
            <li key={`${entry.at} ${entry.event}`} className="flex gap-3 px-4 py-2 text-13">
              <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <p className="break-words">
                  {text}
                  <CauseLink detail={entry.detail} />
                </p>
                {note !== undefined && <p className="break-words text-soft">{note}</p>}
              </div>
              <div className="shrink-0 text-right text-12 text-faint">
                <Moment time={entry.at} />
                <div>
                  <Ago time={entry.at} />
                </div>
              </div>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}

function CauseLink({ detail }: { readonly detail: Readonly<Record<string, unknown>> }) {
  const id = detail['alert_id'];
  if (typeof id !== 'string') return null;
  return (
    <>
      {' '}
      <Link to={`/alerts/${id}`} className="text-link">
        Show it
      </Link>
    </>
  );
}
