import { randomUUID } from 'node:crypto';
import type { AlertWhy } from '@stratora/contract';
import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import { createWriteClient } from '@stratora/victoriametrics';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

const STEP_S = 10;
const SAMPLES = 120;

describe('why nobody was told, asked over HTTP', () => {
  let store: VictoriaMetrics;
  let scene: AlertScene;
  let viewer: string;
  let node: string;
  let definitionId: string;
  let endMs: number;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    scene = await AlertScene.start({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    viewer = await scene.addUser('viewer');
    node = await scene.addNode('press-07');
    definitionId = await scene.addDefinition({ slug: 'test_why', name: 'Load of tests', expr: 'why_load' });
    endMs = Math.floor(Date.now() / 1000) * 1000 - 60_000;
    // 20 minutes of samples: good, and bad in the last two.
    const lines = Array.from({ length: SAMPLES }, (_, i) => {
      const timeMs = endMs - (SAMPLES - 1 - i) * STEP_S * 1000;
      const load = `why,node_id=${node},cpu=0 load=${timeMs > endMs - 120_000 ? 93 : 40} ${timeMs}\n`;
      return `${load}why_pair,node_id=${node},cpu=0 x=1 ${timeMs}\nwhy_pair,node_id=${node},cpu=1 x=1 ${timeMs}\n`;
    });
    const writer = createWriteClient({ url: store.url });
    expect(await writer.write(Buffer.from(lines.join('')), 'ms')).toMatchObject({ ok: true });
    writer.close();
    await store.flush();
    await waitFor(async () => (await why(new Date(endMs))).values.length === 1, { timeoutMs: 40_000 });
  }, 120_000);
  afterAll(async () => {
    await scene?.stop();
    await store?.stop();
  });
  beforeEach(() => scene.clear());

  async function ask(parameters: Record<string, string>) {
    const query = new URLSearchParams(parameters).toString();
    return scene.backend.call('GET', `/api/v1/alerts/why?${query}`, { token: viewer });
  }
  async function why(at: Date, more: Record<string, string> = {}): Promise<AlertWhy> {
    const { status, json, text } = await ask({
      node_id: node,
      definition_id: definitionId,
      at: at.toISOString(),
      ...more,
    });
    expect(status, text).toBe(200);
    return json as AlertWhy;
  }

  it('is that the value was good, when it was', async () => {
    expect(await why(new Date(endMs - 300_000))).toMatchObject({
      verdict: 'good',
      definition: { slug: 'test_why', warning: 90, duration_seconds: 300 },
      values: [{ instance: '0', value: 40, severity: null }],
      alerts: [],
    });
  });

  it('is that it was not bad for long enough, with since when', async () => {
    const answer = await why(new Date(endMs));
    expect(answer).toMatchObject({
      verdict: 'pending',
      values: [{ value: 93, severity: 'warning', threshold: 90 }],
    });
    const since = Date.parse(answer.values[0]?.bad_since ?? '');
    expect(Math.abs(since - (endMs - 110_000))).toBeLessThanOrEqual(STEP_S * 1000);
  });

  it('is that there was no data', async () => {
    expect(await why(new Date(endMs - 86_400_000))).toMatchObject({ verdict: 'no_data', values: [] });
  });

  it('is what was done about the alert that there was, at that moment', async () => {
    const ref = ofNode(node, 'test_why:0');
    const at = new Date(Date.now() - 30_000);
    await scene.apply([scene.trigger(ref, { definitionId, severity: 'critical' })], at);
    const { id } = await scene.active(ref);
    await scene.backend.admin('POST', `/api/v1/alerts/${id}/acknowledge`);
    const acknowledged = new Date(Date.now() + 1000);
    expect(await why(new Date(at.getTime() + 1000))).toMatchObject({
      verdict: 'active',
      alerts: [{ id, severity: 'critical', acknowledged_by: null }],
    });
    expect(await why(acknowledged)).toMatchObject({
      verdict: 'acknowledged',
      alerts: [{ acknowledged_by: 'admin' }],
    });
    expect((await why(new Date(at.getTime() - 1000))).alerts).toEqual([]);
    await scene.apply([scene.change(ref, 'resolve', { value: 1, reason: undefined })], acknowledged);
    expect((await why(new Date(acknowledged.getTime() + 1000))).alerts).toEqual([]);
  });

  it('is that the rule is switched off, or judges elsewhere', async () => {
    const { id: site } = await scene.backend.admin('POST', '/api/v1/sites', { name: 'elsewhere' });
    const off = await scene.addDefinition({ slug: 'test_why_off', name: 'Off of tests', enabled: false });
    const elsewhere = await scene.addDefinition({
      slug: 'test_why_site',
      name: 'Elsewhere of tests',
      siteId: site,
    });
    const verdict = async (id: string) => (await why(new Date(endMs), { definition_id: id })).sentences[0];
    await waitFor(async () => (await ask({ node_id: node, definition_id: elsewhere })).status === 200);
    expect(await verdict(off)).toContain('switched off');
    expect(await verdict(elsewhere)).toContain('outside of its scope');
  });

  it('names the status that the node had', async () => {
    const at = new Date(endMs - 600_000);
    await sql`INSERT INTO node_status_changes (node_id, time, old_status, new_status, reason)
      VALUES (${node}, ${at}, 'healthy', 'unknown', 'its collector is away')`.execute(scene.db);
    const answer = await why(new Date(at.getTime() + 1000));
    expect(answer.node).toMatchObject({ status: 'unknown', status_reason: 'its collector is away' });
    expect((await why(new Date(at.getTime() - 1000))).node).toMatchObject({
      status: 'healthy',
      status_since: null,
    });
  });

  it('is that the rule was not evaluated, where that is on record', async () => {
    const at = new Date(endMs - 300_000);
    const record = (kind: string, id: string | null, until: Date | null) =>
      sql`INSERT INTO unjudged_times (definition_id, kind, reason, from_at, until_at)
        VALUES (${id}, ${kind}, 'twice', ${at}, ${until})`.execute(scene.db);
    await record('refused', definitionId, new Date(at.getTime() + 20_000));
    expect(await why(at)).toMatchObject({ verdict: 'not_evaluated', values: [{ value: 40 }] });
    expect((await why(new Date(at.getTime() + 20_000))).verdict).toBe('good');
    expect((await why(new Date(at.getTime() - 1000))).sentences.join(' ')).not.toContain('not evaluated');
    await sql`DELETE FROM unjudged_times`.execute(scene.db);
    await record('stopped', null, new Date(at.getTime() + 60_000));
    expect((await why(new Date(at.getTime() + 59_000))).sentences[0]).toContain('No rule was evaluated');
    await sql`DELETE FROM unjudged_times`.execute(scene.db);
  });

  it('is that no rule is evaluated, while that is so', async () => {
    await sql`INSERT INTO evaluator_state (clock_ms, evaluated_at)
      VALUES (1, ${new Date(endMs - 100_000)})`.execute(scene.db);
    expect((await why(new Date(endMs))).verdict).toBe('not_evaluated');
    expect((await why(new Date(endMs - 90_000))).verdict).not.toBe('not_evaluated');
    await sql`DELETE FROM evaluator_state`.execute(scene.db);
  });

  it('is refused for a moment that is still to come', async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    expect(await ask({ node_id: node, definition_id: definitionId, at })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'at', message: 'must not be in the future' }] },
    });
  });

  it('is refused for what does not exist', async () => {
    expect((await ask({ node_id: randomUUID(), definition_id: definitionId })).status).toBe(404);
    expect((await ask({ node_id: node, definition_id: randomUUID() })).status).toBe(404);
    expect((await ask({ node_id: node, definition_id: definitionId, at: 'yesterday' })).status).toBe(400);
    expect((await ask({ node_id: node })).status).toBe(400);
  });

  it('is not known where the store refuses the expression, which is not that it is away', async () => {
    const id = await scene.addDefinition({
      slug: 'test_why_pair',
      name: 'Pair of tests',
      // Two series on the right for one on the left.
      expr: 'why_load * on (node_id) why_pair_x',
    });
    await waitFor(async () => (await ask({ node_id: node, definition_id: id })).status === 200);
    const answer = await why(new Date(endMs), { definition_id: id });
    expect(answer).toMatchObject({ verdict: 'unknown', values: [] });
    expect(answer.sentences[0]).toContain('refuses the expression');
  });

  it('is not known while the store is away', async () => {
    await store.kill();
    expect(await why(new Date(endMs))).toMatchObject({ verdict: 'unknown', values: [] });
    await store.launch();
  });
});
