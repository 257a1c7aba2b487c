import { spawnSync } from 'node:child_process';
import type { Component, ListAnswer, NodeDetail, Summary } from '@stratora/contract';
import { MibImage, networkDeviceObjects, type Plant, startPlant } from '@stratora/simulator';
import { type Snmpd, STALL_MS, StratoraSystem, startSnmpd, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlineOf, summarizeCollection } from './web-words.ts';

const V3_USER = {
  username: 'monitor',
  security_level: 'authPriv',
  auth_protocol: 'SHA256',
  auth_password: 'auth pass phrase',
  priv_protocol: 'AES',
  priv_password: 'priv pass phrase',
};

const V2C = ['-v2c', '-c', 'public'];

/** A text as devices tell it of themselves, over several lines. */
const LINES = ['First line of text', 'Second "quoted" line', 'Third, with = and a \\ sign', 'Last line'];
const TALKER = '127.9.1.1';

/** A switch of two ports whose description has several lines. */
function talker(): MibImage {
  return new MibImage(
    networkDeviceObjects({ ports: 2, hasHost: false }).map((object) =>
      object.oid === '1.3.6.1.2.1.1.1.0' ? { ...object, value: LINES.join('\r\n') } : object,
    ),
  );
}

/** Reads ifHCInOctets per ifIndex by net-snmp's own tool. */
function snmpwalk(device: Snmpd, ...security: string[]): Map<string, bigint> {
  const { stdout } = spawnSync(
    'snmpwalk',
    [...security, '-On', '-Oq', `${device.address}:${device.port}`, '1.3.6.1.2.1.31.1.1.1.6'],
    { encoding: 'utf8', env: { ...process.env, MIBS: '' } },
  );
  const cells = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
  return new Map(cells.map(([oid, value]) => [String(oid?.split('.').at(-1)), BigInt(value ?? '0')]));
}

