import type { HeldAlerts } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { Link } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { heldAlertsQuery } from '../../api/maintenance-windows.ts';
import { SEVERITY_LOOKS, SeverityIcon } from '../../domain/alert-severity.tsx';
import { formatMoment } from '../../ui/format/time.ts';
import { Panel } from '../../ui/page.tsx';
import { useZone } from '../../ui/state/zone.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

interface HeldPanelProps {
  readonly windowId: string;
  readonly isActive: boolean;
}

/** What was held back while work went on, in the time that runs or in the last one. */
export function HeldPanel({ windowId, isActive }: HeldPanelProps) {
  const held = useQuery({ ...heldAlertsQuery(windowId), refetchInterval: useListInterval(30_000) });
  return (
    <Panel
      title={isActive ? 'Held back so far' : 'Held back the last time'}
      aside={
        held.data !== undefined && held.data.total > 0 ? held.data.total.toLocaleString('en-US') : undefined
      }
    >
      {held.data === undefined ? (
        held.isError ? (
          <ErrorState
            title="What was held back could not be loaded"
            error={held.error}
            onRetry={() => void held.refetch()}
          />
        ) : (
          <SkeletonRows count={3} />
        )
      ) : (
        <HeldList held={held.data} isActive={isActive} />
      )}
    </Panel>
  );
}

function HeldList({ held, isActive }: { readonly held: HeldAlerts; readonly isActive: boolean }) {
  const [zone] = useZone();
  if (held.occurrence === null) return <p className="px-4 py-4 text-soft">It has not begun yet.</p>;
  const { starts_at: begin, ended_at: end } = held.occurrence;
  const at = (time: string) => formatMoment(Date.parse(time), zone);
  return (
    <>
      <p className="border-b border-line px-4 py-2 text-13 text-soft">
        {end === null ? `Since ${at(begin)}` : `From ${at(begin)} to ${at(end)}`}
      </p>
      {held.items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-soft">
          <CircleCheck size={16} aria-hidden className="text-healthy" />
          {isActive
            ? 'Nothing so far that people would have been told of.'
            : 'Nothing that people would have been told of.'}
        </p>
      ) : (
        <ul aria-label="Alerts that were held back">
          {held.items.map((item) => (
            <HeldLine key={item.alert_id} item={item} isActive={isActive} />
          ))}
        </ul>
      )}
      {held.total > held.items.length && (
        <p className="px-4 py-2 text-13 text-faint">
          and {(held.total - held.items.length).toLocaleString('en-US')} more
        </p>
      )}
    </>
  );
}

interface HeldLineProps {
  readonly item: HeldAlerts['items'][number];
  readonly isActive: boolean;
}

function HeldLine({ item, isActive }: HeldLineProps) {
  const isOver = item.resolved_at !== null;
  return (
    <li className="relative flex items-start gap-3 border-b border-line px-4 py-2 text-13 last:border-b-0 hover:bg-hover">
      <span className="mt-0.5">
        <SeverityIcon severity={item.severity} quiet={isOver} />
      </span>
      <div className="min-w-0 flex-1">
        <Link to={`/alerts/${item.alert_id}`} className="row-link break-words">
          <span className="sr-only">{SEVERITY_LOOKS[item.severity].label}: </span>
          {item.summary}
        </Link>
        <p className="break-words text-soft">
          {item.node_name} · {item.definition_name}
        </p>
      </div>
      <span className="shrink-0 text-right text-12 text-faint">
        held <Ago time={item.held_since} />
        <span className="block">{endWords(item, isActive)}</span>
      </span>
    </li>
  );
}

function endWords(
  { resolved_at: resolved, state_at_end: state }: HeldLineProps['item'],
  isActive: boolean,
): string {
  if (isActive) return resolved === null ? 'still active' : 'over';
  return state === 'active' ? 'was active at the end' : 'was over before the end';
}
