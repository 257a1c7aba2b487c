import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { neighbourReportSchema } from '@stratora/contract';
import { readSnmprec } from '@stratora/snmp';
import { describe, expect, it } from 'vitest';
import { reportOf } from './made-up.test-support.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/devices/captures');
const hasCaptures = existsSync(FOLDER);

if (!hasCaptures) process.stderr.write('captures of real devices are absent: their tests are skipped\n');

/** Tells whether a recording is of the fifth that is held out, by the hash of its name: it is not opened. */
function isHeldOut(id: string): boolean {
  return Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 8), 16) % 5 === 0;
}

interface RawRow {
  index: string;
  cells: Map<number, { type: string; text: string }>;
}

/** The rows of a table as they stand in the file, read line by line and by nothing of the product. */
function rawRows(lines: readonly string[], entry: string): RawRow[] {
  const rows = new Map<string, RawRow>();
  for (const line of lines) {
    const [oid = '', type = '', ...rest] = line.split('|');
    if (!oid.startsWith(`${entry}.`)) continue;
    const [column = '', ...index] = oid.slice(entry.length + 1).split('.');
    const key = index.join('.');
    const row = rows.get(key) ?? { index: key, cells: new Map() };
    row.cells.set(Number(column), { type, text: rest.join('|') });
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** Letters and digits of a value alone, small: as two writings of the same id are compared. */
function bare(cell: { type: string; text: string } | undefined): string {
  if (cell === undefined) return '';
  const written = cell.text;
  if (cell.type !== '4x') return written.replaceAll(/[^0-9a-z]/gi, '').toLowerCase();
  const bytes = Buffer.from(written, 'hex');
  const isText = /^[\x20-\x7e\s]+\0*$/.test(bytes.toString('latin1'));
  if (isText && bytes.length !== 6)
    return bytes
      .toString('latin1')
      .replaceAll(/[^0-9a-z]/gi, '')
      .toLowerCase();
  return /^(00)*$/.test(written) && bytes.length !== 6 ? '' : written.toLowerCase();
}

const bareText = (text: string) => text.replaceAll(/[^0-9a-z]/gi, '').toLowerCase();

/** Port, chassis id and port id of each neighbour, out of the raw rows; the same one on the same port once. */
function rawLldp(lines: readonly string[]): string[] {
  const found = new Set<string>();
  for (const { index, cells } of rawRows(lines, '1.0.8802.1.1.2.1.4.1.1')) {
    const arcs = index.split('.');
    const chassis = bare(cells.get(5));
    const port = bare(cells.get(7));
    const name = bare(cells.get(9));
    if (chassis === '' && port === '' && name === '') continue;
    const number = arcs.length === 3 ? arcs[1] : '0';
    const own = lines.find((line) => line.startsWith(`1.3.6.1.4.1.14988.1.1.11.1.1.8.${arcs.at(-1)}|`));
    const at = number === '0' && own !== undefined ? `if ${own.split('|')[2]}` : number;
    found.add(`${at} ${chassis} ${port}`);
  }
  return [...found].toSorted();
}

function rawCdp(lines: readonly string[]): string[] {
  return rawRows(lines, '1.3.6.1.4.1.9.9.23.1.2.1.1')
    .map(({ index, cells }) => `${index.split('.')[0]} ${bare(cells.get(6))} ${bare(cells.get(7))}`)
    .filter((row) => !/^\d+ /.test(row) || row.split(' ')[1] !== '')
    .toSorted();
}

/** Addresses with and without their length in the index. */
function rawAddresses(lines: readonly string[]): number {
  return new Set(
    rawRows(lines, '1.0.8802.1.1.2.1.4.2.1').flatMap(({ index }) =>
      /^\d+\.\d+\.\d+\.[126]\./.test(index) ? [index] : [],
    ),
  ).size;
}

describe.skipIf(!hasCaptures)('recordings of devices with LLDP or CDP', () => {
  const ids = (hasCaptures ? readdirSync(FOLDER) : [])
    .map((name) => name.replace(/\.snmprec$/, ''))
    .filter((id) => !isHeldOut(id));
  const files = ids.flatMap((id) => {
    const content = readFileSync(path.join(FOLDER, `${id}.snmprec`), 'latin1');
    return /^1\.(?:0\.8802\.1\.1\.2\.1\.4|3\.111\.2\.802\.1\.1\.13|3\.6\.1\.4\.1\.9\.9\.23\.1\.2)/m.test(
      content,
    )
      ? [{ id, content }]
      : [];
  });

  it('are many', () => expect(files.length).toBeGreaterThan(55));

  it.each(files)('$id: neighbours are those of its raw rows', async ({ id, content }) => {
    const lines = content.split('\n').map((line) => line.replace(/\r$/, ''));
    const utf8 = readFileSync(path.join(FOLDER, `${id}.snmprec`), 'utf8');
    const report = await reportOf(readSnmprec(utf8).objects);
    expect(neighbourReportSchema.safeParse(report).error?.issues.slice(0, 3)).toBeUndefined();
    const { rows, tables } = report;
    const heard = rows.lldp_neighbours
      .map(({ port_number, if_index, chassis, port }) => {
        const at = port_number === 0 && if_index !== null ? `if ${if_index}` : String(port_number);
        return `${at} ${bareText(chassis.text)} ${bareText(port.text)}`;
      })
      .toSorted();
    const raw = rawLldp(lines);
    if (raw.length > 0) expect([...new Set(heard)]).toEqual(raw);
    const cdp = rows.cdp_neighbours
      .map(({ if_index, device_id, port }) => `${if_index} ${bareText(device_id)} ${bareText(port ?? '')}`)
      .toSorted();
    expect(cdp).toEqual(rawCdp(lines));
    const managed = rows.lldp_neighbours.reduce((sum, one) => sum + one.management_addresses.length, 0);
    expect(managed).toBeLessThanOrEqual(rawAddresses(lines));
    for (const state of Object.values(tables).map((table) => table.state))
      expect(state).toMatch(/whole|absent/);
  });
});
