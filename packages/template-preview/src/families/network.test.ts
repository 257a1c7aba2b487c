import { expect, test } from 'vitest';
import { hasCaptures, pointsOf, previewCapture } from '../capture-preview.test-support.ts';
import { isAmong, type ReferenceValue, readReference } from './reference-values.test-support.ts';

/**
 * Values that the other program has and the templates do not give, or give otherwise, with the reason. The place is the
 * beginning of an OID.
 */
const OTHERWISE: readonly {
  readonly oid: string;
  readonly why: string;
  readonly when?: (value: ReferenceValue) => boolean;
}[] = [
  { oid: '1.3.6.1.4.1.9.9.109.1.1.1.1.8', why: 'the load of five minutes there, of one here' },
  { oid: '1.3.6.1.4.1.9.9.109.1.1.2.1.5', why: 'each core there, the processor here' },
  { oid: '1.3.6.1.4.1.9.9.715.1.1.6.1.14', why: 'the load of five minutes there, of one here' },
  { oid: '1.3.6.1.4.1.9.9.48.1', why: 'IOS-XE: pools of IOS there, memory of the system here' },
  {
    oid: '1.3.6.1.4.1.9.9.221.1',
    why: 'reserved memory and the image are full by nature',
    when: ({ value }) => value === 100,
  },
  { oid: '1.3.6.1.4.1.9.9.661', why: 'a modem, which is no part of a switch' },
  { oid: '1.3.6.1.4.1.9.6.1.101.83.5.1.1.2', why: 'the MIB names no unit and no place for it' },
  { oid: '1.3.6.1.4.1.6027.3.26.1.4.4.1.5', why: 'the load of five minutes there, of one here' },
  { oid: '1.3.6.1.4.1.6027.3.11.1.3.1.1', why: 'the MIB says mA, which are shown as A there' },
  { oid: '1.3.6.1.4.1.5624.1.2.49.1.1', why: 'the load of five minutes there, of one here' },
  {
    oid: '1.3.6.1.4.1.674.10895.5000.2.6132.1.1.1.1.4',
    why: 'the load of five seconds there, of sixty here',
  },
  { oid: '1.3.6.1.4.1.4413.1.1.1.1.4', why: 'the load of five seconds there, of sixty here' },
  { oid: '1.3.6.1.4.1.4413.1.1.43.1.6', why: 'a fan without a tachometer', when: ({ value }) => value === 0 },
  { oid: '1.3.6.1.4.1.1991.1.1.3.3.6', why: 'texts with a state behind the number' },
  { oid: '1.3.6.1.4.1.1991.1.1.2.14', why: 'what is free there, what is used here' },
  { oid: '1.3.6.1.4.1.1588.2.1.1.1.28', why: 'transceivers are named by 16 octets of a world wide name' },
  { oid: '1.3.6.1.4.1.1916.1.1.1.40.1', why: 'a unit that is told beside it, and was not recorded' },
  { oid: '1.3.6.1.4.1.2011.5.25.31.1.1.3.1.7', why: 'uA by the MIB, mA by some systems: no telling which' },
  { oid: '1.3.6.1.4.1.2011.6.157.2', why: 'a board that is not measured', when: ({ value }) => value === 0 },
  { oid: '1.3.6.1.4.1.11863.6.56.1.1.1.4', why: 'what is free there, what is used here' },
  {
    oid: '1.3.6.1.4.1.14988.1.1.19.1.1',
    why: 'a place without a transceiver',
    when: ({ value }) => value === 0,
  },
  {
    oid: '1.3.6.1.4.1.14988.1.1.15.1.1',
    why: 'the power of a port is given, its current and voltage are not',
  },
];

