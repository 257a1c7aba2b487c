import {
  type Behaviour,
  MibImage,
  type MibObject,
  networkDeviceObjects,
  type Plant,
  startPlant,
} from '@stratora/simulator';
import { ValueType } from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import { InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './snmp-input.ts';
import type { SnmpOptions } from './snmp-options.ts';

const ENTRY = '1.3.6.1.2.1.2.2.1';
const X_ENTRY = '1.3.6.1.2.1.31.1.1.1';
const UPTIME = '1.3.6.1.2.1.1.3.0';
const DESCR = '1.3.6.1.2.1.1.1.0';
const NAME = '1.3.6.1.2.1.1.5.0';

/** Time for a device with very many values, and for the whole test, on a machine that is busy with others. */
const LONG_MS = 180_000;
const ROWS = [1, 2, 3, 4, 5];

/** A device of five interfaces; `odd` has the octets that it sends for some of its objects, in hex. */
function deviceOf(odd: Readonly<Record<string, string>> = {}): MibImage {
  const objects: MibObject[] = [
    { oid: DESCR, type: ValueType.octetString, value: 'device' },
    { oid: UPTIME, type: ValueType.timeTicks, value: 4711 },
    { oid: NAME, type: ValueType.octetString, value: 'dev1' },
    ...ROWS.flatMap((row): MibObject[] => [
      { oid: `${ENTRY}.1.${row}`, type: ValueType.integer, value: row },
      { oid: `${ENTRY}.2.${row}`, type: ValueType.octetString, value: `port ${row}` },
      { oid: `${ENTRY}.8.${row}`, type: ValueType.integer, value: 1 },
      { oid: `${ENTRY}.10.${row}`, type: ValueType.counter32, value: 1_000 + row },
    ]),
  ];
  return new MibImage(
    objects.map((object) => {
      const sent = odd[object.oid];
      return sent === undefined ? object : { ...object, sent: Buffer.from(sent, 'hex') };
    }),
  );
}

const TABLE = {
  name: 'interface',
  field: [
    { name: 'ifIndex', oid: `${ENTRY}.1`, is_tag: true },
    { name: 'ifDescr', oid: `${ENTRY}.2`, is_tag: true },
    { name: 'ifOperStatus', oid: `${ENTRY}.8` },
    { name: 'ifInOctets', oid: `${ENTRY}.10` },
  ],
};
const FIELDS = [
  { name: 'uptime', oid: UPTIME },
  { name: 'sysDescr', oid: DESCR },
  { name: 'sysName', oid: NAME, is_tag: true },
];

type Harness = InputHarness<SnmpOptions>;
let plant: Plant | undefined;
let harness: Harness | undefined;

afterEach(async () => {
  await harness?.stop();
  await plant?.stop();
  harness = plant = undefined;
});

async function start(
  image: MibImage,
  behaviour?: Behaviour,
  more: object = {},
  intervalMs = 10_000,
): Promise<Harness> {
  plant = await startPlant({ devices: [{ address: '127.0.3.1', image, behaviour }] });
  const agents = [`127.0.3.1:${plant.port}`];
  const options = { agents, timeout: '150ms', retries: 1, field: FIELDS, table: [TABLE], ...more };
  harness = new InputHarness(plugin, options, { intervalMs });
  return harness;
}

function row(number: number, fields: string): string {
  return `interface,agent_host=127.0.3.1,ifDescr=port\\ ${number},ifIndex=${number} ${fields}`;
}

/** The lines without their times. */
function plain(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/ \d+$/, ''));
}

const SYSTEM = 'snmp,agent_host=127.0.3.1,sysName=dev1 uptime=4711i,sysDescr="device"';
const WHOLE = ROWS.map((number) => row(number, `ifOperStatus=1i,ifInOctets=${1_000 + number}i`));

