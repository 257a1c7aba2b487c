import { Cable, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import {
  endName,
  ghostState,
  linkState,
  oneSided,
  sourceWords,
  speedWords,
} from '../../domain/link-words.ts';
import { DeviceText } from '../../ui/device-text.tsx';
import { type Column, compareText, formatSort, parseSort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState } from '../../ui/view-state.tsx';
import type { MapLine, MapModel } from './map-model.ts';

const BY_A = { id: 'a', descending: false };

/** States in the order in which somebody should look at them. */
function rank({ link, ghost }: MapLine): number {
  if (ghost !== undefined) return 1;
  if (link?.state === 'down') return 0;
  if (link?.state === 'stale') return 2;
  return link?.two_sided === false ? 3 : 4;
}

function ends(line: MapLine) {
  return line.link ?? line.ghost;
}

function EndCell({ line, side }: { readonly line: MapLine; readonly side: 'a' | 'b' }) {
  const end = ends(line)?.[side];
  return end === undefined ? null : <bdi>{endName(end)}</bdi>;
}

function PortCell({ line, side }: { readonly line: MapLine; readonly side: 'a' | 'b' }) {
  const port = ends(line)?.[side].interface ?? null;
  return port === null ? '–' : <DeviceText text={port} max={32} className="font-mono text-12" />;
}

function StateCell({ line }: { readonly line: MapLine }) {
  const { label, tone } =
    line.ghost === undefined ? linkState(line.link?.state ?? null) : ghostState(line.ghost.kind);
  return <ToneBadge tone={tone}>{label}</ToneBadge>;
}

function SidesCell({ link }: { readonly link: MapLine['link'] | undefined }) {
  if (link === undefined) return '–';
  if (link.seen_from === null) return link.two_sided === true ? 'both ends' : '–';
  return (
    <>
      <bdi>{endName(link[link.seen_from])}</bdi> only
    </>
  );
}

function name(line: MapLine, side: 'a' | 'b'): string {
  const end = ends(line)?.[side];
  return end === undefined ? '' : endName(end);
}

const COLUMNS: readonly Column<MapLine>[] = [
  {
    id: 'a',
    header: 'One end',
    width: 180,
    compare: (a, b) => compareText(name(a, 'a'), name(b, 'a')),
    cell: (line) => <EndCell line={line} side="a" />,
  },
  { id: 'a-port', header: 'Port', width: 130, cell: (line) => <PortCell line={line} side="a" /> },
  {
    id: 'b',
    header: 'Other end',
    width: 180,
    grows: true,
    compare: (a, b) => compareText(name(a, 'b'), name(b, 'b')),
    cell: (line) => <EndCell line={line} side="b" />,
  },
  { id: 'b-port', header: 'Port', width: 130, cell: (line) => <PortCell line={line} side="b" /> },
  {
    id: 'state',
    header: 'State',
    width: 150,
    compare: (a, b) => rank(a) - rank(b),
    cell: (line) => <StateCell line={line} />,
  },
  {
    id: 'sides',
    header: 'Seen from',
    width: 160,
    cell: ({ link }) => <SidesCell link={link} />,
  },
  {
    id: 'speed',
    header: 'Speed',
    width: 160,
    align: 'right',
    compare: (a, b) => (a.link?.speed_bps ?? -1) - (b.link?.speed_bps ?? -1),
    cell: ({ link }) => (link === undefined ? '–' : speedWords(link) || '–'),
  },
  {
    id: 'sources',
    header: 'Known from',
    width: 130,
    cell: ({ link }) => (link === undefined ? 'Approved' : sourceWords(link.sources)),
  },
  {
    id: 'seen',
    header: 'Last seen',
    width: 110,
    align: 'right',
    cell: ({ link }) => <Ago time={link?.last_seen_at ?? null} />,
  },
];

/** Every link of the map as a list: for phones, for screen readers, and for who looks for one. */
export function LinkList({ model }: { readonly model: MapModel }) {
  const [parameters, setParameters] = useSearchParams();
  const sort = useMemo(() => parseSort(parameters.get('sort'), BY_A), [parameters]);
  const rows = useMemo(() => sortRows(model.lines, COLUMNS, sort), [model.lines, sort]);
  const href = (line: MapLine) => {
    const next = new URLSearchParams(parameters);
    next.set('show', line.id);
    next.delete('pull');
    return `?${next.toString()}`;
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <DataTable
        name="links"
        label="Links"
        fill
        columns={COLUMNS}
        rows={rows}
        rowId={({ id }) => id}
        rowHref={href}
        sort={sort}
        onSort={(next) => {
          const changed = new URLSearchParams(parameters);
          changed.set('sort', formatSort(next));
          setParameters(changed, { replace: true });
        }}
        narrowRow={(line) => <NarrowLink line={line} />}
        empty={
          <EmptyState icon={SearchX} title="No links yet">
            No device here has said yet who its neighbours are.
          </EmptyState>
        }
      />
    </div>
  );
}

function NarrowLink({ line }: { readonly line: MapLine }) {
  const { link } = line;
  const odd = link === undefined ? undefined : oneSided(link);
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Cable size={16} aria-hidden className="shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">
          <DeviceText text={name(line, 'a')} max={22} /> – <DeviceText text={name(line, 'b')} max={22} />
        </div>
        <div className="truncate text-12 text-faint">
          <PortCell line={line} side="a" /> – <PortCell line={line} side="b" />
          {odd !== undefined && `, ${odd}`}
        </div>
      </div>
      <StateCell line={line} />
    </div>
  );
}