describe('a real SNMP device', () => {
  let system: StratoraSystem;
  let device: Snmpd | undefined;
  let plant: Plant | undefined;
  /** Ids of the nodes, which are added together: their first polls are waited for side by side. */
  let nodes: { v2c: string; v3: string; wrong: string; lines: string };
  let addedAt = 0;
  let polled: { v2c: Promise<void>; v3: Promise<void> };
  /** The counters before the first poll. */
  let before: Map<string, bigint>;

  beforeAll(async () => {
    device = await startSnmpd({
      config: [
        `createUser monitor SHA-256 "${V3_USER.auth_password}" AES "${V3_USER.priv_password}"`,
        'rouser monitor authPriv',
      ],
    });
    if (!device) return;
    system = await StratoraSystem.start({ args: ['--no-agent'] });
    plant = await startPlant({ devices: [{ address: TALKER, image: talker() }] });
    before = snmpwalk(device, ...V2C);
    const wrong = { ...V3_USER, auth_password: 'not the right one' };
    nodes = {
      v2c: await addNode('v2c', { type: 'snmp_v2c', secret: { community: 'public' } }),
      v3: await addNode('v3', { type: 'snmp_v3', secret: V3_USER }),
      wrong: await addNode('wrong', { type: 'snmp_v3', secret: wrong }),
      lines: await addNode('lines', { type: 'snmp_v2c', secret: { community: 'public' } }, plant.devices[0]),
    };
    addedAt = Date.now();
    polled = { v2c: seesInterfaces(nodes.v2c), v3: seesInterfaces(nodes.v3) };
    for (const run of Object.values(polled)) run.catch(() => {});
  });
  afterAll(async () => {
    await Promise.allSettled(Object.values(polled ?? {}));
    await system?.dispose();
    await plant?.stop();
    await device?.stop();
  });

  async function addNode(
    name: string,
    credential: Record<string, unknown>,
    at: { address: string; port: number } | undefined = device,
  ): Promise<string> {
    const { id: credentialId } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name,
      ...credential,
    });
    const { id } = await system.api.post<{ id: string }>('/api/v1/nodes', {
      name,
      ip_address: at?.address,
      allow_duplicate: true,
      node_type: 'switch',
      template: 'generic-snmp',
      snmp_port: at?.port,
    });
    await system.api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credentialId });
    return id;
  }

  /** The ifIndex of each interface of a node that has counters, by its name. */
  async function indexesOf(id: string): Promise<Map<string, string>> {
    const found = await system.api.query(
      `interface_info{node_id="${id}"} and on (ifName, ifDescr, ifTwin) interface_ifHCInOctets{node_id="${id}"}`,
    );
    return new Map(found.map(({ metric }) => [nameOf(metric), String(metric['ifIndex'])]));
  }

  function nameOf(metric: Readonly<Record<string, string>>): string {
    return [metric['ifName'], metric['ifDescr'], metric['ifTwin']].join('|');
  }

  /** Interfaces that the device has had since before the first poll: other programs of the machine may add theirs. */
  function lastingInterfaces(): string[] {
    const now = device ? snmpwalk(device, ...V2C) : new Map<string, bigint>();
    return [...before.keys()].filter((index) => now.has(index));
  }

  async function seesInterfaces(id: string): Promise<void> {
    const samples = await waitFor(
      async () => {
        const found = await system.api.query(`interface_ifHCInOctets{node_id="${id}"}`);
        const seen = new Set((await indexesOf(id)).values());
        return found.length > 0 && lastingInterfaces().every((index) => seen.has(index)) && found;
      },
      { timeoutMs: 90_000, what: 'interface counters' },
    ).catch(async (error: unknown) => {
      const node = await system.api.get<NodeDetail>(`/api/v1/nodes/${id}`);
      throw new Error(`interface counters are missing: ${JSON.stringify(node)}`, { cause: error });
    });
    const sinceMs = Date.now() - addedAt;
    process.stdout.write(`interface counters ${(sinceMs / 1000).toFixed(1)} s after the node was added\n`);
    // The promise is 30 s.
    expect(sinceMs).toBeLessThan(30_000 + STALL_MS);
    expect(samples.length).toBeGreaterThan(0);
    for (const { metric } of samples) expect(metric['ifName'] || metric['ifDescr']).toBeTruthy();
    const node = await waitFor(
      async () => {
        const found = await system.api.get<NodeDetail>(`/api/v1/nodes/${id}`);
        return found.status === 'healthy' && found;
      },
      { timeoutMs: 60_000, what: 'a healthy node' },
    );
    expect(node.collection.find(({ input }) => input === 'snmp')?.status).toBe('ok');
  }

  it('is polled by v2c with the values that snmpwalk reads', async (context) => {
    if (!device) {
      context.skip('snmpd is not installed');
      return;
    }
    await polled.v2c;
    const samples = await system.api.query(`interface_ifHCInOctets{node_id="${nodes.v2c}"}`);
    const after = snmpwalk(device, ...V2C);
    const lasting = new Set(lastingInterfaces());
    expect(lasting.size).toBeGreaterThan(0);
    const indexes = await indexesOf(nodes.v2c);
    for (const { metric, value } of samples) {
      expect(metric['ifIndex']).toBeUndefined();
      const index = indexes.get(nameOf(metric)) ?? '';
      if (!lasting.has(index)) continue;
      expect(BigInt(value)).toBeGreaterThanOrEqual(before.get(index) ?? 0n);
      expect(BigInt(value)).toBeLessThanOrEqual(after.get(index) ?? 0n);
    }
  });

  it("gives the product's own metrics, and stores no raw row", async (context) => {
    if (!device) {
      context.skip('snmpd is not installed');
      return;
    }
    for (const name of [
      'snmp_uptime',
      'snmp_info',
      'device_memory_used_percent',
      'device_storage_used_percent',
    ]) {
      const samples = await waitFor(
        async () => {
          const found = await system.api.query(`${name}{node_name="v2c"}`);
          return found.length > 0 && found;
        },
        { timeoutMs: 60_000, what: name },
      );
      if (name.endsWith('_percent')) {
        for (const { value } of samples) expect(value).toBeGreaterThanOrEqual(0);
        for (const { value } of samples) expect(value).toBeLessThanOrEqual(100);
      }
    }
    expect(await system.api.query('{__name__=~"raw_.*"}')).toEqual([]);
  });

  it('is polled by v3 with SHA-256 and AES', async (context) => {
    if (!device) {
      context.skip('snmpd is not installed');
      return;
    }
    await polled.v3;
  });

  it('says authentication, not timeout, when the v3 password is wrong', async (context) => {
    if (!device) {
      context.skip('snmpd is not installed');
      return;
    }
    const state = await waitFor(
      async () => {
        const node = await system.api.get<NodeDetail>(`/api/v1/nodes/${nodes.wrong}`);
        return node.collection.find(({ input, status }) => input === 'snmp' && status !== 'ok');
      },
      { timeoutMs: 90_000, what: 'a collection status' },
    );
    expect(state.status).toBe('auth');
    expect(state.message).toMatch(/authentication|password/i);
  });

  it('that refuses is counted on Home and with its collector, of which nobody says that all is well', async (context) => {
    if (!device) {
      context.skip('snmpd is not installed');
      return;
    }
    // A device that is busy may answer one of the others too late, once.
    const { summary, items } = await waitFor(
      async () => {
        const [told, listed] = await Promise.all([
          system.api.get<Summary>('/api/v1/summary'),
          system.api.get<ListAnswer<Component>>('/api/v1/components'),
        ]);
        const { total, by_status: counts, collection_failing: failing } = told.nodes;
        const isSettled = counts.healthy === total && failing === 1;
        const [collector] = listed.items;
        return isSettled && collector?.failing_node_count === 1 && { summary: told, items: listed.items };
      },
      { timeoutMs: 90_000, what: 'one node that cannot be read in full' },
    );
    expect(summary.health_score).toBeLessThan(100);
    expect(summary.attention.map(({ node_id: id }) => id)).toEqual([nodes.wrong]);
    expect(headlineOf(summary)).toMatchObject({ tone: 'warn', text: '1 node cannot be read in full' });
    expect(summarizeCollection(items, Date.now())).toMatchObject({
      tone: 'warn',
      text: expect.stringContaining('cannot read all of its nodes in full'),
      link: { to: `/collection/components/${items[0]?.id}?tab=nodes&sort=-why` },
    });
  });

  it('whose text has several lines keeps its numbers, the text in one line, and the lines behind it', async (context) => {
    if (!device) {
      context.skip('snmpd is not installed');
      return;
    }
    const find = (name: string) => system.api.query(`${name}{node_id="${nodes.lines}"}`);
    for (const [name, count] of [
      ['snmp_uptime', 1],
      ['snmp_info', 1],
      ['interface_ifHCInOctets', 2],
    ] as const) {
      await waitFor(async () => (await find(name)).length === count, {
        timeoutMs: 90_000,
        what: `${count} of ${name}`,
      });
    }
    expect((await find('snmp_uptime'))[0]?.value).toBeGreaterThan(0);
    expect((await find('snmp_info'))[0]?.metric['sysDescr']).toBe(LINES.join(' '));
    const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components');
    expect(items[0]?.ingest.rejected_by_reason).toEqual({});
  });
});
