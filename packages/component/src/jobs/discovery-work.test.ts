import { join } from 'node:path';
import {
  type DiscoveryOrder,
  type DiscoveryPart,
  discoveryOptionsSchema,
  discoveryPartSchema,
  effectiveOptions,
} from '@stratora/contract';
import { packRules } from '@stratora/discovery';
import { readRuleFiles } from '@stratora/identify';
import { MibImage, networkDeviceObjects, type Plant, startPlant } from '@stratora/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanNetwork } from './discovery-work.ts';
import type { TellPart } from './job-worker.ts';

const RULES = join(import.meta.dirname, '../../../../identification');
let plant: Plant;
let rules: string;

beforeAll(async () => {
  const image = new MibImage(networkDeviceObjects({ ports: 2, hasHost: false }));
  plant = await startPlant({
    devices: Array.from({ length: 10 }, (_, at) => ({ address: `127.89.0.${at * 20 + 1}`, image })),
  });
  rules = packRules((await readRuleFiles(RULES)).rules);
});
afterAll(() => plant.stop());

function order(more: Partial<DiscoveryOrder> = {}, packetsPerSecond = 300): DiscoveryOrder {
  const options = discoveryOptionsSchema.parse({
    ping: false,
    tcp: false,
    http: false,
    dns: false,
    snmp_port: plant.port,
    packets_per_second: packetsPerSecond,
    host_packets_per_second: 300,
  });
  return {
    run_id: 'run',
    targets: ['127.89.0.0/24'],
    crawl: null,
    credentials: [
      {
        id: '0199c0de-0000-7000-8000-000000000101',
        type: 'snmp_v2c',
        secret: { community: 'public' },
      },
    ],
    options: effectiveOptions(options),
    rules,
    cursor: null,
    next_part: 0,
    part_seconds: 0.2,
    stop_at: null,
    ...more,
  };
}

/** Scans as a job does; `answers` are the server's to the parts, the last one again and again. */
async function scan(given: DiscoveryOrder, answers: readonly Awaited<ReturnType<TellPart>>[] = ['taken']) {
  const told: DiscoveryPart[] = [];
  const last = await scanNetwork({
    order: given,
    outboundAllow: [],
    signal: new AbortController().signal,
    tell: async (part) => {
      told.push(discoveryPartSchema.parse(part));
      return answers[Math.min(told.length, answers.length) - 1] ?? 'taken';
    },
  });
  return { told, last: discoveryPartSchema.parse(last) };
}

describe('a scan as a job of a collector', () => {
  it('tells parts, and the last one is its result; the rules come with the order', async () => {
    const { told, last } = await scan(order());
    const parts = [...told, last];
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, at) => at));
    expect(last.end).toEqual({ how: 'done', message: null });
    const devices = parts.flatMap((part) => part.devices);
    expect(devices).toHaveLength(10);
    expect(devices[0]).toMatchObject({
      identity: null,
      evidence: { sys_object_id: '1.3.6.1.4.1.8072.3.2.10' },
    });
  });

  it('stops at once where nobody wants more, and goes on from the cursor of the part that was taken', async () => {
    const broken = await scan(order({}, 60), ['taken', 'taken', 'over']);
    expect(broken.told).toHaveLength(3);
    expect(broken.last.end?.how).toBe('cancelled');
    const taken = broken.told[1];
    const rest = await scan(order({ cursor: taken?.cursor ?? null, next_part: 2 }));
    expect(rest.told[0]?.part ?? rest.last.part).toBe(2);
    const found = [...broken.told.slice(0, 2), ...rest.told, rest.last].flatMap((part) => part.devices);
    expect(new Set(found.map(({ address }) => address)).size).toBe(10);
  });

  it('whose part is refused fails in words', async () => {
    const { last } = await scan(order({}, 60), ['refused']);
    expect(last.end).toEqual({ how: 'failed', message: 'The server refused a part of what was found.' });
  });
});
