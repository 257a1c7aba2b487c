import type { Component } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { summarizeCollection } from './collection-summary.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

function member(name: string, change: Partial<Component> = {}): Component {
  return {
    id: name,
    name,
    component_type: 'collector',
    approval: 'approved',
    connection: 'online',
    node_count: 3,
    failing_node_count: 0,
    last_seen_at: '2026-03-01T11:59:55Z',
    engine: { kind: 'embedded', version: '0.1.0', running: true },
    queue: null,
    running_config_hash: 'a',
    desired_config_hash: 'a',
    config_status: 'applied',
    config_message: null,
    clock_skew_seconds: 0,
    flags: [],
    ...change,
  } as Component;
}

describe('the headline of the collection', () => {
  it('says that all is well where it is', () => {
    const { tone, text, detail } = summarizeCollection(
      [
        member('a'),
        member('b', { component_type: 'agent' }),
        member('gone', { approval: 'revoked', connection: 'offline' }),
      ],
      NOW,
    );
    expect({ tone, text }).toEqual({ tone: 'good', text: 'All collectors and agents are well' });
    expect(detail).toBe('1 collector and 1 agent, all heard from, each with an engine that runs.');
  });

  it('names the one component that is not well, and why', () => {
    const { tone, text, detail } = summarizeCollection(
      [member('a'), member('b', { connection: 'offline' })],
      NOW,
    );
    expect({ tone, text }).toEqual({ tone: 'bad', text: 'b is not heard from' });
    expect(detail).toBe('The state of its 3 nodes is unknown. The other one is well.');
  });

  it('counts them where there are more, and groups them by their worst trouble', () => {
    const { text, detail, groups } = summarizeCollection(
      [
        member('a'),
        member('b', { connection: 'offline' }),
        member('c', { connection: 'offline', config_status: 'rolled_back', desired_config_hash: 'b' }),
        member('d', { config_status: 'rolled_back', desired_config_hash: 'b', clock_skew_seconds: 99 }),
        member('e', { approval: 'pending', connection: 'never_seen' }),
      ],
      NOW,
    );
    expect(text).toBe('4 of 5 components need attention');
    expect(detail).toBe('The other one is well.');
    expect(groups.map(({ mark, members }) => [mark, members.map(({ component }) => component.name)])).toEqual(
      [
        ['offline', ['b', 'c']],
        ['rolled_back', ['d']],
        ['pending', ['e']],
      ],
    );
  });

  it('is not that all is well while nodes cannot be read in full, and leads to them', () => {
    const one = summarizeCollection([member('a', { failing_node_count: 2 }), member('b')], NOW);
    expect(one).toMatchObject({
      tone: 'warn',
      text: 'a cannot read all of its nodes in full',
      detail: 'Something fails at 2 of its 3 nodes. The other one is well.',
      link: { to: '/collection/components/a?tab=nodes&sort=-why', label: 'See which nodes' },
    });
    const agent = { component_type: 'agent', node_id: 'host', node_count: 0 } as const;
    const own = summarizeCollection([member('c', { ...agent, failing_node_count: 1 })], NOW);
    expect([own.text, own.link?.to]).toEqual(['c cannot read all of its host', '/nodes/host']);
    const two = summarizeCollection(
      [member('a', { failing_node_count: 2 }), member('b', { failing_node_count: 1 })],
      NOW,
    );
    expect([two.text, two.link]).toEqual(['2 of 2 components need attention', undefined]);
    expect(two.groups.map(({ mark }) => mark)).toEqual(['collection_fails']);
  });

  it('is a warning while nothing is down, and quiet in an empty system', () => {
    expect(summarizeCollection([member('a', { approval: 'pending' })], NOW).tone).toBe('warn');
    expect(summarizeCollection([], NOW)).toMatchObject({
      tone: 'neutral',
      text: 'Nothing gathers yet',
      groups: [],
    });
  });
});
