import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ListAnswer, Node, Topology } from '@stratora/contract';
import { ApiClient, freeTcpPort, NODE, processesWith, REPOSITORY, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const DEAD = 'prn-lej-02';
const OTHER_FOLDERS = ['data', 'demo-data'].map((name) => join(REPOSITORY, name));

function stamps(): (number | undefined)[] {
  return OTHER_FOLDERS.map((folder) => (existsSync(folder) ? statSync(folder).mtimeMs : undefined));
}

/** Finds the nodes that links join to each other, the largest set of them. */
function largestPart({ links }: Topology): ReadonlySet<string> {
  const parts = new Map<string, Set<string>>();
  for (const { a, b } of links) {
    if (a.node_id === null || b.node_id === null) continue;
    const [left, right] = [a.node_id, b.node_id].map((id) => parts.get(id) ?? new Set([id]));
    const both = new Set([...(left ?? []), ...(right ?? [])]);
    for (const id of both) parts.set(id, both);
  }
  return [...parts.values()].reduce((best, part) => (part.size > best.size ? part : best), new Set<string>());
}

describe('the demo', () => {
  const before = stamps();
  let dataDir = '';
  let demo: ChildProcess | undefined;
  let printed = '';
  let api: ApiClient;

  /** Starts the demo and waits until the last line of its start. */
  async function start(): Promise<void> {
    printed = '';
    const port = await freeTcpPort();
    const args = ['demo', '--data-dir', dataDir, '--https-port', String(port)];
    const child = spawn(NODE, [join(REPOSITORY, 'dist/stratora.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // These are the stores of a real system, which a demo must not touch.
      env: {
        ...process.env,
        STRATORA_TELEGRAF_BIN: 'none',
        DATABASE_URL: 'postgres://nobody@192.0.2.9/real',
      },
      detached: true,
    });
    demo = child;
    const keep = (chunk: Buffer) => {
      printed += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await waitFor(() => printed.includes('Ctrl-C ends the demo') || child.exitCode !== null, {
      timeoutMs: 240_000,
      what: 'the last word of the demo',
    });
    expect(child.exitCode, printed).toBeNull();
    const login = /Log in at (\S+) as admin with the password (\S+)/.exec(printed);
    api = new ApiClient(login?.[1] ?? '', readFileSync(join(dataDir, 'tls/ca.crt'), 'utf8'));
    await api.login('admin', login?.[2] ?? '');
  }

  /** Sends Ctrl-C; returns the milliseconds until the process has ended. */
  async function interrupt(): Promise<number> {
    api?.close();
    const child = demo;
    demo = undefined;
    if (child?.exitCode !== null) return 0;
    const startedAt = Date.now();
    const gone = new Promise<void>((done) => {
      child.once('exit', () => done());
    });
    child.kill('SIGINT');
    await gone;
    return Date.now() - startedAt;
  }

  async function nodes(): Promise<readonly Node[]> {
    return (await api.get<ListAnswer<Node>>('/api/v1/nodes?limit=500')).items;
  }

  async function value(promql: string): Promise<number | undefined> {
    return (await api.query(promql))[0]?.value;
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'stratora-demo-'));
    await start();
  });
  afterAll(async () => {
    await interrupt();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  it('shows a plant at three sites in which all is healthy but for one dead device', async () => {
    await api.call('PATCH', '/api/v1/settings', { body: { node_unreachable_seconds: 10 } });
    const all = await waitFor(
      async () => {
        const found = await nodes();
        const well = found.filter(({ status }) => status === 'healthy').length;
        return well === 60 && found.some(({ status }) => status === 'offline') && found;
      },
      { timeoutMs: 120_000, what: '60 healthy nodes and one that is offline' },
    );
    expect(all.filter(({ status }) => status === 'offline').map(({ name }) => name)).toEqual([DEAD]);
    // The host's own nodes are in the default site.
    expect(new Set(all.map(({ site_name: site }) => site)).size).toBe(4);
  });

  it('has the last hour without a gap, under the names that the collector goes on with', async () => {
    const live = `{node_name!="${DEAD}"}`;
    expect(await value(`count(count_over_time(snmp_uptime${live}[1h]))`)).toBe(59);
    expect(await value(`min(count_over_time(snmp_uptime${live}[1h]))`)).toBeGreaterThan(350);
    expect(await value(`min(count_over_time(ping_packets_received[1h]))`)).toBeGreaterThan(350);
    // The engine gathers every ten seconds: six in a minute, at any moment of the hour and over the seam.
    expect(
      await value(`min(min_over_time(count_over_time(snmp_uptime${live}[1m])[58m:10s]))`),
    ).toBeGreaterThan(3);
    const ports = 'interface_ifHCInOctets[70m]';
    expect(await value(`max(count by (node_id, ifName) (count_over_time(${ports})))`)).toBe(1);
  });

  it('has counters that go on where the history ends, without a jump up or down', async () => {
    for (const counter of ['interface_ifHCInOctets', 'interface_ifHCOutOctets', 'snmp_uptime']) {
      expect(await value(`max(resets(${counter}[70m]))`), counter).toBe(0);
    }
    const utilization = 'rate(interface_ifHCInOctets[40s]) * 8 / 1e6 / (interface_ifHighSpeed > 0)';
    expect(await value(`max(max_over_time((${utilization})[65m:10s]))`)).toBeLessThan(0.8);
    expect(await value(`max(max_over_time((${utilization})[65m:10s]))`)).toBeGreaterThan(0.01);
  });

  it('draws how the plant is wired, from what its devices say: one map at three sites', async () => {
    const joined = await waitFor(
      async () => {
        const reached = largestPart(await api.get<Topology>('/api/v1/topology'));
        return reached.size >= 59 && reached;
      },
      { timeoutMs: 180_000, everyMs: 1000, what: 'a map that joins the devices of the plant' },
    );
    const places = new Set(
      (await nodes()).filter(({ id }) => joined.has(id)).map(({ site_id: site }) => site),
    );
    expect(places.size).toBe(3);
  });

  it('ends within ten seconds by Ctrl-C, with all that it started, and touches no other folder', async () => {
    expect(await interrupt()).toBeLessThan(10_000);
    expect(printed).toContain('Stopped.');
    expect(processesWith(dataDir)).toEqual([]);
    expect(stamps()).toEqual(before);
  });

  it('starts again with the same plant, and enters nothing twice', async () => {
    await start();
    const all = await nodes();
    expect(all).toHaveLength(61);
    expect(new Set(all.map(({ name }) => name)).size).toBe(61);
    expect(printed).not.toContain('Entering');
    expect(await value(`max(resets(interface_ifHCInOctets[70m]))`)).toBe(0);
    expect(await interrupt()).toBeLessThan(10_000);
  });
});