/** Captures of each family, and how many of the other program's values must be found in what the template gives. */
const CAPTURES: readonly (readonly [slug: string, capture: string, atLeast: number])[] = [
  ['ios', 'lnms-ios-2960x', 14],
  ['ios', 'lnms-ios-c3560', 3],
  ['iosxe', 'lnms-iosxe-c8500-20x6c', 170],
  ['iosxe', 'lnms-iosxe-c9400-svl', 100],
  ['iosxe', 'lnms-iosxe-c9500h-svl', 102],
  ['iosxe', 'lnms-iosxe-ie32008t2s-ios17-12', 6],
  ['iosxe', 'lnms-iosxe-ir1101', 8],
  ['iosxr', 'lnms-iosxr', 2],
  ['nxos', 'lnms-nxos', 1],
  ['nxos', 'lnms-nxos-n3k-3064pq', 30],
  ['nxos', 'lnms-nxos-n9k-c93180yc-fx3', 25],
  ['ciscosb', 'lnms-ciscosb-sg350x-24p', 3],
  ['ciscosb', 'lnms-ciscosb-sx550x-24f', 16],
  ['procurve', 'lnms-procurve-2520', 9],
  ['procurve', 'lnms-procurve-e2910', 4],
  ['arubaos-cx', 'lnms-arubaos-cx-10.07', 14],
  ['arubaos-cx', 'lnms-arubaos-cx-6300-vsf-stack', 122],
  ['arubaos-cx', 'lnms-arubaos-cx-8360', 30],
  ['comware', 'lnms-comware', 49],
  ['comware', 'lnms-comware-a5500', 5],
  ['comware', 'lnms-comware-hpe5900', 8],
  ['junos', 'lnms-junos-mx5t-isis', 21],
  ['junos', 'lnms-junos-qfx5100', 10],
  ['junos', 'lnms-junos-vmx', 4],
  ['arista-eos', 'lnms-arista-eos-vrf', 66],
  ['arista-mos', 'lnms-arista-mos-metamux48-c-0-16', 83],
  ['dnos', 'lnms-dnos-z9100-on', 45],
  ['dnos', 'lnms-dnos-c', 2],
  ['ftos', 'lnms-ftos-1', 2],
  ['powerconnect', 'lnms-powerconnect-2824', 2],
  ['powerconnect', 'lnms-powerconnect-3080', 1],
  ['xos', 'lnms-xos', 2],
  ['xos', 'lnms-xos-sfp', 200],
  ['voss', 'lnms-voss-4900', 11],
  ['voss', 'lnms-voss-8608', 9],
  ['boss', 'lnms-boss', 2],
  ['enterasys', 'lnms-enterasys-1', 5],
  ['slxos', 'lnms-slxos-slx9150', 15],
  ['ironware', 'lnms-ironware', 90],
  ['ironware', 'lnms-ironware-stack-temp', 16],
  ['nos', 'lnms-nos', 2],
  ['fabos', 'lnms-fabos-6520', 16],
  ['vrp', 'lnms-vrp-5720', 9],
  ['vrp', 'lnms-vrp-ac6605-26', 6],
  ['vrp', 'lnms-vrp-power', 10],
  ['yunshan', 'lnms-yunshan', 34],
  ['routeros', 'lnms-routeros', 10],
  ['routeros', 'lnms-routeros-crs317', 8],
  ['swos', 'lnms-swos', 12],
  ['awplus', 'lnms-awplus-5.4.8-2', 48],
  ['awplus', 'lnms-awplus-sfp', 11],
  ['netgear', 'lnms-netgear-3', 1],
  ['jetstream', 'lnms-jetstream-sg2218p', 17],
  ['jetstream', 'lnms-jetstream-t2600g-28ts', 8],
  ['dlink', 'lnms-dlink-des-3528', 3],
  ['dlink', 'lnms-dlink-dgs-1510-28x-me', 3],
  ['zynos', 'lnms-zynos-es', 1],
  ['edgeswitch', 'lnms-edgeswitch-es-24-250w', 9],
];

test.skipIf(!hasCaptures).each(CAPTURES)(
  '%s gives of %s what another program reads of it',
  async (slug, capture, atLeast) => {
    const { points, inputs } = await previewCapture(slug, capture);
    expect(
      inputs.filter(({ status }) => status !== 'ok').map(({ id, message }) => ({ id, message })),
    ).toEqual([]);
    const reference = readReference(capture);
    const found = reference.filter((value) => isAmong(points, value));
    const lost = reference.filter((value) => !found.includes(value) && reasonOf(value) === undefined);
    expect(lost).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(atLeast);
  },
);

function reasonOf(value: ReferenceValue): string | undefined {
  const oid = value.oid.replace(/^\./, '');
  return OTHERWISE.find(
    (entry) => oid.startsWith(`${entry.oid}.`) && (entry.when === undefined || entry.when(value)),
  )?.why;
}

test.skipIf(!hasCaptures)('a stack tells its members, their roles, its supplies and its power', async () => {
  const preview = await previewCapture('ios', 'lnms-ios-2960x');
  expect(pointsOf(preview, 'device_stack').map(({ fields }) => fields)).toEqual([
    { status: 0, role: 1 },
    { status: 0, role: 3 },
    { status: 0, role: 3 },
  ]);
  expect(pointsOf(preview, 'device_poe')).toEqual([
    {
      measurement: 'device_poe',
      tags: { unit: '1' },
      fields: { budget_watts: 370, used_watts: 115, used_percent: 31.081_081_081_081_1, status: 0 },
    },
  ]);
  expect(pointsOf(preview, 'device_sensor', { kind: 'power' }).map(({ fields }) => fields['status'])).toEqual(
    [0, 0, 0],
  );
});

test.skipIf(!hasCaptures)('power over Ethernet is told for each port, in watts', async () => {
  const preview = await previewCapture('jetstream', 'lnms-jetstream-sg2218p');
  const ports = pointsOf(preview, 'device_poe_port');
  expect(ports).toHaveLength(16);
  expect(ports.find(({ tags }) => tags['port'] === '2')?.fields).toEqual({
    watts: 2.6,
    status: 0,
    delivering: 1,
  });
});

test.skipIf(!hasCaptures)('the packages of Junos, full by nature, are no storage', async () => {
  const preview = await previewCapture('junos', 'lnms-junos-mx5t-isis');
  expect(pointsOf(preview, 'device_storage').map(({ tags }) => tags['volume'])).toEqual([
    '/dev/da0s1a, mounted on: /',
    '/dev/da0s1e, mounted on: /config',
    '/dev/da1s1f, mounted on: /var',
  ]);
});
