import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { deriveParents } from './derived-parents.ts';
import { topologyGraph } from './topology-graph-queries.ts';

describe('topologyGraph', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  async function component(
    type: 'collector' | 'agent',
    machine: string | null,
    isLocal = false,
  ): Promise<string> {
    const row = await database.db
      .insertInto('remote_components')
      .values({
        component_type: type,
        name: `${type} of ${machine}`,
        hostname: 'h',
        machine_id: machine,
        version: '1',
        os: 'linux',
        arch: 'x64',
        approval: 'approved',
        is_local: isLocal,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }

  async function node(source: { collector_id?: string; agent_id?: string }): Promise<string> {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id, agent_id)
      SELECT 'n', 'n', 'other', id, 'ping', ${source.collector_id ?? null}, ${source.agent_id ?? null}
      FROM sites WHERE is_default RETURNING id`.execute(database.db);
    return rows[0]?.id ?? '';
  }

  it('tells from where each node is watched, and which nodes are the hosts of what watches', async () => {
    const collector = await component('collector', 'machine-1');
    await component('collector', null);
    const local = await component('agent', 'machine-0', true);
    const beside = await component('agent', 'machine-1');
    const server0 = await node({ agent_id: local });
    const host = await node({ agent_id: beside });
    const elsewhere = await node({ agent_id: await component('agent', null) });
    const polled = await node({ collector_id: collector });
    const idle = await node({});
    await sql`INSERT INTO topology_links (a_node_id, b_node_id) VALUES (${host}, ${polled})`.execute(
      database.db,
    );
    await sql`INSERT INTO node_parents (node_id, parent_id) VALUES (${elsewhere}, ${polled})`.execute(
      database.db,
    );

    const graph = await topologyGraph(database.db);
    expect(Object.fromEntries(graph.nodes.map(({ id, port }) => [id, port]))).toEqual({
      [server0]: 'server',
      [host]: 'server',
      [elsewhere]: 'server',
      [polled]: collector,
      [idle]: undefined,
    });
    expect(graph.links).toEqual([[host, polled]]);
    expect(graph.parents).toEqual([[elsewhere, polled]]);
    expect(Object.fromEntries(graph.hosts)).toEqual({ server: server0, [collector]: host });
    expect(graph.hosts).toHaveLength(2);
  });

  it('of 10,000 nodes and 20,000 links is read in a moment', async () => {
    await sql`INSERT INTO nodes (name, ip_address, node_type, site_id, template)
      SELECT 'many', 'h' || i, 'other', s.id, 'ping' FROM sites s, generate_series(1, 10000) i WHERE s.is_default`.execute(
      database.db,
    );
    await sql`
      WITH numbered AS MATERIALIZED (
        SELECT id, row_number() OVER (ORDER BY id)::int AS i FROM nodes WHERE name = 'many')
      INSERT INTO topology_links (a_node_id, b_node_id)
      SELECT a.id, b.id FROM (SELECT id, i, unnest(ARRAY[i / 4, i / 7]) AS above FROM numbered) a
      JOIN numbered b ON b.i = a.above
      ON CONFLICT DO NOTHING`.execute(database.db);
    const begun = performance.now();
    const graph = await topologyGraph(database.db);
    deriveParents(graph);
    // About 100 ms.
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(graph.nodes.length).toBeGreaterThan(10_000);
    expect(graph.links.length).toBeGreaterThan(15_000);
  });
});
