import type { AlertDefinition, NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, SlidersHorizontal } from 'lucide-react';
import { Link } from 'react-router';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { alertsQuery } from '../../api/alerts.ts';
import { useListInterval } from '../../api/live-context.ts';
import { AlertList } from '../../domain/alert-list.tsx';
import { actsOn, overrideWords } from '../../domain/definition-words.ts';
import { Panel } from '../../ui/page.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { WhyPanel } from './why-panel.tsx';

const SHOWN = 100;
const PAST_SHOWN = 20;
/** Above the charts only the first ones: the tab has them all. */
const BLOCK_SHOWN = 5;

function activeOf(nodeId: string) {
  return alertsQuery({ state: 'active', node_id: nodeId, sort: '-severity', limit: SHOWN });
}

/** How many alerts a node has now; undefined while that is not known. */
export function useActiveAlertCount(nodeId: string): number | undefined {
  return useQuery({ ...activeOf(nodeId), refetchInterval: useListInterval() }).data?.total;
}

/** The first active alerts of a node, above its charts; nothing where there are none. */
export function AlertsBlock({ node }: { readonly node: NodeDetail }) {
  const active = useQuery(activeOf(node.id)).data;
  if (active === undefined || active.items.length === 0) return null;
  return (
    <Panel
      title="Alerts"
      aside={
        active.total > BLOCK_SHOWN ? (
          <Link to="?tab=alerts" className="text-accent-text hover:underline">
            All {active.total}
          </Link>
        ) : undefined
      }
    >
      <AlertList label="Active alerts of this node" alerts={active.items.slice(0, BLOCK_SHOWN)} />
    </Panel>
  );
}

/** The alerts of a node: those that are active, those that ended last, and what is judged differently here. */
export function AlertsTab({ node }: { readonly node: NodeDetail }) {
  const active = useQuery(activeOf(node.id));
  const past = useQuery(
    alertsQuery({ state: 'resolved', node_id: node.id, sort: '-resolved_at', limit: PAST_SHOWN }),
  );
  if (active.data === undefined) {
    return active.isError ? (
      <ErrorState
        title="The alerts of this node could not be loaded"
        error={active.error}
        onRetry={() => void active.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const all = (state: string) => `/alerts${state}?node=${node.id}`;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
        <Panel
          title="Active"
          aside={<MoreLink to={all('')} shown={active.data.items.length} total={active.data.total} />}
        >
          {active.data.items.length === 0 ? (
            <p className="flex items-center gap-2 px-4 py-5 text-soft">
              <CircleCheck size={16} aria-hidden className="text-healthy" />
              Nothing is wrong with this node.
            </p>
          ) : (
            <AlertList label="Active alerts of this node" alerts={active.data.items} />
          )}
        </Panel>
        <Panel
          title="Ended last"
          aside={
            <MoreLink
              to={all('/history')}
              shown={past.data?.items.length ?? 0}
              total={past.data?.total ?? 0}
            />
          }
        >
          {past.data === undefined || past.data.items.length === 0 ? (
            <p className="px-4 py-5 text-soft">
              {past.isError
                ? 'What ended could not be loaded.'
                : past.data === undefined
                  ? 'Loading…'
                  : 'No alert of this node has ended so far.'}
            </p>
          ) : (
            <AlertList label="Alerts of this node that ended" alerts={past.data.items} />
          )}
        </Panel>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <WhyPanel node={node} />
        <Overrides node={node} />
      </div>
    </div>
  );
}

function MoreLink({
  to,
  shown,
  total,
}: {
  readonly to: string;
  readonly shown: number;
  readonly total: number;
}) {
  if (total <= shown) return null;
  return (
    <Link to={to} className="text-accent-text hover:underline">
      All {total.toLocaleString('en-US')}
    </Link>
  );
}

/** The definitions that replace wider ones for this node. */
function Overrides({ node }: { readonly node: NodeDetail }) {
  const definitions = useQuery(definitionsQuery);
  const all = definitions.data ?? [];
  const acting = all.filter((definition) => definition.overrides !== null && actsOn(definition, node));
  const rootOf = (definition: AlertDefinition) => all.find(({ id }) => id === definition.overrides);
  return (
    <Panel title="Judged differently here">
      {acting.length === 0 ? (
        <p className="px-4 py-5 text-soft">
          {definitions.isError
            ? 'The alert definitions could not be loaded.'
            : 'Every alert definition holds for this node as for all others.'}
        </p>
      ) : (
        <ul>
          {acting.map((definition) => (
            <li
              key={definition.id}
              className="relative flex gap-3 border-b border-line px-4 py-2 text-13 last:border-b-0 hover:bg-hover"
            >
              <SlidersHorizontal size={16} aria-hidden className="mt-0.5 shrink-0 text-faint" />
              <div className="min-w-0">
                <Link
                  to={`/alerts/definitions/${definition.id}`}
                  className="row-link block font-medium break-words"
                >
                  {definition.name}
                </Link>
                <p className="break-words text-soft">{overrideWords(definition, rootOf(definition))}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
