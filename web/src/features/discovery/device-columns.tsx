import type { DiscoveredDevice } from '@stratora/contract';
import { Cable, CircleCheck, CirclePlus, EyeOff, type LucideIcon, Unplug } from 'lucide-react';
import { DeviceText } from '../../ui/device-text.tsx';
import { formatCount } from '../../ui/format/units.ts';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { addressesWords, deviceLook, deviceName, deviceTypeName, portWords } from './device-words.ts';

const text = (read: (device: DiscoveredDevice) => string | null) => ({
  compare: (a: DiscoveredDevice, b: DiscoveredDevice) => compareText(read(a) ?? '', read(b) ?? ''),
  cell: (device: DiscoveredDevice) => <DeviceText text={read(device) ?? ''} />,
});

const STATE_ICONS: Readonly<Record<DiscoveredDevice['state'], LucideIcon>> = {
  new: CirclePlus,
  monitored: CircleCheck,
  ignored: EyeOff,
  gone: Unplug,
};

export function DeviceBadge({ device }: { readonly device: DiscoveredDevice }) {
  const { label, tone } = deviceLook(device);
  return (
    <ToneBadge tone={tone} icon={STATE_ICONS[device.state]}>
      {label}
    </ToneBadge>
  );
}

export const DEVICE_COLUMNS: readonly Column<DiscoveredDevice>[] = [
  {
    id: 'name',
    header: 'Device',
    width: 180,
    compare: (a, b) => compareText(deviceName(a), deviceName(b)),
    cell: (device) => <DeviceText text={deviceName(device)} />,
  },
  {
    id: 'ip_address',
    header: 'Address',
    width: 148,
    compare: (a, b) => compareText(a.ip_address, b.ip_address),
    cell: (device) => (
      <span className="font-mono text-12" title={device.addresses.join('\n')}>
        {addressesWords(device)}
      </span>
    ),
  },
  {
    id: 'state',
    header: 'State',
    width: 168,
    compare: (a, b) => compareText(deviceLook(a).label, deviceLook(b).label),
    cell: (device) => <DeviceBadge device={device} />,
  },
  {
    id: 'device_type',
    header: 'Type',
    width: 92,
    compare: (a, b) => compareText(deviceTypeName(a.device_type), deviceTypeName(b.device_type)),
    cell: (device) => deviceTypeName(device.device_type),
  },
  { id: 'vendor', header: 'Vendor', width: 108, ...text(({ vendor }) => vendor) },
  { id: 'model', header: 'Model', width: 132, ...text(({ model }) => model) },
  { id: 'template', header: 'Template', width: 132, ...text(({ template }) => template) },
  {
    id: 'confidence',
    header: 'Sure, %',
    width: 76,
    align: 'right',
    compare: (a, b) => compareNumber(a.confidence, b.confidence),
    cell: (device) => <span title={device.reasons.join('\n')}>{device.confidence}</span>,
  },
  { id: 'credential', header: 'Credential', width: 120, ...text(({ credential_name: name }) => name) },
  { id: 'mac_vendor', header: 'MAC vendor', width: 116, ...text(({ mac_vendor: vendor }) => vendor) },
  {
    id: 'open_ports',
    header: 'Ports',
    width: 120,
    cell: ({ open_ports: ports }) => <span title={ports.map(portWords).join('\n')}>{ports.join(' ')}</span>,
  },
  {
    id: 'neighbours',
    header: 'Neighbours',
    width: 96,
    align: 'right',
    compare: (a, b) => compareNumber(a.neighbours.length, b.neighbours.length),
    cell: ({ neighbours }) => (neighbours.length === 0 ? '' : formatCount(neighbours.length)),
  },
  {
    id: 'mac_address',
    header: 'MAC address',
    width: 148,
    compare: (a, b) => compareText(a.mac_address ?? '', b.mac_address ?? ''),
    cell: ({ mac_address: mac }) => <span className="font-mono text-12">{mac ?? ''}</span>,
    hidden: true,
  },
  { id: 'serial', header: 'Serial number', width: 132, ...text(({ serial }) => serial), hidden: true },
  { id: 'firmware', header: 'Firmware', width: 120, ...text(({ firmware }) => firmware), hidden: true },
  { id: 'os', header: 'Operating system', width: 132, ...text(({ os }) => os), hidden: true },
  {
    id: 'sys_descr',
    header: 'Description',
    width: 240,
    ...text(({ sys_descr: said }) => said),
    hidden: true,
  },
  {
    id: 'last_seen_at',
    header: 'Answered',
    width: 100,
    align: 'right',
    compare: (a, b) => compareTime(b.last_seen_at, a.last_seen_at),
    cell: ({ last_seen_at: time }) => <Ago time={time} />,
    hidden: true,
  },
];

/** A device in two lines, on a narrow screen. */
export function NarrowDevice({ device }: { readonly device: DiscoveredDevice }) {
  const what = [device.vendor, device.model].filter((part) => part !== null).join(' ');
  return (
    <>
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">
          <DeviceText text={deviceName(device)} />
        </span>
        <DeviceBadge device={device} />
      </div>
      <div className="flex items-center gap-1 text-12 text-faint">
        <span className="min-w-0 truncate">
          {deviceTypeName(device.device_type)}, <span className="font-mono">{device.ip_address}</span>
          {what !== '' && (
            <>
              , <DeviceText text={what} />
            </>
          )}
        </span>
        {device.neighbours.length > 0 && (
          <span className="ml-auto inline-flex shrink-0 items-center gap-1">
            <Cable size={12} aria-hidden />
            {formatCount(device.neighbours.length)}
          </span>
        )}
      </div>
    </>
  );
}
