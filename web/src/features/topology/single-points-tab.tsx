import type { SinglePoints } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Cable, CircleCheck, Server } from 'lucide-react';
import { Link } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { singlePointsQuery } from '../../api/topology.ts';
import { DeviceText } from '../../ui/device-text.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

type Point = SinglePoints['items'][number];

/** Single points of failure: devices and links without which something cannot be reached, the worst first. */
export function SinglePointsTab() {
  const points = useQuery({ ...singlePointsQuery, refetchInterval: useListInterval(60_000) });
  if (points.data === undefined) {
    return points.isError ? (
      <ErrorState
        title="The single points of failure could not be worked out"
        error={points.error}
        onRetry={() => void points.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const { items, total, unknown } = points.data;
  return (
    <Panel
      title="Without these, something goes dark"
      aside={total > items.length && `the worst ${items.length} of ${formatCount(total)}`}
    >
      {items.length === 0 ? (
        <EmptyState icon={CircleCheck} title="No single point of failure is known">
          Every node that links lead to has a second way.
        </EmptyState>
      ) : (
        <ol className="text-13">
          {items.map((point) => (
            <PointLine key={keyOf(point)} point={point} />
          ))}
        </ol>
      )}
      {unknown > 0 && (
        <p className="border-t border-line px-4 py-2.5 text-13 text-soft">
          {plural(unknown, 'node')} cannot be judged: no link leads from a collector to{' '}
          {unknown === 1 ? 'it' : 'them'}.
        </p>
      )}
    </Panel>
  );
}

function keyOf(point: Point): string {
  return point.node_id ?? point.device_id ?? point.link_id ?? point.name;
}

function PointLine({ point }: { readonly point: Point }) {
  const isLink = point.link_id !== null;
  const Icon = isLink ? Cable : Server;
  const pull = point.device_id === null ? '&pull=1' : '';
  return (
    <li className="relative flex min-h-11 items-center gap-3 border-b border-line px-4 py-2 last:border-b-0 hover:bg-hover">
      <Icon size={16} aria-label={isLink ? 'Link' : 'Device'} className="shrink-0 text-faint" />
      <Link
        to={`/topology?view=map&show=${keyOf(point)}${pull}`}
        className="row-link min-w-0 flex-1 truncate font-medium"
      >
        <DeviceText text={point.name} max={96} />
      </Link>
      <span className="tabular shrink-0 text-soft">
        {plural(point.dark, 'node')} {point.dark === 1 ? 'goes' : 'go'} dark
      </span>
    </li>
  );
}
