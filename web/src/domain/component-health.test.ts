import type { Component } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { componentState, configStanding, describeSkew, marksOf, troublesOf } from './component-health.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

function component(change: Partial<Component> = {}): Component {
  return {
    id: '01900000-0000-7000-8000-000000000001',
    component_type: 'collector',
    name: 'press-07',
    hostname: 'press-07.plant.example',
    version: '0.1.0',
    os: 'linux',
    os_version: null,
    arch: 'x64',
    approval: 'approved',
    connection: 'online',
    site_id: null,
    site_name: null,
    node_id: null,
    node_count: 12,
    failing_node_count: 0,
    last_seen_at: minutesAgo(0),
    registered_at: minutesAgo(600),
    approved_at: minutesAgo(590),
    engine: { kind: 'embedded', version: '0.1.0', running: true, pid: 7 },
    queue: { bytes: 0, oldest: null, dropped: 0 },
    running_config_hash: 'aa',
    desired_config_hash: 'aa',
    desired_generation: 4,
    running_generation: 4,
    pinned_generation: null,
    held_by_rollout_id: null,
    engine_choice: 'auto',
    config_status: 'applied',
    config_message: null,
    clock_skew_seconds: 0.1,
    ip_addresses: [],
    fqdn: null,
    roles: [],
    flags: [],
    previous_key_valid_until: null,
    ingest: {
      lines_accepted: 1,
      lines_rejected: 0,
      rejected_by_reason: {},
      last_ingest_at: null,
      last_rejection: null,
    },
    ...change,
  };
}

const marks = (change: Partial<Component>) => troublesOf(component(change), NOW).map(({ mark }) => mark);

describe('what is wrong with a component', () => {
  it('is nothing when it is heard from, its engine runs and its configuration is applied', () => {
    expect(troublesOf(component(), NOW)).toEqual([]);
    expect(componentState(component(), NOW)).toMatchObject({ label: 'Online', tone: 'good' });
  });

  it('is only its silence while it is not heard from, with the nodes whose state is unknown', () => {
    const [trouble, ...others] = troublesOf(
      component({
        connection: 'offline',
        last_seen_at: minutesAgo(21),
        config_status: 'rolled_back',
        clock_skew_seconds: 90,
      }),
      NOW,
    );
    expect(others).toEqual([]);
    expect(trouble).toMatchObject({
      mark: 'offline',
      tone: 'bad',
      since: minutesAgo(21),
      detail: 'The state of its 12 nodes is unknown.',
    });
  });

  it('is told the most urgent first', () => {
    const flag = (code: 'shared_identity' | 'crash_loop' | 'hostname_changed') => ({
      code,
      message: `${code} in words`,
      since: null,
    });
    expect(
      marks({
        flags: [flag('hostname_changed'), flag('crash_loop'), flag('shared_identity')],
        engine: { kind: 'telegraf', version: '1.39.1', running: false },
        config_status: 'rolled_back',
        desired_config_hash: 'bb',
        clock_skew_seconds: -42,
        queue: { bytes: 4096, oldest: minutesAgo(30), dropped: 0 },
      }),
    ).toEqual(['shared_identity', 'crash_loop', 'rolled_back', 'clock', 'backlog', 'hostname_changed']);
  });

  it('names the engine that does not run once, whether the report or its state says so', () => {
    expect(marks({ engine: { kind: 'embedded', version: '1', running: false } })).toEqual(['engine_down']);
    expect(marks({ config_status: 'engine_down' })).toEqual(['engine_down']);
  });

  it('is no backlog while samples wait for the next batch only', () => {
    expect(marks({ queue: { bytes: 900, oldest: minutesAgo(1), dropped: 0 } })).toEqual([]);
    expect(marks({ queue: { bytes: 900, oldest: minutesAgo(3), dropped: 0 } })).toEqual(['backlog']);
  });

  it('is that it waits, before a person approved it, and nothing once it is revoked', () => {
    expect(marks({ approval: 'pending', connection: 'never_seen', engine: null, queue: null })).toEqual([
      'pending',
    ]);
    expect(marks({ approval: 'revoked', connection: 'offline' })).toEqual([]);
    expect(componentState(component({ approval: 'revoked' }), NOW).label).toBe('Revoked');
  });

  it('is that the collection fails at some of its nodes, after what is wrong with itself', () => {
    const failing = { failing_node_count: 3 };
    expect(marks({ ...failing, clock_skew_seconds: -42 })).toEqual(['clock', 'collection_fails']);
    expect(marks({ ...failing, connection: 'offline' })).toEqual(['offline']);
    expect(componentState(component(failing), NOW)).toMatchObject({
      label: 'Collection fails',
      tone: 'warn',
    });
    expect(troublesOf(component(failing), NOW)[0]?.detail).toBe('Something fails at 3 of its 12 nodes.');
  });

  it('ends with what was refused being taken back', () => {
    expect(marks({ config_status: 'rolled_back' })).toEqual([]);
  });

  it('says which generation runs instead of the one that was rolled back', () => {
    const [trouble] = troublesOf(
      component({
        config_status: 'rolled_back',
        config_message: 'wrote nothing for 3 intervals',
        desired_config_hash: 'bb',
        running_generation: 3,
      }),
      NOW,
    );
    expect(trouble?.detail).toBe('wrote nothing for 3 intervals. It runs generation 3.');
  });
});

describe('where a component stands with its configuration', () => {
  const label = (change: Partial<Component>) => configStanding(component(change)).label;

  it('is current, some behind, or on its way where the numbers are not known', () => {
    expect(label({})).toBe('current');
    expect(label({ desired_config_hash: 'cc', desired_generation: 6 })).toBe('2 behind');
    expect(label({ desired_config_hash: 'cc', running_generation: null })).toBe('on its way');
    expect(label({ desired_config_hash: null, desired_generation: null })).toBe('none yet');
  });

  it('is pinned or held where somebody keeps the newest from it', () => {
    expect(label({ pinned_generation: 4 })).toBe('pinned at 4');
    expect(label({ held_by_rollout_id: '01900000-0000-7000-8000-000000000009' })).toBe('held back');
  });

  it('is rolled back before it is anything else, until what it runs is what it should run', () => {
    expect(label({ config_status: 'rolled_back', desired_config_hash: 'cc', pinned_generation: 5 })).toBe(
      'rolled back',
    );
    expect(label({ config_status: 'rolled_back' })).toBe('current');
  });
});

describe('the marks of a component', () => {
  it('hold what filters ask for beside its troubles', () => {
    const found = marksOf(
      component({
        pinned_generation: 4,
        queue: { bytes: 0, dropped: 9 },
        ingest: { ...component().ingest, lines_rejected: 2 },
      }),
      NOW,
    );
    expect([...found].toSorted()).toEqual(['gaps', 'pinned', 'rejected', 'well']);
    expect([...marksOf(component({ approval: 'rejected', pinned_generation: 4 }), NOW)]).toEqual(['revoked']);
  });
});

describe('a clock', () => {
  it('is in step, ahead or behind', () => {
    expect(describeSkew(-0.4)).toBe('in step');
    expect(describeSkew(42.3)).toBe('42 s ahead');
    expect(describeSkew(-7260)).toBe('2 h 1 min behind');
  });
  it('that is behind reads as a sentence', () => {
    const [trouble] = troublesOf(component({ clock_skew_seconds: -42 }), NOW);
    expect(trouble?.detail).toBe("Its clock is 42 s behind the server's.");
  });
});