describe('a value that cannot be read', () => {
  test.each([
    ['an empty integer', '0200', 'a number without octets'],
    ['a long integer', '0209000000000000000000', 'a number of more than 64 bits'],
    ['an unknown type', '470101', 'a type that SNMP does not have'],
    ['a length too high', '020201', 'a wrong length'],
    ['text', '0403616263', 'not the type that the object has'],
    ['an address', '400401020304', 'not the type that the object has'],
    ['an object identifier', '06032b0601', 'not the type that the object has'],
    ['a number below zero', '0201fb', 'below zero, which the object never is'],
    ['five octets of Gauge32', '4205ffffffffff', 'a number of more than 32 bits in a type of 32'],
    ['NULL', '0500', 'it has no value'],
    ['noSuchObject', '8000', 'it has no value'],
    ['noSuchInstance', '8100', 'it has no value'],
    ['endOfMibView', '8200', 'it has no value'],
  ])('(%s) is left out of its row and named', async (_, sent, words) => {
    const one = await start(deviceOf({ [`${ENTRY}.8.3`]: sent }));
    const expected = [...WHOLE.with(2, row(3, 'ifInOctets=1003i')), SYSTEM];
    expect(plain(await one.gather())).toEqual(expected);
    expect(one.status).toEqual({
      status: 'bad_answer',
      message: `interface: 1 value could not be read and is left out: ifOperStatus (${ENTRY}.8.3: ${words}).`,
    });
    expect(plain(await one.gather())).toEqual(expected);
  });

  test.each([
    ['digits as text', '040131'],
    ['digits with spaces around', '040420203100'],
    ['digits with a unit', '0403312025'],
    ['a number filled up in front', '42050000000001'],
    ['a number of another type', '460101'],
  ])('(%s) is a value where it can be read', async (_, sent) => {
    const one = await start(deviceOf({ [`${ENTRY}.8.3`]: sent }));
    expect(plain(await one.gather())).toEqual([...WHOLE, SYSTEM]);
    expect(one.status).toEqual({ status: 'ok', message: '' });
  });

  test.each([
    ['below zero', '0201fb', 'below zero, which the object never is'],
    ['text', '04026869', 'not the type that the object has'],
  ])('(an uptime that is %s) is left out and named', async (_, sent, words) => {
    const one = await start(deviceOf({ [UPTIME]: sent }));
    expect(plain(await one.gather())).toEqual([
      ...WHOLE,
      'snmp,agent_host=127.0.3.1,sysName=dev1 sysDescr="device"',
    ]);
    expect(one.status?.message).toBe(
      `1 value could not be read and is left out: uptime (${UPTIME}: ${words}).`,
    );
  });

  test('of another type than the template expects is read as a number, or left out and named', async () => {
    const sent: Record<string, string> = {
      1: '040432332e35', // 23.5
      2: '040431322025', // 12 %
      3: '44079f780441bc0000', // 23.5 in Opaque
      4: '4601ff', // Counter64
      5: '40040a000001', // IpAddress
    };
    const odd = Object.fromEntries(Object.entries(sent).map(([row, hex]) => [`${ENTRY}.8.${row}`, hex]));
    for (const [conversion, values] of [
      ['float', ['23.5', '12', '23.5', '255', undefined]],
      ['float(1)', ['2.35', '1.2', '2.35', '25.5', undefined]],
      ['int', ['23i', '12i', '23i', '255i', undefined]],
    ] as const) {
      const field = TABLE.field.map((one) => (one.name === 'ifOperStatus' ? { ...one, conversion } : one));
      const one = await start(deviceOf(odd), undefined, { field: [], table: [{ ...TABLE, field }] });
      expect(plain(await one.gather())).toEqual(
        values.map((value, at) =>
          row(at + 1, `${value === undefined ? '' : `ifOperStatus=${value},`}ifInOctets=${1_001 + at}i`),
        ),
      );
      expect(one.status?.message).toBe(
        `interface: 1 value could not be read and is left out: ifOperStatus (${ENTRY}.8.5: not the type that the object has).`,
      );
      await harness?.stop();
      await plant?.stop();
    }
  });

  test('is counted where a conversion does not fit it', async () => {
    const options = {
      field: [],
      table: [{ ...TABLE, field: [...TABLE.field, { name: 'size', oid: `${ENTRY}.2`, conversion: 'int' }] }],
    };
    const one = await start(deviceOf({ [`${ENTRY}.2.4`]: '040134' }), undefined, options);
    expect(plain(await one.gather()).filter((line) => line.includes('size=4i'))).toHaveLength(1);
    expect(one.status?.message).toContain(`size (4 times, first ${ENTRY}.2.1: not the type that`);
  });

  test('is counted by its column, and leaves the system line alone', async () => {
    const one = await start(
      deviceOf({ [`${ENTRY}.8.2`]: '0200', [`${ENTRY}.8.4`]: '0200', [`${ENTRY}.10.1`]: '4100' }),
    );
    const lines = plain(await one.gather());
    expect(lines).toEqual([
      row(1, 'ifOperStatus=1i'),
      row(2, 'ifInOctets=1002i'),
      WHOLE[2],
      row(4, 'ifInOctets=1004i'),
      WHOLE[4],
      SYSTEM,
    ]);
    expect(one.status?.message).toContain('3 values could not be read and are left out: ');
    expect(one.status?.message).toContain(
      `ifOperStatus (2 times, first ${ENTRY}.8.2: a number without octets)`,
    );
  });

  test('among the fields costs neither the others nor the tables', async () => {
    const one = await start(deviceOf({ [UPTIME]: '4300' }));
    expect(plain(await one.gather())).toEqual([
      ...WHOLE,
      'snmp,agent_host=127.0.3.1,sysName=dev1 sysDescr="device"',
    ]);
    expect(one.status?.message).toBe(
      `1 value could not be read and is left out: uptime (${UPTIME}: a number without octets).`,
    );
  });

  test('text of a wrong length is taken as far as it goes, and told', async () => {
    const one = await start(deviceOf({ [DESCR]: '0407646576696365', [`${ENTRY}.2.5`]: '0407706f72742035' }));
    expect(plain(await one.gather())).toEqual([...WHOLE, SYSTEM]);
    expect(one.status?.status).toBe('bad_answer');
    expect(one.status?.message).toContain(`sysDescr (${DESCR})`);
    expect(one.status?.message).toContain(`ifDescr (${ENTRY}.2.5)`);
  });

  test('with stop_on_error, too, is no failure of the poll', async () => {
    const one = await start(deviceOf({ [UPTIME]: '4300' }), undefined, { stop_on_error: true });
    expect(plain(await one.gather()).slice(0, -1)).toEqual(WHOLE);
  });
});

