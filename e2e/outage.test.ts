import type { Node } from '@stratora/contract';
import { RemoteComponent, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Length of the outage, by STRATORA_TEST_OUTAGE_SECONDS; 300 in the deep run. Two intervals prove it at every change.
 */
const OUTAGE_SECONDS = Number(process.env['STRATORA_TEST_OUTAGE_SECONDS'] ?? 20);
/** Interval of both series. A missing sample makes a gap of two. */
const INTERVAL_SECONDS = 10;

describe('a server that is away for a while', () => {
  let system: StratoraSystem;
  let agent: RemoteComponent;
  let collector: RemoteComponent;
  let agentNodeId: string;
  let polledNodeId: string;

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent'] });
    agent = await RemoteComponent.start(system, 'agent', 'press-07');
    collector = await RemoteComponent.start(system, 'collector', 'hall-3');
    agentNodeId = (await agent.registered(system)).node_id ?? '';
    const polled = await system.api.post<Node>('/api/v1/nodes', {
      name: 'polled',
      ip_address: '127.0.0.1',
      template: 'ping',
      collector_id: (await collector.registered(system)).id,
    });
    polledNodeId = polled.id;
  });
  afterAll(async () => {
    await agent?.dispose();
    await collector?.dispose();
    await system?.dispose();
  });

  async function times(selector: string): Promise<number[]> {
    const answer = await system.api.get<{ data: { result: { values: [number, string][] }[] } }>(
      `/api/v1/metrics/query?query=${encodeURIComponent(`${selector}[${OUTAGE_SECONDS + 300}s]`)}`,
    );
    return answer.data.result[0]?.values.map(([time]) => time) ?? [];
  }

  function longestGap(list: readonly number[]): number {
    return Math.max(...list.slice(1).map((time, index) => time - (list[index] ?? 0)));
  }

  it(
    'leaves no gap in the series of the agent and of the collector',
    async () => {
      const series = [
        `system_uptime{node_id="${agentNodeId}"}`,
        `ping_percent_packet_loss{node_id="${polledNodeId}"}`,
      ];
      for (const selector of series) {
        await waitFor(async () => (await times(selector)).length > 0, { timeoutMs: 60_000, what: selector });
      }
      const stoppedAt = Date.now() / 1000;
      await system.stop();
      await new Promise((resolve) => {
        setTimeout(resolve, OUTAGE_SECONDS * 1000);
      });
      await system.launch();
      const backAt = Date.now() / 1000;
      for (const selector of series) {
        await waitFor(async () => ((await times(selector)).at(-1) ?? 0) > backAt + 5, {
          timeoutMs: 90_000,
          what: `new data in ${selector}`,
        });
        const filled = await waitFor(
          async () => {
            const list = await times(selector);
            return longestGap(list) < 2 * INTERVAL_SECONDS - 1 && list;
          },
          { timeoutMs: 90_000, everyMs: 500, what: `no gap in ${selector}` },
        );
        expect(filled.filter((time) => time > stoppedAt && time < backAt).length).toBeGreaterThanOrEqual(
          Math.floor(OUTAGE_SECONDS / INTERVAL_SECONDS) - 1,
        );
      }
    },
    (OUTAGE_SECONDS + 420) * 1000,
  );
});
