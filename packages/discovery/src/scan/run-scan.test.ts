import { createServer as createTcpServer, type Server } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type DiscoveryPart, discoveryPartSchema } from '@stratora/contract';
import { identify, identityAnswer, readRuleFiles, TemplateChooser } from '@stratora/identify';
import { OutboundGuard } from '@stratora/runtime';
import { MibImage, networkDeviceObjects, type Plant, startPlant } from '@stratora/simulator';
import { LoopbackServer, requireBinary } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { evidenceFromWire, identifyFound, packRules } from '../identity/evidence-wire.ts';
import { runScan } from './run-scan.ts';
import { community, outcomeOf, productBook, scan, testOrder } from './test-scan.test-support.ts';

const IMAGE = new MibImage(networkDeviceObjects({ ports: 2, hasHost: false }));
const hasFping = requireBinary('fping') !== undefined;

let plant: Plant;

beforeAll(async () => {
  plant = await startPlant({
    devices: Array.from({ length: 30 }, (_, at) => ({ address: `127.87.0.${at * 5 + 1}`, image: IMAGE })),
  });
});
afterAll(() => plant.stop());

function snmpOrder(
  more: Parameters<typeof testOrder>[2] = {},
  options: Parameters<typeof testOrder>[1] = {},
) {
  return testOrder(
    ['127.87.0.0/24'],
    { snmp: true, snmp_port: plant.port, ...options },
    { credentials: [community(0, 'public')], ...more },
  );
}

async function options(signal = new AbortController().signal) {
  return {
    book: await productBook(),
    guard: new OutboundGuard({ allow: ['127.0.0.0/8'] }),
    signal,
    nameServers: [],
  };
}

describe('the parts of a scan', () => {
  it('are numbered without a gap from the one that was asked for, and only the last one ends', async () => {
    const { parts, devices, end } = await scan(snmpOrder({ next_part: 7, part_seconds: 1 }));
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, at) => 7 + at));
    expect(parts.filter((part) => part.end !== null)).toHaveLength(1);
    expect(end).toEqual({ how: 'done', message: null });
    expect(devices).toHaveLength(30);
  });

  it('say how far it is, and never go back', async () => {
    const { parts } = await scan(snmpOrder({ part_seconds: 0.1 }, { packets_per_second: 300 }));
    expect(parts.length).toBeGreaterThan(3);
    const dones = parts
      .filter(({ progress }) => progress.phase === 'snmp')
      .map(({ progress }) => progress.done);
    expect(dones).toEqual(dones.toSorted((a, b) => a - b));
    expect(parts.every(({ progress }) => progress.done <= progress.total)).toBe(true);
  });

  it('hold at most what a part may, and the ledger is whole', async () => {
    const { parts, ledger } = await scan(
      testOrder(
        ['127.88.0.0/19'],
        { snmp: true, snmp_port: plant.port, packets_per_second: 50_000 },
        {
          credentials: [community(0, 'public')],
        },
      ),
    );
    expect(ledger.size).toBe(8190);
    expect(parts.every((part) => part.ledger.length <= 4000)).toBe(true);
  });
});

