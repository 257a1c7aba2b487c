import type { ConfigGeneration, ListAnswer } from '@stratora/contract';
import { STALL_MS, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const NODES = 1000;
const CALLERS = 8;

describe('a thousand edits in one go', () => {
  let backend: TestBackend;
  let collectors: string[];

  beforeAll(async () => {
    backend = await startBackend();
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    collectors = await Promise.all(
      ['hall-1', 'hall-2', 'hall-3'].map(async (hostname) => {
        const { json } = await backend.register(token, { hostname });
        const { component_id: id, api_key: key } = json as { component_id: string; api_key: string };
        await backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key });
        return id;
      }),
    );
    // A thousand nodes over two of three collectors, straight into the database.
    await sql`INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id, collector_chosen)
      SELECT 'node ' || n, '10.0.' || n / 250 || '.' || n % 250, 'switch', (SELECT id FROM sites WHERE is_default),
        'generic-snmp', CASE WHEN n % 2 = 0 THEN ${collectors[0]}::uuid ELSE ${collectors[1]}::uuid END, true
      FROM generate_series(1, ${NODES}) AS n`.execute(backend.app.modules.database.db);
    await waitFor(async () => (await marks()) === 0, { timeoutMs: 60_000 });
  });
  afterAll(() => backend?.stop());

  async function marks(): Promise<number> {
    const { rows } = await sql`SELECT FROM collector_config_dirty`.execute(backend.app.modules.database.db);
    return rows.length;
  }

  async function history(id: string | undefined): Promise<ConfigGeneration[]> {
    const list: ListAnswer<ConfigGeneration> = await backend.admin('GET', `/api/v1/components/${id}/configs`);
    return list.items;
  }

  it('make one generation of each collector concerned, and none elsewhere', async () => {
    const before = await Promise.all(collectors.map(async (id) => (await history(id)).length));
    const { rows } = await sql<{ id: string }>`SELECT id FROM nodes ORDER BY id`.execute(
      backend.app.modules.database.db,
    );
    const startedAt = Date.now();
    let longestPauseMs = 0;
    let lastEditAt = startedAt;
    const waiting = rows.map(({ id }) => id);
    const caller = async () => {
      for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
        await backend.admin('PATCH', `/api/v1/nodes/${id}`, { name: `edited ${id.slice(-8)}` });
        longestPauseMs = Math.max(longestPauseMs, Date.now() - lastEditAt);
        lastEditAt = Date.now();
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, caller));
    const editedMs = Date.now() - startedAt;
    await waitFor(async () => (await marks()) === 0, { timeoutMs: 50_000, everyMs: 50 });
    const renderedMs = Date.now() - startedAt - editedMs;
    const after = await Promise.all(collectors.map(history));
    const made = after.map((list, index) => list.length - (before[index] ?? 0));
    // Edits that go on for longer than 15 s are not put off until they end, nor over a stall, which looks like their end.
    const most = 1 + Math.floor(editedMs / 10_000) + (longestPauseMs > 3000 ? 1 : 0);
    expect(made[2]).toBe(0);
    for (const count of made.slice(0, 2)) {
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(most);
    }
    expect(renderedMs).toBeLessThan(30_000 + STALL_MS);
    const changes = after
      .slice(0, 2)
      .flatMap((list, index) => list.slice(0, made[index]))
      .map(({ cause }) => 1 + Number(/and (\d+) more/.exec(cause)?.[1] ?? 0));
    expect(changes.reduce((sum, count) => sum + count, 0)).toBe(NODES);
    for (const [newest] of after.slice(0, 2)) {
      expect(newest).toMatchObject({ node_count: NODES / 2, actor: 'admin', left_out: [] });
    }
    process.stdout.write(
      `${NODES} edits in ${editedMs} ms, rendered ${renderedMs} ms after the last, generations ${made.join(' ')}\n`,
    );
  });
});
