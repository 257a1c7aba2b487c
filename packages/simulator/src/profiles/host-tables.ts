import type { MibObject } from '../mib-object.ts';
import type { DeviceProfile, DiskProfile, SensorProfile, StorageProfile } from './device-profile.ts';
import { counter32, gauge, integer, mibRow, oid, text, ticks } from './mib-rows.ts';
import { flowBetween, levelAt } from './moving-value.ts';

const HOST = '1.3.6.1.2.1.25';
const ENTITY_ENTRY = '1.3.6.1.2.1.47.1.1.1.1';
const SENSOR_ENTRY = '1.3.6.1.2.1.99.1.1.1';

/** Arcs below hrStorageTypes. */
const STORAGE_ARCS = { memory: 2, virtual_memory: 3, disk: 4 } as const;
/** Values of EntitySensorDataType. */
const SENSOR_TYPES = { volts: 4, amperes: 5, watts: 6, celsius: 8, humidity: 9, rpm: 10 } as const;
const SENSOR_UNITS = {
  volts: 'volts',
  amperes: 'amperes',
  watts: 'watts',
  celsius: 'degrees C',
  humidity: '%RH',
  rpm: 'rpm',
} as const;
/** Value of EntitySensorDataScale for units; the precision is up to nine decimal places. */
const SCALE_UNITS = 9;
const OK = 1;
const NONOPERATIONAL = 3;

const FIRST_PROCESSOR = 196_608;
const FIRST_DISK = 393_216;
const FIRST_SENSOR = 1_001;

/** Builds objects of HOST-RESOURCES-MIB (RFC 2790): storages, processors and disks. */
export function hostTables(device: DeviceProfile): MibObject[] {
  return [
    ...(device.storages ?? []).flatMap((storage, at) => storageRow(storage, at + 1)),
    ...(device.processors ?? []).flatMap((load, at) => [
      ...mibRow(`${HOST}.3.2.1`, FIRST_PROCESSOR + at, [
        integer(1, FIRST_PROCESSOR + at),
        oid(2, `${HOST}.3.1.3`),
        text(3, `Processor ${at + 1}`),
        integer(5, 2),
      ]),
      ...mibRow(`${HOST}.3.3.1`, FIRST_PROCESSOR + at, [
        oid(1, '0.0'),
        integer(2, (now) => clamp(Math.round(levelAt(load, now)), 0, 100)),
      ]),
    ]),
    ...(device.disks ?? []).flatMap((disk, at) => diskRow(disk, FIRST_DISK + at)),
  ];
}

/** Builds objects of ENTITY-MIB (RFC 6933), the names, and ENTITY-SENSOR-MIB (RFC 3433), the values. */
export function sensorTables(device: DeviceProfile): MibObject[] {
  return (device.sensors ?? []).flatMap((sensor, at) => sensorRow(sensor, FIRST_SENSOR + at));
}

function storageRow(storage: StorageProfile, index: number): MibObject[] {
  const unitBytes = storage.kind === 'disk' ? 65_536 : 4_096;
  const units = Math.floor(storage.bytes / unitBytes);
  return mibRow(`${HOST}.2.3.1`, index, [
    integer(1, index),
    oid(2, `${HOST}.2.1.${STORAGE_ARCS[storage.kind]}`),
    text(3, storage.name),
    integer(4, unitBytes),
    integer(5, units),
    integer(6, (now) => Math.round((units * clamp(levelAt(storage.used, now), 0, 100)) / 100)),
  ]);
}

function diskRow({ name, failsAt = Number.POSITIVE_INFINITY }: DiskProfile, index: number): MibObject[] {
  const running = 2;
  const down = 5;
  return mibRow(`${HOST}.3.2.1`, index, [
    integer(1, index),
    oid(2, `${HOST}.3.1.6`),
    text(3, name),
    integer(5, (now) => (now >= failsAt ? down : running)),
    counter32(6, (now) => flowBetween({ perSecond: 0.02, seed: index }, failsAt, now)),
  ]);
}

function sensorRow(sensor: SensorProfile, index: number): MibObject[] {
  const { name, kind, precision, level, failsAt = Number.POSITIVE_INFINITY } = sensor;
  const isSensor = 8;
  return [
    ...mibRow(ENTITY_ENTRY, index, [text(2, name), integer(5, isSensor), text(7, name)]),
    ...mibRow(SENSOR_ENTRY, index, [
      integer(1, SENSOR_TYPES[kind]),
      integer(2, SCALE_UNITS),
      integer(3, precision),
      integer(4, (now) => (now >= failsAt ? 0 : Math.round(levelAt(level, now) * 10 ** precision))),
      integer(5, (now) => (now >= failsAt ? NONOPERATIONAL : OK)),
      text(6, SENSOR_UNITS[kind]),
      ticks(7, 0),
      gauge(8, 10_000),
    ]),
  ];
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
