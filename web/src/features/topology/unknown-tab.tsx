import type { TopologyDevice } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { mapQuery, useImportNeighbours } from '../../api/topology.ts';
import { sourceWords } from '../../domain/link-words.ts';
import { nodeTypeName } from '../../domain/node-types.ts';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import {
  type Column,
  compareText,
  compareTime,
  formatSort,
  parseSort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { TwoLines } from '../../ui/table/two-lines.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { importOutcome } from './import-outcome.ts';

const BY_NAME = { id: 'name', descending: false };

const COLUMNS: readonly Column<TopologyDevice>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 200,
    compare: (a, b) => compareText(a.name, b.name),
    cell: ({ name }) => <DeviceText text={name} max={60} />,
  },
  {
    id: 'address',
    header: 'Address',
    width: 150,
    compare: (a, b) => compareText(a.address ?? '', b.address ?? ''),
    cell: ({ address, mac_address: mac }) => (
      <DeviceText text={address ?? mac ?? '–'} max={40} className="font-mono text-12" />
    ),
  },
  {
    id: 'type',
    header: 'Type',
    width: 130,
    compare: (a, b) => compareText(a.device_type, b.device_type),
    cell: ({ device_type: type }) => nodeTypeName(type),
  },
  {
    id: 'description',
    header: 'It says of itself',
    width: 260,
    grows: true,
    cell: ({ description, reasons }) => <TwoLines text={deviceLine(description ?? reasons[0] ?? '', 160)} />,
  },
  {
    id: 'sources',
    header: 'Known from',
    width: 120,
    cell: ({ sources }) => sourceWords(sources),
  },
  {
    id: 'seen',
    header: 'Last seen',
    width: 110,
    align: 'right',
    compare: (a, b) => compareTime(a.last_seen_at, b.last_seen_at),
    cell: ({ last_seen_at: at }) => <Ago time={at} />,
  },
];

const deviceId = ({ id }: TopologyDevice) => id;
const deviceHref = ({ id }: TopologyDevice) => `/topology?view=map&show=${id}`;

/** The neighbours that nobody monitors: what devices hear beside them, to make nodes of. */
export function UnknownTab() {
  const [parameters, setParameters] = useSearchParams();
  const may = useMay();
  const topology = useQuery({
    ...mapQuery(parameters.get('site') ?? undefined),
    refetchInterval: useListInterval(30_000),
  });
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const sort = useMemo(() => parseSort(parameters.get('sort'), BY_NAME), [parameters]);
  const devices = useMemo(
    () => (topology.data?.devices ?? []).filter(({ kind }) => kind === 'neighbour'),
    [topology.data],
  );
  const rows = useMemo(() => sortRows(devices, COLUMNS, sort), [devices, sort]);
  const nameOf = (id: string) => deviceLine(devices.find((device) => device.id === id)?.name ?? id, 60);
  if (topology.data === undefined) {
    return topology.isError ? (
      <ErrorState
        title="The neighbours could not be loaded"
        error={topology.error}
        onRetry={() => void topology.refetch()}
      />
    ) : (
      <SkeletonRows count={8} />
    );
  }
  return (
    <>
      <ImportBar
        devices={devices.filter(({ id }) => selected.has(id))}
        onDone={() => setSelected(new Set())}
      />
      <DataTable
        name="unknown-neighbours"
        label="Unknown neighbours"
        fill
        columns={COLUMNS}
        rows={rows}
        rowId={deviceId}
        rowHref={deviceHref}
        sort={sort}
        onSort={(next) => {
          const changed = new URLSearchParams(parameters);
          changed.set('sort', formatSort(next));
          setParameters(changed, { replace: true });
        }}
        selection={may('node.write') ? { selected, onChange: setSelected, nameOf } : undefined}
        narrowRow={(device) => <NarrowDevice device={device} />}
        empty={
          <EmptyState icon={CircleCheck} title="Every known neighbour is a node">
            A neighbour that a device hears, and that nobody monitors, is listed here.
          </EmptyState>
        }
      />
    </>
  );
}

function NarrowDevice({ device }: { readonly device: TopologyDevice }) {
  return (
    <div className="min-w-0">
      <div className="truncate font-medium">
        <DeviceText text={device.name} max={60} />
      </div>
      <div className="truncate text-12 text-faint">
        <span className="font-mono">{deviceLine(device.address ?? device.mac_address ?? '', 40)}</span>{' '}
        {nodeTypeName(device.device_type)}, {sourceWords(device.sources)}
      </div>
    </div>
  );
}

interface ImportBarProps {
  readonly devices: readonly TopologyDevice[];
  readonly onDone: () => void;
}

/** Makes nodes of those that are selected, under the names and addresses that they tell. */
function ImportBar({ devices, onDone }: ImportBarProps) {
  const may = useMay();
  const add = useImportNeighbours();
  const [problems, setProblems] = useState<readonly string[]>([]);
  if (!may('node.write')) return null;
  const submit = async () => {
    try {
      const { items } = await add.mutateAsync({ devices: devices.map(({ id }) => ({ id })) });
      const { words, refused } = importOutcome(items, devices);
      setProblems(refused);
      tellDone(words);
      onDone();
    } catch (error) {
      tellFailure('They could not be imported', error);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 flex-1 basis-72 text-13 text-soft">
        Devices hear these beside them, and no node is one of them. Those with an address can be imported as
        they are;{' '}
        <Link to="/topology?view=map" className="text-link">
          on the map
        </Link>{' '}
        each can be given another name and address.
      </p>
      <Button look="primary" disabled={devices.length === 0 || add.isPending} onClick={() => void submit()}>
        {devices.length === 0 ? 'Import' : `Import ${plural(devices.length, 'device')}`}
      </Button>
      {problems.length > 0 && (
        <ul role="alert" className="flex basis-full flex-col gap-1 text-13 text-critical">
          {problems.map((problem) => (
            <li key={problem}>
              <bdi className="break-words">{problem}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
