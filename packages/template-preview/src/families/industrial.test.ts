import { describe, expect, test } from 'vitest';
import { hasCaptures, pointsOf, previewCapture } from '../capture-preview.test-support.ts';
import { isAmong, readReference } from './reference-values.test-support.ts';

/** Templates of industrial network devices, and how many values of the other program their recordings hold. */
const CAPTURES: readonly (readonly [slug: string, capture: string, values: number])[] = [
  ['scalance', 'lnms-scalance-xc206-2sfp', 9],
  ['hirschmann', 'lnms-hirschmann-ms4128', 6],
  ['moxa-etherdevice', 'lnms-moxa-etherdevice-edsg516e', 8],
  ['moxa-etherdevice', 'lnms-moxa-etherdevice-edsp506e', 7],
  ['moxa-etherdevice', 'lnms-moxa-etherdevice-edsp510a8poe', 11],
  ['mx-nos', 'lnms-mx-nos', 14],
  ['moxa-awk', 'lnms-moxa-awk-4131a', 2],
];

/** MOXA-POE-BT-MIB: current and voltage of a port, whose power is given here. */
const PORT_OF_POE = '.1.3.6.1.4.1.8691.608.2.2.1.6.';

describe.skipIf(!hasCaptures).each(CAPTURES)('%s for %s', (slug, capture, values) => {
  test('has what another program read', async () => {
    const { points } = await previewCapture(slug, capture);
    const wanted = readReference(capture).filter(({ oid }) => !oid.startsWith(PORT_OF_POE));

    const missing = wanted.filter((value) => value.value >= 0 && !isAmong(points, value));
    expect(missing.map(({ name, oid, value }) => `${name} ${oid} = ${value}`)).toEqual([]);
    expect(wanted.length).toBeGreaterThanOrEqual(values);
  });

  test('tells maker and firmware', async () => {
    const [info, ...others] = pointsOf(await previewCapture(slug, capture), 'device_info');
    expect(others).toEqual([]);
    expect(info?.tags['vendor']).toMatch(/^[A-Z]/v);
    expect(info?.tags['firmware']).toMatch(/\d\.\d/v);
  });
});

/** States that a recording holds: of supplies, relays and rings. */
const STATES: readonly {
  slug: string;
  capture: string;
  supplies?: Record<string, number>;
  relays?: Record<string, number>;
  rings?: Record<string, number>;
}[] = [
  {
    slug: 'scalance',
    capture: 'lnms-scalance-xc206-2sfp',
    supplies: { 'Line 1': 0, 'Line 2': 1 },
    relays: { Fault: 0 },
  },
  {
    slug: 'scalance',
    capture: 'lnms-scalance-sc646',
    supplies: { 'Line 1': 0, 'Line 2': 0 },
    relays: { Fault: 0 },
  },
  {
    slug: 'hirschmann',
    capture: 'lnms-hirschmann-ms4128',
    supplies: { 'Supply 1.1': 0, 'Supply 1.2': 0 },
    rings: { HIPER: 0 },
  },
  {
    slug: 'moxa-etherdevice',
    capture: 'lnms-moxa-etherdevice-edsg516e',
    supplies: { 'Input 1': 0, 'Input 2': 1 },
  },
  {
    slug: 'mx-nos',
    capture: 'lnms-mx-nos',
    rings: { 'chain primary port': 0, 'chain secondary port': 0 },
  },
  { slug: 'sixnet', capture: 'lnms-sixnet', supplies: { P1: 0, P2: 1 }, relays: { OK: 2 } },
];

test.skipIf(!hasCaptures).each(STATES)(
  '$slug for $capture has the states of supplies, relays and rings',
  async ({ slug, capture, supplies = {}, relays = {}, rings = {} }) => {
    const preview = await previewCapture(slug, capture);
    const states = (measurement: string, tag: string, where: Record<string, string> = {}) =>
      Object.fromEntries(
        pointsOf(preview, measurement, where).flatMap(({ tags, fields }) =>
          fields['status'] === undefined ? [] : [[tags[tag] ?? '', fields['status']]],
        ),
      );

    expect(states('device_sensor', 'sensor', { kind: 'power' })).toEqual(supplies);
    expect(states('device_relay', 'relay')).toEqual(relays);
    expect(states('device_ring', 'ring')).toEqual(rings);
  },
);
