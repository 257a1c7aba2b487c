import type { DiscoveredDevice } from '@stratora/contract';
import { X } from 'lucide-react';
import { useState } from 'react';
import { useIgnoreDevices, useMergeDevices } from '../../api/discovery.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { plural } from '../../ui/format/units.ts';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { addressesWords, deviceName } from './device-words.ts';

interface DeviceBarProps {
  readonly jobId: string;
  readonly devices: readonly DiscoveredDevice[];
  readonly onImport: (devices: readonly DiscoveredDevice[]) => void;
  readonly onDone: () => void;
}

/** The most devices that are made one at a time. */
const MERGE_MAX = 100;

/** The bar of what can be done with all selected devices at once. */
export function DeviceBar({ jobId, devices, onImport, onDone }: DeviceBarProps) {
  const ignore = useIgnoreDevices(jobId);
  const [merging, setMerging] = useState(false);
  const importable = devices.filter(({ state }) => state === 'new' || state === 'ignored');
  const ignored = devices.filter(({ state }) => state === 'ignored');
  const others = devices.filter(({ state }) => state === 'new' || state === 'gone');
  const run = (chosen: readonly DiscoveredDevice[], isIgnored: boolean) => {
    ignore.mutate(
      { ids: chosen.map(({ id }) => id), ignored: isIgnored },
      {
        onSuccess: () => {
          tellDone(`${plural(chosen.length, 'device')} ${isIgnored ? 'ignored' : 'no longer ignored'}`);
          onDone();
        },
        onError: (error) => tellFailure('The devices stay as they were', error),
      },
    );
  };
  return (
    <div
      role="toolbar"
      aria-label="Selected devices"
      className="sticky bottom-4 z-10 mx-auto flex max-w-full flex-wrap items-center gap-2 rounded-md border border-line-strong bg-raised py-2 pr-2 pl-4 shadow-(--shadow)"
    >
      <span role="status" className="tabular mr-2 text-13 font-medium">
        {plural(devices.length, 'device')} selected
      </span>
      {importable.length > 0 && (
        <Button look="primary" onClick={() => onImport(importable)}>
          Import
        </Button>
      )}
      {others.length > 0 && (
        <Button disabled={ignore.isPending} onClick={() => run(others, true)}>
          Ignore
        </Button>
      )}
      {ignored.length > 0 && (
        <Button disabled={ignore.isPending} onClick={() => run(ignored, false)}>
          No longer ignore
        </Button>
      )}
      {devices.length > 1 && devices.length <= MERGE_MAX && (
        <Button onClick={() => setMerging(true)}>Make one of them</Button>
      )}
      <IconButton label="Clear the selection" onClick={onDone}>
        <X size={16} aria-hidden />
      </IconButton>
      <MergeDialog
        jobId={jobId}
        devices={merging ? devices : undefined}
        onClose={() => setMerging(false)}
        onDone={onDone}
      />
    </div>
  );
}

interface MergeDialogProps {
  readonly jobId: string;
  readonly devices: readonly DiscoveredDevice[] | undefined;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function MergeDialog({ jobId, devices, onClose, onDone }: MergeDialogProps) {
  const merge = useMergeDevices(jobId);
  // A node stays what it is: the device that is one goes first.
  const sorted = (devices ?? []).toSorted((a, b) => Number(b.node_id !== null) - Number(a.node_id !== null));
  const [first] = sorted;
  return (
    <ConfirmDialog
      open={first !== undefined}
      onClose={onClose}
      title={`Make one device of ${sorted.length}?`}
      confirmLabel="Make one of them"
      onConfirm={async () => {
        await merge.mutateAsync(sorted.map(({ id }) => id));
        tellDone(`${plural(sorted.length, 'device')} are one now`);
        onDone();
      }}
    >
      <p>
        <DeviceText className="font-medium text-text" text={first === undefined ? '' : deviceName(first)} />{' '}
        stays, with the addresses of all of them. Later runs keep it so, until you take addresses out of it
        again.
      </p>
      <ul className="mt-2 max-h-48 overflow-y-auto text-13">
        {sorted.map((device) => (
          <li key={device.id} className="flex gap-2">
            <DeviceText className="min-w-0 truncate" text={deviceName(device)} />
            <span className="ml-auto shrink-0 font-mono text-12">{addressesWords(device)}</span>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
