import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { captureSource, readNeighbourReport } from '@stratora/neighbours';
import { readSnmprec } from '@stratora/snmp';
import { describe, expect, test } from 'vitest';
import { CAPTURES_FOLDER, isHeldOut, listCaptures } from './identify-captures.ts';

const NODE = '01990000-0000-7000-8000-000000000001';
const hasCaptures = existsSync(CAPTURES_FOLDER);
if (!hasCaptures) process.stderr.write('captures of real devices are absent: their tests are skipped\n');

/** The cells of a table as the lines of a recording have them: by index, and in it by column. */
type RawTable = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** Reads a table from the lines, and by nothing that the product reads recordings with. */
function rawTable(lines: readonly string[], entry: string): RawTable {
  const rows = new Map<string, Map<number, string>>();
  for (const line of lines) {
    if (!line.startsWith(`${entry}.`)) continue;
    const [oid = '', tag = '', ...rest] = line.split('|');
    const [column = '', ...index] = oid.slice(entry.length + 1).split('.');
    const text = rest.join('|');
    const value = tag.endsWith('x') ? Buffer.from(text, 'hex').toString('latin1') : text;
    const key = index.join('.');
    const row = rows.get(key) ?? new Map<number, string>();
    row.set(Number(column), value);
    rows.set(key, row);
  }
  return rows;
}

/** What two readings of a text agree on: letters and digits. */
function bare(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/[^a-z0-9]/gi, '').toLowerCase();
}

/** An id of CDP: some send the six octets of a MAC address. */
function idText(value: string): string {
  const octets = Buffer.from(value, 'latin1');
  const isText = octets.every((octet) => octet >= 0x20 && octet < 0x7f);
  return octets.length === 6 && !isText ? octets.toString('hex') : bare(value);
}

const LLDP = '1.0.8802.1.1.2.1.4.1.1';
const CDP = '1.3.6.1.4.1.9.9.23.1.2.1.1';
const [CHASSIS, PORT_ID, SYSTEM] = [5, 7, 9];
const [DEVICE_ID, DEVICE_PORT] = [6, 7];

/**
 * Lists the neighbours of a device, each `PORT NAME`: once where it stands in two rows, and without one that says nothing of
 * itself. Where an index is not that of the MIB, which has the time, the port and a number, no port is known.
 */
function lldpRows(lines: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const [index, row] of rawTable(lines, LLDP)) {
    const texts = [CHASSIS, PORT_ID, SYSTEM].map((column) => (row.get(column) ?? '').replaceAll('\0', ''));
    if (texts.every((text) => text === '')) continue;
    const arcs = index.split('.');
    const port = arcs.length === 3 ? (arcs[1] ?? '') : '?';
    found.set(JSON.stringify([port, ...texts]), `${port} ${bare(row.get(SYSTEM))}`);
  }
  return [...found.values()];
}

interface Captured {
  readonly id: string;
  readonly lines: readonly string[];
  readonly text: string;
}

function captured(entry: string): Captured[] {
  return (listCaptures() ?? []).flatMap(({ id, capture }) => {
    if (isHeldOut(id)) return [];
    const text = readFileSync(path.join(CAPTURES_FOLDER, capture), 'utf8');
    return text.includes(`\n${entry}.`) ? [{ id, text, lines: text.split('\n') }] : [];
  });
}

async function reportOf({ text }: Captured) {
  return readNeighbourReport(captureSource(readSnmprec(text).objects), { nodeId: NODE });
}

describe.skipIf(!hasCaptures)('neighbours of recorded devices, read once more from the lines', () => {
  test('LLDP: each row is a neighbour at its port, with its name', { timeout: 120_000 }, async () => {
    const devices = captured(LLDP);
    expect(devices.length).toBeGreaterThan(40);
    let rows = 0;
    for (const device of devices) {
      const { rows: read } = await reportOf(device);
      const wanted = lldpRows(device.lines);
      rows += wanted.length;
      const found = new Set(
        read.lldp_neighbours.flatMap(({ port_number: number, system_name: name }) => [
          `${number} ${bare(name)}`,
          `? ${bare(name)}`,
        ]),
      );
      expect(
        wanted.filter((row) => !found.has(row)),
        device.id,
      ).toEqual([]);
      expect(read.lldp_neighbours.length, device.id).toBeGreaterThanOrEqual(wanted.length);
    }
    expect(rows).toBeGreaterThan(300);
  });

  test('CDP: each row is a neighbour at its interface, with its id and port', {
    timeout: 120_000,
  }, async () => {
    const devices = captured(CDP);
    expect(devices.length).toBeGreaterThan(8);
    for (const device of devices) {
      const { rows } = await reportOf(device);
      const found = rows.cdp_neighbours.map(
        ({ if_index: index, device_id: id, port }) => `${index} ${bare(id)} ${bare(port)}`,
      );
      const wanted = [...rawTable(device.lines, CDP)]
        .filter(([, row]) => row.has(DEVICE_ID))
        .map(([index, row]) => {
          const [id, port] = [DEVICE_ID, DEVICE_PORT].map((column) => idText(row.get(column) ?? ''));
          return `${index.split('.')[0]} ${id} ${port}`;
        });
      expect(found.toSorted(), device.id).toEqual(wanted.toSorted());
    }
  });
});
