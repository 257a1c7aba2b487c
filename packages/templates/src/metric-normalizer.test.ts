import { readFileSync } from 'node:fs';
import { type DeviceTemplate, deviceTemplateSchema } from '@stratora/contract';
import { LineScanner, LineWriter } from '@stratora/lineprotocol';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { MetricNormalizer } from './metric-normalizer.ts';

function templateOf(slug: string): DeviceTemplate {
  const file = new URL(`../../../templates/${slug}.toml`, import.meta.url);
  return deviceTemplateSchema.parse(parse(readFileSync(file, 'utf8')));
}

const generic = templateOf('generic-snmp');
const NODE = 'agent_host=10.0.0.1,collector_id=c1,node_id=n1,node_name=core';
const TIME = '1700000000000000000';

function normalize(line: string, templates: DeviceTemplate[] = [generic]): string[] {
  const body = Buffer.from(`${line}\n`);
  const scanner = new LineScanner();
  scanner.reset(body);
  if (!scanner.next() || scanner.verdict !== 0) throw new Error(`not a good line: ${line}`);
  const normalizer = new MetricNormalizer(templates);
  if (!normalizer.isRaw(body, scanner)) return ['passes as it is'];
  const writer = new LineWriter();
  const written = normalizer.normalize(body, scanner, writer, { nowMs: 5_000, defaultNode: 'n0' });
  const lines = writer.view().toString().split('\n').slice(0, -1);
  expect(lines).toHaveLength(written.lines);
  return lines;
}

describe('generic-snmp', () => {
  test('texts of the system group become tags of snmp_info, and not of snmp_uptime', () => {
    const raw = String.raw`raw_snmp_system,${NODE} uptime=123456i,sysName="core-1",sysDescr="RouterOS, CCR = 7",sysObjectID=".1.3.6.1.4.1.14988.1" ${TIME}`;
    expect(normalize(raw)).toEqual([
      `snmp,${NODE} uptime=123456 ${TIME}`,
      String.raw`snmp,${NODE},sysDescr=RouterOS\,\ CCR\ \=\ 7,sysName=core-1,sysObjectID=.1.3.6.1.4.1.14988.1 info=1 ${TIME}`,
    ]);
  });

  test('a text of several lines, as Telegraf hands it on, becomes one', () => {
    const raw = `raw_snmp_system,${NODE} uptime=1i,sysDescr="First line\r\nSecond \\"quoted\\"\nLast\u0000" ${TIME}`;
    expect(normalize(raw)).toEqual([
      `snmp,${NODE} uptime=1 ${TIME}`,
      String.raw`snmp,${NODE},sysDescr=First\ line\ Second\ "quoted"\ Last info=1 ${TIME}`.replaceAll(
        '\\\\',
        '\\',
      ),
    ]);
  });

  test('the clock of the device is compared with the time of its row', () => {
    const clock = (hex: string) => normalize(`raw_snmp_clock,${NODE} hrSystemDate="${hex}" ${TIME}`);
    // TIME is 2023-11-14 22:13:20 UTC.
    expect(clock('07e70b0e160e14052b0000')).toEqual([`snmp,${NODE} clock_skew_seconds=60.5 ${TIME}`]);
    expect(clock('07e70b0e170d14002b0100')).toEqual([`snmp,${NODE} clock_skew_seconds=0 ${TIME}`]);
    expect(clock('07e70b0e170d1400')).toEqual([`snmp,${NODE} clock_skew_seconds=0 ${TIME}`]);
    expect(clock('0000000000000000')).toEqual([]);
  });

  test('a processor keeps its index as the name of the cpu', () => {
    expect(normalize(`raw_hr_processor,${NODE},index=196608 hrProcessorLoad=17i ${TIME}`)).toEqual([
      `device_cpu,agent_host=10.0.0.1,collector_id=c1,cpu=196608,node_id=n1,node_name=core usage_percent=17 ${TIME}`,
    ]);
  });

  const storage = (type: number, descr: string, size: number, used: number) =>
    `raw_hr_storage,${NODE},index=1 hrStorageType=".1.3.6.1.2.1.25.2.1.${type}",hrStorageDescr="${descr}",` +
    `hrStorageAllocationUnits=4096i,hrStorageSize=${size}i,hrStorageUsed=${used}i ${TIME}`;

  test('memory and disks are told apart by their type and counted in bytes', () => {
    expect(normalize(storage(2, 'Physical memory', 1000, 250))).toEqual([
      String.raw`device_memory,${NODE},pool=Physical\ memory total_bytes=4096000,used_bytes=1024000,used_percent=25 ${TIME}`,
    ]);
    expect(normalize(storage(4, '/', 1000, 900))).toEqual([
      `device_storage,${NODE},volume=/ total_bytes=4096000,used_bytes=3686400,used_percent=90 ${TIME}`,
    ]);
    expect(normalize(storage(7, 'CD-ROM', 10, 10))).toEqual([]);
  });

  test('a size that an agent shows as negative is read as 32 bits without a sign', () => {
    expect(normalize(storage(4, '/big', -2_147_483_648, 1_073_741_824))[0]).toContain(
      'total_bytes=8796093022208,used_bytes=4398046511104,used_percent=50',
    );
  });

  test('an empty volume has no percentage', () => {
    expect(normalize(storage(4, '/none', 0, 0))).toEqual([
      `device_storage,${NODE},volume=/none total_bytes=0,used_bytes=0 ${TIME}`,
    ]);
  });

  const sensor = (type: number, status: number, names = ',entPhysicalDescr=PSU,entPhysicalName=Inlet') =>
    `raw_ent_sensor,${NODE},index=1006${names} entPhySensorType=${type}i,entPhySensorScale=8i,` +
    `entPhySensorPrecision=1i,entPhySensorValue=236543i,entPhySensorOperStatus=${status}i ${TIME}`;

  test('a sensor is scaled to its unit and named by its entity', () => {
    expect(normalize(sensor(8, 1))).toEqual([
      `device_sensor,agent_host=10.0.0.1,collector_id=c1,index=1006,kind=temperature,node_id=n1,node_name=core,sensor=Inlet value=23.6543,status=0 ${TIME}`,
    ]);
    expect(normalize(sensor(5, 1, ''))[0]).toContain('kind=current,node_id=n1,node_name=core,sensor=1006 ');
  });

  test('a failed sensor has a status and no value; an unavailable one and an unknown kind have neither', () => {
    expect(normalize(sensor(10, 3))[0]).toMatch(/kind=fan.* status=2 \d+$/);
    expect(normalize(sensor(10, 2))).toEqual([]);
    expect(normalize(sensor(12, 1))).toEqual([]);
  });
});

