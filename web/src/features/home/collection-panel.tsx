import type { Component, Summary } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Bot, CircleAlert, CircleCheck, type LucideIcon, RadioTower } from 'lucide-react';
import { Link } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { classNames } from '../../ui/class-names.ts';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { Ago } from '../../ui/time-text.tsx';

const SHOWN = 6;

function Line({
  icon: Icon,
  to,
  label,
  online,
  total,
}: {
  readonly icon: LucideIcon;
  readonly to: string;
  readonly label: string;
  readonly online: number;
  readonly total: number;
}) {
  const away = total - online;
  return (
    <li className="relative flex items-center gap-3 px-4 py-2.5 hover:bg-hover">
      <Icon size={16} aria-hidden className="text-faint" />
      <Link to={to} className="row-link flex-1 font-medium">
        {label}
      </Link>
      <span className={classNames('tabular text-13', away > 0 ? 'text-warning' : 'text-soft')}>
        {total === 0
          ? 'none'
          : away > 0
            ? `${online} of ${total} online`
            : `${total === 1 ? '' : 'all '}${total} online`}
      </span>
    </li>
  );
}

function CollectorLine({ collector }: { readonly collector: Component }) {
  const online = collector.connection === 'online';
  const Icon = online ? CircleCheck : CircleAlert;
  return (
    <li className="flex items-center gap-3 px-4 py-1.5 text-13">
      <Icon
        size={14}
        aria-hidden
        className={classNames('shrink-0', online ? 'text-healthy' : 'text-offline')}
      />
      <span className="min-w-0 flex-1 truncate">{collector.name}</span>
      <span className="text-faint">
        {online ? (
          plural(collector.node_count, 'node')
        ) : (
          <>
            last heard <Ago time={collector.last_seen_at} />
          </>
        )}
      </span>
    </li>
  );
}

export function CollectionPanel({ counts }: { readonly counts: Summary['components'] }) {
  const components = useQuery({ ...componentsQuery, refetchInterval: useListInterval() });
  const collectors = (components.data ?? [])
    .filter(({ component_type: type, approval }) => type === 'collector' && approval === 'approved')
    .toSorted(
      (a, b) =>
        Number(a.connection === 'online') - Number(b.connection === 'online') || b.node_count - a.node_count,
    );
  return (
    <Panel title="Collection">
      {counts.pending > 0 && (
        <p className="border-b border-line bg-warning-soft px-4 py-2 text-13">
          {plural(counts.pending, 'component')} {counts.pending === 1 ? 'waits' : 'wait'} for your approval.{' '}
          <Link to="/collection/collectors" className="font-medium text-accent-text hover:underline">
            Review
          </Link>
        </p>
      )}
      <ul>
        <Line
          icon={RadioTower}
          to="/collection/collectors"
          label="Collectors"
          online={counts.collectors_online}
          total={counts.collectors}
        />
        {collectors.length > 0 && (
          <li className="border-b border-line pb-1.5">
            <ul>
              {collectors.slice(0, SHOWN).map((collector) => (
                <CollectorLine key={collector.id} collector={collector} />
              ))}
            </ul>
          </li>
        )}
        <Line
          icon={Bot}
          to="/collection/agents"
          label="Agents"
          online={counts.agents_online}
          total={counts.agents}
        />
      </ul>
    </Panel>
  );
}
