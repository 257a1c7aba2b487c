import type { NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Cable, RotateCw, Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { useReadNeighbours } from '../../api/neighbour-reads.ts';
import { useMay } from '../../api/permission.ts';
import { nodeNeighboursQuery, nodeTopologyQuery } from '../../api/topology.ts';
import { endName, linkState, oneSided, sourceWords, speedWords } from '../../domain/link-words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import {
  type Column,
  compareText,
  compareTime,
  formatSort,
  parseSort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { type NodeLink, neighbourhoodOf } from './neighbourhood.ts';

const BY_PORT = { id: 'own', descending: false };

const COLUMNS: readonly Column<NodeLink>[] = [
  {
    id: 'own',
    header: 'Port',
    width: 150,
    compare: (a, b) => compareText(a.own ?? '', b.own ?? ''),
    cell: ({ own }) => <DeviceText text={own ?? 'not known'} max={40} className="font-mono text-12" />,
  },
  {
    id: 'neighbour',
    header: 'Neighbour',
    width: 200,
    grows: true,
    compare: (a, b) => compareText(endName(a.other), endName(b.other)),
    cell: ({ other }) => <NeighbourName other={other} />,
  },
  {
    id: 'port',
    header: 'Its port',
    width: 150,
    compare: (a, b) => compareText(a.other.interface ?? '', b.other.interface ?? ''),
    cell: ({ other }) => <DeviceText text={other.interface ?? '–'} max={40} className="font-mono text-12" />,
  },
  {
    id: 'state',
    header: 'State',
    width: 150,
    compare: (a, b) => compareText(a.link.state ?? '', b.link.state ?? ''),
    cell: ({ link }) => <StateBadge link={link} />,
  },
  {
    id: 'sources',
    header: 'Known from',
    width: 220,
    cell: ({ link }) => [sourceWords(link.sources), oneSided(link)].filter((part) => part).join(', '),
  },
  {
    id: 'speed',
    header: 'Speed',
    width: 120,
    align: 'right',
    compare: (a, b) => (a.link.speed_bps ?? -1) - (b.link.speed_bps ?? -1),
    cell: ({ link }) => speedWords(link) || '–',
  },
  {
    id: 'seen',
    header: 'Last seen',
    width: 110,
    align: 'right',
    compare: (a, b) => compareTime(a.link.last_seen_at, b.link.last_seen_at),
    cell: ({ link }) => <Ago time={link.last_seen_at} />,
  },
];

function StateBadge({ link }: { readonly link: NodeLink['link'] }) {
  const { label, tone } = linkState(link.state);
  return <ToneBadge tone={tone}>{label}</ToneBadge>;
}

function NeighbourName({ other }: { readonly other: NodeLink['other'] }) {
  if (other.node_id === null) return <bdi>{endName(other)}</bdi>;
  return (
    <Link to={`/nodes/${other.node_id}?tab=neighbours`} className="relative z-1 hover:underline">
      <bdi>{endName(other)}</bdi>
    </Link>
  );
}

/** Who is next to a node: its port, the neighbour and its port, who says so, and how the link is. */
export function NeighboursTab({ node }: { readonly node: NodeDetail }) {
  const topology = useQuery({ ...nodeTopologyQuery(node.id), refetchInterval: useListInterval(30_000) });
  const [parameters, setParameters] = useSearchParams();
  const sort = useMemo(() => parseSort(parameters.get('sort'), BY_PORT), [parameters]);
  const links = useMemo(
    () => topology.data && sortRows(neighbourhoodOf(topology.data, node.id).links, COLUMNS, sort),
    [topology.data, node.id, sort],
  );
  if (links === undefined) {
    return topology.isError ? (
      <ErrorState
        title="The neighbours could not be loaded"
        error={topology.error}
        onRetry={() => void topology.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const reasons = topology.data?.nodes.find(({ id }) => id === node.id)?.reasons ?? [];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <span role="status" className="tabular text-13 text-soft">
          {plural(links.length, 'link')}
        </span>
        <div className="ml-auto flex flex-wrap gap-2">
          <ReadButton nodeId={node.id} />
          <ButtonLink
            to={`/topology?view=map&site=${node.site_id}&show=${node.id}`}
            icon={<Waypoints size={14} aria-hidden />}
          >
            Show on the map
          </ButtonLink>
        </div>
      </div>
      <DataTable
        name="neighbours"
        label="Neighbours"
        columns={COLUMNS}
        rows={links}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/topology?view=map&site=${node.site_id}&show=${id}`}
        sort={sort}
        onSort={(next) => {
          const changed = new URLSearchParams(parameters);
          changed.set('sort', formatSort(next));
          setParameters(changed, { replace: true });
        }}
        narrowRow={(row) => <NarrowNeighbour row={row} />}
        empty={
          <EmptyState icon={Cable} title="No neighbours known">
            Nothing says yet what it is joined to. Why that is stands below.
          </EmptyState>
        }
      />
      <ReadingPanel node={node} reasons={reasons} />
    </div>
  );
}

/** Has the collector read the neighbours now, and says what came of it. */
function ReadButton({ nodeId }: { readonly nodeId: string }) {
  const may = useMay();
  const reading = useReadNeighbours(nodeId);
  if (!may('node.write')) return null;
  return (
    <Button
      icon={<RotateCw size={14} aria-hidden />}
      disabled={reading.isPending}
      onClick={() =>
        reading.mutate(undefined, {
          onSuccess: ({ outcome, message }) =>
            outcome === 'read'
              ? tellDone('The neighbours were read', message)
              : tellFailure('The neighbours were not read', new Error(message)),
          onError: (error) => tellFailure('The neighbours were not read', error),
        })
      }
    >
      {reading.isPending ? 'Reading…' : 'Read again'}
    </Button>
  );
}

function NarrowNeighbour({ row: { own, other, link } }: { readonly row: NodeLink }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">
          <bdi>{endName(other)}</bdi>
        </div>
        <div className="truncate font-mono text-12 text-faint">
          <DeviceText text={own ?? '?'} max={32} /> – <DeviceText text={other.interface ?? '?'} max={32} />
        </div>
      </div>
      <StateBadge link={link} />
    </div>
  );
}

/** Why links may be missing, and when the neighbours were read. */
function ReadingPanel({ node, reasons }: { readonly node: NodeDetail; readonly reasons: readonly string[] }) {
  const { data } = useQuery({ ...nodeNeighboursQuery(node.id), retry: false });
  const all = reasons.length > 0 ? reasons : (data?.reasons ?? []);
  const readAt = data?.read_at ?? null;
  return (
    <Panel
      title="Why links may be missing"
      aside={
        readAt !== null && (
          <span>
            read <Ago time={readAt} />
          </span>
        )
      }
    >
      {all.length === 0 ? (
        <p className="px-4 py-3 text-13 text-soft">
          {readAt === null ? 'Its neighbours have not been read yet.' : 'Nothing says that any is missing.'}
        </p>
      ) : (
        <ul className="flex flex-col gap-1 px-4 py-3 text-13">
          {all.map((reason) => (
            <li key={reason}>
              <bdi className="break-words">{deviceLine(reason, 240)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
