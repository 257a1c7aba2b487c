import { createSocket, type Socket } from 'node:dgram';
import {
  type Behaviour,
  type DeviceSpec,
  MibImage,
  networkDeviceObjects,
  type Plant,
  startPlant,
} from '@stratora/simulator';
import { BerWriter, encodeOid, MessageView, PduType, readMessage, ValueType } from '@stratora/snmp';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CREDENTIAL_IDS,
  community,
  type ScanOutcome,
  scan,
  testOrder,
  user,
} from './test-scan.test-support.ts';

const IMAGE = new MibImage(networkDeviceObjects({ ports: 2, hasHost: false }));
const OPS = {
  secName: 'ops',
  secLevel: 'authPriv',
  authProtocol: 'SHA256',
  authPassword: 'right authentic words',
  privProtocol: 'AES',
  privPassword: 'right private words',
} as const;
const RIGHT = ['right authentic words', 'right private words'] as const;

let plant: Plant | undefined;
const sockets: Socket[] = [];

afterEach(async () => {
  await plant?.stop();
  plant = undefined;
  for (const socket of sockets.splice(0)) socket.close();
});

function address(at: number): string {
  return `127.86.0.${at + 1}`;
}

async function serve(...devices: readonly Partial<DeviceSpec>[]): Promise<void> {
  plant = await startPlant({
    devices: devices.map((device, at) => ({ address: address(at), image: IMAGE, ...device })),
  });
}

function scanPlant(
  credentials: Parameters<typeof testOrder>[2],
  targets: readonly string[] = ['127.86.0.0/28'],
): Promise<ScanOutcome> {
  return scan(testOrder(targets, { snmp: true, snmp_port: plant?.port ?? 0 }, credentials));
}

function foundAt({ devices }: ScanOutcome): string[] {
  return devices.map((device) => device.address).toSorted();
}

/** Packets of some kinds to an address. */
function sent({ ledger }: ScanOutcome, to: string, kind: RegExp): number {
  const row = Object.entries(ledger.get(to) ?? {});
  return row.reduce((sum, [name, packets]) => sum + (kind.test(name) ? packets : 0), 0);
}

describe('a scan by SNMP', () => {
  it.each(['snmp_v1', 'snmp_v2c'] as const)(
    'by %s finds the devices that know a community, among silence',
    async (type) => {
      await serve({}, { community: 'secret' }, {}, { behaviour: { kind: 'dead' } });
      const outcome = await scanPlant({ credentials: [community(0, 'public', type)] });
      expect(outcome.end).toEqual({ how: 'done', message: null });
      expect(foundAt(outcome)).toEqual([address(0), address(2)]);
      expect(outcome.devices[0]).toMatchObject({
        credential_id: CREDENTIAL_IDS[0],
        found_by: ['snmp'],
        sys_descr: 'Stratora simulated switch, software 1.0',
        sys_object_id: '1.3.6.1.4.1.8072.3.2.10',
        identity: null,
      });
    },
  );

  it('tries credentials in their order, and binds the first that is answered', async () => {
    await serve({ community: 'second' }, { community: 'third' }, { community: 'second', users: [OPS] });
    const outcome = await scanPlant({
      credentials: [
        community(0, 'first'),
        community(1, 'second'),
        user(2, 'ops', ...RIGHT),
        community(3, 'third'),
      ],
    });
    const bound = new Map(outcome.devices.map((device) => [device.address, device.credential_id]));
    expect([bound.get(address(0)), bound.get(address(1)), bound.get(address(2))]).toEqual([
      CREDENTIAL_IDS[1],
      CREDENTIAL_IDS[3],
      CREDENTIAL_IDS[1],
    ]);
    expect(sent(outcome, address(2), /v3_login/)).toBe(0);
  });

  it('sends no community that was not given', async () => {
    await serve({}, {});
    const outcome = await scanPlant({ credentials: [] });
    expect(outcome.devices).toEqual([]);
    expect(outcome.ledger.size).toBe(0);
    expect(plant?.devices.map(({ requests }) => requests)).toEqual([0, 0]);
  });

  it('tells every packet in its ledger, repeats included', async () => {
    await serve(
      {},
      { community: 'other' },
      { users: [OPS], community: '' },
      { behaviour: { kind: 'lossy', every: 2 } },
    );
    const outcome = await scanPlant({ credentials: [community(0, 'public'), user(1, 'ops', ...RIGHT)] });
    for (const { address: to, requests } of plant?.devices ?? []) {
      expect([to, sent(outcome, to, /^snmp/)]).toEqual([to, requests]);
    }
    expect(foundAt(outcome)).toEqual([address(0), address(2), address(3)]);
    // A community that is silent is one try: the message and its repeat.
    expect(outcome.ledger.get(address(1))).toEqual({ snmp_v2c_probe: 2, snmp_v3_discovery: 2 });
  });
});

