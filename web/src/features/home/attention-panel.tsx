import type { NodeStatus, Summary } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { tellingAlertsQuery } from '../../api/alerts.ts';
import { useListInterval } from '../../api/live-context.ts';
import { AlertLine } from '../../domain/alert-list.tsx';
import { plural, unbrokenValues } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { STATUS_LOOKS, StatusIcon } from '../../ui/status.tsx';
import { Since } from '../../ui/time-text.tsx';
import { attentionOf, causesOf } from './attention.ts';

const SHOWN = 8;
const NONE: readonly [] = [];

interface AttentionPanelProps {
  readonly items: Summary['attention'];
  readonly nodes: Summary['nodes'];
}

/** What needs people, in words: alerts, and nodes that are not well and of which no alert speaks. */
export function AttentionPanel({ items, nodes: counts }: AttentionPanelProps) {
  const telling = useQuery({ ...tellingAlertsQuery, refetchInterval: useListInterval(30_000) }).data;
  const { alerts, nodes, behind } = attentionOf(items, telling?.items ?? NONE, {
    offline: counts.by_status.offline,
    causes: causesOf(telling),
  });
  const shownAlerts = alerts.slice(0, SHOWN);
  const shownNodes = nodes.slice(0, SHOWN - shownAlerts.length);
  const total = telling?.total ?? 0;
  return (
    <Panel
      title="Needs attention"
      aside={
        <>
          {total > shownAlerts.length && (
            <Link to="/alerts" className="whitespace-nowrap text-accent-text hover:underline">
              All {total.toLocaleString('en-US')} alerts
            </Link>
          )}
          {nodes.length > shownNodes.length && (
            <Link to="/nodes?attention=1" className="whitespace-nowrap text-accent-text hover:underline">
              {total === 0 ? `All ${attentionCount(counts).toLocaleString('en-US')}` : 'Other nodes'}
            </Link>
          )}
        </>
      }
    >
      {shownAlerts.length + shownNodes.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-5 text-soft">
          <CircleCheck size={16} aria-hidden className="text-healthy" />
          Every node is well and can be read in full.
        </p>
      ) : (
        <ul>
          {shownAlerts.map((alert) => (
            <AlertLine key={alert.id} alert={alert} withSubject />
          ))}
          {behind > 0 && <BehindLine count={behind} />}
          {shownNodes.map((item) => (
            <NodeLine key={item.node_id} item={item} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The nodes that are offline since another one is down: they need nobody as long as that one does. */
function BehindLine({ count }: { readonly count: number }) {
  return (
    <li className="relative flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover">
      <StatusIcon status="offline" />
      <Link to="/nodes?status=offline" className="row-link min-w-0 flex-1 text-soft">
        {plural(count, 'more node is', 'more nodes are')} offline behind what is down
      </Link>
    </li>
  );
}

function NodeLine({ item }: { readonly item: Summary['attention'][number] }) {
  return (
    <li className="relative flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover">
      <AttentionIcon status={item.status} />
      <div className="min-w-0 flex-1">
        <Link to={`/nodes/${item.node_id}`} className="row-link block truncate font-medium">
          {item.name}
        </Link>
        <p className="text-13 text-soft">
          <span className="sr-only">{STATUS_LOOKS[item.status].label}: </span>
          {unbrokenValues(item.reason)}
        </p>
      </div>
      <span className="shrink-0 text-13 text-faint">
        for <Since time={item.since} />
      </span>
    </li>
  );
}

/** All of them, of which the summary lists the worst. */
function attentionCount({ by_status: counts, collection_failing: failing }: Summary['nodes']): number {
  return counts.offline + counts.critical + counts.warning + counts.unknown + failing;
}

/** A node may be healthy and need attention all the same: a part of it cannot be read. */
function AttentionIcon({ status }: { readonly status: NodeStatus }) {
  if (status !== 'healthy' && status !== 'discovering') return <StatusIcon status={status} />;
  return <TriangleAlert size={16} strokeWidth={2.25} className="shrink-0 text-warning" aria-hidden />;
}
