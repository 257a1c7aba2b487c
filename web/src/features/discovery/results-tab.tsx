import type { DiscoveredDevice, DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Download, PackagePlus, ScanSearch, SearchX } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { foundDevicesQuery } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { formatSort, parseSort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { DeviceBar } from './device-bar.tsx';
import { DeviceChips } from './device-chips.tsx';
import { DEVICE_COLUMNS, NarrowDevice } from './device-columns.tsx';
import { devicesCsv } from './device-export.ts';
import {
  countChips,
  type DeviceFilter,
  filterDevices,
  isFilteringDevices,
  readDeviceFilter,
  writeDeviceFilter,
} from './device-filter.ts';
import { DeviceSheet } from './device-sheet.tsx';
import { deviceName } from './device-words.ts';
import { ImportDialog } from './import-dialog.tsx';
import { isUnderWay } from './job-words.ts';

const TABLE = 'discovered-devices';
const BY_ADDRESS = { id: 'ip_address', descending: false };
const NONE: readonly DiscoveredDevice[] = [];
const deviceId = ({ id }: DiscoveredDevice) => id;

/** What is shown, as the URL says it. */
function useDeviceAddress() {
  const [parameters, setParameters] = useSearchParams();
  const put = (name: string, value: string | undefined) => {
    const next = new URLSearchParams(parameters);
    if (value === undefined) next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace: true });
  };
  return {
    filter: useMemo(() => readDeviceFilter(parameters), [parameters]),
    sort: useMemo(() => parseSort(parameters.get('sort'), BY_ADDRESS), [parameters]),
    shown: parameters.get('device') ?? undefined,
    change: (change: Partial<DeviceFilter>) =>
      setParameters(writeDeviceFilter(parameters, change), { replace: true }),
    put,
    hrefOf: (id: string) => {
      const next = new URLSearchParams(parameters);
      next.set('device', id);
      return `?${next.toString()}`;
    },
  };
}

/** Saves a text as a file of this browser. */
function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** What a job has found, and what is done with it. */
export function ResultsTab({ job }: { readonly job: DiscoveryJob }) {
  const may = useMay()('discovery.write');
  const found = useQuery({ ...foundDevicesQuery(job.id), refetchInterval: useListInterval() });
  const { filter, sort, shown, change, put, hrefOf } = useDeviceAddress();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [importing, setImporting] = useState<readonly DiscoveredDevice[]>();
  const devices = found.data?.devices ?? NONE;
  const rows = useMemo(
    () => sortRows(filterDevices(devices, filter), DEVICE_COLUMNS, sort),
    [devices, filter, sort],
  );
  const retry = () => void found.refetch();
  const byId = useMemo(() => new Map(devices.map((device) => [device.id, device])), [devices]);
  if (found.data === undefined) {
    return found.isError ? (
      <ErrorState title="The devices could not be loaded" error={found.error} onRetry={retry} />
    ) : (
      <SkeletonRows count={10} />
    );
  }
  const chosen = [...selected].flatMap((id) => byId.get(id) ?? []);
  return (
    <>
      {found.isError && (
        <StaleNotice error={found.error} lastSuccessAt={found.dataUpdatedAt} onRetry={retry} />
      )}
      <DeviceChips filter={filter} counts={countChips(devices)} onChange={change} />
      <ResultTools
        rows={rows}
        total={devices.length}
        onExport={() => saveFile(`${job.name.replaceAll(/[^\w.-]+/g, '_')}.csv`, devicesCsv(rows))}
      >
        {may && <ImportNew devices={devices} onImport={setImporting} />}
      </ResultTools>
      <div className="flex min-h-0 flex-col md:max-h-[75dvh]">
        <DataTable
          name={TABLE}
          label="Devices found"
          fill
          columns={DEVICE_COLUMNS}
          rows={rows}
          rowId={deviceId}
          rowHref={({ id }) => hrefOf(id)}
          sort={sort}
          onSort={(next) => put('sort', formatSort(next))}
          selection={
            may ? { selected, onChange: setSelected, nameOf: (id) => nameOf(byId.get(id)) } : undefined
          }
          narrowRow={(device) => <NarrowDevice device={device} />}
          empty={
            <NoDevices job={job} isFiltering={isFilteringDevices(filter)} onClear={() => change(CLEAR)} />
          }
        />
      </div>
      {chosen.length > 0 && (
        <DeviceBar
          jobId={job.id}
          devices={chosen}
          onImport={setImporting}
          onDone={() => setSelected(new Set())}
        />
      )}
      <DeviceSheet
        job={job}
        device={shown === undefined ? undefined : byId.get(shown)}
        onClose={() => put('device', undefined)}
        onImport={(device) => setImporting([device])}
      />
      <ImportDialog
        job={job}
        devices={importing}
        onClose={() => setImporting(undefined)}
        onDone={() => setSelected(new Set())}
      />
    </>
  );
}

const CLEAR: DeviceFilter = { search: '', chips: [], type: undefined };
const nameOf = (device: DiscoveredDevice | undefined) => (device === undefined ? '' : deviceName(device));

function ImportNew({
  devices,
  onImport,
}: {
  readonly devices: readonly DiscoveredDevice[];
  readonly onImport: (devices: readonly DiscoveredDevice[]) => void;
}) {
  const fresh = devices.filter(({ state }) => state === 'new');
  if (fresh.length === 0) return null;
  return (
    <Button look="primary" icon={<PackagePlus size={14} aria-hidden />} onClick={() => onImport(fresh)}>
      {fresh.length === 1 ? 'Import the new one' : `Import all ${formatCount(fresh.length)} new`}
    </Button>
  );
}

interface ResultToolsProps {
  readonly rows: readonly DiscoveredDevice[];
  readonly total: number;
  readonly onExport: () => void;
  readonly children: ReactNode;
}

function ResultTools({ rows, total, onExport, children }: ResultToolsProps) {
  const all = plural(total, 'device');
  return (
    <div className="-my-1 flex flex-wrap items-center gap-2">
      <span role="status" className="tabular text-13 text-faint">
        {rows.length === total ? all : `${formatCount(rows.length)} of ${all}`}
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <ColumnChooser table={TABLE} columns={DEVICE_COLUMNS} />
        <Button
          icon={<Download size={14} aria-hidden />}
          disabled={rows.length === 0}
          title="What is shown, for a spreadsheet"
          onClick={onExport}
        >
          CSV
        </Button>
        {children}
      </div>
    </div>
  );
}

function NoDevices({
  job,
  isFiltering,
  onClear,
}: {
  readonly job: DiscoveryJob;
  readonly isFiltering: boolean;
  readonly onClear: () => void;
}) {
  if (isFiltering) {
    return (
      <EmptyState
        icon={SearchX}
        title="No device matches"
        action={<Button onClick={onClear}>Clear all filters</Button>}
      >
        Nothing that was found fits the search and the filters.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ScanSearch}
      title={isUnderWay(job.status) ? 'Nothing has answered yet' : 'Nothing was found'}
    >
      {isUnderWay(job.status)
        ? 'Devices appear here as they answer.'
        : 'No address answered. Look at the packets: they say what was sent to each. Firewalls, and the place it is scanned from, are the usual reasons.'}
    </EmptyState>
  );
}