test.each([
  ['"23.5"', 23.5],
  ['"  42"', 42],
  ['"12 %"', 12],
  ['"23.5 C"', 23.5],
  ['7i', 7],
])('a column of %s is the number %d', (sent, value) => {
  expect(normalize(`raw_hr_processor,${NODE},index=1 hrProcessorLoad=${sent} ${TIME}`)).toEqual([
    `device_cpu,agent_host=10.0.0.1,collector_id=c1,cpu=1,node_id=n1,node_name=core usage_percent=${value} ${TIME}`,
  ]);
});

test.each(['"N/A"', '"1.2 kW"', '"10.0.0.1"', '""', '" "', '"0x10"'])(
  'a column of %s is no number',
  (sent) => {
    expect(normalize(`raw_hr_processor,${NODE},index=1 hrProcessorLoad=${sent} ${TIME}`)).toEqual([]);
  },
);

describe('lines', () => {
  test('other measurements pass, and raw ones that nobody knows are dropped', () => {
    expect(normalize(`interface,${NODE},ifName=eth0 ifHCInOctets=1i ${TIME}`)).toEqual(['passes as it is']);
    expect(normalize(`rawhide,${NODE} x=1 ${TIME}`)).toEqual(['passes as it is']);
    expect(normalize(`raw_unknown,${NODE} x=1 ${TIME}`)).toEqual([]);
  });

  test('a line without a time gets the time of its arrival', () => {
    expect(normalize(`raw_hr_processor,${NODE},index=1 hrProcessorLoad=1i`)[0]).toMatch(/ 5000000000$/);
  });

  test('a line that names no node gets that of its sender', () => {
    expect(normalize(`raw_hr_processor,index=1 hrProcessorLoad=1i ${TIME}`)).toEqual([
      `device_cpu,cpu=1,node_id=n0 usage_percent=1 ${TIME}`,
    ]);
  });

  test('a row cannot take over the tags of its node', () => {
    const evil = deviceTemplateSchema.parse({
      slug: 'evil',
      name: 'evil',
      description: '',
      gathered_by: 'collector',
      metrics: [{ from: 'raw_x', measurement: 'x', tags: { node_id: 'name' }, fields: { v: 'v' } }],
    });
    expect(normalize(`raw_x,${NODE} name="n2",v=1 ${TIME}`, [evil])).toEqual([`x,${NODE} v=1 ${TIME}`]);
  });

  test('two templates cannot both have rules for one raw measurement', () => {
    const copy = { ...generic, slug: 'copy' };
    expect(() => new MetricNormalizer([generic, copy])).toThrow('"raw_snmp_system" has rules in');
  });

  test('a child that inherits adds no second set of rules', () => {
    const child = { ...generic, slug: 'child', metrics: [] };
    expect(() => new MetricNormalizer([generic, child])).not.toThrow();
  });
});

