import { readFileSync } from 'node:fs';
import type { Node } from '@stratora/contract';
import { isAlive, NumberedLoad, SAMPLES_PER_LINE, STALL_MS, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { percentile, seconds, showTable } from './measured-table.ts';
import { type CollectorSite, SegmentedPlant } from './segmented-plant.ts';

/**
 * Lines of each of the 8,640 cycles of the day, by STRATORA_TEST_DAY_LINES. 10,000 is the whole of a collector at
 * 10,000 samples a second: 864 million samples, and half an hour.
 */
const DAY_LINES = Number(process.env['STRATORA_TEST_DAY_LINES'] ?? 12);
/** Seconds of 10,000 samples each in real time while the site is cut off, by STRATORA_TEST_OFFLINE_SECONDS. */
const OFFLINE_SECONDS = Number(process.env['STRATORA_TEST_OFFLINE_SECONDS'] ?? 6);
/** Number of lines of each load whose way into the store is watched. */
const MARKED = Math.min(12, DAY_LINES);
const DAY_CYCLES = 8640;
const CYCLE_MS = 10_000;
const RATE_LINES = 10_000 / SAMPLES_PER_LINE;
const DAY_SAMPLES = DAY_LINES * SAMPLES_PER_LINE * DAY_CYCLES;
/** A generous time limit for tests whose length is set from outside. */
const LONG_MS = 180_000 + OFFLINE_SECONDS * 1000 + DAY_SAMPLES / 100;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

describe.skipIf(!SegmentedPlant.isPossible())('sites behind one open port', () => {
  let plant: SegmentedPlant;
  let cutOff: CollectorSite;
  /** Load of the past day, as an engine of the cut-off site would deliver it; `present` is that of now. */
  let day: NumberedLoad;
  let present: NumberedLoad;
  let presentRun: Promise<void>;
  let offlineFrom = 0;
  let offlineTo = 0;
  let restartedAt = 0;
  let fillMs = 0;
  let storedBytes = 0;

  beforeAll(async () => {
    plant = await SegmentedPlant.start();
    cutOff = plant.collectors.find(({ collector }) => collector.hostname === 'hall-2') as CollectorSite;
    const nodeIds = await loadNodes();
    const load = { socketPath: cutOff.collector.socketPath, nodeIds };
    day = new NumberedLoad({ ...load, name: 'day', lines: DAY_LINES, marked: MARKED });
    present = new NumberedLoad({ ...load, name: 'present', lines: RATE_LINES, marked: MARKED });
  });
  afterAll(async () => {
    present?.stop();
    await presentRun;
    day?.close();
    present?.close();
    await plant?.dispose();
  });

  /** Makes nodes of the site for the numbered samples, as many as its real series would have. */
  async function loadNodes(): Promise<string[]> {
    const ids: string[] = [];
    for (let at = 0; at < Math.max(1, DAY_LINES / 200); at += 1) {
      const { id } = await plant.system.api.post<Node>('/api/v1/nodes', {
        name: `numbered-${at}`,
        allow_duplicate: true,
        ip_address: cutOff.plant.addresses[at % cutOff.plant.addresses.length],
        template: 'ping',
        collector_id: cutOff.component.id,
      });
      ids.push(id);
    }
    return ids;
  }

  it('are all heard, and every device behind them is polled', async () => {
    const wanted = [
      ...plant.collectors.flatMap(({ nodes }) => nodes.map(({ id }) => `snmp_uptime{node_id="${id}"}`)),
      ...plant.collectors.flatMap(({ nodes }) =>
        nodes.map(({ id }) => `ping_percent_packet_loss{node_id="${id}"} == 0`),
      ),
      ...plant.agents.map(({ component }) => `system_uptime{node_id="${component.node_id}"}`),
    ];
    await Promise.all(
      wanted.map((query) =>
        waitFor(async () => (await plant.system.api.query(query)).length > 0, {
          timeoutMs: 120_000,
          what: query,
        }),
      ),
    );
  });

  it(
    'keep a day of data while they are cut off',
    async () => {
      plant.lab.setUplink(cutOff.site, 'down');
      offlineFrom = Date.now();
      const dayStart = Math.floor(offlineFrom / CYCLE_MS) * CYCLE_MS - DAY_CYCLES * CYCLE_MS;
      for (let cycle = 0; cycle < DAY_CYCLES; cycle += 1)
        await day.deliver(cycle, dayStart + cycle * CYCLE_MS);
      fillMs = Date.now() - offlineFrom;
      expect(day.taken).toBe(DAY_SAMPLES);
      presentRun = present.run();
    },
    LONG_MS,
  );

  it(
    'poll on with their last config after a restart without the server',
    async () => {
      const before = await cutOff.collector.status();
      const enginePid = before?.engine.pid ?? 0;
      await cutOff.collector.stop('SIGKILL');
      await waitFor(() => !isAlive(enginePid), { timeoutMs: 30_000, what: 'the end of the engine' });
      restartedAt = Date.now();
      cutOff.collector.launch();
      const after = await waitFor(
        async () => {
          const status = await cutOff.collector.status();
          return status && status.pid === cutOff.collector.pid && status.engine.running && status;
        },
        { timeoutMs: 30_000, everyMs: 50, what: 'another engine' },
      );
      expect(after.config.running_hash).toBe(before?.config.running_hash);
      expect(after.connection.state).not.toBe('connected');
      // The wait is longer than an interval, so that there are polled samples to be found later.
      await pause(Math.max(11, OFFLINE_SECONDS) * 1000);
      const later = await cutOff.collector.status();
      storedBytes = later?.spool.storedBytes ?? 0;
      expect(later?.spool.droppedLines).toBe(0);
    },
    LONG_MS,
  );

  it(
    'deliver all of it in order once they are back, and new data in time meanwhile',
    async () => {
      const backAt = Date.now();
      plant.lab.setUplink(cutOff.site, 'up');
      offlineTo = backAt;
      const offlineCycles = present.cyclesBefore(backAt);
      const backlog = DAY_SAMPLES + offlineCycles * RATE_LINES * SAMPLES_PER_LINE;
      const firstAt = await waitFor(
        () => plant.arrivals.delaysMs(backAt, Date.now()).length > 0 && Date.now(),
        {
          timeoutMs: 60_000,
          everyMs: 50,
          what: 'the first new sample',
        },
      );
      const drainedAt = await waitFor(
        () =>
          plant.arrivals.countOf('marked_day') === MARKED * DAY_CYCLES &&
          plant.arrivals.countOf('marked_present', backAt) >= MARKED * offlineCycles &&
          Date.now(),
        { timeoutMs: LONG_MS - 60_000, everyMs: 100, what: 'the whole backlog' },
      );
      // The present needs enough samples for a percentile, however short the draining was.
      const watchedTo = Math.max(drainedAt, backAt + 8000);
      await pause(watchedTo - Date.now());
      present.stop();
      await presentRun;
      const delays = plant.arrivals.delaysMs(backAt, watchedTo - 1000);
      const drainMs = drainedAt - firstAt;
      const verdicts = await Promise.all([judged(day, 'the day'), judged(present, 'the present')]);
      showTable('outage-day', [
        {
          'samples of the day': DAY_SAMPLES,
          'taken in s': seconds(fillMs),
          'in real time, offline': backlog - DAY_SAMPLES,
          'spool MiB': Math.round(storedBytes / 2 ** 20),
          'bytes a sample': Math.round((100 * storedBytes) / backlog) / 100,
          'first new sample after s': seconds(firstAt - backAt),
          'drained in s': seconds(drainMs),
          'samples/s drained': Math.round(backlog / (drainMs / 1000)),
          'times real time': Math.round(backlog / (drainMs / 1000) / 10_000),
          'new data p50 s': seconds(percentile(delays, 0.5)),
          'p95 s': seconds(percentile(delays, 0.95)),
          missing: verdicts[0].missing + verdicts[1].missing,
          duplicates: verdicts[0].duplicates + verdicts[1].duplicates,
          'out of order': plant.arrivals.disordered().length,
          'sent twice': plant.arrivals.repeats,
        },
      ]);
      for (const verdict of verdicts)
        expect(verdict).toMatchObject({ missing: 0, duplicates: 0, foreign: 0 });
      expect(plant.arrivals.disordered()).toEqual([]);
      expect(percentile(delays, 0.95)).toBeLessThanOrEqual(15_000 + STALL_MS);
      // The promise is ten times real time.
      expect(drainMs).toBeLessThanOrEqual((1000 * backlog) / 100_000 + STALL_MS);
    },
    LONG_MS,
  );

  /** Returns the verdict on a load, after a moment for the last samples. */
  async function judged(load: NumberedLoad, what: string) {
    let verdict = await load.verdict(plant.store.url);
    for (let tries = 0; verdict.missing > 0 && tries < 60; tries += 1) {
      await pause(1000);
      verdict = await load.verdict(plant.store.url);
    }
    expect(verdict.taken, what).toBeGreaterThan(0);
    return verdict;
  }

  it('leave no hole in what was polled, neither by the cut nor by the restart', async () => {
    for (const { id, name } of cutOff.nodes) {
      const times = await plant.times(`snmp_uptime{node_id="${id}"}`);
      const held = times.filter((time) => time > offlineFrom && time < offlineTo);
      expect(held.length, name).toBeGreaterThanOrEqual(Math.floor((offlineTo - offlineFrom) / 10_000) - 2);
      const gaps = times.slice(1).map((time, at) => ({ time, gapMs: time - (times[at] ?? 0) }));
      for (const { time, gapMs } of gaps) {
        const isRestart = Math.abs(time - restartedAt) < 15_000;
        // A missing sample makes a gap of 20 s, and of 30 s at the restart.
        expect(gapMs, `${name} at ${new Date(time).toISOString()}`).toBeLessThanOrEqual(
          (isRestart ? 24_000 : 12_000) + STALL_MS,
        );
      }
    }
  });

  it('have components that listen on no port', () => {
    const pids = [
      ...plant.collectors.map(({ collector }) => collector.pid),
      ...plant.agents.map(({ agent }) => agent.pid),
    ];
    for (const pid of pids) {
      for (const table of ['tcp', 'tcp6']) {
        const sockets = readFileSync(`/proc/${pid}/net/${table}`, 'utf8').trim().split('\n').slice(1);
        const listening = sockets.filter((line) => line.trim().split(/\s+/)[3] === '0A');
        expect(listening, `${table} of ${pid}`).toEqual([]);
      }
    }
  });

  it('send nothing but TCP 443 to the server and polls to their plants', async () => {
    const rows = [];
    for (const { name, capture, own } of plant.watched ?? []) {
      const reading = await capture.stop(own);
      const conversations = reading.conversations.map(({ protocol, peer, port }) =>
        [protocol, peer, port].join(' ').trim(),
      );
      rows.push({
        link: name,
        packets: reading.packets,
        lost: reading.lost,
        'talks seen': conversations.toSorted().join(', '),
      });
      const isUplink = name.endsWith('to the server');
      const site = plant.collectors.find(({ plant: { gateway } }) => own.includes(gateway));
      const allowed = isUplink
        ? ['arp  0', `tcp ${plant.lab.serverAddress} 443`]
        : [
            'arp  0',
            ...(site?.plant.addresses ?? []).flatMap((peer) => [
              `udp ${peer} 161`,
              `udp-fragment ${peer} 0`,
              `icmp ${peer} 0`,
            ]),
          ];
      expect(
        conversations.filter((conversation) => !allowed.includes(conversation)),
        name,
      ).toEqual([]);
      expect(conversations, name).toContain(allowed[1]);
      expect(reading.lost, name).toBe(0);
    }
    showTable('segmented-captures', rows, ['IPv6 is off in every namespace']);
  });

  it('let nothing through but the one port, in either direction', () => {
    const { namespace, address } = cutOff.site;
    expect(plant.lab.canConnect(namespace, plant.lab.serverAddress, 443)).toBe(true);
    const { services } = plant.system.ready;
    const open = Object.values(services).flatMap(({ port }) =>
      port === undefined || port === 443 ? [] : [port],
    );
    expect(open.length).toBeGreaterThan(0);
    for (const port of open)
      expect(plant.lab.canConnect(namespace, plant.lab.serverAddress, port)).toBe(false);
    expect(plant.lab.canConnect(plant.lab.serverNamespace, address, 443)).toBe(false);
  });
});
