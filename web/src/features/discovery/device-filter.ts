import type { DeviceType, DiscoveredDevice } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { DEVICE_TYPE_ORDER } from './device-types.ts';
import { deviceTypeName } from './device-words.ts';

/** The chips above the results, in their order. */
export const DEVICE_CHIPS = [
  { value: 'new', label: 'New' },
  { value: 'changed', label: 'Changed' },
  { value: 'gone', label: 'Gone' },
  { value: 'ignored', label: 'Ignored' },
  { value: 'monitored', label: 'Monitored' },
] as const;
export type DeviceChip = (typeof DEVICE_CHIPS)[number]['value'];

export interface DeviceFilter {
  readonly search: string;
  /** Empty: all but what is ignored. */
  readonly chips: readonly DeviceChip[];
  readonly type: DeviceType | undefined;
}

function hasChip(device: DiscoveredDevice, chip: DeviceChip): boolean {
  if (chip !== 'changed') return device.state === chip;
  return device.state !== 'gone' && (device.last_change === 'changed' || device.last_change === 'back');
}

/** How many devices each chip stands for. */
export function countChips(devices: readonly DiscoveredDevice[]): Readonly<Record<DeviceChip, number>> {
  const count = (chip: DeviceChip) => devices.filter((device) => hasChip(device, chip)).length;
  return Object.fromEntries(DEVICE_CHIPS.map(({ value }) => [value, count(value)])) as Record<
    DeviceChip,
    number
  >;
}

/** Reads a filter from a URL; what it does not know it leaves out. */
export function readDeviceFilter(parameters: URLSearchParams): DeviceFilter {
  const chips = (parameters.get('show') ?? '').split(',');
  const type = parameters.get('type');
  return {
    search: parameters.get('q') ?? '',
    chips: DEVICE_CHIPS.filter(({ value }) => chips.includes(value)).map(({ value }) => value),
    type: DEVICE_TYPE_ORDER.find((known) => known === type),
  };
}

/** Writes a change of the filter into a URL; what is empty leaves it. */
export function writeDeviceFilter(
  parameters: URLSearchParams,
  change: Partial<DeviceFilter>,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const put = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  };
  if ('search' in change) put('q', change.search);
  if ('chips' in change) put('show', change.chips?.join(','));
  if ('type' in change) put('type', change.type);
  return next;
}

export function isFilteringDevices({ search, chips, type }: DeviceFilter): boolean {
  return search !== '' || chips.length > 0 || type !== undefined;
}

/** Devices that match: one of the chips, the type, and each word of the search somewhere in what is known of them. */
export function filterDevices(
  devices: readonly DiscoveredDevice[],
  { search, chips, type }: DeviceFilter,
): readonly DiscoveredDevice[] {
  const words = foldText(search).split(/\s+/).filter(Boolean);
  return devices.filter(
    (device) =>
      (chips.length === 0 ? device.state !== 'ignored' : chips.some((chip) => hasChip(device, chip))) &&
      (type === undefined || device.device_type === type) &&
      matches(device, words),
  );
}

function matches(device: DiscoveredDevice, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { sys_name: name, hostname, addresses, vendor, model, serial, template, mac_address: mac } = device;
  const parts = [name, hostname, ...addresses, device.ip_address, vendor, model, serial, template, mac];
  const text = foldText(
    [...parts, device.mac_vendor, device.os, deviceTypeName(device.device_type)].join('\n'),
  );
  return words.every((word) => text.includes(word));
}
