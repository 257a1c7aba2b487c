import { resolve } from 'node:path';
import { listQuerySchema } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { TemplateRegistry } from '../templates/index.ts';
import { changeMany } from './node-bulk.ts';
import { listNodes } from './node-queries.ts';
import { NodeService } from './node-service.ts';

describe('the list of nodes', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let nodes: NodeService;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    const templates = new TemplateRegistry(
      resolve(import.meta.dirname, '../../../../../templates'),
      silentLogger(),
    );
    await templates.reload();
    nodes = new NodeService({ db: database.db, findTemplate: (slug) => templates.find(slug) });
    for (let index = 0; index < 25; index += 1) await add(`node ${index % 5}`, `10.0.0.${index}`);
    await add('100% odd_name', '10.0.1.1');
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });

  function add(name: string, address: string, isTwin = false) {
    return nodes.create(SERVER_ACTOR, {
      name,
      ip_address: address,
      node_type: 'other',
      template: 'ping',
      snmp_port: 161,
      allow_duplicate: isTwin,
    });
  }

  async function walk(query: Record<string, unknown>): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listNodes(
        database.db,
        listQuerySchema.parse({ limit: 4, ...query, ...(cursor ? { cursor } : {}) }),
        {},
      );
      seen.push(...page.items.map(({ ip_address: address }) => address));
      cursor = page.next_cursor;
    } while (cursor);
    return seen;
  }

  it('gives every node exactly once over its pages, whatever the order, also where values repeat', async () => {
    for (const sort of ['name', '-name', 'ip_address', '-status', 'status_since', '-last_seen_at']) {
      const seen = await walk({ sort });
      expect(seen).toHaveLength(26);
      expect(new Set(seen).size).toBe(26);
    }
  });

  it('sorts addresses as people do', async () => {
    const seen = await walk({ sort: 'ip_address' });
    expect(seen.indexOf('10.0.0.9')).toBeLessThan(seen.indexOf('10.0.0.10'));
    expect(await walk({ sort: '-ip_address' })).toEqual(seen.toReversed());
  });

  it('does not skip or repeat when a node is added between two pages', async () => {
    const first = await listNodes(database.db, listQuerySchema.parse({ limit: 5, sort: 'ip_address' }), {});
    const added = await add('late', '10.0.0.0', true);
    const second = await listNodes(
      database.db,
      listQuerySchema.parse({ limit: 500, sort: 'ip_address', cursor: first.next_cursor }),
      {},
    );
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    await nodes.delete(SERVER_ACTOR, added.id);
  });

  it('searches literally', async () => {
    expect(await walk({ search: '100% odd_' })).toEqual(['10.0.1.1']);
    expect(await walk({ search: '%' })).toEqual(['10.0.1.1']);
  });

  it('refuses a cursor of another order, and an unknown field', async () => {
    const page = await listNodes(database.db, listQuerySchema.parse({ limit: 2, sort: 'name' }), {});
    const other = listQuerySchema.parse({ limit: 2, sort: '-name', cursor: page.next_cursor });
    await expect(listNodes(database.db, other, {})).rejects.toThrow(/cursor/);
    await expect(
      listNodes(database.db, listQuerySchema.parse({ sort: 'password_hash' }), {}),
    ).rejects.toThrow(/sort/);
  });

  it('changes many at once or none', async () => {
    const { items } = await listNodes(database.db, listQuerySchema.parse({ limit: 3 }), {});
    const ids = items.map(({ id }) => id);
    const stranger = '00000000-0000-7000-8000-000000000000';
    const means = { db: database.db, beginMaintenance: () => Promise.reject(new Error('not asked for')) };
    const refused = changeMany(means, SERVER_ACTOR, { action: 'delete', node_ids: [...ids, stranger] });
    await expect(refused).rejects.toThrow(/do not exist/);
    expect(await changeMany(means, SERVER_ACTOR, { action: 'delete', node_ids: ids })).toEqual({
      affected: 3,
    });
    const after = await listNodes(database.db, listQuerySchema.parse({}), {});
    expect(after.total).toBe(23);
    const logged = await database.db
      .selectFrom('audit_log')
      .select('detail')
      .where('action', '=', 'node.delete')
      .orderBy('id', 'desc')
      .executeTakeFirst();
    const names = items.map(({ name }) => name).sort();
    expect(logged?.detail).toMatchObject({ count: 3, names: expect.arrayContaining(names) as string[] });
  });
});