describe('a scan that was broken off', () => {
  it('goes on at its cursor: what was told stays told, and all is found', async () => {
    const first: DiscoveryPart[] = [];
    const broken = snmpOrder({ part_seconds: 0.1 }, { packets_per_second: 200 });
    for await (const given of runScan(broken, await options())) {
      const part = discoveryPartSchema.parse(given);
      first.push(part);
      if (first.flatMap(({ devices }) => devices).length >= 5) break;
    }
    const last = first.at(-1);
    expect(last?.end).toBeNull();
    const rest = await scan(snmpOrder({ cursor: last?.cursor ?? null, next_part: (last?.part ?? 0) + 1 }));
    const before = outcomeOf(first);
    const addresses = [...before.devices, ...rest.devices].map(({ address }) => address);
    expect(addresses).toHaveLength(30);
    expect(new Set(addresses).size).toBe(30);
    expect(rest.parts[0]?.progress.total).toBe(254);
    expect(rest.ledger.size).toBeLessThan(254);
  });

  it('with a cursor that says nothing begins anew', async () => {
    const { devices } = await scan(snmpOrder({ cursor: '{"v":1,"n":99,"d":"0-98","u":[]}' }));
    expect(devices).toHaveLength(30);
  });

  it('by its signal ends as cancelled, and sends nothing any more', async () => {
    const controller = new AbortController();
    const parts: DiscoveryPart[] = [];
    const order = snmpOrder({ part_seconds: 0.1 }, { packets_per_second: 100 });
    for await (const part of runScan(order, await options(controller.signal))) {
      parts.push(discoveryPartSchema.parse(part));
      controller.abort();
    }
    expect(parts.at(-1)?.end).toEqual({ how: 'cancelled', message: null });
    const asked = () => plant.devices.reduce((sum, { requests }) => sum + requests, 0);
    const before = asked();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked()).toBe(before);
  });

  it('at the end of its hours is paused, and one whose hours are over sends nothing', async () => {
    const soon = new Date(Date.now() + 600).toISOString();
    const paused = await scan(snmpOrder({ stop_at: soon }, { packets_per_second: 50 }));
    expect(paused.end?.how).toBe('paused');
    const late = await scan(snmpOrder({ stop_at: new Date(Date.now() - 1000).toISOString() }));
    expect([late.end?.how, late.ledger.size]).toEqual(['paused', 0]);
  });
});

describe('what a scan cannot do', () => {
  it('is said: no address, no rules', async () => {
    expect((await scan(testOrder(['0.0.0.0/0'], { ping: true }))).end).toMatchObject({ how: 'failed' });
    const { end } = await scan(testOrder(['127.87.0.1'], { snmp: true }, { rules: null }), {
      book: undefined,
    });
    expect(end).toEqual({ how: 'failed', message: 'The order has no rules by which devices are asked.' });
  });

  it.runIf(process.platform === 'linux')('is ICMP without fping: it looks by TCP, and says so', async () => {
    const outcome = await scan(testOrder(['127.87.0.1', '127.87.0.2'], { ping: true }), {
      fping: 'no-such-fping',
    });
    expect(outcome.remarks[0]).toMatch(/^fping is not installed/);
    expect(outcome.devices.map(({ found_by: by }) => by)).toEqual([['tcp'], ['tcp']]);
    expect(outcome.ledger.get('127.87.0.1')).toEqual({ tcp_443: 1 });
  });
});

describe.runIf(hasFping)('pings', () => {
  it('find whoever answers, each with one packet in the ledger', async () => {
    const outcome = await scan(testOrder(['127.87.1.0/25'], { ping: true }));
    expect(outcome.devices).toHaveLength(126);
    expect(outcome.devices[0]).toMatchObject({
      found_by: ['ping'],
      keys: [],
      identity: null,
      evidence: null,
    });
    expect([...outcome.ledger.values()].every((row) => row['icmp_echo'] === 1)).toBe(true);
  });

  it('keep their pace', async () => {
    const startedAt = performance.now();
    await scan(testOrder(['127.87.1.0/25'], { ping: true, packets_per_second: 100 }));
    expect(performance.now() - startedAt).toBeGreaterThan(1_200);
  });
});

describe('an OT-safe scan', () => {
  it('knocks at no port, sends little, and repeats nothing', async () => {
    const order = testOrder(
      ['127.87.0.1', '127.87.0.3'],
      {
        snmp: true,
        snmp_port: plant.port,
        ot_safe: true,
        tcp: null,
        packets_per_second: null,
        host_packets_per_second: null,
      },
      { credentials: [community(0, 'wrong'), community(1, 'public')] },
    );
    const { ledger, devices } = await scan(order);
    expect(devices).toHaveLength(1);
    expect(ledger.get('127.87.0.3')).toEqual({ snmp_v2c_probe: 2 });
    expect([...ledger.values()].flatMap(Object.keys).filter((kind) => !kind.startsWith('snmp'))).toEqual([]);
  });
});

