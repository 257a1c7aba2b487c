import type { Component } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  filterComponents,
  NO_FILTER,
  readComponentFilter,
  writeComponentFilter,
} from './component-filter.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const component = (name: string, change: Partial<Component> = {}) =>
  ({
    id: name,
    name,
    component_type: 'agent',
    hostname: `${name}.example`,
    fqdn: null,
    site_id: 's1',
    site_name: 'Munich plant',
    os: 'linux',
    version: '0.1.0',
    approval: 'approved',
    connection: 'online',
    node_count: 0,
    failing_node_count: 0,
    engine: { kind: 'embedded', version: '0.1.0', running: true },
    queue: null,
    config_status: 'applied',
    config_message: null,
    running_config_hash: 'a',
    desired_config_hash: 'a',
    pinned_generation: null,
    held_by_rollout_id: null,
    clock_skew_seconds: null,
    ip_addresses: ['10.1.0.7'],
    roles: ['postgresql'],
    flags: [],
    ingest: { lines_rejected: 0 },
    ...change,
  }) as Component;

const COMPONENTS = [
  component('press-07'),
  component('press-08', { connection: 'offline', site_id: 's2', site_name: 'Branch Oslo' }),
  component('hall-3', {
    engine: { kind: 'telegraf', version: '1.39.1', running: true },
    pinned_generation: 4,
    version: '0.2.0',
    roles: [],
  }),
];
const found = (change: Partial<typeof NO_FILTER>) =>
  filterComponents(COMPONENTS, { ...NO_FILTER, ...change }, NOW).map(({ name }) => name);

describe('the filter of components', () => {
  it('comes from the address and leaves out what it does not know', () => {
    const filter = readComponentFilter(
      new URLSearchParams('q=press&state=offline,nonsense,pinned&engine=steam&version=0.2.0'),
    );
    expect(filter).toEqual({
      search: 'press',
      marks: ['offline', 'pinned'],
      site: undefined,
      engine: undefined,
      version: '0.2.0',
    });
  });

  it('goes into the address, and out of it when it is empty', () => {
    const written = writeComponentFilter(new URLSearchParams('sort=-name&q=press'), {
      search: '',
      marks: ['offline', 'clock'],
      engine: 'telegraf',
    });
    expect(decodeURIComponent(written.toString())).toBe('sort=-name&state=offline,clock&engine=telegraf');
  });

  it('takes a component that has any of the states, and every word of the search somewhere', () => {
    expect(found({ marks: ['offline', 'pinned'] })).toEqual(['press-08', 'hall-3']);
    expect(found({ marks: ['well'] })).toEqual(['press-07', 'hall-3']);
    expect(found({ search: 'press OSLO' })).toEqual(['press-08']);
    expect(found({ search: 'postgresql 10.1.0' })).toEqual(['press-07', 'press-08']);
    expect(found({ engine: 'telegraf' })).toEqual(['hall-3']);
    expect(found({ version: '0.1.0', site: 's1' })).toEqual(['press-07']);
  });
});
