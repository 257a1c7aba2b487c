import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PACE = { requests_per_second: 2, getbulk: false, interval_seconds: 60 };

describe('the pace of a node', () => {
  let backend: TestBackend;
  let client: Client;

  beforeAll(async () => {
    backend = await startBackend();
    client = new Client({ connectionString: backend.database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await backend?.stop();
  });

  async function auditCount(): Promise<number> {
    const { rows } = await client.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM audit_log WHERE action = 'node.update'",
    );
    return rows[0]?.count ?? -1;
  }

  it('is kept, shown, changed and taken away', async () => {
    const made = await backend.admin('POST', '/api/v1/nodes', {
      name: 'plc',
      ip_address: '10.3.0.1',
      template: 'generic-snmp',
      snmp_pace: PACE,
    });
    expect(made.snmp_pace).toEqual(PACE);
    const path = `/api/v1/nodes/${made.id}`;
    const slower = { ...PACE, requests_per_second: 0.5 };
    expect((await backend.admin('PATCH', path, { snmp_pace: slower })).snmp_pace).toEqual(slower);
    expect((await backend.admin('PATCH', path, { name: 'plc 2' })).snmp_pace).toEqual(slower);
    const before = await auditCount();
    // The same in another order is no change.
    const again = { interval_seconds: 60, getbulk: false, requests_per_second: 0.5 };
    await backend.admin('PATCH', path, { snmp_pace: again });
    expect(await auditCount()).toBe(before);
    expect((await backend.admin('PATCH', path, { snmp_pace: null })).snmp_pace).toBeNull();
  });

  it('is a change of the config of the collector', async () => {
    const token = await backend.admin('POST', '/api/v1/enrollment-tokens', {
      component_type: 'collector',
      auto_approve: true,
    });
    const { json: collector } = await backend.register(token.token, { hostname: 'hall-1' });
    const { id } = await backend.admin('POST', '/api/v1/nodes', {
      name: 'press',
      ip_address: '10.3.0.2',
      template: 'generic-snmp',
      collector_id: collector.component_id,
    });
    const credential = await backend.admin('POST', '/api/v1/credentials', {
      name: 'read',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    });
    await backend.admin('PUT', `/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credential.id });
    const config = async () => {
      const path = `/api/v1/remote-collectors/${collector.component_id}/config`;
      return (await backend.call('GET', path, { key: collector.api_key })).text;
    };
    await waitFor(async () => (await config()).includes('inputs.snmp'), { timeoutMs: 60_000, everyMs: 200 });
    expect(await config()).not.toContain('requests_per_second');
    await backend.admin('PATCH', `/api/v1/nodes/${id}`, { snmp_pace: PACE });
    await waitFor(async () => (await config()).includes('requests_per_second = 2'), {
      timeoutMs: 60_000,
      everyMs: 200,
    });
    expect(await config()).toContain('getbulk = false');
  });

  it.each([{ requests_per_second: 0 }, { requests_per_second: 'fast' }, { getbulk: 1 }, { speed: 3 }])(
    'is refused as %j',
    async (pace) => {
      const answer = await backend.call('POST', '/api/v1/nodes', {
        token: backend.adminToken,
        body: { name: 'odd', ip_address: '10.3.0.9', snmp_pace: pace },
      });
      expect(answer.status).toBe(400);
      expect(answer.json.errors[0].path).toMatch(/^snmp_pace/);
    },
  );
});
