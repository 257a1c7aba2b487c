import { ManualClock, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conditionKey } from './alert-change.ts';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

const ROUND_MS = 10_000;

describe('the upkeep of alerts', () => {
  let scene: AlertScene;
  let clock: ManualClock;
  let node: string;

  beforeAll(async () => {
    clock = new ManualClock(Date.now());
    scene = await AlertScene.start({ clock });
    node = await scene.addNode('press-07');
  });
  afterAll(() => scene?.stop());
  beforeEach(() => scene.clear());

  /** Lets rounds pass until something holds. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    await waitFor(async () => {
      await clock.advance(ROUND_MS);
      return holds();
    });
  }

  async function begin(): Promise<string> {
    const ids = await scene.apply([scene.trigger(ofNode(node))]);
    return ids.get(conditionKey(ofNode(node))) ?? '';
  }

  it('ends a mute when its time is over, and says so', async () => {
    const id = await begin();
    await scene.backend.admin('POST', `/api/v1/alerts/${id}/mute`, {
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    await sql`UPDATE alerts SET muted_until = now() - interval '1 s'`.execute(scene.db);
    await until(async () => (await scene.detail(id)).timeline.at(-1)?.event === 'unmuted');
    expect((await scene.detail(id)).timeline.at(-1)).toMatchObject({
      actor: null,
      detail: { reason: 'ended' },
    });
    await scene.backend.admin('POST', `/api/v1/alerts/${id}/mute`);
    await until(async () => (await scene.detail(id)).timeline_total === 4);
    expect((await scene.detail(id)).muted).not.toBeNull();
  });

  it('gives an active alert the name and the site that its node has by now', async () => {
    const id = await begin();
    const { id: site } = await scene.backend.admin('POST', '/api/v1/sites', { name: 'Plant 2' });
    await scene.backend.admin('PATCH', `/api/v1/nodes/${node}`, { name: 'press-7 (new)', site_id: site });
    await until(async () => (await scene.detail(id)).site_name === 'Plant 2');
    expect(await scene.detail(id)).toMatchObject({ node_name: 'press-7 (new)', site_id: site });
    expect((await scene.list('search=(new)')).total).toBe(1);
    await scene.apply([scene.change(ofNode(node), 'resolve', { value: 1, reason: undefined })]);
    await scene.backend.admin('PATCH', `/api/v1/nodes/${node}`, { name: 'press-07' });
    const other = await begin();
    await sql`UPDATE alerts SET subject_name = 'old' WHERE id = ${other}`.execute(scene.db);
    await until(async () => (await scene.detail(other)).node_name === 'press-07');
    // The history keeps what it was called then.
    expect((await scene.detail(id)).node_name).toBe('press-7 (new)');
  });

  it('lets the team of the site to which a node was moved hear of its alert', async () => {
    const { id: site } = await scene.backend.admin('POST', '/api/v1/sites', { name: 'Plant 3' });
    await scene.backend.admin('POST', '/api/v1/escalation-teams', {
      name: 'Plant 3',
      match: { site_ids: [site] },
      steps: [{ after_seconds: 0 }],
    });
    const id = await begin();
    const tellers = async () => (await scene.detail(id)).deliveries.map(({ team_name: name }) => name);
    await until(async () => (await tellers()).includes('Everybody'));
    await scene.backend.admin('PATCH', `/api/v1/nodes/${node}`, { site_id: site });
    await until(async () => (await tellers()).includes('Plant 3'));
  });

  it('lets go of what was resolved long ago, with its timeline, some at a time', async () => {
    const id = await begin();
    // In one statement: of those that are older than a year the upkeep may take some as soon as they are there.
    await sql`
      WITH resolved AS (INSERT INTO alerts (state, node_id, subject_name, definition_id, root_id, definition_slug, definition_name,
        scope_type, duration_seconds, alert_key, instance, labels, severity, value_at, comparison, summary, query,
        started_at, triggered_at, resolved_at)
      SELECT 'resolved', node_id, subject_name, definition_id, root_id, definition_slug, definition_name, scope_type,
        duration_seconds, alert_key, instance, labels, severity, value_at, comparison, summary, query, started_at,
        triggered_at, now() - make_interval(days => i)
      FROM alerts, generate_series(1, 1200) AS i RETURNING id)
      INSERT INTO alert_events (alert_id, event) SELECT id, 'resolved' FROM resolved`.execute(scene.db);
    await scene.backend.admin('PATCH', '/api/v1/settings', { alert_keep_days: 30 });
    await until(async () => (await scene.list('state=resolved')).total === 29);
    const { rows } = await sql<{ count: number }>`SELECT count(*)::int AS count FROM alert_events`.execute(
      scene.db,
    );
    // The one that is active still has its own.
    expect(rows[0]?.count).toBe(30);
    expect((await scene.detail(id)).state).toBe('active');
  });
});
