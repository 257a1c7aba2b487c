import type { Alert } from '@stratora/contract';
import { alertListQuerySchema } from '@stratora/contract';
import { waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertListStatements, trustIndexes } from './alert-queries.ts';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

const HISTORY = 100_000;
const AT_ONCE = 10_000;

describe('a history of 100,000 alerts', () => {
  let scene: AlertScene;
  let nodes: string[];
  let group: string;

  beforeAll(async () => {
    scene = await AlertScene.start();
    ({ id: group } = await scene.backend.admin('POST', '/api/v1/node-groups', { name: 'presses' }));
    nodes = [];
    for (let i = 0; i < 5; i += 1) {
      nodes.push(await scene.addNode(`press-${i}`, i === 0 ? { group_ids: [group] } : {}));
    }
    // Vacuum takes rows for seen by all only once their commit is in the log, which tests do not wait for otherwise.
    for (let from = 1; from <= HISTORY; from += AT_ONCE) {
      await scene.inTransaction(async (tx) => {
        await sql`SET LOCAL synchronous_commit = on`.execute(tx);
        await sql`
      INSERT INTO alerts (state, node_id, subject_name, site_id, definition_id, root_id, definition_slug, definition_name,
        scope_type, duration_seconds, alert_key, instance, labels, severity, value, peak, value_at, threshold, comparison,
        unit, summary, query, started_at, triggered_at, resolved_at, acknowledged_at, acknowledged_by, held_by, held_since)
      SELECT 'resolved', CASE WHEN i % 1000 = 0 THEN ${nodes[0]}::uuid ELSE gen_random_uuid() END, 'host-' || i % 2000,
        (SELECT id FROM sites WHERE is_default), ${scene.definitionId}, ${scene.definitionId}, 'test_cpu',
        'CPU of tests', 'global', 300, 'test_cpu:cpu' || i, 'cpu' || i, '{"cpu": "0"}', CASE WHEN i % 500 = 0 THEN 'critical' ELSE 'warning' END, 91, 95, at, 90, '>',
        '%', repeat('what was wrong then ', 10), 'cpu_usage_percent', at - interval '5 min', at, at + interval '1 h',
        CASE WHEN i % 5000 = 0 THEN at END, CASE WHEN i % 5000 = 0 THEN 'anna' END,
        CASE WHEN i % 4000 = 0 THEN 'maintenance' END, CASE WHEN i % 4000 = 0 THEN at END
      FROM generate_series(${from}::int, ${from + AT_ONCE - 1}::int) AS i, LATERAL (SELECT now() - (${HISTORY} - i) * interval '3 min' AS at) AS t`.execute(
          tx,
        );
      });
    }
    // A transaction of the server that was open meanwhile keeps it from that, too.
    await waitFor(
      async () => {
        await sql`VACUUM ANALYZE alerts`.execute(scene.db);
        const { rows } = await sql<{ whole: boolean }>`
          SELECT relallvisible = relpages AS whole FROM pg_class WHERE relname = 'alerts'`.execute(scene.db);
        return rows[0]?.whole === true;
      },
      { timeoutMs: 60_000, what: 'a table that all see' },
    );
  }, 120_000);
  afterAll(() => scene?.stop());

  const queryOf = (text: string) => alertListQuerySchema.parse(Object.fromEntries(new URLSearchParams(text)));

  /** The nodes of the plans of both statements that read `alerts`. */
  async function scansOf(text: string): Promise<PlanNode[]> {
    const { count, rows } = alertListStatements(queryOf(text));
    const scans: PlanNode[] = [];
    await scene.inTransaction(async (tx) => {
      await trustIndexes(tx);
      for (const statement of [count, rows]) {
        const explained = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`
          EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`.execute(tx);
        const [plan] = explained.rows[0]?.['QUERY PLAN'] ?? [];
        if (plan) collect(plan.Plan, scans);
      }
    });
    return scans;
  }

  const FILTERS = [
    '',
    'state=resolved',
    'state=active',
    'severity=critical',
    'state=resolved&severity=critical&sort=-resolved_at',
    'site_id=SITE',
    'node_id=NODE',
    'group_id=GROUP',
    'definition_id=DEFINITION',
    'acknowledged=true',
    'held=true',
    'muted=true',
    'muted=false&held=false&acknowledged=false',
    'search=host-1999',
    'search=nowhere to be found',
    'sort=node_name',
    'sort=-severity&state=resolved',
    'component_id=NODE',
  ];

  it.each(FILTERS)('is read by an index, and no row that is not shown: "%s"', async (filter) => {
    const sites = await scene.backend.admin('GET', '/api/v1/sites');
    const text = filter
      .replace('SITE', sites.items[0].id)
      .replace('NODE', nodes[0] ?? '')
      .replace('GROUP', group)
      .replace('DEFINITION', scene.definitionId);
    const scans = await scansOf(text);
    expect(scans.length).toBeGreaterThanOrEqual(2);
    for (const scan of scans) {
      const rows = scan['Actual Rows'] * scan['Actual Loops'] + (scan['Rows Removed by Filter'] ?? 0);
      // Rows of the table itself are read for the page, or for one node; all else comes from the index.
      const isInIndex = scan['Node Type'] === 'Index Only Scan';
      expect({ filter, scan: scan['Node Type'], isFine: isInIndex || rows <= 200 }).toMatchObject({
        isFine: true,
      });
    }
  });

  it('is told in full and in order, page by page', async () => {
    for (const [sort, of] of [
      ['-triggered_at', (alert: Alert) => -Date.parse(alert.triggered_at)],
      ['resolved_at', (alert: Alert) => Date.parse(alert.resolved_at ?? '')],
      ['-severity', (alert: Alert) => (alert.severity === 'critical' ? 0 : 1)],
    ] as const) {
      const seen: Alert[] = [];
      let cursor = '';
      for (let page = 0; page < 3; page += 1) {
        const list = await scene.list(`severity=critical&sort=${sort}&limit=90${cursor}`);
        expect(list.total).toBe(HISTORY / 500);
        seen.push(...list.items);
        cursor = `&cursor=${list.next_cursor}`;
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(HISTORY / 500);
      const order = seen.map(of);
      expect(order.toSorted((a, b) => a - b)).toEqual(order);
    }
  });

  it('finds what each filter says', async () => {
    const totals = async (query: string) => (await scene.list(query)).total;
    expect(await totals('')).toBe(HISTORY);
    expect(await totals('state=active')).toBe(0);
    expect(await totals(`node_id=${nodes[0]}`)).toBe(100);
    expect(await totals(`group_id=${group}`)).toBe(100);
    expect(await totals('acknowledged=true')).toBe(20);
    expect(await totals('held=true')).toBe(25);
    expect(await totals('search=HOST-1999')).toBe(50);
    expect(await totals('search=cpu99999')).toBe(1);
    expect(await totals(`definition_id=${scene.definitionId}&severity=critical`)).toBe(200);
    expect(await totals(`site_id=${nodes[0]}`)).toBe(0);
  });

  it('does not slow the list of what is active now', async () => {
    await scene.apply([scene.trigger(ofNode(nodes[1] ?? ''))]);
    expect(await scene.list('state=active')).toMatchObject({ total: 1, items: [{ node_name: 'press-1' }] });
    expect((await scene.list('sort=-triggered_at&limit=1')).items[0]).toMatchObject({ state: 'active' });
  });

  it('refuses another order, and a cursor of one', async () => {
    const { next_cursor: cursor } = await scene.list('limit=1');
    for (const query of ['sort=summary', `sort=node_name&cursor=${cursor}`, 'state=open', 'held=maybe']) {
      const answer = await scene.backend.call('GET', `/api/v1/alerts?${query}`, {
        token: scene.backend.adminToken,
      });
      expect(answer.status).toBe(400);
    }
  });
});

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

function collect(node: PlanNode, scans: PlanNode[]): void {
  if (node['Relation Name'] === 'alerts') scans.push(node);
  for (const child of node.Plans ?? []) collect(child, scans);
}
