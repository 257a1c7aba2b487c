import type { Node, NodeDetail, NodeStatusEvent } from '@stratora/contract';
import { QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { applyStatusEvents, type Inventory, patchInventory } from './nodes.ts';

const node = (id: string) => ({ id, name: id, status: 'healthy', status_reason: null }) as Node;
const event = (id: string): NodeStatusEvent => ({
  node_id: id,
  status: 'offline',
  status_since: '2026-01-01T00:00:00Z',
  status_reason: 'No answer',
  last_seen_at: null,
});

describe('status events', () => {
  it('change the nodes they name and leave the others untouched', () => {
    const before: Inventory = { nodes: [node('a'), node('b')], total: 2, complete: true };
    const after = patchInventory(
      before,
      new Map([
        ['b', event('b')],
        ['gone', event('gone')],
      ]),
    );
    expect(after.nodes[0]).toBe(before.nodes[0]);
    expect(after.nodes[1]).toMatchObject({
      id: 'b',
      name: 'b',
      status: 'offline',
      status_reason: 'No answer',
    });
    expect(after.nodes).toHaveLength(2);
  });

  it('reach the page of a node as well as the list', () => {
    const client = new QueryClient();
    client.setQueryData(['nodes', 'one', 'a'], {
      ...node('a'),
      collection: [],
      credentials: [],
    } satisfies object);
    applyStatusEvents(client, new Map([['a', event('a')]]));
    expect(client.getQueryData<NodeDetail>(['nodes', 'one', 'a'])?.status).toBe('offline');
    client.clear();
  });
});
