import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AlertRef, conditionKey } from './alert-change.ts';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

const NODES = 500;
const EACH = 10;

describe('a storm of alerts', () => {
  let scene: AlertScene;
  let refs: AlertRef[];

  beforeAll(async () => {
    scene = await AlertScene.start();
    const { rows } = await sql<{ id: string }>`
      WITH made AS (
        INSERT INTO nodes (name, ip_address, node_type, site_id, template, snmp_port)
        SELECT 'storm-' || i, '10.9.0.1', 'other', (SELECT id FROM sites WHERE is_default), 'ping', 161
        FROM generate_series(1, ${NODES}) AS i RETURNING id)
      SELECT id FROM made`.execute(scene.db);
    refs = rows.flatMap(({ id }) => Array.from({ length: EACH }, (_, i) => ofNode(id, `test_cpu:cpu${i}`)));
  });
  afterAll(() => scene?.stop());

  it('of 5,000 is written in one transaction, and so is its end', { timeout: 120_000 }, async () => {
    const hold = { by: 'maintenance', windowId: scene.definitionId } as const;
    const ids = await scene.apply(
      refs.flatMap((ref) => [scene.trigger(ref), scene.change(ref, 'hold', { hold })]),
    );
    expect(ids.size).toBe(NODES * EACH);
    expect(await scene.backend.admin('GET', '/api/v1/alerts/counts')).toMatchObject({
      active: 5_000,
      by_severity: { warning: 5_000, critical: 0 },
      held: 5_000,
      open: 0,
    });
    const twice = await scene.apply(refs.map((ref) => scene.trigger(ref)));
    expect(twice.get(conditionKey(refs[0] as AlertRef))).toBe(ids.get(conditionKey(refs[0] as AlertRef)));
    await scene.apply(
      refs.map((ref) => scene.change(ref, 'severity', { severity: 'critical', value: 99, threshold: 95 })),
    );
    await scene.apply(refs.map((ref) => scene.change(ref, 'resolve', { value: 10, reason: undefined })));
    expect((await scene.list('state=resolved&severity=critical')).total).toBe(5_000);
    const { rows } = await sql<{ event: string; count: number }>`
      SELECT event, count(*)::int AS count FROM alert_events GROUP BY event ORDER BY event`.execute(scene.db);
    expect(rows).toEqual(
      ['held', 'resolved', 'severity_changed', 'triggered'].map((event) => ({ event, count: 5_000 })),
    );
  });
});
