import type { NodeDetail } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { toNodeBody, toNodeForm } from './node-form-values.ts';

const NODE: NodeDetail = {
  id: '018f0000-0000-7000-8000-000000000001',
  name: 'sw-01',
  ip_address: '10.1.0.1',
  fqdn: null,
  node_type: 'switch',
  site_id: '018f0000-0000-7000-8000-000000000002',
  site_name: 'Oslo',
  template: 'generic-snmp',
  collector_id: '018f0000-0000-7000-8000-000000000003',
  collector_chosen: true,
  agent_id: null,
  environment: null,
  group_ids: [],
  snmp_port: 161,
  url: null,
  snmp_pace: null,
  status: 'healthy',
  status_since: '2026-01-01T00:00:00.000Z',
  status_reason: null,
  last_seen_at: null,
  approval: 'approved',
  os: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  collection: [],
  credentials: [],
};

describe('the collector of a node in its form', () => {
  it('is the one that somebody chose', () => {
    const values = toNodeForm(NODE);
    expect(values.collector_id).toBe(NODE.collector_id);
    expect(toNodeBody(values, NODE).collector_id).toBe(NODE.collector_id);
  });

  it('is that of the site where nobody chose one, and moving the node to another site does not choose', () => {
    const followed = { ...NODE, collector_chosen: false };
    const values = toNodeForm(followed);
    expect(values.collector_id).toBe('');
    expect(toNodeBody({ ...values, site_id: NODE.id }, followed)).toMatchObject({
      site_id: NODE.id,
      collector_id: null,
    });
  });

  it('is given back to the site', () => {
    expect(toNodeBody({ ...toNodeForm(NODE), collector_id: '' }, NODE).collector_id).toBeNull();
  });

  it('is left out for a new node of which nothing was chosen, and for one that its agent reports', () => {
    expect(toNodeBody(toNodeForm(undefined), undefined)).not.toHaveProperty('collector_id');
    const reported = { ...NODE, collector_id: null, collector_chosen: false, agent_id: NODE.id };
    expect(toNodeBody(toNodeForm(reported), reported)).not.toHaveProperty('collector_id');
  });
});
