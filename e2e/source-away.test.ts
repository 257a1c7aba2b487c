import type { Component } from '@stratora/contract';
import { RemoteComponent, STALL_MS, StratoraSystem } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SecondWatch } from './away/second-watch.ts';
import { addPinged, CYCLE, expectNoCalm, untilHealthy } from './away/well-nodes.ts';
import { showTable } from './fleet/measured-table.ts';

/** Silence after which a component counts as away (docs/product-rules.md, section 1). */
const LOST = 60;
const STALL = STALL_MS / 1000;

describe('when the way to a node is cut', () => {
  const fates = ['revoked', 'deleted', 'stopped', 'killed', 'cut off'] as const;
  let system: StratoraSystem;
  let agent: RemoteComponent;
  const collectors = new Map<string, RemoteComponent>();
  const components = new Map<string, Component>();
  const nodes: Record<string, string> = {};

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent'] });
    await Promise.all(
      fates.map(async (fate) => {
        const name = fate.replace(' ', '-');
        const collector = await RemoteComponent.start(system, 'collector', `hall-${name}`);
        collectors.set(fate, collector);
        const component = await collector.registered(system);
        components.set(fate, component);
        nodes[fate] = await addPinged(system, `node-${name}`, component);
      }),
    );
    agent = await RemoteComponent.start(system, 'agent', 'press-07');
    nodes['agent stopped'] = (await agent.registered(system)).node_id ?? '';
    await untilHealthy(system, Object.values(nodes));
  }, 300_000);
  afterAll(async () => {
    const frozen = collectors.get('cut off');
    if (frozen?.isRunning) process.kill(frozen.pid, 'SIGCONT');
    await Promise.all([...collectors.values(), agent].map((component) => component?.dispose()));
    await system?.dispose();
  });

  it('says within a cycle of knowing it that nobody knows, and never that all is well', async () => {
    const idOf = (fate: string) => components.get(fate)?.id ?? '';
    const watch = new SecondWatch(system, nodes);
    await watch.begin();
    await Promise.all([
      system.api.expect('POST', `/api/v1/components/${idOf('revoked')}/revoke`),
      system.api.expect('DELETE', `/api/v1/components/${idOf('deleted')}`),
      collectors.get('stopped')?.stop(),
      collectors.get('killed')?.stop('SIGKILL'),
      agent.stop(),
    ]);
    process.kill(collectors.get('cut off')?.pid ?? 0, 'SIGSTOP');
    const isOver = (name: string, status: string) =>
      name === 'agent stopped' ? status === 'offline' : status === 'unknown';
    await watch.until(
      (told) => Object.entries(told.nodes).every(([name, { status }]) => isOver(name, status)),
      LOST + CYCLE + 2 * STALL,
    );
    showTable('the way to a node is cut', watch.rows());
    for (const fate of ['revoked', 'deleted']) {
      expect(watch.secondOf(fate, 'unknown'), fate).toBeLessThanOrEqual(CYCLE + STALL);
    }
    for (const fate of ['stopped', 'killed', 'cut off']) {
      expect(watch.secondOf(fate, 'unknown'), fate).toBeGreaterThanOrEqual(LOST - CYCLE);
      expect(watch.secondOf(fate, 'unknown'), fate).toBeLessThanOrEqual(LOST + CYCLE + STALL);
    }
    // An agent is its host: its silence is the host's (docs/product-rules.md, section 2).
    expect(watch.secondOf('agent stopped', 'offline')).toBeLessThanOrEqual(LOST + CYCLE + STALL);
    for (const fate of fates) expect(watch.statusesOf(fate), fate).toEqual(['healthy', 'unknown']);
    expectNoCalm(watch);
    const last = watch.told.at(-1)?.nodes ?? {};
    expect(last['revoked']?.status_reason).toContain('was revoked');
    expect(last['deleted']?.status_reason).toBe('No collector polls it.');
    for (const fate of ['stopped', 'killed', 'cut off'])
      expect(last[fate]?.status_reason).toContain('has not been heard from');
  }, 300_000);

  it('is healthy again once the collector is back', async () => {
    process.kill(collectors.get('cut off')?.pid ?? 0, 'SIGCONT');
    collectors.get('killed')?.launch();
    await untilHealthy(system, [nodes['cut off'] ?? '', nodes['killed'] ?? '']);
  }, 180_000);
});
