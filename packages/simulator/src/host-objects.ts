import { ValueType } from '@stratora/snmp';
import type { MibObject } from './mib-object.ts';

const HOST = '1.3.6.1.2.1.25';
const ENTITY = '1.3.6.1.2.1.47.1.1.1.1';
const SENSOR = '1.3.6.1.2.1.99.1.1.1';
const WAVE_SECONDS = 1_200;

/** Returns the value of a gauge that goes up and down around a middle over twenty minutes. */
function wave(unixSeconds: number, middle: number, swing: number): number {
  return Math.round(middle + swing * Math.sin((2 * Math.PI * unixSeconds) / WAVE_SECONDS));
}

interface Storage {
  readonly description: string;
  /** Arc below hrStorageTypes: 2 RAM, 3 virtual memory, 4 fixed disk. */
  readonly kind: number;
  readonly unitBytes: number;
  readonly units: number;
  readonly usedShare: number;
}

const STORAGES: readonly Storage[] = [
  { description: 'Physical memory', kind: 2, unitBytes: 1_024, units: 4_194_304, usedShare: 0.55 },
  { description: 'Virtual memory', kind: 3, unitBytes: 1_024, units: 6_291_456, usedShare: 0.35 },
  { description: '/', kind: 4, unitBytes: 4_096, units: 5_242_880, usedShare: 0.4 },
  { description: '/var/log', kind: 4, unitBytes: 4_096, units: 1_310_720, usedShare: 0.62 },
];

/** Builds objects of HOST-RESOURCES-MIB (RFC 2790): memory, storage, and two processors. */
export function hostObjects(variant: number): MibObject[] {
  const objects: MibObject[] = [
    { oid: `${HOST}.1.1.0`, type: ValueType.timeTicks, value: (t) => (t % 40_000_000) * 100 },
    { oid: `${HOST}.2.2.0`, type: ValueType.integer, value: 4_194_304 },
  ];
  for (const [at, storage] of STORAGES.entries()) {
    const index = at + 1;
    const entry = `${HOST}.2.3.1`;
    const used = storage.units * storage.usedShare;
    objects.push(
      { oid: `${entry}.1.${index}`, type: ValueType.integer, value: index },
      { oid: `${entry}.2.${index}`, type: ValueType.oid, value: `${HOST}.2.1.${storage.kind}` },
      { oid: `${entry}.3.${index}`, type: ValueType.octetString, value: storage.description },
      { oid: `${entry}.4.${index}`, type: ValueType.integer, value: storage.unitBytes },
      { oid: `${entry}.5.${index}`, type: ValueType.integer, value: storage.units },
      {
        oid: `${entry}.6.${index}`,
        type: ValueType.integer,
        value: (t) => wave(t + variant, used, used * 0.1),
      },
    );
  }
  for (const [at, processor] of [196_608, 196_609].entries()) {
    objects.push(
      { oid: `${HOST}.3.2.1.1.${processor}`, type: ValueType.integer, value: processor },
      { oid: `${HOST}.3.2.1.2.${processor}`, type: ValueType.oid, value: `${HOST}.3.1.3` },
      {
        oid: `${HOST}.3.2.1.3.${processor}`,
        type: ValueType.octetString,
        value: `Simulated processor ${at + 1}`,
      },
      { oid: `${HOST}.3.3.1.1.${processor}`, type: ValueType.oid, value: '0.0' },
      {
        oid: `${HOST}.3.3.1.2.${processor}`,
        type: ValueType.integer,
        value: (t) => wave(t + at * 300 + variant * 7, 40, 25),
      },
    );
  }
  return objects;
}

interface Sensor {
  readonly name: string;
  /** EntitySensorDataType: 8 celsius, 10 rpm, 6 watts. */
  readonly type: number;
  readonly precision: number;
  readonly middle: number;
  readonly swing: number;
  readonly units: string;
}

const SENSORS: readonly Sensor[] = [
  { name: 'Inlet temperature', type: 8, precision: 1, middle: 265, swing: 20, units: 'degrees C' },
  { name: 'CPU temperature', type: 8, precision: 0, middle: 48, swing: 6, units: 'degrees C' },
  { name: 'Fan 1', type: 10, precision: 0, middle: 5_200, swing: 300, units: 'rpm' },
  { name: 'Power', type: 6, precision: 0, middle: 74, swing: 9, units: 'watts' },
];

/** Builds objects of ENTITY-MIB (RFC 6933), the names, and ENTITY-SENSOR-MIB (RFC 3433), the values. */
export function environmentObjects(variant: number): MibObject[] {
  return SENSORS.flatMap((sensor, at): MibObject[] => {
    const index = 1_001 + at;
    const { type, precision, middle, swing } = sensor;
    return [
      { oid: `${ENTITY}.2.${index}`, type: ValueType.octetString, value: sensor.name },
      { oid: `${ENTITY}.5.${index}`, type: ValueType.integer, value: 8 },
      { oid: `${ENTITY}.7.${index}`, type: ValueType.octetString, value: sensor.name },
      { oid: `${SENSOR}.1.${index}`, type: ValueType.integer, value: type },
      { oid: `${SENSOR}.2.${index}`, type: ValueType.integer, value: 9 },
      { oid: `${SENSOR}.3.${index}`, type: ValueType.integer, value: precision },
      {
        oid: `${SENSOR}.4.${index}`,
        type: ValueType.integer,
        value: (t) => wave(t + variant * 11, middle, swing),
      },
      { oid: `${SENSOR}.5.${index}`, type: ValueType.integer, value: 1 },
      { oid: `${SENSOR}.6.${index}`, type: ValueType.octetString, value: sensor.units },
      { oid: `${SENSOR}.7.${index}`, type: ValueType.timeTicks, value: 0 },
      { oid: `${SENSOR}.8.${index}`, type: ValueType.gauge32, value: 10 },
    ];
  });
}
