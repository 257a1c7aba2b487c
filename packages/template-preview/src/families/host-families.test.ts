import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CAPTURES, hasCaptures, previewCapture } from '../capture-preview.test-support.ts';
import type { PreviewPoint } from '../template-preview.ts';

/** A reading that another program made of the same recording. */
interface OtherReading {
  readonly class: string;
  readonly descr: string | null;
  readonly oid: string;
  readonly value: number | null;
  readonly in_capture?: boolean;
}

/** Classes of the other program's readings, the places where the same is here, and the factor between them. */
const PLACES: Readonly<Record<string, { readonly fields: readonly string[]; readonly factor?: number }>> = {
  charge: { fields: ['device_ups.battery_charge_percent'] },
  runtime: { fields: ['device_ups.runtime_seconds'], factor: 60 },
  load: { fields: ['device_ups.load_percent', 'device_pdu.load_percent'] },
  voltage: {
    fields: [
      'device_sensor.voltage',
      'device_ups.input_voltage',
      'device_ups.output_voltage',
      'device_ups.battery_voltage',
      'device_pdu.voltage',
    ],
  },
  current: {
    fields: [
      'device_sensor.current',
      'device_ups.input_current',
      'device_ups.output_current',
      'device_pdu.current',
      'device_outlet.current',
    ],
  },
  power: {
    fields: [
      'device_sensor.power',
      'device_ups.output_power_watts',
      'device_ups.output_apparent_power_volt_amperes',
      'device_pdu.watts',
      'device_outlet.watts',
    ],
  },
  temperature: {
    fields: [
      'device_sensor.temperature',
      'device_ups.battery_temperature_celsius',
      'device_disk.temperature_celsius',
    ],
  },
  humidity: { fields: ['device_sensor.humidity'] },
  fanspeed: { fields: ['device_sensor.fan'] },
};

/** Readings of the other program that the templates leave out or read otherwise, by the beginning of an OID, with the reason. */
const OTHERWISE: readonly { readonly oid: string; readonly why: string; readonly value?: number }[] = [
  { oid: '1.3.6.1.4.1.318.1.1.1.2.2.21', why: 'a date' },
  { oid: '1.3.6.1.4.1.318.1.1.1.2.1.3', why: 'a date' },
  { oid: '1.3.6.1.4.1.534.1.2.6', why: 'a date' },
  { oid: '1.3.6.1.4.1.318.1.1.10.4.2.3.1.6', why: 'a probe without humidity', value: -1 },
  { oid: '1.3.6.1.4.1.318.1.1.12.2.3', why: 'rPDU2 tells the same phase, a moment later' },
  { oid: '1.3.6.1.4.1.318.1.1.15.3.1', why: 'the mains of a floor-standing PDU' },
  { oid: '1.3.6.1.4.1.318.1.1.15.3.4.2', why: 'the neutral of a floor-standing PDU' },
  { oid: '1.3.6.1.4.1.318.1.1.15.3.4.3', why: 'the sum of the phases' },
  { oid: '1.3.6.1.4.1.318.1.1.15.3.4.4', why: 'the sum of the phases' },
  { oid: '1.3.6.1.4.1.318.1.1.15.3.4.14.1.2', why: 'between phases there, to neutral here' },
  { oid: '1.3.6.1.4.1.318.1.1.15.3.4.14.1.6', why: 'apparent power' },
  { oid: '1.3.6.1.4.1.318.1.1.13.1.5.5', why: 'a humidifier' },
  { oid: '1.3.6.1.4.1.318.1.1.13.1.4', why: 'set points' },
  { oid: '1.3.6.1.4.1.318.1.1.13.1.5.6', why: 'a blower' },
  { oid: '1.3.6.1.4.1.318.1.1.13.1.5.7', why: 'a blower' },
  { oid: '1.3.6.1.4.1.318.1.1.27.1.4.1.2.1.3', why: 'scaled by the factor beside it here, and not there' },
  { oid: '1.3.6.1.2.1.33.1.3.3.1.4', why: 'currents of the input' },
  { oid: '1.3.6.1.2.1.33.1.3.3.1.5', why: 'power of the input' },
  { oid: '1.3.6.1.2.1.33.1.2.6', why: 'the current of the battery' },
  { oid: '1.3.6.1.4.1.534.1.2.3', why: 'the current of the battery' },
  { oid: '1.3.6.1.4.1.850.1.1.3.2.3.4', why: 'circuits of a PDU' },
  { oid: '1.3.6.1.2.1.33.1.2.2', why: 'the time on battery, which is no runtime that is left' },
  { oid: '1.3.6.1.4.1.4555.1.1.7.1.2.2', why: 'the time on battery' },
  { oid: '1.3.6.1.2.1.33.1.5', why: 'the bypass' },
  { oid: '1.3.6.1.4.1.4555.1.1.7.1.2.3', why: 'not told', value: 65_535 },
  { oid: '1.3.6.1.4.1.3854.1.2.2.1.17.1.13', why: 'the raw value of a sensor that is off line' },
  { oid: '1.3.6.1.4.1.21317.1.14.2.1.10', why: 'the second temperature of a supply' },
  { oid: '1.3.6.1.4.1.850.1.1.3.1.2.1.1.7', why: 'a temperature beside that of UPS-MIB' },
];

