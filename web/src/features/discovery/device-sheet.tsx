import type { DiscoveredDevice, DiscoveryJob } from '@stratora/contract';
import { Eye, EyeOff, PackagePlus } from 'lucide-react';
import { useIgnoreDevices } from '../../api/discovery.ts';
import { useMay } from '../../api/permission.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { Dialog, DialogBody, DialogFooter } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format/units.ts';
import { Fact, Facts } from '../../ui/page.tsx';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { DeviceBadge } from './device-columns.tsx';
import { DeviceNeighbours, DeviceWeb } from './device-surroundings.tsx';
import { deviceName, deviceTypeName, keyName, portWords } from './device-words.ts';
import { SheetPart } from './sheet-part.tsx';
import { SplitAddresses } from './split-addresses.tsx';

/** Most characters of a sentence of a device in the sheet. */
const SENTENCE_MAX = 300;

interface DeviceSheetProps {
  readonly job: DiscoveryJob;
  /** The device that is shown; none: the sheet is closed. */
  readonly device: DiscoveredDevice | undefined;
  readonly onClose: () => void;
  readonly onImport: (device: DiscoveredDevice) => void;
}

/** Everything that is known of a found device, with why, and what can be done with it. */
export function DeviceSheet({ job, device, onClose, onImport }: DeviceSheetProps) {
  return (
    <Dialog
      open={device !== undefined}
      onClose={onClose}
      side="right"
      wide
      title={device === undefined ? '' : deviceName(device)}
    >
      {device !== undefined && (
        <>
          <DialogBody className="flex flex-col gap-5">
            <Identity device={device} />
            <Sentences title="Why it is that" texts={device.reasons} />
            <Sentences title="What could not be read" texts={device.remarks} />
            <Addresses job={job} device={device} />
            <DeviceWeb web={device.web} />
            <DeviceNeighbours neighbours={device.neighbours} />
          </DialogBody>
          <SheetActions jobId={job.id} device={device} onImport={onImport} />
        </>
      )}
    </Dialog>
  );
}

function SheetActions({
  jobId,
  device,
  onImport,
}: {
  readonly jobId: string;
  readonly device: DiscoveredDevice;
  readonly onImport: (device: DiscoveredDevice) => void;
}) {
  const may = useMay()('discovery.write');
  const ignore = useIgnoreDevices(jobId);
  const isIgnored = device.state === 'ignored';
  const run = () =>
    ignore.mutate(
      { ids: [device.id], ignored: !isIgnored },
      {
        onSuccess: () => tellDone(isIgnored ? 'It is no longer ignored' : 'It is ignored from now on'),
        onError: (error) => tellFailure('It stays as it was', error),
      },
    );
  const canImport = may && (device.state === 'new' || isIgnored);
  if (!may && device.node_id === null) return null;
  return (
    <DialogFooter>
      {may && device.state !== 'monitored' && (
        <Button
          disabled={ignore.isPending}
          icon={isIgnored ? <Eye size={14} aria-hidden /> : <EyeOff size={14} aria-hidden />}
          onClick={run}
        >
          {isIgnored ? 'No longer ignore' : 'Ignore'}
        </Button>
      )}
      {device.node_id !== null && <ButtonLink to={`/nodes/${device.node_id}`}>Open the node</ButtonLink>}
      {canImport && (
        <Button look="primary" icon={<PackagePlus size={14} aria-hidden />} onClick={() => onImport(device)}>
          Import
        </Button>
      )}
    </DialogFooter>
  );
}

/** A fact where there is one. */
function Said({
  label,
  text,
  wide = false,
}: {
  readonly label: string;
  readonly text: string | null;
  readonly wide?: boolean;
}) {
  if (text === null || text === '') return null;
  return (
    <Fact label={label} wide={wide}>
      <DeviceText text={text} max={SENTENCE_MAX} />
    </Fact>
  );
}

function Identity({ device }: { readonly device: DiscoveredDevice }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <DeviceBadge device={device} />
        <span className="text-13 text-soft">
          answered <Ago time={device.last_seen_at} />, first seen <Moment time={device.first_seen_at} />
        </span>
      </div>
      <Facts>
        <Fact label="Type">{deviceTypeName(device.device_type)}</Fact>
        <Fact label="Template">
          {device.template} <span className="text-faint">({device.confidence} % sure)</span>
        </Fact>
        <Said label="Vendor" text={device.vendor} />
        <Said label="Model" text={device.model} />
        <Said label="Serial number" text={device.serial} />
        <Said label="Firmware" text={device.firmware} />
        <Said label="Operating system" text={device.os} />
        <Said label="Credential that answered" text={device.credential_name} />
        <Said label="System name" text={device.sys_name} />
        <Said label="Name in DNS" text={device.hostname} />
        <Said label="MAC address" text={device.mac_address} />
        <Said label="MAC vendor" text={device.mac_vendor} />
        {device.open_ports.length > 0 && (
          <Fact label="Open ports">{device.open_ports.map(portWords).join(', ')}</Fact>
        )}
        <Said label="sysObjectID" text={device.sys_object_id} />
        <Said label="Description" text={device.sys_descr} wide />
      </Facts>
    </>
  );
}

function Sentences({ title, texts }: { readonly title: string; readonly texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <SheetPart title={title}>
      <ul className="flex list-disc flex-col gap-0.5 pl-5 text-13 text-soft">
        {[...new Set(texts)].map((text) => (
          <li key={text} className="break-words">
            <DeviceText text={text} max={SENTENCE_MAX} />
          </li>
        ))}
      </ul>
    </SheetPart>
  );
}

function Addresses({ job, device }: { readonly job: DiscoveryJob; readonly device: DiscoveredDevice }) {
  const may = useMay()('discovery.write');
  const { keys, addresses, merge_reasons: reasons } = device;
  return (
    <SheetPart
      title={
        addresses.length > 1 ? `${plural(addresses.length, 'address', 'addresses')}, one device` : 'Address'
      }
    >
      {reasons.length > 0 && (
        <ul className="flex list-disc flex-col gap-0.5 pl-5 text-13 text-soft">
          {reasons.map((reason) => (
            <li key={reason} className="break-words">
              <DeviceText text={reason} max={SENTENCE_MAX} />
            </li>
          ))}
        </ul>
      )}
      <SplitAddresses key={device.id} jobId={job.id} device={device} mayChange={may} />
      {keys.length > 0 && (
        <dl className="flex flex-col gap-1 text-12">
          {keys.map(({ kind, value, is_unique: isUnique }) => (
            <div key={`${kind} ${value}`} className="flex flex-wrap gap-x-2">
              <dt className="text-faint">{keyName(kind)}</dt>
              <dd className="min-w-0 font-mono break-all">
                <DeviceText text={value} max={SENTENCE_MAX} />
              </dd>
              {!isUnique && <dd className="text-warning">others have it too: it tells nobody apart</dd>}
            </div>
          ))}
        </dl>
      )}
    </SheetPart>
  );
}
