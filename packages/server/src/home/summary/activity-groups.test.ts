import { describe, expect, it } from 'vitest';
import { groupActivity } from './activity-groups.ts';
import type { ActivityRow } from './summary-queries.ts';

const AT = Date.parse('2026-01-01T12:00:50Z');

function row(number: number, changes: Partial<ActivityRow> = {}): ActivityRow {
  return {
    id: String(number),
    time: new Date(AT - number * 100),
    kind: 'node_status',
    node_id: `node-${number}`,
    node_name: `press-${number}`,
    site_name: number % 2 === 0 ? 'Leipzig' : 'Halle',
    old_status: 'discovering',
    new_status: 'healthy',
    actor: null,
    detail: null,
    ...changes,
  };
}

const many = (count: number, changes?: Partial<ActivityRow>) =>
  Array.from({ length: count }, (_, index) => row(index + 1, changes));

describe('recent activity', () => {
  it('is one line for sixty nodes that turn healthy, with their sites and names', () => {
    const [line, ...others] = groupActivity(many(60));
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      text: '60 nodes are healthy',
      count: 60,
      node_id: null,
      sites: ['Halle', 'Leipzig'],
    });
    expect(line?.nodes).toHaveLength(60);
    expect(line?.nodes[1]).toEqual({ id: 'node-2', name: 'press-2' });
  });

  it('is a line of its own for a single one', () => {
    expect(groupActivity([row(1)])).toMatchObject([
      { text: 'press-1 is healthy', count: 1, node_id: 'node-1', nodes: [], sites: ['Halle'] },
    ]);
  });

  it('keeps kinds, minutes and people apart, newest first', () => {
    const rows = [
      ...many(2),
      ...many(2, { new_status: 'offline', old_status: 'healthy' }),
      row(9, { kind: 'node.create', actor: 'anna', new_status: null }),
      row(10, { kind: 'node.create', actor: 'anna', new_status: null }),
      row(11, { kind: 'node.create', actor: 'ben', new_status: null }),
      ...many(2, { time: new Date(AT - 60_000), old_status: 'offline' }),
    ];
    expect(groupActivity(rows).map(({ text }) => text)).toEqual([
      '2 nodes are healthy',
      '2 nodes are offline',
      'anna created 2 nodes',
      'ben created node press-11',
      '2 nodes are healthy again',
    ]);
  });

  it('tells one by one what is not about nodes', () => {
    const reloads = many(2, {
      kind: 'device_template.reload',
      actor: 'anna',
      node_id: null,
      node_name: null,
    });
    expect(groupActivity(reloads).map(({ text }) => text)).toEqual(
      Array<string>(2).fill('anna reloaded device template'),
    );
  });

  it('counts a node that changed twice within the minute once', () => {
    const twice = [row(1, { new_status: 'unknown' }), row(1, { new_status: 'unknown' })];
    expect(groupActivity(twice)[0]).toMatchObject({ text: '1 node is in an unknown state', count: 1 });
  });

  it('names no more than a hundred nodes', () => {
    const [line] = groupActivity(many(400));
    expect(line?.count).toBe(400);
    expect(line?.nodes).toHaveLength(100);
  });

  it('tells a change of many by one call as such', () => {
    const bulk = row(1, {
      kind: 'node.delete',
      node_id: null,
      node_name: null,
      actor: 'anna',
      detail: { count: 3, names: ['a', 'b', 'c'] },
    });
    expect(groupActivity([bulk])[0]?.text).toBe('anna deleted 3 nodes');
    expect(groupActivity([bulk, { ...bulk, id: '2', detail: { name: 'd' } }])[0]?.text).toBe(
      'anna deleted 4 nodes',
    );
  });
});