/** Template, recording, and how many of the other program's readings must be found. */
const FAMILIES: readonly (readonly [slug: string, capture: string, atLeast: number])[] = [
  ['apc', 'lnms-apc-smt750x-nmc2', 8],
  ['apc', 'lnms-apc-smx750', 9],
  ['apc', 'lnms-apc-sua1500rmi2u', 8],
  ['apc', 'lnms-apc-sua750i', 7],
  ['apc', 'lnms-apc-surt3000xl', 6],
  ['apc', 'lnms-apc-symmetralx', 7],
  ['apc', 'lnms-apc-ap7900b', 2],
  ['apc', 'lnms-apc-apdu9959eu3', 2],
  ['apc', 'lnms-apc-isx-pdu', 9],
  ['apc', 'lnms-apc-airfm', 4],
  ['apc', 'lnms-apc-emu', 11],
  ['apc', 'lnms-apc-environmental-manager', 4],
  ['eatonups', 'lnms-eatonups', 20],
  ['eatonups', 'lnms-eatonups-eaton-connectups', 8],
  ['eatonupsm2', 'lnms-eatonupsm2-9px-empg2', 8],
  ['eatonpdu', 'lnms-eatonpdu-2', 50],
  ['netmanplus', 'lnms-netmanplus-204', 19],
  ['netmanplus', 'lnms-netmanplus-mct20', 19],
  ['netvision-rfc', 'lnms-netvision-rfc', 7],
  ['socomec-ups', 'lnms-socomec-ups', 7],
  ['liebert', 'lnms-liebert-apm', 13],
  ['raritan-pdu', 'lnms-raritan-pdu-px2', 26],
  ['vertiv-pdu', 'lnms-vertiv-pdu-mn03edr1', 14],
  ['poweralert', 'lnms-poweralert-2', 10],
  ['poweralert', 'lnms-poweralert-ups', 12],
  ['poweralert', 'lnms-poweralert-pdu', 4],
  ['ups', 'lnms-generex-ups-cs141', 15],
  ['ups', 'lnms-deltaups', 6],
  ['ups', 'lnms-istars', 9],
  ['powerwalker-vfi', 'lnms-powerwalker-vfi-500r1u', 8],
  ['dsm', 'lnms-dsm-ds214se-dsm6', 3],
  ['dsm', 'lnms-dsm-ds214se-dsm7', 3],
  ['qnap', 'lnms-qnap', 27],
  ['truenas', 'lnms-truenas', 6],
  ['hpe-ilo', 'lnms-hpe-ilo-4', 30],
  ['supermicro-bmc', 'lnms-supermicro-bmc-x11', 55],
  ['xclarity', 'lnms-xclarity-lenovoxcc', 8],
  ['ibmimm', 'lnms-ibm-imm-x3550m3', 5],
  ['akcp', 'lnms-akcp-serverprobe8', 2],
  ['sensatronics-ittm', 'lnms-sensatronics-ittm', 3],
  ['apc-netbotz', 'lnms-apc-netbotz-netbotz750', 3],
];

test.skipIf(!hasCaptures).each(FAMILIES)(
  '%s gives of %s what another program reads of it',
  async (slug, capture, atLeast) => {
    const { points } = await previewCapture(slug, capture);
    const wanted = readingsOf(capture).filter((reading) => !isOtherwise(reading));
    const missing = wanted.filter((reading) => !isGiven(points, reading));
    expect(missing.map(({ class: of, descr, value, oid }) => `${of} "${descr}" ${value} (${oid})`)).toEqual(
      [],
    );
    expect(wanted.length).toBeGreaterThanOrEqual(atLeast);
  },
);

function readingsOf(capture: string): OtherReading[] {
  const file = path.join(CAPTURES, '../expected', `${capture}.json`);
  if (!existsSync(file)) return [];
  const { sensors = [] } = JSON.parse(readFileSync(file, 'utf8')) as { sensors?: OtherReading[] };
  return sensors.filter(
    ({ class: of, value, in_capture: isHeld }) =>
      PLACES[of] !== undefined && value !== null && isHeld !== false,
  );
}

function isOtherwise({ oid, value }: OtherReading): boolean {
  const own = oid.replace(/^\./, '');
  return OTHERWISE.some(
    (one) => (own === one.oid || own.startsWith(`${one.oid}.`)) && (one.value ?? value) === value,
  );
}

function isGiven(points: readonly PreviewPoint[], { class: of, value }: OtherReading): boolean {
  const place = PLACES[of];
  if (place === undefined || value === null) return false;
  const wanted = value * (place.factor ?? 1);
  const tolerance = Math.max(
    of === 'temperature' || of === 'voltage' ? 0.11 : 0.006,
    Math.abs(wanted) * 0.006,
  );
  return place.fields.some((name) => {
    const [measurement = '', field = ''] = name.split('.');
    return points.some(({ measurement: given, tags, fields }) => {
      if (given !== measurement) return false;
      const isSensor = measurement === 'device_sensor';
      if (isSensor && tags['kind'] !== field) return false;
      const number = fields[isSensor ? 'value' : field];
      return number !== undefined && Math.abs(number - wanted) <= tolerance;
    });
  });
}