describe('users of SNMPv3', () => {
  it('log in after the engine has told its id, which identifies the device', async () => {
    await serve({ users: [OPS], community: '' });
    const outcome = await scanPlant({ credentials: [user(0, 'ops', ...RIGHT)] }, [address(0)]);
    expect(outcome.devices[0]).toMatchObject({ credential_id: CREDENTIAL_IDS[0], found_by: ['snmp'] });
    expect(outcome.devices[0]?.keys).toContainEqual({
      kind: 'engine_id',
      value: expect.stringMatching(/^80/),
    });
    expect(outcome.ledger.get(address(0))).toMatchObject({ snmp_v3_discovery: 1, snmp_v3_login: 1 });
  });

  it('that a host refuses are not tried there again, and after three hosts nowhere', async () => {
    await serve(...Array.from({ length: 12 }, () => ({ users: [OPS], community: '' })));
    const wrong = [user(0, 'ops', 'wrong authentic words', 'x-private-words'), user(1, 'ops', ...RIGHT)];
    const outcome = await scanPlant({ credentials: wrong });
    const logins = Array.from({ length: 12 }, (_, at) => sent(outcome, address(at), /v3_login/));
    expect(Math.max(...logins)).toBe(1);
    expect(logins.filter((count) => count > 0)).toHaveLength(3);
    expect(outcome.remarks).toHaveLength(1);
    expect(outcome.remarks[0]).toMatch(
      /^The user "ops" is not tried any further: 127\.86\.0\.\d+, .* refused its password/,
    );
    expect(JSON.stringify(outcome.parts)).not.toContain('authentic words');
    // They are there all the same, and what they told without a login identifies them.
    expect(outcome.devices).toHaveLength(12);
    expect(outcome.devices.every(({ keys }) => keys[0]?.kind === 'engine_id')).toBe(true);
  });

  it('that some hosts do not know are tried at the others', async () => {
    const other = { ...OPS, secName: 'other' };
    await serve(...Array.from({ length: 8 }, () => ({ users: [other], community: '' })), {
      users: [OPS],
      community: '',
    });
    const outcome = await scanPlant({ credentials: [user(0, 'ops', ...RIGHT)] });
    expect(outcome.remarks).toEqual([]);
    expect(outcome.devices.find(({ credential_id: id }) => id !== null)?.address).toBe(address(8));
  });

  it('with a wrong privacy password are one try: the message and its repeat', async () => {
    await serve({ users: [OPS], community: '' });
    const outcome = await scanPlant({ credentials: [user(0, 'ops', RIGHT[0], 'wrong private words')] }, [
      address(0),
    ]);
    expect(outcome.devices[0]?.remarks.join(' ')).toMatch(/privacy|decrypt/i);
    expect(sent(outcome, address(0), /v3_login/)).toBeLessThanOrEqual(2);
  });
});

describe('odd answers', () => {
  const cases: readonly [string, Behaviour, boolean][] = [
    ['late ones', { kind: 'slow', delayMs: 700 }, true],
    ['lost ones', { kind: 'lossy', every: 2 }, true],
    ['doubled ones', { kind: 'twice' }, true],
    ['half ids', { kind: 'shortIds', bits: 16 }, true],
    ['errors alone', { kind: 'generalError' }, true],
    ['texts of 40,000 octets', { kind: 'oversize' }, true],
    ['another port', { kind: 'spoofed' }, false],
    ['wrong ids', { kind: 'wrongId' }, false],
    ['wrong communities', { kind: 'wrongCommunity' }, false],
    ['garbage', { kind: 'garbage' }, false],
  ];
  it.each(cases)('with %s are taken for what they are', async (_, behaviour, isFound) => {
    await serve({ behaviour }, {});
    const outcome = await scanPlant({ credentials: [community(0, 'public')] }, [address(0), address(1)]);
    expect(outcome.end?.how).toBe('done');
    expect(foundAt(outcome)).toEqual(isFound ? [address(0), address(1)] : [address(1)]);
    expect(new Set(foundAt(outcome)).size).toBe(outcome.devices.length);
  });

  it('with hostile texts are bounded and inert', async () => {
    await serve({ behaviour: { kind: 'oversize' } });
    const outcome = await scanPlant({ credentials: [community(0, 'public')] }, [address(0)]);
    const said = outcome.devices[0];
    for (const text of [said?.sys_descr, said?.sys_name]) {
      expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(1024);
      // oxlint-disable-next-line no-control-regex -- that there are none is the point
      expect(text ?? '').not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    expect(JSON.stringify(outcome.parts).length).toBeLessThan(60_000);
  });

  it('from another address are dropped, and said', async () => {
    await serve({ behaviour: { kind: 'dead' } });
    const port = plant?.port ?? 0;
    await plant?.stop();
    // Whoever is asked at the first address, the answer comes from the second.
    const asked = await bound(port, address(0));
    const other = await bound(port, address(1));
    asked.on('message', (datagram, from) => other.send(answerTo(datagram), from.port, from.address));
    const outcome = await scan(
      testOrder([address(0)], { snmp: true, snmp_port: port }, { credentials: [community(0, 'public')] }),
    );
    expect(outcome.devices).toEqual([]);
    expect(outcome.remarks).toEqual([
      `An answer for ${address(0)} came from ${address(1)} port ${port} and was dropped: a router or firewall changes the sender's address.`,
    ]);
  });

  it('of the network, that nobody listens, hold up nobody', async () => {
    await serve({});
    const startedAt = performance.now();
    const outcome = await scanPlant({ credentials: [community(0, 'public')] }, ['127.86.0.0/24']);
    expect(foundAt(outcome)).toEqual([address(0)]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

async function bound(port: number, host: string): Promise<Socket> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  await new Promise<void>((resolve) => {
    socket.bind(port, host, resolve);
  });
  return socket;
}

/** A right answer to a question with a community. */
function answerTo(datagram: Buffer): Buffer {
  const view = new MessageView();
  readMessage(datagram, view, 'manager');
  const writer = new BerWriter();
  writer.reset();
  writer.octets(ValueType.oid, encodeOid('1.3.6.1.4.1.8072.3.2.10'));
  writer.octets(ValueType.oid, encodeOid('1.3.6.1.2.1.1.2.0'));
  writer.wrap(0x30, 0);
  writer.wrap(0x30, 0);
  writer.integer(0);
  writer.integer(0);
  writer.integer(view.pdu.requestId);
  writer.wrap(PduType.response, 0);
  writer.octets(0x04, Buffer.from('public'));
  writer.integer(view.version);
  writer.wrap(0x30, 0);
  return Buffer.from(writer.view());
}
