import { join } from 'node:path';
import type { Component, ListAnswer, Node } from '@stratora/contract';
import {
  childProcesses,
  isAlive,
  type LedgerVerdict,
  SampleLedger,
  STALL_MS,
  StratoraSystem,
  seededRandom,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from './component-fixture.ts';
import { seconds, showTable } from './measured-table.ts';

/** Number of processes that are killed, by STRATORA_TEST_KILLS; 50 in the deep run. */
const KILLS = Number(process.env['STRATORA_TEST_KILLS'] ?? 7);
const VICTIMS = [
  'collector',
  'agent',
  'collector-engine',
  'agent-engine',
  'backend',
  'victoria-metrics',
  'postgres',
] as const;
type Victim = (typeof VICTIMS)[number];

/** Promised times of components and engines (P4, P5); the others are measured without a promise. */
const BACK_WITHIN_MS: Partial<Record<Victim, number>> = {
  collector: 5000,
  agent: 5000,
  'collector-engine': 5000,
  'agent-engine': 5000,
};

describe('processes killed at random moments under load', () => {
  const { random, seed } = seededRandom();
  let system: StratoraSystem;
  let ledgers: Record<'collector' | 'agent', SampleLedger>;
  const back = new Map<Victim, number[]>();

  beforeAll(async () => {
    system = await StratoraSystem.start();
    const node = await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
        return items.find(({ agent_id: agent }) => agent !== null);
      },
      { what: 'the host itself as a node' },
    );
    const { items: components } = await system.api.get<ListAnswer<Component>>('/api/v1/components');
    const polled = await system.api.post<Node>('/api/v1/nodes', {
      name: 'polled',
      ip_address: '127.0.0.1',
      template: 'ping',
      collector_id: components.find(({ component_type: type }) => type === 'collector')?.id,
    });
    const load = { series: 20, batchesPerSecond: 10 };
    const ledgerOf = (name: string, nodeId: string) =>
      new SampleLedger({ socketPath: join(system.dataDir, name, 'intake.sock'), nodeId, ...load });
    ledgers = { agent: ledgerOf('agent', node.id), collector: ledgerOf('collector', polled.id) };
    for (const ledger of Object.values(ledgers)) ledger.start();
    for (const name of ['collector', 'agent'] as const) await engineOf(name, 0);
  });
  afterAll(async () => {
    await Promise.all(Object.values(ledgers ?? {}).map((ledger) => ledger.stop()));
    await system?.dispose();
  });

  /** Waits for another engine of a component than `before`. */
  function engineOf(component: 'collector' | 'agent', before: number): Promise<number> {
    const find = async () => {
      await system.refresh();
      const children = childProcesses(system.pid(component));
      return children.find(({ command, pid }) => command.includes(' run ') && pid !== before)?.pid;
    };
    return waitFor(find, { timeoutMs: 60_000, everyMs: 20, what: `an engine of the ${component}` });
  }

  async function another(service: string, before: number): Promise<void> {
    await waitFor(
      async () => {
        await system.refresh();
        const pid = system.pid(service);
        return pid !== before && isAlive(pid);
      },
      { timeoutMs: 60_000, everyMs: 20, what: `another ${service}` },
    );
  }

  /** Kills a process and waits until its successor works. */
  async function kill(victim: Victim): Promise<number> {
    await system.refresh();
    if (victim === 'collector-engine' || victim === 'agent-engine') {
      const component = victim === 'agent-engine' ? 'agent' : 'collector';
      const before = await engineOf(component, 0);
      const killedAt = Date.now();
      process.kill(before, 'SIGKILL');
      await engineOf(component, before);
      return Date.now() - killedAt;
    }
    const before = system.pid(victim);
    const killedAt = Date.now();
    process.kill(before, 'SIGKILL');
    await another(victim, before);
    if (victim === 'collector' || victim === 'agent') {
      // From here on the old process can have taken nothing.
      const since = Date.now();
      await waitFor(() => ledgers[victim].takenAt > since, {
        timeoutMs: 60_000,
        everyMs: 20,
        what: 'an open intake',
      });
      const backAt = Date.now();
      await engineOf(victim, 0);
      return backAt - killedAt;
    }
    await waitFor(async () => (await system.api.call('GET', '/api/v1/health')).status === 200, {
      timeoutMs: 60_000,
      everyMs: 20,
      what: 'health',
    });
    return Date.now() - killedAt;
  }

  it(
    'come back by themselves',
    async () => {
      const order: Victim[] = [];
      // Each process is killed once before any of them is killed twice.
      while (order.length < KILLS) order.push(...VICTIMS.toSorted(() => random() - 0.5));
      for (const victim of order.slice(0, KILLS)) {
        await pause(300 + random() * 1700);
        const backMs = await kill(victim).catch((error: unknown) => {
          throw new Error(`${victim}, seed ${seed}`, { cause: error });
        });
        back.set(victim, [...(back.get(victim) ?? []), backMs]);
      }
    },
    30_000 + KILLS * 25_000,
  );

  it('leave no hole and no double in what components had taken', async () => {
    await Promise.all(Object.values(ledgers).map((ledger) => ledger.stop()));
    const verdicts: LedgerVerdict[] = [];
    for (const ledger of Object.values(ledgers)) {
      const judge = async () => {
        const verdict = await ledger.verdict(system.api);
        return verdict.missing === 0 && verdict;
      };
      verdicts.push(
        await waitFor(judge, { timeoutMs: 90_000, everyMs: 1000, what: 'every sample' }).catch(() =>
          ledger.verdict(system.api),
        ),
      );
    }
    const sum = (pick: (verdict: LedgerVerdict) => number) =>
      verdicts.reduce((total, verdict) => total + pick(verdict), 0);
    showTable(
      'random-kills',
      [...back].map(([victim, times]) => ({
        killed: victim,
        times: times.length,
        'back after s, median': seconds(
          times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN,
        ),
        'back after s, worst': seconds(Math.max(...times)),
      })),
      [
        `STRATORA_TEST_SEED=${seed}`,
        `${sum(({ taken }) => taken)} samples taken, ${sum(({ missing }) => missing)} missing, ${sum(
          ({ duplicates, foreign }) => duplicates + foreign,
        )} doubled or changed`,
      ],
    );
    for (const verdict of verdicts) {
      expect(verdict).toMatchObject({ missing: 0, duplicates: 0, foreign: 0 });
      expect(verdict.taken).toBeGreaterThan(1000);
    }
  }, 240_000);

  it('are back within 5 s, and a stall of the machine, where that is promised', () => {
    for (const [victim, limit] of Object.entries(BACK_WITHIN_MS)) {
      for (const backMs of back.get(victim as Victim) ?? [])
        expect(backMs, victim).toBeLessThanOrEqual(limit + STALL_MS);
    }
  });
});
