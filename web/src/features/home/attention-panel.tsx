import type { NodeStatus, Summary } from '@stratora/contract';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { Panel } from '../../ui/page.tsx';
import { STATUS_LOOKS, StatusIcon } from '../../ui/status.tsx';
import { Since } from '../../ui/time-text.tsx';

const SHOWN = 8;

interface AttentionPanelProps {
  readonly items: Summary['attention'];
  readonly nodes: Summary['nodes'];
}

export function AttentionPanel({ items, nodes }: AttentionPanelProps) {
  return (
    <Panel
      title="Needs attention"
      aside={
        items.length > SHOWN ? (
          <Link to="/nodes?attention=1" className="text-accent-text hover:underline">
            All {attentionCount(nodes).toLocaleString('en-US')}
          </Link>
        ) : undefined
      }
    >
      {items.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-5 text-soft">
          <CircleCheck size={16} aria-hidden className="text-healthy" />
          Every node is well and can be read in full.
        </p>
      ) : (
        <ul>
          {items.slice(0, SHOWN).map((item) => (
            <li
              key={item.node_id}
              className="relative flex items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover"
            >
              <AttentionIcon status={item.status} />
              <div className="min-w-0 flex-1">
                <Link to={`/nodes/${item.node_id}`} className="row-link block truncate font-medium">
                  {item.name}
                </Link>
                <p className="text-13 text-soft">
                  <span className="sr-only">{STATUS_LOOKS[item.status].label}: </span>
                  {item.reason}
                </p>
              </div>
              <span className="shrink-0 text-13 text-faint">
                for <Since time={item.since} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
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
