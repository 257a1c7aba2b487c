import { gzipSync } from 'node:zlib';
import {
  type ComponentJob,
  NEIGHBOUR_TABLES,
  type NeighbourOrder,
  type NeighbourRead,
  type NeighbourReport,
  type TableRead,
} from '@stratora/contract';
import {
  type BackendAnswer,
  type BackendCall,
  startBackend,
  type TestBackend,
  waitFor,
} from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const COMMUNITY = 'a-community-that-nobody-sees';
const NOTHING = '01980000-0000-7000-8000-000000000000';

interface Collector {
  id: string;
  key: string;
}

const NO_ROWS = Object.fromEntries(
  NEIGHBOUR_TABLES.map((name) => [name, []]),
) as unknown as NeighbourReport['rows'];

function tables(changes: Partial<NeighbourReport['tables']> = {}): NeighbourReport['tables'] {
  const whole: TableRead = { state: 'whole', rows: 0, left_out: 0, reason: null };
  return {
    ...(Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, whole])) as NeighbourReport['tables']),
    ...changes,
  };
}

function reportOf(nodeId: string, changes: Partial<NeighbourReport> = {}): NeighbourReport {
  return {
    node_id: nodeId,
    read_at: new Date().toISOString(),
    system: {
      system_name: 'press',
      system_description: null,
      system_object_id: null,
      chassis: null,
      lldp_name: null,
      cdp_device_id: null,
      base_mac: null,
      engine_id: null,
      serial: null,
      uptime_seconds: 7,
    },
    tables: tables(),
    rows: NO_ROWS,
    ...changes,
  };
}

