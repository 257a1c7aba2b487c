import type { DeviceTemplate, NodeDetail, TemplatePanel } from '@stratora/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { useNow } from '../../ui/state/clock.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/view-state.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { dataAge } from './data-age.ts';
import { RangePicker } from './range-picker.tsx';
import { StatStrip } from './stat-strip.tsx';

const GROUPS: readonly { readonly id: TemplatePanel['group']; readonly label: string }[] = [
  { id: 'availability', label: 'Availability' },
  { id: 'cpu', label: 'Processor' },
  { id: 'memory', label: 'Memory' },
  { id: 'storage', label: 'Storage' },
  { id: 'network', label: 'Network' },
  { id: 'interfaces', label: 'Interfaces' },
  { id: 'sensors', label: 'Sensors' },
  { id: 'system', label: 'System' },
];

interface OverviewTabProps {
  readonly node: NodeDetail;
  readonly template: UseQueryResult<DeviceTemplate>;
}

export function OverviewTab({ node, template }: OverviewTabProps) {
  const now = useNow();
  const { stale } = dataAge(node.last_seen_at, now);
  if (template.data === undefined) {
    return template.isError ? (
      <ErrorState
        title="The panels of this node could not be loaded"
        error={template.error}
        onRetry={() => void template.refetch()}
      />
    ) : (
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    );
  }
  if (node.last_seen_at === null) {
    return (
      <EmptyState icon={Hourglass} title="Waiting for the first data">
        The collector gets its new configuration within seconds; the first values follow one cycle later. If
        this stays, see what the collection says above.
      </EmptyState>
    );
  }
  const charts = template.data.panels.filter(({ kind }) => kind === 'chart');
  const stats = template.data.panels.filter(({ kind }) => kind === 'stat');
  return (
    <div className="flex flex-col gap-5">
      <StatStrip nodeId={node.id} charts={charts} stats={stats} stale={stale} />
      <RangePicker />
      {GROUPS.map(({ id, label }) => {
        const panels = charts.filter(({ group }) => group === id);
        if (panels.length === 0) return null;
        return (
          // A group whose panels are all without data takes no place.
          <section key={id} aria-label={label} className="not-has-[section]:hidden">
            <h2 className="mb-2 text-12 font-medium text-faint">{label}</h2>
            <div className="grid items-start gap-4 lg:grid-cols-2">
              {panels.map((panel) => (
                <ChartPanel key={panel.id} nodeId={node.id} panel={panel} stale={stale} />
              ))}
            </div>
          </section>
        );
      })}
    </div>
  );
}
