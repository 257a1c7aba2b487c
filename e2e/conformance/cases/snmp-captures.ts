import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConformanceCase } from '../conformance-case.ts';
import { snmpBlock } from './snmp-block.ts';
import { templateBlocks } from './template-blocks.ts';

/** Folder of recordings of real devices beside the checkout; without them there are no such cases. */
const CAPTURE_FOLDER = fileURLToPath(new URL('../../../../shared/devices/', import.meta.url));
const MOST_CAPTURES = 40;

interface Device {
  readonly id: string;
  readonly capture: string;
  readonly tier: string;
  readonly relevance: string;
  readonly expected: { readonly os?: string };
}

/** Chooses rich recordings, one of each operating system, evenly over the list: the same ones every time. */
function chosen(): readonly Device[] {
  const list = `${CAPTURE_FOLDER}devices.jsonl`;
  if (!existsSync(list)) return [];
  const seen = new Set<string>();
  const rich = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Device)
    .filter(({ tier, relevance, expected }) => {
      if (tier !== 'rich' || relevance !== 'core' || seen.has(expected.os ?? '')) return false;
      seen.add(expected.os ?? '');
      return true;
    });
  const step = Math.max(1, rich.length / MOST_CAPTURES);
  return Array.from(
    { length: Math.min(MOST_CAPTURES, rich.length) },
    (_, at) => rich[Math.floor(at * step)],
  ).filter((device) => device !== undefined);
}

const DEVICES = chosen();
const addressOf = (at: number): string => `127.2.${Math.floor(at / 200)}.${(at % 200) + 1}`;

/** The recordings that the stage serves, by address. */
export const CAPTURES: Readonly<Record<string, string>> = Object.fromEntries(
  DEVICES.map(({ id }, at) => [addressOf(at), `${CAPTURE_FOLDER}captures/${id}.snmprec`]),
);

/** Tables of many shapes: several indexes, text as index, addresses, octets. */
const WIDE = {
  fields: [
    { name: 'sysName', oid: '1.3.6.1.2.1.1.5.0', is_tag: true },
    { name: 'sysObjectID', oid: '1.3.6.1.2.1.1.2.0' },
    { name: 'sysUpTime', oid: '1.3.6.1.2.1.1.3.0' },
    { name: 'ifNumber', oid: '1.3.6.1.2.1.2.1.0' },
  ],
  tables: [
    {
      name: 'ports',
      index_as_tag: true,
      inherit_tags: ['sysName'],
      fields: [
        ...[1, 2, 3, 4, 5, 7, 8, 9, 10, 13, 14, 16, 19, 20].map((at) => ({
          name: `if_${at}`,
          oid: `1.3.6.1.2.1.2.2.1.${at}`,
        })),
        { name: 'mac', oid: '1.3.6.1.2.1.2.2.1.6', conversion: 'hwaddr' },
        ...[1, 6, 7, 10, 15, 18].map((at) => ({ name: `ifx_${at}`, oid: `1.3.6.1.2.1.31.1.1.1.${at}` })),
      ],
    },
    {
      name: 'addresses',
      index_as_tag: true,
      fields: [1, 2, 3, 4].map((at) => ({ name: `address_${at}`, oid: `1.3.6.1.2.1.4.20.1.${at}` })),
    },
    {
      name: 'parts',
      index_as_tag: true,
      fields: [2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 16].map((at) => ({
        name: `part_${at}`,
        oid: `1.3.6.1.2.1.47.1.1.1.1.${at}`,
      })),
    },
    {
      name: 'storage',
      index_as_tag: true,
      fields: [2, 3, 4, 5, 6].map((at) => ({ name: `storage_${at}`, oid: `1.3.6.1.2.1.25.2.3.1.${at}` })),
    },
    {
      name: 'neighbours',
      index_as_tag: true,
      fields: [4, 5, 6, 7, 8, 9, 10, 11, 12].map((at) => ({
        name: `lldp_${at}`,
        oid: `1.0.8802.1.1.2.1.4.1.1.${at}`,
        oid_index_length: 3,
      })),
    },
    {
      name: 'sensors',
      index_as_tag: true,
      fields: [1, 2, 3, 4, 5].map((at) => ({ name: `sensor_${at}`, oid: `1.3.6.1.2.1.99.1.1.1.${at}` })),
    },
  ],
} as const;

function templateCases(address: string, id: string): ConformanceCase[] {
  return templateBlocks('generic-snmp', { agents: [`udp://${address}:161`] })
    .filter(({ plugin }) => plugin === 'snmp')
    .map((block) => ({
      name: `recorded ${id}: ${block.id}`,
      input: 'snmp',
      run: 'captures',
      series: 0,
      options: block.options,
    }));
}

export const CAPTURE_CASES: readonly ConformanceCase[] = DEVICES.flatMap(({ id }, at): ConformanceCase[] => [
  {
    name: `recorded ${id}: wide`,
    input: 'snmp',
    run: 'captures',
    series: 0,
    options: snmpBlock({ agents: [addressOf(at)], options: 'max_repetitions = 25', ...WIDE }),
  },
  ...templateCases(addressOf(at), id),
]);