describe('readings of neighbours', () => {
  let backend: TestBackend;
  let collector: Collector;
  let other: Collector;
  let made = 0;
  let node: string;
  let credential: string;

  beforeAll(async () => {
    backend = await startBackend();
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const join = async (hostname: string) => {
      const { json } = await backend.register(token, { hostname });
      const joined = { id: json.component_id as string, key: json.api_key as string };
      await pull(joined);
      return joined;
    };
    collector = await join('hall-3');
    other = await join('hall-4');
    credential = (
      await backend.admin('POST', '/api/v1/credentials', {
        name: 'halls',
        type: 'snmp_v2c',
        secret: { community: COMMUNITY },
      })
    ).id;
    await waitFor(
      async () => (await rowsOf(`SELECT FROM component_states WHERE last_seen_at IS NOT NULL`)).length === 2,
      {
        what: 'collectors that are online',
        timeoutMs: 60_000,
      },
    );
  });
  afterAll(() => backend?.stop());

  beforeEach(async () => {
    node = await makeNode(collector.id);
  });

  async function makeNode(
    collectorId: string | null,
    more: object = {},
    hasCredential = true,
  ): Promise<string> {
    made += 1;
    const { id } = await backend.admin('POST', '/api/v1/nodes', {
      name: `press-${made}`,
      ip_address: `10.3.0.${made}`,
      ...(collectorId === null ? {} : { collector_id: collectorId }),
      ...more,
    });
    if (hasCredential)
      await backend.admin('PUT', `/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credential });
    return id as string;
  }

  function pull(from: Collector): Promise<BackendAnswer> {
    return backend.call('GET', `/api/v1/remote-collectors/${from.id}/config`, { key: from.key });
  }

  async function fetchJobs(from = collector): Promise<ComponentJob[]> {
    const { status, json, text } = await backend.call('GET', `/api/v1/remote-collectors/${from.id}/jobs`, {
      key: from.key,
    });
    expect(status, text).toBe(200);
    return json.items as ComponentJob[];
  }

  function post(jobId: string, call: BackendCall, from = collector): Promise<BackendAnswer> {
    return backend.call('POST', `/api/v1/remote-collectors/${from.id}/jobs/${jobId}/results`, {
      key: from.key,
      ...call,
    });
  }

  const part = (jobId: string, report: object, from = collector) =>
    post(jobId, { body: { state: 'running', result: { report } } }, from);

  async function start(nodeId = node): Promise<NeighbourRead> {
    return backend.admin('POST', `/api/v1/nodes/${nodeId}/neighbours/read`);
  }

  const shown = (id: string): Promise<NeighbourRead> => backend.admin('GET', `/api/v1/neighbour-reads/${id}`);

  async function rowsOf(text: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: backend.database.url });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  }

  const kept = (nodeId: string) =>
    rowsOf(`SELECT name, state, reason FROM neighbour_tables WHERE node_id = '${nodeId}' ORDER BY name`);

  it('that somebody asks for give the collector what it needs, and say what came of each table', async () => {
    const read = await start();
    expect(read).toMatchObject({
      state: 'waiting',
      node_id: node,
      collector_name: 'hall-3',
      outcome: null,
      tables: null,
      message: 'Waiting for the collector hall-3 to fetch the reading: it asks every ten seconds.',
    });
    expect((await start()).id).toBe(read.id);
    const job = (await fetchJobs()).find(({ id }) => id === read.id);
    const order = job?.order as unknown as NeighbourOrder;
    expect(order.nodes).toEqual([
      {
        node_id: node,
        host: `10.3.0.${made}`,
        snmp_port: 161,
        type: 'snmp_v2c',
        secret: { community: COMMUNITY },
        pace: null,
      },
    ]);
    expect(await shown(read.id)).toMatchObject({ state: 'running' });
    const lldp_neighbours: TableRead = { state: 'part', rows: 1, left_out: 0, reason: 'The walk broke off.' };
    const forwarding: TableRead = { state: 'failed', rows: 0, left_out: 0, reason: 'No answer.' };
    const report = reportOf(node, { tables: tables({ lldp_neighbours, forwarding }) });
    expect((await part(read.id, report)).status).toBe(204);
    expect((await post(read.id, { body: { state: 'done', result: { reports: 1 } } })).status).toBe(204);
    const done = await shown(read.id);
    expect(done).toMatchObject({ state: 'done', outcome: 'read', tables: { forwarding } });
    expect(done.message).toBe(
      'The device tells of 1 neighbour. Not read: the forwarding table. No answer. Not wholly read: LLDP neighbours. The walk broke off.',
    );
    expect(JSON.stringify([read, done])).not.toContain(COMMUNITY);
    expect(await kept(node)).toHaveLength(NEIGHBOUR_TABLES.length);
    expect(await kept(node)).toContainEqual({ name: 'forwarding', state: 'failed', reason: 'No answer.' });
    const audited = await backend.admin('GET', '/api/v1/audit-log?search=node.read_neighbours&limit=10');
    expect(audited.items[0]).toMatchObject({ detail: { name: `press-${made}` } });
  });

  it('of a device that gives nothing have failed, for its reason', async () => {
    const read = await start();
    await fetchJobs();
    const failed: TableRead = {
      state: 'failed',
      rows: 0,
      left_out: 0,
      reason: 'No answer from 10.3.0.1 port 161.',
    };
    const all = Object.fromEntries(
      NEIGHBOUR_TABLES.map((name) => [name, failed]),
    ) as NeighbourReport['tables'];
    await part(read.id, reportOf(node, { tables: all }));
    expect(await shown(read.id)).toMatchObject({ outcome: 'failed', message: failed.reason });
  });

  it('say why no collector needs to be asked', async () => {
    const plain = await makeNode(collector.id, {}, false);
    expect(await start(plain)).toMatchObject({
      state: 'done',
      outcome: 'failed',
      message: expect.stringContaining('has no credential of SNMP'),
    });
    const alone = await makeNode(null);
    expect((await start(alone)).outcome).toMatch(/no_collector|null|collector_offline/);
    const missing = await backend.call('POST', `/api/v1/nodes/${NOTHING}/neighbours/read`, {
      token: backend.adminToken,
    });
    expect([
      missing.status,
      (await backend.call('GET', `/api/v1/neighbour-reads/${NOTHING}`, { token: backend.adminToken })).status,
    ]).toEqual([404, 404]);
  });

  it('end where the node is given to another collector, and tell that one nothing', async () => {
    const read = await start();
    await backend.admin('PATCH', `/api/v1/nodes/${node}`, { collector_id: other.id });
    expect((await fetchJobs()).map(({ id }) => id)).not.toContain(read.id);
    expect(await shown(read.id)).toMatchObject({ state: 'done', outcome: 'changed' });
  });

  it('take no report about a node of another collector', async () => {
    const foreign = await makeNode(other.id);
    const read = await start();
    await fetchJobs();
    expect((await part(read.id, reportOf(foreign))).status).toBe(204);
    expect(await kept(foreign)).toEqual([]);
    expect((await part(read.id, reportOf(NOTHING))).status).toBe(204);
    expect((await part(read.id, reportOf(node), other)).status).toBe(404);
    expect(await shown(read.id)).toMatchObject({ state: 'running' });
  });

  it('refuse what is no report, and more rows than a report may hold', async () => {
    const read = await start();
    await fetchJobs();
    const strange = await part(read.id, {
      ...reportOf(node),
      rows: { ...NO_ROWS, forwarding: [{ mac_address: 'x' }] },
    });
    expect([strange.status, strange.json.errors[0].path]).toEqual([
      400,
      'result.report.rows.forwarding.0.mac_address',
    ]);
    const row = {
      member_if_index: 1,
      aggregate_if_index: 2,
      actor_system: null,
      partner_system: null,
      partner_port: null,
    };
    const many = { ...NO_ROWS, aggregates: Array.from({ length: 100_001 }, () => row) };
    const body = gzipSync(
      JSON.stringify({ state: 'running', result: { report: reportOf(node, { rows: many }) } }),
    );
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await post(read.id, { raw: body, headers })).status).toBe(400);
    expect(await kept(node)).toEqual([]);
  });

  it('take packed reports, and refuse those that are damaged, or too large when unpacked', async () => {
    const read = await start();
    await fetchJobs();
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const packed = gzipSync(JSON.stringify({ state: 'running', result: { report: reportOf(node) } }));
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));
    const answers = [
      await post(read.id, { raw: packed, headers }),
      await post(read.id, { raw: packed.subarray(0, 60), headers }),
      await post(read.id, { raw: Buffer.from('no gzip at all'), headers }),
      await post(read.id, { raw: bomb, headers }),
      await post(read.id, { raw: packed, headers: { ...headers, 'content-encoding': 'br' } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 400, 400, 413, 400]);
    expect(await kept(node)).toHaveLength(NEIGHBOUR_TABLES.length);
  });

  it('say that a collector is too old for them', async () => {
    const read = await start();
    await fetchJobs();
    await post(read.id, { body: { state: 'unsupported' } });
    expect(await shown(read.id)).toMatchObject({
      outcome: 'collector_outdated',
      message: 'The collector hall-3 (version 1) cannot read neighbours. Update it.',
    });
  });

  it('of the schedule are one for all nodes that are due, and none again before the interval is over', {
    timeout: 120_000,
  }, async () => {
    const paced = await makeNode(collector.id, { snmp_pace: { requests_per_second: 5 } });
    await backend.admin('PATCH', '/api/v1/settings', { neighbour_interval_seconds: 300 });
    const due = () =>
      rowsOf(
        `SELECT id, component_id, ended_at FROM component_jobs
         WHERE kind = 'neighbours' AND subject->>'scope' = 'due' AND component_id = '${collector.id}'`,
      );
    await waitFor(async () => (await due()).length > 0, { what: 'a reading', timeoutMs: 60_000 });
    const id = String((await due())[0]?.['id']);
    const orderOf = async () =>
      (await fetchJobs()).find((job) => job.id === id)?.order as unknown as NeighbourOrder | undefined;
    const order = await orderOf();
    expect(order?.nodes.map(({ node_id }) => node_id)).toEqual(expect.arrayContaining([node, paced]));
    expect(order?.nodes.find(({ node_id }) => node_id === paced)?.pace).toEqual({ requests_per_second: 5 });
    expect(JSON.stringify(order)).toContain(COMMUNITY);
    expect((await part(id, reportOf(node))).status).toBe(204);
    // A collector that begins the job anew is not asked for what it has read already.
    const rest = await orderOf();
    expect(rest?.nodes.map(({ node_id }) => node_id)).not.toContain(node);
    expect(rest?.nodes.map(({ node_id }) => node_id)).toContain(paced);
    for (const { node_id } of rest?.nodes ?? []) await part(id, reportOf(node_id));
    expect((await post(id, { body: { state: 'done', result: { reports: 2 } } })).status).toBe(204);
    expect(
      (await backend.call('GET', `/api/v1/neighbour-reads/${id}`, { token: backend.adminToken })).status,
    ).toBe(404);
    await new Promise((resolve) => {
      setTimeout(resolve, 12_000);
    });
    expect(await due()).toHaveLength(1);
  });
});
