import type { Component, Summary } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Bot, type LucideIcon, RadioTower } from 'lucide-react';
import { Link } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { componentState, STATE_STEP_MS } from '../../domain/component-health.ts';
import { classNames } from '../../ui/class-names.ts';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { Ago } from '../../ui/time-text.tsx';
import { TONE_LOOKS } from '../../ui/tone.tsx';

const SHOWN = 8;

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

/** The line of one component: what is wrong with it, else how many nodes it has. */
function ComponentLine({ component }: { readonly component: Component }) {
  const { label, tone } = componentState(component, useNow(STATE_STEP_MS));
  const { icon: Icon, text } = TONE_LOOKS[tone];
  return (
    <li className="relative flex items-center gap-3 px-4 py-1.5 text-13 hover:bg-hover">
      <Icon size={14} strokeWidth={2.25} aria-hidden className={classNames('shrink-0', text)} />
      <Link to={`/collection/components/${component.id}`} className="row-link min-w-0 flex-1 truncate">
        {component.name}
      </Link>
      {tone === 'good' ? (
        <span className="tabular text-faint">{plural(component.node_count, 'node')}</span>
      ) : (
        <span className={classNames('whitespace-nowrap', text)}>
          {label}
          {component.connection === 'offline' && (
            <span className="text-faint">
              {' '}
              <Ago time={component.last_seen_at} />
            </span>
          )}
        </span>
      )}
    </li>
  );
}

/** The components to show: the troubled first, agents too; of those that are well the collectors with the most nodes. */
function componentsToShow(components: readonly Component[], nowMs: number): readonly Component[] {
  return components
    .filter(({ approval }) => approval === 'approved')
    .map((component) => ({ component, state: componentState(component, nowMs) }))
    .filter(({ component, state }) => state.tone !== 'good' || component.component_type === 'collector')
    .toSorted((a, b) => a.state.rank - b.state.rank || b.component.node_count - a.component.node_count)
    .slice(0, SHOWN)
    .map(({ component }) => component);
}

export function CollectionPanel({ counts }: { readonly counts: Summary['components'] }) {
  const components = useQuery({ ...componentsQuery, refetchInterval: useListInterval() });
  const now = useNow(STATE_STEP_MS);
  const shown = componentsToShow(components.data ?? [], now);
  return (
    <Panel title="Collection">
      {counts.pending > 0 && (
        <p className="border-b border-line bg-warning-soft px-4 py-2 text-13">
          {plural(counts.pending, 'component')} {counts.pending === 1 ? 'waits' : 'wait'} for your approval.{' '}
          <Link to="/collection/collectors" className="font-medium text-link">
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
        <Line
          icon={Bot}
          to="/collection/agents"
          label="Agents"
          online={counts.agents_online}
          total={counts.agents}
        />
      </ul>
      {shown.length > 0 && (
        <ul aria-label="Components" className="border-t border-line py-1.5">
          {shown.map((component) => (
            <ComponentLine key={component.id} component={component} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
