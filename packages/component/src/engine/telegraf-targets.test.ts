import type { TargetStatus } from '@stratora/contract';
import type { TomlTable } from '@stratora/telegraf';
import { ManualClock } from '@stratora/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { blockMeasurements } from './block-measurements.ts';
import { targetFacts } from './target-facts.ts';
import { TelegrafTargets } from './telegraf-targets.ts';

const SWITCH = '01890000-0000-7000-8000-000000000001';
const PRESS = '01890000-0000-7000-8000-000000000002';
const INTERVAL_MS = 10_000;
const OVERRUN = {
  level: 'warn',
  plugin: 'inputs.snmp',
  alias: 'a-1',
  message: 'Collection took longer than expected; not complete after interval of 10s',
} as const;
const SILENT = 'No answer from 10.0.0.1 port 161 after 3 tries.';

function configured(alias: string | undefined, nodeId: string, plugin: string, options: TomlTable) {
  const facts = targetFacts({ plugin, options }, INTERVAL_MS);
  const measurements = blockMeasurements({ plugin, options });
  return { alias, nodeId, intervalMs: INTERVAL_MS, facts, measurements };
}

describe('the targets of a running Telegraf', () => {
  let clock: ManualClock;
  let told: TargetStatus[];
  let targets: TelegrafTargets;

  beforeEach(() => {
    clock = new ManualClock();
    told = [];
    targets = new TelegrafTargets(clock, (reports) => told.push(...reports));
    targets.configure([
      configured('a-1', SWITCH, 'snmp', {
        agents: ['udp://10.0.0.1:161'],
        retries: 2,
        table: [{ name: 'interface' }],
      }),
      {
        ...configured('a-4', SWITCH, 'snmp', { name: 'clock', field: [{ name: 'date' }] }),
        intervalMs: 300_000,
      },
      configured('a-2', SWITCH, 'ping', { urls: ['10.0.0.1'] }),
      configured('a-3', SWITCH, 'http_response', { urls: ['http://10.0.0.1/'] }),
      configured(undefined, PRESS, 'snmp', {}),
    ]);
  });

  function say(message: string, alias = 'a-1', plugin = 'inputs.snmp') {
    return targets.takeLogLine({ level: 'error', plugin, alias, message });
  }
  function give(...lines: string[]): void {
    targets.takeSamples(Buffer.from(`${lines.join('\n')}\n`));
  }
  function newest(nodeId: string, input: string): TargetStatus | undefined {
    return told.findLast((report) => report.node_id === nodeId && report.input === input);
  }

  it('have the fault that the log tells, once', async () => {
    expect(say('request timeout')).toBe('new');
    expect(told).toEqual([
      { node_id: SWITCH, input: 'snmp', status: 'timeout', message: SILENT, detail: 'request timeout' },
    ]);
    await clock.advance(INTERVAL_MS);
    expect(say('request timeout')).toBe('known');
    expect(told).toHaveLength(1);
  });

  it('are not blamed for lines of others', () => {
    expect(say('request timeout', 'a-9')).toBeUndefined();
    expect(say('request timeout', 'a-1', 'outputs.influxdb')).toBeUndefined();
    expect(
      targets.takeLogLine({ level: 'info', plugin: 'inputs.snmp', alias: 'a-1', message: 'x' }),
    ).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('show the worst of several faults', () => {
    say('request timeout');
    say('wrong digest');
    say('request timeout');
    targets.settle();
    expect(newest(SWITCH, 'snmp')?.status).toBe('auth');
  });

  it('are good again once samples arrive and nothing is said for two intervals', async () => {
    say('request timeout');
    await clock.advance(2 * INTERVAL_MS);
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('timeout');
    await clock.advance(INTERVAL_MS);
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(SWITCH, 'snmp')).toMatchObject({ status: 'ok', message: '' });
  });

  it('have no fault because a gather takes longer than its interval, as long as its samples come', async () => {
    for (let round = 0; round < 6; round += 1) {
      expect(targets.takeLogLine(OVERRUN)).toBeUndefined();
      await clock.advance(INTERVAL_MS);
      expect(targets.takeLogLine(OVERRUN)).toBeUndefined();
      give(`interface,node_id=${SWITCH} n=1i 1`);
      await clock.advance(INTERVAL_MS);
    }
    expect(told.map(({ status }) => status)).not.toContain('timeout');
    expect(newest(SWITCH, 'snmp')?.status).toBe('ok');
  });

  it('have a fault when a gather does not end for half a minute, and none with its first sample', async () => {
    targets.takeLogLine(OVERRUN);
    await clock.advance(INTERVAL_MS);
    targets.takeLogLine(OVERRUN);
    expect(told).toEqual([]);
    await clock.advance(INTERVAL_MS);
    expect(targets.takeLogLine(OVERRUN)).toBe('new');
    expect(newest(SWITCH, 'snmp')).toMatchObject({
      status: 'timeout',
      message: 'Reading it takes longer than 10 s.',
    });
    await clock.advance(INTERVAL_MS);
    expect(targets.takeLogLine(OVERRUN)).toBe('known');
    give(`clock,node_id=${SWITCH} date="x" 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('timeout');
    await clock.advance(INTERVAL_MS);
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('ok');
  });

  it.each([
    ['takes too long', OVERRUN],
    ['fails', { ...OVERRUN, level: 'error', message: 'request timeout' }],
  ] as const)('are good again where nothing is sampled, once no gather %s any more', async (_, line) => {
    for (let round = 0; round < 4; round += 1) {
      targets.takeLogLine(line);
      await clock.advance(INTERVAL_MS);
    }
    expect(newest(SWITCH, 'snmp')?.status).toBe('timeout');
    // Telegraf is alive: others are sampled.
    give(`ping,node_id=${PRESS} percent_packet_loss=0,result_code=0i 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('timeout');
    await clock.advance(2 * INTERVAL_MS);
    give(`ping,node_id=${PRESS} percent_packet_loss=0,result_code=0i 1`);
    expect(newest(SWITCH, 'snmp')).toMatchObject({ status: 'ok', message: '' });
  });

  it('are good again by the interval of the block that failed, whatever else the node has', async () => {
    say('request timeout');
    await clock.advance(2 * INTERVAL_MS + 3000);
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('ok');
  });

  it('have the fault of a slow block until its next gather has passed without it', async () => {
    say('request timeout', 'a-4');
    await clock.advance(300_000);
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('timeout');
    await clock.advance(63_000);
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(SWITCH, 'snmp')?.status).toBe('ok');
  });

  it('answer by a ping that came back after a lost one, and not by one that came before it', async () => {
    const ping = (loss: number, atMs: number) =>
      give(`ping,node_id=${SWITCH} percent_packet_loss=${loss},result_code=0i ${atMs}000000`);
    ping(100, clock.now());
    ping(0, clock.now() - INTERVAL_MS);
    targets.settle();
    expect(newest(SWITCH, 'ping')?.status).toBe('timeout');
    await clock.advance(INTERVAL_MS);
    ping(0, clock.now());
    targets.settle();
    expect(newest(SWITCH, 'ping')?.status).toBe('ok');
  });

  it('are good with their first sample under the next config, whatever they were', () => {
    say('request timeout');
    targets.configure([configured('a-1', SWITCH, 'snmp', {})]);
    give(`snmp,node_id=${SWITCH} n=1i 1`);
    targets.settle();
    expect(newest(SWITCH, 'snmp')?.status).toBe('ok');
  });

  it('are nothing while they show nothing', async () => {
    give(`interface,node_id=${SWITCH} n=1i 1`);
    expect(newest(PRESS, 'snmp')).toBeUndefined();
    await clock.advance(10 * INTERVAL_MS);
    told.length = 0;
    targets.settle();
    expect(told).toEqual([]);
  });

  it('do not answer because a ping was lost, which is a sample too', () => {
    give(
      `ping,node_id=${SWITCH},url=127.0.0.1 packets_transmitted=1i,percent_packet_loss=100,result_code=0i 1`,
    );
    targets.settle();
    expect(newest(SWITCH, 'ping')).toMatchObject({ status: 'timeout' });
    expect(newest(SWITCH, 'snmp')).toBeUndefined();
  });

  it('are silent and not unreachable by a ping that Telegraf gave the code of its program', () => {
    give(`ping,node_id=${SWITCH} packets_transmitted=3i,percent_packet_loss=100,result_code=1i 1`);
    expect(newest(SWITCH, 'ping')).toMatchObject({
      status: 'timeout',
      message: 'No answer to ping.',
    });
  });

  it('have the reason that the log knows and the sample of a check does not, whichever comes first', async () => {
    const sample = `http_response,node_id=${SWITCH},result=connection_failed result_type="connection_failed" 1`;
    give(sample);
    expect(newest(SWITCH, 'http_response')?.message).toBe('The connection failed.');
    const line = {
      level: 'debug',
      plugin: 'inputs.http_response',
      alias: 'a-3',
      message:
        'Network error while polling http://10.0.0.1/: Get "http://10.0.0.1/": dial tcp 10.0.0.1:80: connect: connection refused',
    } as const;
    await clock.advance(3 * INTERVAL_MS);
    expect(targets.takeLogLine(line)).toBe('new');
    give(sample);
    targets.settle();
    expect(newest(SWITCH, 'http_response')).toMatchObject({
      status: 'refused',
      message: 'Nothing listens on TCP port 80 of 10.0.0.1.',
    });
    expect(targets.takeLogLine({ ...line, message: 'looks well' })).toBeUndefined();
  });

  it('answer by a ping that came back', () => {
    give(`ping,node_id=${SWITCH} packets_transmitted=1i,percent_packet_loss=0,result_code=0i 1`);
    targets.settle();
    expect(newest(SWITCH, 'ping')).toMatchObject({ status: 'ok' });
  });

  it('are forgotten with the config that named them', () => {
    say('request timeout');
    told.length = 0;
    targets.configure([]);
    targets.settle();
    expect(say('request timeout')).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('survive samples that are no text', () => {
    expect(() => {
      targets.takeSamples(Buffer.from([0xff, 0xfe, 0x0a, 0x2c, 0x00]));
      targets.takeSamples(Buffer.from('ping,'));
      targets.takeSamples(Buffer.from(`x,node_id=${SWITCH.slice(0, 10)}`));
      targets.takeSamples(Buffer.alloc(0));
    }).not.toThrow();
    targets.settle();
    expect(told).toEqual([]);
  });
});
