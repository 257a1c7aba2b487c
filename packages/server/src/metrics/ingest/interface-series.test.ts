import { silentLogger, systemClock } from '@stratora/runtime';
import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import {
  createQueryClient,
  createSeriesClient,
  createWriteClient,
  type QueryClient,
  type SeriesClient,
  type WriteClient,
} from '@stratora/victoriametrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInterfaces } from '../interfaces/index.ts';
import { LineScreen } from './line-screen.ts';
import { INTERFACE_PLACE, tagValue } from './own-tags.ts';

const NODE = '0190a1b2-c3d4-7e5f-8a9b-000000000001';
const CYCLES = 24;
const REBOOT = 12;
const OCTETS_PER_SECOND = 1_000_000;

/** Two ports and two more of one name: what a device answers in a cycle, which starts anew at the reboot. */
function answers(cycle: number, timeMs: number): string {
  const isBack = cycle >= REBOOT;
  const counted = (isBack ? cycle - REBOOT : cycle + 1_000) * 10 * OCTETS_PER_SECOND;
  const ports = ['Gi1/0/1', 'Gi1/0/2', 'eth', 'eth'].map((name, at) => {
    const index = isBack ? 4 - at : at + 1;
    const alias = at === 0 && isBack ? ',ifAlias=uplink' : at === 0 ? ',ifAlias=desk' : '';
    const descr = name === 'eth' ? `,ifDescr=slot-${at}` : '';
    const tags = `interface,agent_host=10.0.0.1${alias}${descr},ifIndex=${index},ifName=${name},node_id=${NODE}`;
    return { index, line: `${tags} ifHCInOctets=${counted * (at + 1)}i ${timeMs}000000\n` };
  });
  return ports
    .sort((a, b) => a.index - b.index)
    .map(({ line }) => line)
    .join('');
}

describe('a device that restarts, numbers its interfaces anew and has another text on one', () => {
  let store: VictoriaMetrics;
  let query: QueryClient;
  let series: SeriesClient;
  let writer: WriteClient;
  const endMs = Math.floor(Date.now() / 10_000) * 10_000;
  const startMs = endMs - (CYCLES - 1) * 10_000;
  const rebootMs = startMs + REBOOT * 10_000;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    query = createQueryClient({ url: store.url });
    series = createSeriesClient({ url: store.url });
    writer = createWriteClient({ url: store.url });
    const interfaces = newModule();
    const screen = new LineScreen(interfaces.identity);
    for (let cycle = 0; cycle < CYCLES; cycle += 1) await take(screen, cycle);
    await store.flush();
    for (const loop of interfaces.loops ?? []) loop.start();
    await waitFor(async () => (await labelsOf('interface_info')).length === 4, {
      timeoutMs: 30_000,
      what: 'one info series for each interface',
    });
    for (const loop of interfaces.loops ?? []) await loop.stop();
  });
  afterAll(async () => {
    writer?.close();
    series?.close();
    query?.close();
    await store?.stop();
  });

  function newModule() {
    return createInterfaces({
      query,
      series,
      clock: systemClock,
      logger: silentLogger(),
      firstPlace: INTERFACE_PLACE,
    });
  }

  async function take(screen: LineScreen, cycle: number): Promise<void> {
    const timeMs = startMs + cycle * 10_000;
    const { body, derived } = screen.screen(Buffer.from(answers(cycle, timeMs)), 'ns', {
      nodes: new Map([[NODE, tagValue('core')]]),
      defaultNode: undefined,
      nowMs: timeMs,
      maxTags: 40,
      newestMs: timeMs,
      oldestMs: 0,
    });
    const written = await writer.write(Buffer.concat([body, derived]), 'ns');
    expect(written.ok).toBe(true);
  }

  async function ask(expression: string, timeMs = endMs) {
    const answer = await query.query(expression, timeMs, { isWhole: true });
    if (!answer.ok) throw new Error(answer.cause);
    return answer.value;
  }
  const labelsOf = async (expression: string) => (await ask(expression)).map(({ metric }) => metric);
  const portOf = (metric: Readonly<Record<string, string>>) =>
    [metric['ifName'], metric['ifTwin']].filter((text) => text).join(' ');
  const byPort = async (expression: string, timeMs?: number) =>
    Object.fromEntries((await ask(expression, timeMs)).map(({ metric, value }) => [portOf(metric), value]));

  test('has one series for each interface, without a gap', async () => {
    expect(await byPort('count_over_time(interface_ifHCInOctets[1h])')).toEqual({
      'Gi1/0/1': CYCLES,
      'Gi1/0/2': CYCLES,
      'eth slot-2': CYCLES,
      'eth slot-3': CYCLES,
    });
  });

  test('has its rates before, across and after it', async () => {
    const rates = (share: number) => ({
      'Gi1/0/1': share,
      'Gi1/0/2': 2 * share,
      'eth slot-2': 3 * share,
      'eth slot-3': 4 * share,
    });
    const mega = 'round(rate(interface_ifHCInOctets[100s]) / 1e6, 0.001)';
    expect(await byPort(mega, rebootMs - 10_000)).toEqual(rates(1));
    expect(await byPort(mega)).toEqual(rates(1));
    // What was counted between the last sample and the reboot is nowhere to be read; nothing else is lost or made up.
    expect(await byPort('increase(interface_ifHCInOctets[200s]) / 1e6', rebootMs + 100_000)).toEqual(
      rates(190),
    );
  });

  test('is told of by what it is now, and of the past by what it was then', async () => {
    const told = async (timeMs: number) =>
      Object.fromEntries(
        (await ask('interface_info', timeMs)).map(({ metric }) => [
          portOf(metric),
          [metric['ifIndex'], metric['ifAlias']].filter((text) => text).join(' '),
        ]),
      );
    expect(await told(rebootMs - 5_000)).toEqual({
      'Gi1/0/1': '1 desk',
      'Gi1/0/2': '2',
      'eth slot-2': '3',
      'eth slot-3': '4',
    });
    expect(await told(endMs)).toEqual({
      'Gi1/0/1': '4 uplink',
      'Gi1/0/2': '3',
      'eth slot-2': '2',
      'eth slot-3': '1',
    });
  });

  test('is joined with what it is told of', async () => {
    const joined = await ask(
      'rate(interface_ifHCInOctets[1m]) * on (node_id, ifName, ifDescr, ifTwin) group_left (ifAlias, ifIndex) interface_info',
    );
    expect(joined).toHaveLength(4);
    expect(joined.find(({ metric }) => metric['ifName'] === 'Gi1/0/1')?.metric).toMatchObject({
      ifAlias: 'uplink',
      ifIndex: '4',
    });
  });

  test('is known to a server that starts: what shares its name is told apart from the first line on', async () => {
    const next = newModule();
    await next.prepare?.();
    const { body } = new LineScreen(next.identity).screen(
      Buffer.from(`interface,ifDescr=slot-2,ifIndex=2,ifName=eth,node_id=${NODE} v=1i ${endMs}000000\n`),
      'ns',
      {
        nodes: new Map([[NODE, tagValue('core')]]),
        defaultNode: undefined,
        nowMs: endMs,
        maxTags: 40,
        newestMs: endMs,
        oldestMs: 0,
      },
    );
    expect(body.toString()).toContain('ifTwin=slot-2');
  });
});