describe('a walk that cannot go as it should', () => {
  test.each(['silent', 'error', 'empty', 'garbage'] as const)(
    'has all rows where GETBULK is answered %s',
    async (by) => {
      const one = await start(deviceOf(), { kind: 'noBulk', by }, { field: [] });
      for (let poll = 0; poll < 2; poll += 1) {
        expect(plain(await one.gather())).toEqual(WHOLE);
        expect(one.status?.status).toBe('ok');
      }
    },
  );

  test('has the rows behind one that the device answers to itself, and says so', async () => {
    const one = await start(deviceOf(), { kind: 'stuck', oid: `${ENTRY}.8.3` }, { field: [] });
    expect(plain(await one.gather())).toEqual(WHOLE);
    expect(one.status?.status).toBe('bad_answer');
    expect(one.status?.message).toMatch(
      /^interface: \d+ values came again in a row that was there already, and the first is kept: ifOperStatus \(\d+ times, first \S+\.8\.3\)\.$/,
    );
  });

  test('has all rows, and all values of a GET, where answers are not in the order asked', async () => {
    const one = await start(deviceOf(), { kind: 'shuffled' });
    for (let poll = 0; poll < 2; poll += 1) {
      const system = 'snmp,agent_host=127.0.3.1,sysName=dev1 sysDescr="device",uptime=4711i';
      expect(plain(await one.gather())).toEqual([...WHOLE, system]);
      expect(one.status).toEqual({ status: 'ok', message: '' });
    }
  });

  test('has all rows and values, once, where each answer comes twice', async () => {
    const one = await start(deviceOf(), { kind: 'twice' });
    for (let poll = 0; poll < 3; poll += 1) {
      expect(plain(await one.gather())).toEqual([...WHOLE, SYSTEM]);
      expect(one.status).toEqual({ status: 'ok', message: '' });
    }
  });

  test('has the rows of a circle, and says so', async () => {
    const one = await start(deviceOf(), { kind: 'unordered', indexes: [2, 1], next: 2 });
    const lines = await one.gather();
    expect(lines.filter((line) => line.startsWith('interface'))).toHaveLength(2);
    expect(one.status?.status).toBe('bad_answer');
    expect(one.status?.message).toContain('interface: The device repeats itself in a table.');
    expect(one.status?.message).toContain(`4 columns ifIndex (${ENTRY}.1), ifDescr (${ENTRY}.2)`);
  });

  test('leaves out the column that is refused, and names it', async () => {
    const one = await start(deviceOf(), { kind: 'badColumn', oid: `${ENTRY}.8`, isNamed: false });
    expect(plain(await one.gather())).toEqual([
      ...ROWS.map((number) => row(number, `ifInOctets=${1_000 + number}i`)),
      SYSTEM,
    ]);
    expect(one.status?.message).toContain(`column ifOperStatus (${ENTRY}.8)`);
  });

  test.each([
    [1, 2],
    [1, 5],
    [2, 2],
    [2, 5],
  ])('(version %i, error %i for one row) leaves out that value, and counts it', async (version, status) => {
    const oid = `${ENTRY}.10.3`;
    const one = await start(deviceOf(), { kind: 'badRow', oid, status }, { version });
    for (let poll = 0; poll < 2; poll += 1) {
      expect(plain(await one.gather())).toEqual([...WHOLE.with(2, row(3, 'ifOperStatus=1i')), SYSTEM]);
      expect(one.status).toEqual({
        status: 'bad_answer',
        message: `interface: 1 value could not be read and is left out: ifInOctets (${oid}: the device answers with an error).`,
      });
    }
  });

  test.each([1, 2])('(version %i, an error for one of the fields) has the others', async (version) => {
    const one = await start(deviceOf(), { kind: 'badRow', oid: DESCR, status: 5 }, { version });
    expect(plain(await one.gather())).toEqual([
      ...WHOLE,
      'snmp,agent_host=127.0.3.1,sysName=dev1 uptime=4711i',
    ]);
    expect(one.status?.message).toBe(
      `1 value could not be read and is left out: sysDescr (${DESCR}: the device answers with an error).`,
    );
  });

  test(
    'keeps the rows before a limit, the first time as well',
    async () => {
      const one = await start(deviceOf(), { kind: 'endless' }, { timeout: '5s' }, LONG_MS);
      const lines = await one.gather(AbortSignal.timeout(LONG_MS));
      expect(lines.filter((line) => line.startsWith('interface'))).toHaveLength(50_000);
      expect(one.status).toMatchObject({ status: 'limit' });
      expect(one.status?.message).toMatch(
        /^interface: .* more rows of a table .* The \d+ rows that came before are kept\.$/,
      );
    },
    LONG_MS,
  );
});

