import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from '@stratora/runtime';
import { requireBinary } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SharedServices } from '../../shared-services.ts';
import { createNames, NAMES_SERVICE, namesOf } from '../engine-names.ts';
import { faultsOf, InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './ping-input.ts';
import { pingFields, pingResult } from './ping-result.ts';
import { PingService } from './ping-service.ts';
import { parsePingOutput } from './system-ping-run.ts';
import { probeByTcp } from './tcp-probe.ts';

const SETTINGS = {
  count: 2,
  periodMs: 200,
  timeoutMs: 300,
  size: 56,
  family: 0,
  source: '',
  percentiles: [],
} as const;
const NUMBER = String.raw`\d+(\.\d+)?`;

describe('options', () => {
  test.each(['-oProxyCommand=id', '; id', '$(id)', 'a b', '127.0.0.1\nx', 'http://example.org'])(
    'the host %j is refused by its grammar',
    (host) => {
      expect(faultsOf(plugin, { urls: [host] })).toEqual([
        'urls[0]: is not an IPv4 address, an IPv6 address or a DNS name',
      ]);
    },
  );

  test('neither a program nor its arguments can be chosen', () => {
    expect(faultsOf(plugin, { urls: ['a'], binary: '/bin/sh', arguments: ['-c', 'id'] })).toEqual([
      'binary: cannot choose a program to start',
      'arguments: cannot be given to a program',
    ]);
    expect(faultsOf(plugin, { urls: ['a'], interface: '-x' })).toHaveLength(1);
  });

  test("Telegraf's other options are taken", () => {
    const options = {
      urls: ['a'],
      method: 'native',
      count: 3,
      ping_interval: 0.5,
      timeout: 1,
      deadline: 10,
      ipv6: true,
      size: 16,
      percentiles: [50, 95],
    };
    expect(faultsOf(plugin, options)).toEqual([]);
  });
});

describe('fields', () => {
  test('a partly answered host has its loss and the spread of its round trips', () => {
    expect(pingFields(pingResult(4, [1, 2, 3], 64), [50])).toEqual({
      result_code: 0n,
      packets_transmitted: 4n,
      packets_received: 3n,
      percent_packet_loss: 25,
      ttl: 64n,
      minimum_response_ms: 1,
      average_response_ms: 2,
      maximum_response_ms: 3,
      standard_deviation_ms: 0.816,
      percentile50_ms: 2,
    });
  });

  test('a silent host is code 1 with full loss, one that cannot be reached is code 2 alone', () => {
    expect(pingFields(pingResult(3, []), [])).toEqual({
      result_code: 1n,
      packets_transmitted: 3n,
      packets_received: 0n,
      percent_packet_loss: 100,
    });
    expect(pingFields({ kind: 'unsendable', reason: '' }, [95])).toEqual({ result_code: 2n });
  });
});

describe.skipIf(requireBinary('fping') === undefined)('with fping', () => {
  test('hosts by IPv4, IPv6 and name answer, a silent one and an unknown name are told apart', async () => {
    const urls = ['127.0.0.1', '::1', 'localhost', '240.0.0.1', 'no-such-name.invalid'];
    const harness = new InputHarness(plugin, { urls, count: 2, ping_interval: 0.2, timeout: 0.3 });
    const lines = await harness.gather();
    await harness.stop();
    expect(lines).toHaveLength(5);
    for (const url of ['127.0.0.1', '::1', 'localhost']) {
      const line = lines.find((one) => one.startsWith(`ping,url=${url} `)) ?? '';
      expect(line).toMatch(
        / result_code=0i,packets_transmitted=2i,packets_received=2i,percent_packet_loss=0,/,
      );
      expect(line).toMatch(
        new RegExp(
          `minimum_response_ms=${NUMBER},average_response_ms=${NUMBER},maximum_response_ms=${NUMBER},standard_deviation_ms=${NUMBER}$`,
        ),
      );
    }
    expect(lines).toContain(
      'ping,url=240.0.0.1 result_code=1i,packets_transmitted=2i,packets_received=0i,percent_packet_loss=100',
    );
    expect(lines).toContain('ping,url=no-such-name.invalid result_code=2i');
    expect(harness.status).toEqual({
      status: 'timeout',
      message: '240.0.0.1: No answer to ping.',
    });
  });

  test('names whose server is dead leave hosts with an address alone, in their block and beside it', async () => {
    const services = new SharedServices();
    const dead = new Promise<never>(() => undefined);
    const lookup = (name: string) => (name === 'good.test' ? Promise.resolve(['127.0.0.1']) : dead);
    services.get(NAMES_SERVICE, () => createNames({ lookup, places: 4 }));
    const service = services.get(
      'ping.service',
      () => new PingService(systemClock, silentLogger(), { names: namesOf(services) }),
    );
    const mixed = new InputHarness(plugin, { urls: ['dead.test', '127.0.0.1'] }, { services });
    const startedAt = performance.now();
    const asked = mixed.gather();
    const beside = new InputHarness(plugin, { urls: ['127.0.0.2', 'good.test'] }, { services });
    expect(await beside.gather()).toHaveLength(2);
    expect(performance.now() - startedAt).toBeLessThan(2500);
    const lines = await asked;
    expect(lines[0]).toMatch(/^ping,url=127\.0\.0\.1 result_code=0i/);
    expect(lines[1]).toBe('ping,url=dead.test result_code=2i');
    expect(mixed.status).toEqual({
      status: 'refused',
      message: 'dead.test: The name dead.test cannot be resolved: no answer from its name server.',
    });
    expect(service.runs).toBeLessThanOrEqual(2);
    await services.stop();
  });

  test('the blocks of one tick share a run', async () => {
    const services = new SharedServices();
    const service = services.get('ping.service', () => new PingService(systemClock, silentLogger()));
    const blocks = Array.from(
      { length: 50 },
      (_, index) =>
        new InputHarness(
          plugin,
          { urls: [`127.0.0.${index + 1}`] },
          { services, tags: { node_id: String(index) } },
        ),
    );
    const answers = await Promise.all(blocks.map((block) => block.gather()));
    expect(answers[7]?.[0]).toMatch(/^ping,node_id=7,url=127\.0\.0\.8 result_code=0i,packets_transmitted=1i/);
    expect(answers.every((lines) => lines.length === 1)).toBe(true);
    expect(blocks[7]?.status).toEqual({ status: 'ok', message: '' });
    expect(service.runs).toBe(1);
    await services.stop();
  });

  test('more hosts than one process can pace are split over several', async () => {
    const service = new PingService(systemClock, silentLogger());
    const hosts = Array.from({ length: 1_500 }, (_, index) => `127.1.${index >> 8}.${index & 255}`);
    const { results } = await service.ping(hosts, { ...SETTINGS, count: 1 }, AbortSignal.timeout(20_000));
    expect([...results.values()].filter((result) => result.kind === 'answered')).toHaveLength(1_500);
    expect(service.runs).toBe(2);
  });
});

describe('without fping', () => {
  let folder = '';
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-ping-'));
    server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    port = (server.address() as { port: number }).port;
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true });
  });

  async function program(name: string, lines: readonly string[]): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\n${lines.join('\n')}\n`);
    await chmod(path, 0o755);
    return path;
  }

  test("the system's ping is taken when fping may not open its socket", async () => {
    const fping = await program('fping-denied', [
      'if [ "$1" = --version ]; then echo "fping: Version 5.1"; exit 0; fi',
      'echo "fping: cannot create socket (must run as root?)" >&2; exit 4',
    ]);
    const ping = await program('ping-ok', [
      'echo "PING $9 ($9) 56(84) bytes of data."',
      'echo "64 bytes from 127.0.0.1: icmp_seq=1 ttl=63 time=0.050 ms"',
      'echo "64 bytes from 127.0.0.1: icmp_seq=2 ttl=63 time=0.070 ms"',
      'echo "2 packets transmitted, 2 received, 0% packet loss, time 1001ms"',
    ]);
    const service = new PingService(systemClock, silentLogger(), { programs: { fping, ping } });
    const { method, results } = await service.ping(['127.0.0.1'], SETTINGS, AbortSignal.timeout(5_000));
    expect(method).toBe('ping');
    expect(results.get('127.0.0.1')).toEqual({
      kind: 'answered',
      sent: 2,
      roundTripsMs: [0.05, 0.07],
      ttl: 63,
    });
  });

  test('a TCP connection is the last way, and a refused one counts as an answer', async () => {
    const ping = await program('ping-denied', [
      'echo "ping: socktype: SOCK_RAW: Operation not permitted" >&2; exit 2',
    ]);
    const service = new PingService(systemClock, silentLogger(), {
      programs: { fping: join(folder, 'absent'), ping },
    });
    const { method, results } = await service.ping(['127.0.0.1'], SETTINGS, AbortSignal.timeout(5_000));
    expect(method).toBe('tcp');
    expect(results.get('127.0.0.1')?.kind).toBe('answered');
  });

  test('an open port answers as often as packets are asked for', async () => {
    const result = await probeByTcp('127.0.0.1', SETTINGS, AbortSignal.timeout(5_000), [port]);
    expect(result).toMatchObject({ kind: 'answered', sent: 2 });
    expect(result.kind === 'answered' ? result.roundTripsMs.length : 0).toBe(2);
  });
});

describe("output of the system's ping", () => {
  test('losses and duplicates are counted right', () => {
    const text = [
      '64 bytes from 10.0.0.1: icmp_seq=1 ttl=254 time=1.5 ms',
      '64 bytes from 10.0.0.1: icmp_seq=1 ttl=254 time=1.6 ms (DUP!)',
      '3 packets transmitted, 1 received, +1 duplicates, 66.6667% packet loss, time 2003ms',
    ].join('\n');
    expect(parsePingOutput(text)).toEqual({ kind: 'answered', sent: 3, roundTripsMs: [1.5], ttl: 254 });
  });

  test('more answers than packets are no more than all of them', () => {
    const answers = [1.5, 2.5, 9, 10, 11].map(
      (ms) => `64 bytes from 192.0.2.9: icmp_seq=1 ttl=64 time=${ms} ms`,
    );
    const text = [...answers, '2 packets transmitted, 5 received, +3 duplicates, -150% packet loss'].join(
      '\n',
    );
    const result = parsePingOutput(text);
    expect(result).toEqual({ kind: 'answered', sent: 2, roundTripsMs: [1.5, 2.5], ttl: 64 });
    expect(result && pingFields(result, [])).toMatchObject({
      packets_transmitted: 2n,
      packets_received: 2n,
      percent_packet_loss: 0,
      maximum_response_ms: 2.5,
    });
  });

  test('BSD words are read too, and text without statistics is no result', () => {
    expect(parsePingOutput('1 packets transmitted, 0 packets received, 100.0% packet loss')).toEqual({
      kind: 'silent',
      sent: 1,
      roundTripsMs: [],
      ttl: undefined,
    });
    expect(parsePingOutput('ping: unknown host x')).toBeUndefined();
  });
});
