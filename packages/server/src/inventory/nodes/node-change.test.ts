import type { NodeDetail } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { changeByReplacement, changeOf } from './node-change.ts';

const node = {
  id: 'n',
  name: 'pump',
  ip_address: '10.0.0.1',
  node_type: 'other',
  site_id: 's',
  template: 'ping',
  collector_id: 'c',
  collector_chosen: false,
  agent_id: null,
  environment: null,
  group_ids: ['g'],
  snmp_port: 161,
  url: null,
  snmp_pace: null,
} as unknown as NodeDetail;
const written = {
  name: 'pump',
  ip_address: '10.0.0.1',
  node_type: 'other',
  site_id: 's',
  template: 'ping',
  collector_id: 'c',
  collector_chosen: false,
  environment: null,
  group_ids: ['g'],
  snmp_port: 161,
  url: null,
  snmp_pace: null,
} as const;
const put = (before: Partial<NodeDetail>, change: object = {}) => {
  const whole = { ...node, ...before };
  const body = { ...written, group_ids: ['g'], ...change };
  return changeOf(whole, changeByReplacement(whole, body));
};

describe('what a change makes different', () => {
  it('is nothing when a node is given back as it was shown', () => {
    expect(put({})).toEqual({});
    expect(put({ collector_id: null }, { collector_id: null })).toEqual({});
    expect(put({ collector_chosen: true }, { collector_chosen: true })).toEqual({});
    const reported = { agent_id: 'a', collector_id: null };
    expect(put(reported, { collector_id: null })).toEqual({});
    expect(put(reported, { collector_id: null, collector_chosen: true })).toEqual({});
  });

  it('is what is not as before', () => {
    expect(changeOf(node, { name: 'mixer', snmp_port: 161, group_ids: [] })).toEqual({
      name: 'mixer',
      group_ids: [],
    });
  });

  it('is a choice of the collector only where one is made', () => {
    expect(put({}, { collector_id: 'other' })).toEqual({ collector_id: 'other' });
    expect(put({}, { collector_chosen: true })).toEqual({ collector_id: 'c' });
    expect(put({ collector_chosen: true })).toEqual({ collector_id: null });
    expect(put({ collector_chosen: true }, { collector_id: null, collector_chosen: true })).toEqual({
      collector_id: null,
    });
    expect(changeOf(node, { collector_id: 'c' })).toEqual({ collector_id: 'c' });
    expect(changeOf(node, { collector_id: null })).toEqual({});
  });
});
