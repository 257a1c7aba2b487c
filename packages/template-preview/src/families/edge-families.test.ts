import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { CAPTURES, hasCaptures, pointsOf, previewCapture } from '../capture-preview.test-support.ts';
import type { TemplatePreview } from '../template-preview.ts';

/** What another program read from the same recording: readings with their object, and those that are on record. */
interface OtherReading {
  readonly processors?: readonly {
    readonly oid: string;
    readonly usage: number;
    readonly in_capture?: boolean;
  }[];
  readonly mempools?: readonly { readonly class: string; readonly perc: number; readonly total?: number }[];
  readonly sensors?: readonly {
    readonly class: string;
    readonly oid: string;
    readonly descr: string;
    readonly value: number | null;
    readonly in_capture?: boolean;
  }[];
}

/** Classes of the other program's sensors, and what they are called here. */
const KINDS: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  fanspeed: 'fan',
  voltage: 'voltage',
};

/**
 * Firewalls and wireless devices: template, recording. `without` names objects that are left out here on purpose, by the
 * beginning of their number, with the reason.
 */
const FAMILIES: readonly { slug: string; capture: string; without?: Readonly<Record<string, string>> }[] = [
  { slug: 'panos', capture: 'lnms-panos' },
  { slug: 'panos', capture: 'lnms-panos-5220' },
  { slug: 'panos', capture: 'lnms-panos-vsys' },
  ...['1500d', '60f', '60fospfv3', 'cluster-60f', 'fwf60d', 'vm01', 'webfilter'].map((model) => ({
    slug: 'fortigate',
    capture: `lnms-fortigate-${model}`,
    without: { '.1.3.6.1.4.1.12356.101.4.1.3.': 'the mean of the processors that are told one by one' },
  })),
  { slug: 'asa', capture: 'lnms-asa' },
  ...['ftd', 'ftd-3130', 'ftd-ftd1150'].map((model) => ({
    slug: 'ftd',
    capture: `lnms-${model}`,
    without: { '.1.3.6.1.4.1.9.9.109.1.1.1.1.8.': 'the mean of five minutes; here it is that of one' },
  })),
  { slug: 'gaia', capture: 'lnms-gaia' },
  { slug: 'gaia', capture: 'lnms-gaia-1' },
  { slug: 'gaia', capture: 'lnms-gaia-1100' },
  { slug: 'gaia', capture: 'lnms-gaia-15600' },
  { slug: 'gaia', capture: 'lnms-gaia-5900' },
  { slug: 'sonicwall', capture: 'lnms-sonicwall-sma-400' },
  { slug: 'sophos-xg', capture: 'lnms-sophos-xg' },
  { slug: 'cyberoam-utm', capture: 'lnms-cyberoam-utm' },
  { slug: 'pfsense', capture: 'lnms-pfsense' },
  { slug: 'junos', capture: 'lnms-junos-srx3600' },
  { slug: 'arubaos', capture: 'lnms-arubaos' },
  { slug: 'arubaos', capture: 'lnms-arubaos-vmc' },
  { slug: 'aruba-instant', capture: 'lnms-aruba-instant' },
  { slug: 'ruckuswireless', capture: 'lnms-ruckuswireless-zd1100' },
  { slug: 'ruckuswireless-sz', capture: 'lnms-ruckuswireless-sz' },
  { slug: 'ruckuswireless-unleashed', capture: 'lnms-ruckuswireless-unleashed-legacy-unleashed' },
  { slug: 'ruckuswireless-hotzone', capture: 'lnms-ruckuswireless-hotzone' },
  {
    slug: 'ciscowlc',
    capture: 'lnms-ciscowlc-cbw240ac',
    without: { '.1.3.6.1.4.1.14179.2.3.1.13.': '5000 degrees cannot be' },
  },
  {
    slug: 'unifi',
    capture: 'lnms-unifi',
    without: {
      '.1.3.6.1.4.1.10002.1.1.1.4.2.1.3.': 'the load of its queue, which is no share of a processor',
    },
  },
  { slug: 'unifi', capture: 'lnms-unifi-nanohd' },
  {
    slug: 'airos',
    capture: 'lnms-airos-airos8',
    without: { '.1.3.6.1.4.1.41112.1.4.8.4.': 'beyond the bounds of the MIB' },
  },
  { slug: 'airos', capture: 'lnms-airos' },
  { slug: 'airos-af', capture: 'lnms-airos-af' },
  { slug: 'airos-af-ltu', capture: 'lnms-airos-af-ltu' },
  { slug: 'pmp', capture: 'lnms-pmp' },
  { slug: 'pmp', capture: 'lnms-pmp-450m' },
  { slug: 'mimosa', capture: 'lnms-mimosa-b5' },
  { slug: 'cnwave60', capture: 'lnms-cnwave60' },
  { slug: 'hiveos-wireless', capture: 'lnms-hiveos-wireless-2' },
  { slug: 'hiveos-wireless', capture: 'lnms-hiveos-wireless-650ax' },
];

