import type { TopologyEvent } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { topologyEventsQuery } from '../../api/topology.ts';
import { deviceLine } from '../../ui/format/device-text.ts';
import { Panel } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { type Tone, ToneBadge } from '../../ui/tone.tsx';

const SHOWN = 30;

interface KindLook {
  readonly label: string;
  readonly tone: Tone;
}
/** A server that is newer than the page may know more kinds. */
const OTHER: KindLook = { label: 'Changed', tone: 'neutral' };
const KINDS: Readonly<Record<string, KindLook>> = {
  link_appeared: { label: 'New link', tone: 'info' },
  link_moved: { label: 'Link moved', tone: 'info' },
  link_gone: { label: 'Link gone', tone: 'neutral' },
  link_stale: { label: 'Link not seen', tone: 'hatched' },
  link_down: { label: 'Link down', tone: 'bad' },
  link_up: { label: 'Link up', tone: 'good' },
  device_appeared: { label: 'New device', tone: 'info' },
  device_gone: { label: 'Device gone', tone: 'neutral' },
  approved_moved: { label: 'Approved cable moved', tone: 'warn' },
  approved_missing: { label: 'Approved cable missing', tone: 'warn' },
  approved_back: { label: 'As approved again', tone: 'good' },
};

/** What happened to the cabling lately, the newest first. */
export function EventsPanel({ siteId }: { readonly siteId: string | undefined }) {
  const events = useQuery({
    ...topologyEventsQuery(siteId, SHOWN),
    refetchInterval: useListInterval(30_000),
    retry: false,
  }).data;
  if (events === undefined) return null;
  return (
    <Panel title="What happened" aside={events.total > SHOWN && `the newest ${SHOWN}`}>
      {events.items.length === 0 ? (
        <p className="px-4 py-4 text-13 text-soft">Nothing has changed since the map was first drawn.</p>
      ) : (
        <ul aria-label="What happened" className="text-13">
          {events.items.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function EventLine({ event }: { readonly event: TopologyEvent }) {
  const { label, tone } = KINDS[event.kind] ?? OTHER;
  const words = <bdi className="break-words">{deviceLine(event.detail, 240)}</bdi>;
  const shown = event.link_id ?? event.node_ids[0];
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-4 py-2 last:border-b-0">
      <ToneBadge tone={tone}>{label}</ToneBadge>
      <span className="min-w-0 flex-1 basis-60">
        {shown === undefined ? (
          words
        ) : (
          <Link to={`/topology?view=map&show=${shown}`} className="hover:underline">
            {words}
          </Link>
        )}
      </span>
      <span className="text-12 text-faint">
        <Ago time={event.at} />
      </span>
    </li>
  );
}
