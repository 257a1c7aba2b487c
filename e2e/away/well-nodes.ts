import type { Component, Node } from '@stratora/contract';
import { type StratoraSystem, waitFor } from '@stratora/testkit';
import { expect } from 'vitest';
import type { SecondWatch, Told } from './second-watch.ts';

/** Seconds between two decisions on statuses. */
export const CYCLE = 10;
const CALM = 'Nothing needs you now';
/** Looks, one a second, for which a machine that stalls may show what was. */
const STALL_LOOKS = 5;

let lastOctet = 0;

/** Adds a node of loopback that answers to ping. @returns its id */
export async function addPinged(system: StratoraSystem, name: string, collector: Component): Promise<string> {
  lastOctet += 1;
  const { id } = await system.api.post<Node>('/api/v1/nodes', {
    name,
    ip_address: `127.0.7.${lastOctet}`,
    template: 'ping',
    collector_id: collector.id,
  });
  return id;
}

/** Waits until all nodes are healthy. */
export async function untilHealthy(system: StratoraSystem, ids: readonly string[]): Promise<void> {
  await waitFor(
    async () => {
      const nodes = await Promise.all(ids.map((id) => system.api.get<Node>(`/api/v1/nodes/${id}`)));
      return nodes.every(({ status }) => status === 'healthy');
    },
    { timeoutMs: 120_000, what: 'healthy nodes' },
  );
}

/** Holds that nobody is told that all is well once a node is not known to be; what Home says is shared for a second. */
export function expectNoCalm(watch: SecondWatch): void {
  const isWell = (nodes: Told['nodes'] = {}) =>
    Object.values(nodes).every(({ status }) => status === 'healthy');
  for (const [index, { headline, score }] of watch.told.entries()) {
    if (watch.told.slice(Math.max(0, index - STALL_LOOKS), index + 1).some((told) => isWell(told.nodes)))
      continue;
    expect(headline).not.toBe(CALM);
    expect(score).not.toBe(100);
  }
}