describe('identification', () => {
  it('by a scan without rules of its own: the evidence goes to the server, which tells what it is', async () => {
    const { rules } = await readRuleFiles(join(import.meta.dirname, '../../../../identification'));
    const packed = packRules(rules);
    expect(packed.length).toBeLessThan(200_000);
    expect(gunzipSync(Buffer.from(packed, 'base64')).length).toBeGreaterThan(packed.length);
    const { devices } = await scan(snmpOrder({ rules: packed }), { book: undefined });
    const [device] = devices;
    if (device === undefined) throw new Error('nothing was found');
    expect(device.identity).toBeNull();
    const book = await productBook();
    const chooser = new TemplateChooser([]);
    const known = identifyFound(device, (evidence) => identityAnswer(identify(evidence, book, chooser)));
    expect(known.identity?.device_type).toBe('server');
    expect(known.evidence).toBeNull();
    expect(device.evidence && evidenceFromWire(device.evidence, device).sysObjectId).toBe(
      '1.3.6.1.4.1.8072.3.2.10',
    );
  });

  it('is at once where the scan can, with the same outcome', async () => {
    const book = await productBook();
    const chooser = new TemplateChooser([]);
    const { devices } = await scan(snmpOrder(), {
      identify: (evidence) => identityAnswer(identify(evidence, book, chooser)),
    });
    expect(devices[0]).toMatchObject({ evidence: null, identity: { device_type: 'server' } });
  });
});

describe('ports and web pages', () => {
  let server: LoopbackServer;
  let silent: Server;
  const written: Buffer[] = [];

  beforeAll(async () => {
    server = new LoopbackServer((request, _, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/login.html' }).end();
      else if (request.url === '/away') response.writeHead(302, { location: 'http://192.0.2.1/' }).end();
      else
        response.writeHead(200, { server: 'boiler/7' }).end('<html><title>Boiler &amp; pump\u202e</title>');
    }, '127.87.2.1');
    await server.start();
    silent = createTcpServer((socket) => {
      socket.on('data', (chunk) => written.push(chunk));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.87.2.1', resolve);
    });
  });
  afterAll(async () => {
    await server.stop();
    await new Promise<void>((resolve) => {
      silent.close(() => resolve());
    });
  });
  afterEach(() => {
    written.length = 0;
  });

  it('are found without a byte to a port, and an address that refuses is there too', async () => {
    const port = (silent.address() as { port: number }).port;
    const { devices, ledger } = await scan(
      testOrder(['127.87.2.1-127.87.2.2'], { tcp: true, tcp_ports: [443, port] }),
    );
    const found = new Map(devices.map((device) => [device.address, device]));
    expect(found.size).toBe(2);
    expect(found.get('127.87.2.1')).toMatchObject({ open_ports: [port], found_by: ['tcp'] });
    expect(found.get('127.87.2.2')).toMatchObject({ open_ports: [], found_by: ['tcp'] });
    expect(ledger.get('127.87.2.1')).toEqual({ tcp_443: 1, [`tcp_${port}`]: 1 });
    expect(written).toEqual([]);
  });

  it('are never the raw ports of printers, whoever asks for them', async () => {
    const { ledger } = await scan(
      testOrder(['127.87.2.1'], { tcp: true, tcp_ports: [443, 515, 9100, 9101, 6101] }),
    );
    expect([...ledger.values()].flatMap(Object.keys)).toEqual(['tcp_443']);
  });

  it('are left out where connections are refused here, in words', async () => {
    const { devices, ledger } = await scan(
      testOrder(
        ['127.87.0.1'],
        { tcp: true, snmp: true, snmp_port: plant.port },
        { credentials: [community(0, 'public')] },
      ),
      { guard: new OutboundGuard() },
    );
    expect(devices[0]?.remarks[0]).toMatch(
      /^Its TCP ports were left out: Calls to 127\.87\.0\.1 are refused/,
    );
    expect(Object.keys(ledger.get('127.87.0.1') ?? {}).filter((kind) => kind.startsWith('tcp'))).toEqual([]);
  });
});