describe('a source that looks for texts', () => {
  const rule = {
    from: 'raw_named',
    measurement: 'device_sensor',
    tags: {
      sensor: 'name',
      kind: {
        from: 'name',
        contains: [
          ['spare', ''],
          ['Fan', 'fan'],
          ['temp', 'temperature'],
        ],
      },
    },
    fields: { value: 'reading', status: { from: 'state', contains: [['ok', 0]], default: 2 } },
  };
  const template = deviceTemplateSchema.parse({
    slug: 'named',
    name: 'Named',
    description: '',
    gathered_by: 'collector',
    metrics: [rule],
  });
  const read = (name: string, state: string) =>
    normalize(`raw_named,${NODE} name="${name}",reading="5",state="${state}" ${TIME}`, [template]);

  test('takes the first of them that the value contains, in any case of its letters', () => {
    expect(read('CPU TEMP', 'All OK')).toEqual([
      String.raw`device_sensor,agent_host=10.0.0.1,collector_id=c1,kind=temperature,node_id=n1,node_name=core,sensor=CPU\ TEMP value=5,status=0 ${TIME}`,
    ]);
    expect(read('PS1 fan temp', 'lost')[0]).toMatch(/kind=fan,.* value=5,status=2 /);
  });

  test('drops the row of a tag that has none of them, or one that stands for nothing', () => {
    expect(read('Fan 3 (spare)', 'ok')).toEqual([]);
    expect(read('Vcore', 'ok')).toEqual([]);
  });
});

describe('a rule that names things by a text with columns', () => {
  const template = deviceTemplateSchema.parse({
    slug: 'text',
    name: 'Text',
    description: '',
    gathered_by: 'collector',
    metrics: [
      {
        from: 'raw_text',
        measurement: 'device_sensor',
        tags: { sensor: { text: 'Slot {slot}, fan {index}' }, kind: { text: 'fan' } },
        fields: { status: 'state' },
      },
    ],
  });

  test('fills them in, and drops a row in which one is missing', () => {
    expect(normalize(`raw_text,${NODE},index=2 slot="A",state=0i ${TIME}`, [template])).toEqual([
      String.raw`device_sensor,agent_host=10.0.0.1,collector_id=c1,kind=fan,node_id=n1,node_name=core,sensor=Slot\ A\,\ fan\ 2 status=0 ${TIME}`,
    ]);
    expect(normalize(`raw_text,${NODE},index=2 state=0i ${TIME}`, [template])).toEqual([]);
  });

  test('is refused with a brace that is no column', () => {
    const rule = template.metrics[0];
    const broken = { ...template, metrics: [{ ...rule, tags: { sensor: { text: 'Fan {' } } }] };
    expect(deviceTemplateSchema.safeParse(broken).success).toBe(false);
  });
});

describe('a rule that takes a number out of a sentence', () => {
  const template = deviceTemplateSchema.parse({
    slug: 'sentence',
    name: 'Sentence',
    description: '',
    gathered_by: 'collector',
    metrics: [
      {
        from: 'raw_sentence',
        measurement: 'device_cpu',
        fields: { usage_percent: { from: 'load', after: '60 Secs (' } },
      },
    ],
  });
  const read = (load: string) => normalize(`raw_sentence,${NODE} load="${load}" ${TIME}`, [template]);

  test('takes the one that follows the text', () => {
    expect(read('5 Secs ( 31.1134%)   60 Secs ( 30.5%)')).toEqual([
      `device_cpu,${NODE} usage_percent=30.5 ${TIME}`,
    ]);
  });

  test('makes nothing of a sentence without the text, or without a number behind it', () => {
    expect(read('5 Secs ( 31.1134%)')).toEqual([]);
    expect(read('60 Secs (n/a)')).toEqual([]);
  });
});

describe('ups', () => {
  const ups = [templateOf('ups')];

  test('a battery gives charge, runtime in seconds and whether it carries the load', () => {
    const row = (source: number) =>
      normalize(
        `raw_ups,${NODE} upsEstimatedMinutesRemaining=24i,upsEstimatedChargeRemaining=98i,upsBatteryTemperature=27i,upsOutputSource=${source}i ${TIME}`,
        ups,
      );
    const fields = 'battery_charge_percent=98,runtime_seconds=1440,battery_temperature_celsius=27';
    expect(row(3)).toEqual([`device_ups,${NODE} ${fields},on_battery=0 ${TIME}`]);
    expect(row(5)).toEqual([`device_ups,${NODE} ${fields},on_battery=1 ${TIME}`]);
    // Some tell no temperature.
    expect(normalize(`raw_ups,${NODE} upsEstimatedChargeRemaining=98i ${TIME}`, ups)).toEqual([
      `device_ups,${NODE} battery_charge_percent=98 ${TIME}`,
    ]);
  });

  test('each line has its own load and voltages', () => {
    const tags = 'agent_host=10.0.0.1,collector_id=c1,line=2,node_id=n1,node_name=core';
    expect(
      normalize(`raw_ups_output,${NODE},index=2 upsOutputVoltage=231i,upsOutputPercentLoad=37i ${TIME}`, ups),
    ).toEqual([`device_ups,${tags} output_voltage=231,load_percent=37 ${TIME}`]);
    expect(normalize(`raw_ups_input,${NODE},index=2 upsInputVoltage=228i ${TIME}`, ups)).toEqual([
      `device_ups,${tags} input_voltage=228 ${TIME}`,
    ]);
  });
});
