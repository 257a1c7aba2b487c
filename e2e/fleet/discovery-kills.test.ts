import type {
  Component,
  DiscoveredDevice,
  DiscoveryJob,
  DiscoveryLedger,
  DiscoveryRun,
  ImportedDevices,
  ListAnswer,
  Node,
  Site,
} from '@stratora/contract';
import {
  isAlive,
  type LabPlant,
  NetworkLab,
  RemoteComponent,
  RemotePlant,
  StratoraSystem,
  seededRandom,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from './component-fixture.ts';

/** Number of processes that are killed in the middle of a scan, by STRATORA_TEST_SCAN_KILLS; 50 in the deep run. */
const KILLS = Number(process.env['STRATORA_TEST_SCAN_KILLS'] ?? 4);
const DEVICES = 20;
/** Addresses behind the server's own loopback interface, where a second plant is. */
const OWN_NETWORK = '127.77.0';
/** A run of some seconds, so that there is a middle of it. */
const SLOW = { tcp: false, http: false, dns: false, packets_per_second: 40, host_packets_per_second: 40 };
/** Longest that a run takes after a kill: a lease runs out, or a collector is called to its scan anew. */
const RESUMED_MS = 120_000;
const TIMEOUT_MS = 240_000 + KILLS * 60_000;

describe.skipIf(!NetworkLab.isPossible())('a scan whose server or collector is killed', () => {
  const { random, seed } = seededRandom();
  let lab: NetworkLab;
  let plant: LabPlant;
  let devices: RemotePlant;
  let ownDevices: RemotePlant;
  let system: StratoraSystem;
  let collector: RemoteComponent;
  let component: Component;
  let site: Site;
  let behind: DiscoveryJob;
  let beside: DiscoveryJob;

  beforeAll(async () => {
    lab = NetworkLab.create(8443);
    const place = lab.addSite();
    plant = lab.addPlant(place, DEVICES);
    const planOf = (addresses: readonly string[]) => ({
      devices: addresses.map((address) => ({ address })),
      port: 161,
      ports: 2,
    });
    devices = await RemotePlant.start(planOf(plant.addresses), plant.namespace);
    const own = Array.from({ length: DEVICES }, (_, at) => `${OWN_NETWORK}.${at + 1}`);
    ownDevices = await RemotePlant.start(planOf(own), lab.serverNamespace);
    system = await StratoraSystem.start({
      namespace: lab.serverNamespace,
      host: lab.serverAddress,
      port: 8443,
      args: ['--no-collector', '--no-agent'],
    });
    collector = await RemoteComponent.start(system, 'collector', 'hall-1', { namespace: place.namespace });
    component = await collector.registered(system);
    site = await system.api.post<Site>('/api/v1/sites', { name: 'Hall 1' });
    const { id } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'switches',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    });
    const common = { credential_ids: [id], start: false };
    behind = await system.api.post<DiscoveryJob>('/api/v1/discovery/jobs', {
      ...common,
      name: 'behind the collector',
      collector_id: component.id,
      targets: [`${plant.addresses[0]}-60`],
      options: SLOW,
    });
    beside = await system.api.post<DiscoveryJob>('/api/v1/discovery/jobs', {
      ...common,
      name: 'beside the server',
      targets: [`${OWN_NETWORK}.1-60`],
      options: { ...SLOW, ping: false },
    });
  });
  afterAll(async () => {
    await collector?.dispose();
    await system?.dispose();
    await devices?.stop();
    await ownDevices?.stop();
    lab?.dispose();
  });

  const jobOf = (id: string) => system.api.get<DiscoveryJob>(`/api/v1/discovery/jobs/${id}`);
  const devicesOf = async (id: string) =>
    (await system.api.get<ListAnswer<DiscoveredDevice>>(`/api/v1/discovery/jobs/${id}/devices?limit=500`))
      .items;
  const rerun = (id: string) => system.api.post<DiscoveryJob>(`/api/v1/discovery/jobs/${id}/rerun`, {});

  /** Waits until the last run of a job is over. */
  function ended(id: string): Promise<DiscoveryRun> {
    return waitFor(
      async () => {
        const { run } = await jobOf(id);
        return run?.ended_at === null ? undefined : run;
      },
      { timeoutMs: RESUMED_MS, what: 'the end of a run' },
    );
  }

  async function wholeRun(id: string): Promise<DiscoveryRun> {
    await rerun(id);
    const run = await ended(id);
    expect({ status: run.status, message: run.message }).toEqual({ status: 'done', message: null });
    return run;
  }

  it(
    'finds the devices from the collector and from the server, and sends what its ledger says',
    async () => {
      for (const job of [behind, beside]) {
        const run = await wholeRun(job.id);
        expect(run.changes.new).toBe(DEVICES);
        const found = await devicesOf(job.id);
        expect(found).toHaveLength(DEVICES);
        for (const device of found) {
          expect(device).toMatchObject({ state: 'new', credential_name: 'switches' });
          expect(device.sys_descr).toContain('simulated switch');
          expect(device.reasons.length).toBeGreaterThan(0);
        }
        const ledger = await system.api.get<DiscoveryLedger>(
          `/api/v1/discovery/jobs/${job.id}/ledger?limit=1`,
        );
        expect(ledger.packets).toBe(run.packets);
        expect(ledger.packets).toBeGreaterThanOrEqual(60);
      }
    },
    TIMEOUT_MS,
  );

  it(
    'imports them, and polls them from there',
    async () => {
      const found = await devicesOf(behind.id);
      const answer = await system.api.post<ImportedDevices>(`/api/v1/discovery/jobs/${behind.id}/import`, {
        device_ids: found.map(({ id }) => id),
        site_id: site.id,
      });
      expect(answer).toMatchObject({ created: DEVICES, failed: 0 });
      const nodes = await system.api.get<ListAnswer<Node>>(`/api/v1/nodes?site_id=${site.id}&limit=500`);
      expect(nodes.total).toBe(DEVICES);
      expect(new Set(nodes.items.map((node) => node.collector_id))).toEqual(new Set([component.id]));
      await waitFor(
        async () => {
          const { items } = await system.api.get<ListAnswer<Node>>(
            `/api/v1/nodes?site_id=${site.id}&limit=500`,
          );
          return items.every(({ status }) => status === 'healthy');
        },
        { timeoutMs: 120_000, what: 'nodes that are polled' },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'finds them again, and nothing twice',
    async () => {
      const run = await wholeRun(behind.id);
      expect(run.changes).toEqual({ new: 0, changed: 0, gone: 0, back: 0 });
      expect((await devicesOf(behind.id)).map(({ state }) => state)).toEqual(
        Array.from({ length: DEVICES }, () => 'monitored'),
      );
    },
    TIMEOUT_MS,
  );

  async function killBackend(): Promise<void> {
    await system.refresh();
    const before = system.pid('backend');
    process.kill(before, 'SIGKILL');
    await waitFor(
      async () => {
        await system.refresh();
        return system.pid('backend') !== before && isAlive(system.pid('backend'));
      },
      { timeoutMs: 60_000, what: 'another backend' },
    );
    await waitFor(async () => (await system.api.call('GET', '/api/v1/health')).status === 200, {
      timeoutMs: 60_000,
      what: 'a backend that answers',
    });
  }

  async function killCollector(): Promise<void> {
    await collector.stop('SIGKILL');
    await pause(random() * 3000);
    collector.launch();
  }

  it(
    `goes on where it was, ${KILLS} times at random moments (seed ${seed})`,
    async () => {
      const before = (await Promise.all([devicesOf(behind.id), devicesOf(beside.id)])).map(idsOf);
      let resumed = 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        const isCollector = kill % 2 === 0;
        const job = isCollector || random() < 0.3 ? behind : beside;
        await rerun(job.id);
        await waitFor(async () => (await jobOf(job.id)).status === 'running', {
          timeoutMs: RESUMED_MS,
          what: 'a scan that is under way',
        });
        await pause(random() * 3000);
        await (isCollector ? killCollector() : killBackend());
        const run = await ended(job.id);
        expect([run.status, run.message, run.changes.new, run.changes.gone]).toEqual(['done', null, 0, 0]);
        resumed += run.resumed;
      }
      const after = (await Promise.all([devicesOf(behind.id), devicesOf(beside.id)])).map(idsOf);
      expect(after).toEqual(before);
      const running = await system.api.get<ListAnswer<DiscoveryJob>>('/api/v1/discovery/jobs?status=running');
      const queued = await system.api.get<ListAnswer<DiscoveryJob>>('/api/v1/discovery/jobs?status=queued');
      expect([running.total, queued.total]).toEqual([0, 0]);
      const nodes = await system.api.get<ListAnswer<Node>>(`/api/v1/nodes?site_id=${site.id}`);
      expect(nodes.total).toBe(DEVICES);
      expect(resumed).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );

  it(
    'stops at once when it is cancelled',
    async () => {
      await rerun(behind.id);
      await waitFor(async () => (await jobOf(behind.id)).progress.done > 0, {
        timeoutMs: RESUMED_MS,
        what: 'a scan that is under way',
      });
      const { status, run } = await system.api.post<DiscoveryJob>(
        `/api/v1/discovery/jobs/${behind.id}/cancel`,
        {},
      );
      expect(status).toBe('cancelled');
      await pause(6000);
      expect((await jobOf(behind.id)).run).toEqual(run);
    },
    TIMEOUT_MS,
  );
});

function idsOf(devices: readonly DiscoveredDevice[]): string[] {
  return devices.map(({ id, ip_address: address }) => `${address} ${id}`);
}
