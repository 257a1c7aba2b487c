import { silentLogger } from '@stratora/runtime';
import { STALL_MS, startBackend, type TestBackend } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../../platform/db/index.ts';

describe('GET /topology/where', () => {
  let backend: TestBackend;
  let database: DatabaseConnection;
  let node: string;

  beforeAll(async () => {
    backend = await startBackend();
    database = openDatabase({ url: backend.database.url, logger: silentLogger() });
    node = (await backend.admin('POST', '/api/v1/nodes', { name: 'sw', ip_address: 'sw.test' })).id;
    for (let part = 0; part < 10; part += 1) {
      await sql`
        INSERT INTO address_places (mac_address, node_id, port, interface, vlan, ip_addresses, is_edge, first_seen_at)
        SELECT ('02:00:00:' || to_char(i / 10000 % 100, 'FM00') || ':' || to_char(i / 100 % 100, 'FM00') || ':' || to_char(i % 100, 'FM00'))::macaddr,
          ${node}, 'Gi0/' || i % 48, 'Gi0/' || i % 48, 1, ARRAY['10.' || i / 10000 % 100 || '.' || i / 100 % 100 || '.' || i % 100], true, now()
        FROM generate_series(${part * 10_000}::int, ${part * 10_000 + 9999}::int) AS i`.execute(database.db);
    }
  });
  afterAll(async () => {
    await database?.close();
    await backend?.stop();
  });

  const ask = (query: string) => backend.admin('GET', `/api/v1/topology/where?${query}`);

  it('finds one of 100,000 addresses within a second', async () => {
    await ask('mac=02:00:00:00:00:01');
    const begun = performance.now();
    for (const query of ['mac=02:00:00:04:56:78', 'ip=10.4.56.78']) {
      expect((await ask(query)).items).toMatchObject([
        {
          node_id: node,
          interface: 'Gi0/30',
          mac_address: '02:00:00:04:56:78',
          ip_addresses: ['10.4.56.78'],
        },
      ]);
    }
    const tookMs = performance.now() - begun;
    expect(tookMs).toBeLessThan(2 * 1000 + STALL_MS);
  });

  it('shows where an address was, each move once', async () => {
    const mac = '02:00:00:00:00:02';
    await sql`
      INSERT INTO address_places
        (mac_address, node_id, port, interface, vlan, ip_addresses, is_edge, first_seen_at, last_seen_at, left_at)
      SELECT ${mac}::macaddr, ${node}, p, p, 1, '{}', true, now() - h * interval '1 hour', now() - h * interval '50 min',
        now() - h * interval '50 min'
      FROM (VALUES ('Gi0/40', 2), ('Gi0/41', 1)) AS v (p, h)`.execute(database.db);
    const { moves } = await ask(`mac=${mac}`);
    expect(moves).toMatchObject([
      { from: { interface: 'Gi0/41' }, to: { interface: 'Gi0/2' } },
      { from: { interface: 'Gi0/40' }, to: { interface: 'Gi0/41' } },
    ]);
  });

  it('takes each spelling of an address, and one question at a time', async () => {
    await sql`
      UPDATE address_places SET ip_addresses = ARRAY['2001:db8::7'] WHERE mac_address = '02:00:00:00:00:03'`.execute(
      database.db,
    );
    expect((await ask('ip=2001:0DB8:0:0:0:0:0:7')).items).toMatchObject([
      { mac_address: '02:00:00:00:00:03' },
    ]);
    for (const query of [
      '',
      'mac=02:00:00:00:00:03&ip=10.0.0.3',
      'mac=xyz',
      'ip=host',
      'mac=02:00-00:00:00:03',
    ]) {
      const answer = await backend.call('GET', `/api/v1/topology/where?${query}`, {
        token: backend.adminToken,
      });
      expect(answer.status, query).toBe(400);
    }
  });
});
