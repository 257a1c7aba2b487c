import type { DiscoveredDevice } from '@stratora/contract';
import { deviceLine } from '../../ui/format/device-text.ts';
import { deviceName, deviceTypeName } from './device-words.ts';

/** Most characters of a cell. */
const CELL_MAX = 500;

/**
 * Writes a cell of a CSV file (RFC 4180). One that a spreadsheet would take for a formula begins with an apostrophe, so that
 * it is text there.
 */
export function csvCell(text: string): string {
  const line = deviceLine(text, CELL_MAX);
  const safe = /^[=+\-@\t\r]/.test(line) ? `'${line}` : line;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const COLUMNS: readonly (readonly [string, (device: DiscoveredDevice) => string])[] = [
  ['name', deviceName],
  ['address', ({ ip_address: address }) => address],
  ['all_addresses', ({ addresses }) => addresses.join(' ')],
  ['state', ({ state }) => state],
  ['last_change', ({ last_change: change }) => change ?? ''],
  ['type', ({ device_type: type }) => deviceTypeName(type)],
  ['vendor', ({ vendor }) => vendor ?? ''],
  ['model', ({ model }) => model ?? ''],
  ['serial', ({ serial }) => serial ?? ''],
  ['firmware', ({ firmware }) => firmware ?? ''],
  ['operating_system', ({ os }) => os ?? ''],
  ['template', ({ template }) => template],
  ['confidence_percent', ({ confidence }) => String(confidence)],
  ['reasons', ({ reasons }) => reasons.join('; ')],
  ['credential', ({ credential_name: name }) => name ?? ''],
  ['mac_address', ({ mac_address: mac }) => mac ?? ''],
  ['mac_vendor', ({ mac_vendor: vendor }) => vendor ?? ''],
  ['open_ports', ({ open_ports: ports }) => ports.join(' ')],
  ['system_description', ({ sys_descr: text }) => text ?? ''],
  ['first_seen_at', ({ first_seen_at: time }) => time],
  ['last_seen_at', ({ last_seen_at: time }) => time],
];

/** Devices as a CSV file with a head line, for spreadsheets; lines end as RFC 4180 has it. */
export function devicesCsv(devices: readonly DiscoveredDevice[]): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...devices.map((device) => COLUMNS.map(([, read]) => csvCell(read(device)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}
