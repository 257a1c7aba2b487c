import type { NeighbourRows } from '@stratora/contract';
import { macOf, numberOf, textOf } from './cell-value.ts';
import type { Reading, Row } from './reading.ts';
import type { TableNote } from './table-note.ts';

type Interface = NeighbourRows['interfaces'][number];

/** ifTable and ifXTable (RFC 2863). */
export const IF_ENTRY = '1.3.6.1.2.1.2.2.1';
export const IF_X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
/** The columns of both: ifDescr, ifType, ifSpeed, ifPhysAddress, ifAdminStatus, ifOperStatus. */
const IF_COLUMNS = [2, 3, 5, 6, 7, 8] as const;
/** ifName, ifHighSpeed (megabits), ifAlias. */
const IF_X_COLUMNS = [1, 15, 18] as const;
const OPER_STATUS_AT = 5;
/** The largest ifSpeed: it is this, or more. */
const SPEED_MAX = 4_294_967_295;

/** Reads the interfaces of a device. Those that only one of the two tables has are interfaces, too. */
export async function readInterfaces(reading: Reading, note: TableNote): Promise<Interface[]> {
  const rows = await reading.rows(note, {
    entry: IF_ENTRY,
    columns: [...IF_COLUMNS],
    needed: [OPER_STATUS_AT],
  });
  const more = await reading.rows(note, { entry: IF_X_ENTRY, columns: [...IF_X_COLUMNS], needed: [0] });
  const byIndex = new Map<number, { row?: Row; extra?: Row }>();
  for (const [key, found] of [
    ['row', rows],
    ['extra', more],
  ] as const) {
    for (const one of found) {
      const ifIndex = one.index.length === 1 ? one.index[0] : undefined;
      if (ifIndex === undefined) note.leaveOut('an interface whose row has no number');
      else byIndex.set(ifIndex, { ...byIndex.get(ifIndex), [key]: one });
    }
  }
  return [...byIndex].map(([ifIndex, { row, extra }]) => interfaceOf(ifIndex, row, extra));
}

function interfaceOf(ifIndex: number, row: Row | undefined, extra: Row | undefined): Interface {
  const [description, type, speed, mac, admin, oper] = row?.values ?? [];
  const [name, highSpeed, alias] = extra?.values ?? [];
  return {
    if_index: ifIndex,
    name: textOf(name),
    description: textOf(description),
    alias: textOf(alias),
    type: numberOf(type),
    mac_address: macOf(mac) ?? null,
    admin_status: numberOf(admin),
    oper_status: numberOf(oper),
    speed_bps: speedOf(numberOf(speed), numberOf(highSpeed)),
  };
}

function speedOf(speed: number | null, megabits: number | null): number | null {
  if (megabits !== null && megabits > 0) return megabits * 1_000_000;
  return speed === null || speed < 0 || speed >= SPEED_MAX ? null : speed;
}