/** Numbers of a field, each once for each of its points. */
function numbersOf(
  preview: TemplatePreview,
  measurement: string,
  field: string,
  tags: Readonly<Record<string, string>> = {},
): number[] {
  return pointsOf(preview, measurement, tags).flatMap(({ fields }) => {
    const value = fields[field];
    return value === undefined ? [] : [value];
  });
}

function otherReading(capture: string): OtherReading {
  const file = path.join(CAPTURES, '../expected', `${capture}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as OtherReading) : {};
}

/** Lists the readings of the other program that have no equal here; each number here is an equal of one alone. */
function missing(
  theirs: readonly (readonly [string, number])[],
  ours: readonly number[],
  near: number,
): string[] {
  const free = [...ours];
  return theirs.flatMap(([name, value]) => {
    const distances = free.map((one) => Math.abs(one - value));
    const least = Math.min(...distances);
    if (!(least <= near)) return [`${name} = ${value}`];
    const at = distances.indexOf(least);
    free.splice(at, 1);
    return [];
  });
}

describe.skipIf(!hasCaptures).each(FAMILIES)('$slug for $capture', ({ slug, capture, without = {} }) => {
  const isLeftOut = (oid: string) => Object.keys(without).some((start) => oid.startsWith(start));
  const { processors = [], mempools = [], sensors = [] } = otherReading(capture);

  test('has the load, the memory and the sensors that another program read', async () => {
    const preview = await previewCapture(slug, capture);
    const loads = processors
      .filter(({ oid, in_capture }) => in_capture !== false && !isLeftOut(oid))
      .map(({ oid, usage }) => [oid, usage] as const);
    expect(missing(loads, numbersOf(preview, 'device_cpu', 'usage_percent'), 1).join('; ')).toBe('');

    for (const [theirs, kind] of Object.entries(KINDS)) {
      const read = sensors
        .filter(
          ({ class: name, oid, value, in_capture }) =>
            name === theirs && value !== null && in_capture !== false && !isLeftOut(oid),
        )
        .map(({ descr, value }) => [descr, value ?? 0] as const);
      const ours = numbersOf(preview, 'device_sensor', 'value', { kind });
      expect(missing(read, ours, 0.01).join('; '), kind).toBe('');
    }

    const sizes = mempools.flatMap(({ class: name, total = 0 }) =>
      name === 'system' && total > 100 ? [total] : [],
    );
    const pools = numbersOf(preview, 'device_memory', 'total_bytes');
    const read = [...new Set(sizes)].map((size) => ['size of memory', size] as const);
    expect(missing(read, pools, 1).join('; ')).toBe('');
  });

  test('gives no series twice', async () => {
    const { points } = await previewCapture(slug, capture);
    const names = points
      .filter(({ measurement }) => measurement.startsWith('device_'))
      // Names that were made alike when the recording was made fit for others to see.
      .filter(({ tags }) => !Object.values(tags).some((value) => /redacted|private/i.test(value)))
      .flatMap(({ measurement, tags, fields }) =>
        Object.keys(fields).map((field) =>
          JSON.stringify([measurement, field, Object.entries(tags).toSorted(([a], [b]) => (a < b ? -1 : 1))]),
        ),
      );
    expect(names.filter((name, at) => names.indexOf(name) !== at).join('; ')).toBe('');
  });
});