/** The columns of the template for any device, by table and number. */
const INTERFACE_COLUMNS: Readonly<Record<string, string>> = {
  ifAdminStatus: `${ENTRY}.7`,
  ifOperStatus: `${ENTRY}.8`,
  ifInOctets: `${ENTRY}.10`,
  ifInDiscards: `${ENTRY}.13`,
  ifInErrors: `${ENTRY}.14`,
  ifOutOctets: `${ENTRY}.16`,
  ifOutDiscards: `${ENTRY}.19`,
  ifOutErrors: `${ENTRY}.20`,
  ifHCInOctets: `${X_ENTRY}.6`,
  ifHCInUcastPkts: `${X_ENTRY}.7`,
  ifHCOutOctets: `${X_ENTRY}.10`,
  ifHCOutUcastPkts: `${X_ENTRY}.11`,
  ifHighSpeed: `${X_ENTRY}.15`,
};
const INTERFACE_TAGS: Readonly<Record<string, string>> = {
  ifIndex: `${ENTRY}.1`,
  ifDescr: `${ENTRY}.2`,
  ifType: `${ENTRY}.3`,
  ifName: `${X_ENTRY}.1`,
  ifAlias: `${X_ENTRY}.18`,
};

test(
  '3,500 interfaces of 18 columns come all, each with all its values',
  async () => {
    const ports = 3_500;
    const field = [
      ...Object.entries(INTERFACE_TAGS).map(([name, oid]) => ({ name, oid, is_tag: true })),
      ...Object.entries(INTERFACE_COLUMNS).map(([name, oid]) => ({ name, oid })),
    ];
    expect(field).toHaveLength(18);
    const options = { timeout: '5s', max_repetitions: 25, field: [], table: [{ name: 'interface', field }] };
    const asked = new Set(field.map(({ oid }) => oid));
    const image = new MibImage(
      networkDeviceObjects({ ports, hasHost: false }).filter(({ oid }) =>
        asked.has(oid.slice(0, oid.lastIndexOf('.'))),
      ),
    );
    const one = await start(image, undefined, options, LONG_MS);
    const lines = await one.gather(AbortSignal.timeout(LONG_MS));
    expect(one.status).toEqual({ status: 'ok', message: '' });
    expect(new Set(lines.map((line) => Number(/,ifIndex=(\d+)[, ]/.exec(line)?.[1])))).toEqual(
      new Set(Array.from({ length: ports }, (_, at) => at + 1)),
    );
    const names = Object.keys(INTERFACE_COLUMNS);
    const poor = lines.filter((line) => !names.every((name) => new RegExp(`[ ,]${name}=\\d+i`).test(line)));
    expect([lines.length, poor]).toEqual([ports, []]);
  },
  LONG_MS,
);
