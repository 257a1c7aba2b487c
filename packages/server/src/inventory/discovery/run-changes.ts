import { type AddressRange, addressNumber, type DiscoveryChange } from '@stratora/contract';
import { COMPARED } from './device-book.ts';
import type { DeviceBefore } from './known-device.ts';

/** A device at the end of a run. */
export interface DeviceAtEnd {
  readonly id: string;
  /** Whether this run saw it. */
  readonly is_seen: boolean;
  readonly is_gone: boolean;
  readonly before: DeviceBefore | null;
  readonly facts: Record<string, string | null>;
  readonly addresses: readonly string[];
}

export type ChangeKind = DiscoveryChange['change'];

export interface DeviceChange {
  readonly device_id: string;
  readonly change: ChangeKind;
  readonly fields: DiscoveryChange['fields'];
}

/**
 * Tells what a run changed. What it did not see is gone where it looked: not after a run that was broken off, and not outside of
 * what it scanned.
 *
 * @param scanned what was scanned to the end; `everywhere` for a crawl; undefined where the run did not get to its end
 */
export function runChanges(
  devices: readonly DeviceAtEnd[],
  scanned: readonly AddressRange[] | 'everywhere' | undefined,
): DeviceChange[] {
  return devices.flatMap((device): DeviceChange[] => {
    if (!device.is_seen) {
      const isGone = !device.is_gone && scanned !== undefined && isWithin(device.addresses, scanned);
      return isGone ? [{ device_id: device.id, change: 'gone', fields: [] }] : [];
    }
    const { before, facts } = device;
    if (before === null) return [{ device_id: device.id, change: 'new', fields: [] }];
    const fields = changedFactsOf(before.facts, facts);
    if (before.was_gone) return [{ device_id: device.id, change: 'back', fields }];
    return fields.length > 0 ? [{ device_id: device.id, change: 'changed', fields }] : [];
  });
}

/** Counts changes by their kind. */
export function countChanges(changes: readonly DeviceChange[]): Record<ChangeKind, number> {
  const counts = { new: 0, changed: 0, gone: 0, back: 0 };
  for (const { change } of changes) counts[change] += 1;
  return counts;
}

function changedFactsOf(
  before: Record<string, string | null>,
  after: Record<string, string | null>,
): DiscoveryChange['fields'] {
  return COMPARED.flatMap((field) => {
    const [was, is] = [before[field] ?? null, after[field] ?? null];
    // Of a device on the scanner's own link it is known as soon as the link is: that is no change of the device.
    const isLearned = field === 'mac_address' && was === null;
    return was === is || isLearned ? [] : [{ field, before: was, after: is }];
  });
}

/** Whether all addresses of a device, of which there may be none, were scanned. */
function isWithin(addresses: readonly string[], scanned: readonly AddressRange[] | 'everywhere'): boolean {
  if (scanned === 'everywhere') return true;
  return addresses.every((address) => {
    const parsed = addressNumber(address);
    return (
      parsed !== undefined &&
      scanned.some(
        ({ family, first, last }) =>
          family === parsed.family && first <= parsed.number && parsed.number <= last,
      )
    );
  });
}
