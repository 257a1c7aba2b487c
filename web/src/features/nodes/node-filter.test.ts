import type { Node } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { filterNodes, isFiltering, readFilter, writeFilter } from './node-filter.ts';

const node = (change: Partial<Node>): Node => ({
  id: 'id',
  name: 'sw-access-01',
  ip_address: '10.0.0.1',
  fqdn: null,
  node_type: 'switch',
  site_id: 'site-a',
  site_name: 'Munich plant',
  template: 'generic-snmp',
  collector_id: 'col',
  collector_chosen: false,
  agent_id: null,
  environment: null,
  group_ids: [],
  snmp_port: 161,
  url: null,
  snmp_pace: null,
  status: 'healthy',
  status_since: '2026-01-01T00:00:00Z',
  status_reason: null,
  last_seen_at: null,
  approval: 'approved',
  os: null,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...change,
});
const read = (text: string) => readFilter(new URLSearchParams(text));

describe('the filter of nodes', () => {
  it('in the URL survives being written and read', () => {
    const filter = {
      search: 'sw 10.0',
      statuses: ['critical', 'offline'],
      site: 'a',
      type: 'switch',
      collector: 'c',
      attention: true,
    } as const;
    expect(readFilter(writeFilter(new URLSearchParams('sort=-name'), filter))).toEqual(filter);
  });

  it('drops statuses that it does not know', () => {
    expect(read('status=critical,banana,__proto__').statuses).toEqual(['critical']);
  });

  it('that is emptied leaves the URL and what else is in it', () => {
    const next = writeFilter(new URLSearchParams('status=critical&q=x&sort=name'), {
      statuses: [],
      search: '',
    });
    expect(next.toString()).toBe('sort=name');
    expect(isFiltering(readFilter(next))).toBe(false);
  });

  it('finds what needs attention: what is not well, and what cannot be read in full', () => {
    const nodes = [
      node({ name: 'well' }),
      node({ name: 'away', status: 'offline' }),
      node({ name: 'in part', status_reason: 'SNMP does not answer.' }),
      node({ name: 'new', status: 'discovering', status_reason: 'No data yet.' }),
      node({ name: 'new and refused', status: 'discovering', status_reason: 'The password is wrong.' }),
      node({ name: 'resting', status: 'maintenance', status_reason: 'Works.' }),
    ];
    const found = filterNodes(nodes, read('attention=1')).map(({ name }) => name);
    expect(found).toEqual(['away', 'in part', 'new and refused']);
    expect(isFiltering(read('attention=1'))).toBe(true);
  });

  it('needs every word somewhere and every filter at once', () => {
    const nodes = [node({}), node({ name: 'fw-01', status: 'critical', site_id: 'site-b' })];
    expect(filterNodes(nodes, read('q=munich access'))).toHaveLength(1);
    expect(filterNodes(nodes, read('q=munich printer'))).toHaveLength(0);
    expect(filterNodes(nodes, read('status=critical&site=site-b'))).toHaveLength(1);
    expect(filterNodes(nodes, read('status=critical&site=site-a'))).toHaveLength(0);
    expect(filterNodes(nodes, read(''))).toBe(nodes);
  });
});
