import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AlertRef, conditionKey } from './alert-change.ts';
import { AlertScene, ofNode, ofSystem } from './alert-scene.test-support.ts';
import { AlertWriter } from './alert-writer.ts';
import { listActiveAlerts } from './alert-writing-queries.ts';

const MINUTE_MS = 60_000;

describe('what the evaluator writes of alerts', () => {
  let scene: AlertScene;
  let node: string;
  let other: string;

  beforeAll(async () => {
    scene = await AlertScene.start();
    node = await scene.addNode('press-07');
    other = await scene.addNode('press-08');
  });
  afterAll(() => scene?.stop());
  beforeEach(() => scene.clear());

  const events = async (ref: AlertRef) =>
    (await scene.detail((await scene.active(ref)).id)).timeline.map(({ event }) => event);

  it('is an alert with what was judged, its node and its definition', async () => {
    const ref = ofNode(node, 'test_cpu:cpu0');
    const startedAt = new Date(Date.now() - 300_000);
    const ids = await scene.apply([scene.trigger(ref, { labels: { cpu: 'cpu0' }, startedAt })]);
    const alert = await scene.active(ref);
    expect(ids.get(conditionKey(ref))).toBe(alert.id);
    expect(alert).toMatchObject({
      state: 'active',
      severity: 'warning',
      node_id: node,
      node_name: 'press-07',
      component_id: null,
      site_name: 'Default',
      definition_id: scene.definitionId,
      definition_slug: 'test_cpu',
      definition_name: 'CPU of tests',
      alert_key: 'test_cpu:cpu0',
      instance: 'cpu0',
      labels: { cpu: 'cpu0' },
      value: 91.5,
      peak: 91.5,
      threshold: 90,
      comparison: '>',
      unit: '%',
      summary: 'CPU of tests cpu0 on press-07: 91.5 % (above 90 %)',
      query: 'cpu_usage_percent',
      started_at: startedAt.toISOString(),
      resolved_at: null,
      acknowledged: null,
      muted: null,
      held: null,
    });
    expect(await events(ref)).toEqual(['triggered']);
  });

  it('is one alert however often it is told, also by two servers at once', async () => {
    const ref = ofNode(node);
    await scene.apply([scene.trigger(ref)]);
    const ids = await scene.apply([scene.trigger(ref), scene.trigger(ref)]);
    expect(ids.get(conditionKey(ref))).toBe((await scene.active(ref)).id);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        scene.inTransaction((tx) => new AlertWriter().apply(tx, [scene.trigger(ofNode(other))])),
      ),
    );
    expect((await scene.list()).total).toBe(2);
    expect(await events(ofNode(other))).toEqual(['triggered']);
  });

  it('cannot be two active rows, whoever writes them', async () => {
    await scene.apply([scene.trigger(ofNode(node))]);
    const copy = sql`
      INSERT INTO alerts (node_id, subject_name, definition_id, root_id, definition_slug, definition_name, scope_type,
        duration_seconds, alert_key, instance, labels, severity, value_at, comparison, summary, query, started_at,
        triggered_at)
      SELECT node_id, subject_name, definition_id, root_id, definition_slug, definition_name, scope_type,
        duration_seconds, alert_key, instance, labels, severity, value_at, comparison, summary, query, started_at,
        triggered_at
      FROM alerts`;
    await expect(copy.execute(scene.db)).rejects.toThrow('alerts_one_active');
  });

  it('ends with an alert that is resolved, and begins again with another one', async () => {
    const ref = ofNode(node);
    await scene.apply([scene.trigger(ref)]);
    const first = await scene.active(ref);
    const resolve = scene.change(ref, 'resolve', { value: 40, reason: undefined });
    await scene.apply([resolve, scene.trigger(ref)]);
    const second = await scene.active(ref);
    expect(second.id).not.toBe(first.id);
    const ended = await scene.detail(first.id);
    expect(ended).toMatchObject({ state: 'resolved', value: 40, peak: 91.5 });
    expect(ended.resolved_at).not.toBeNull();
    expect(ended.timeline.at(-1)).toMatchObject({
      event: 'resolved',
      detail: { value: 40, severity: 'warning' },
    });
    await scene.apply([resolve]);
    await scene.apply([resolve]);
    expect((await scene.list('state=resolved')).total).toBe(2);
  });

  it('says why an alert ended where that was no good data', async () => {
    const ref = ofNode(node);
    const ids = await scene.apply([scene.trigger(ref)]);
    await scene.apply([scene.change(ref, 'resolve', { value: undefined, reason: 'definition_off' })]);
    const { timeline, value } = await scene.detail(ids.get(conditionKey(ref)) ?? '');
    expect(timeline.at(-1)?.detail).toMatchObject({ reason: 'definition_off', value: null });
    expect(value).toBe(91.5);
  });

  it('moves the severity in place, and an acknowledgement falls away when it rises', async () => {
    const ref = ofNode(node);
    await scene.apply([scene.trigger(ref)]);
    const { id } = await scene.active(ref);
    await scene.backend.admin('POST', `/api/v1/alerts/${id}/acknowledge`, { comment: 'on it' });
    await scene.apply([scene.change(ref, 'severity', { severity: 'critical', value: 97, threshold: 95 })]);
    const risen = await scene.detail(id);
    expect(risen).toMatchObject({
      severity: 'critical',
      value: 97,
      peak: 97,
      threshold: 95,
      acknowledged: null,
      summary: 'CPU of tests on press-07: 97 % (above 95 %)',
    });
    expect(risen.timeline.slice(-2)).toMatchObject([
      { event: 'severity_changed', actor: null, detail: { from: 'warning', to: 'critical' } },
      { event: 'unacknowledged', actor: null, detail: { reason: 'severity_rose', acknowledged_by: 'admin' } },
    ]);
    await scene.backend.admin('POST', `/api/v1/alerts/${id}/acknowledge`);
    await scene.apply([scene.change(ref, 'severity', { severity: 'warning', value: 92, threshold: 90 })]);
    expect(await scene.detail(id)).toMatchObject({
      severity: 'warning',
      value: 92,
      peak: 97,
      acknowledged: { by: 'admin' },
    });
  });

  it('writes a value once a minute, with the worst of the time between', async () => {
    const ref = ofNode(node);
    const from = Date.now();
    const value = (number: number) => [scene.change(ref, 'value', { value: number, text: undefined })];
    const at = (ms: number) => new Date(from + ms);
    await scene.apply([scene.trigger(ref)], at(0));
    await scene.apply(value(99), at(10_000));
    await scene.apply(value(93), at(50_000));
    expect(await scene.active(ref)).toMatchObject({ value: 91.5, peak: 91.5 });
    await scene.apply(value(94), at(MINUTE_MS));
    expect(await scene.active(ref)).toMatchObject({
      value: 94,
      peak: 99,
      value_at: at(MINUTE_MS).toISOString(),
      summary: 'CPU of tests on press-07: 94 % (above 90 %)',
    });
    expect(await events(ref)).toEqual(['triggered']);
  });

  it('locks and reads nothing for values that are not to be written yet', async () => {
    const ref = ofNode(node);
    await scene.apply([scene.trigger(ref)]);
    await scene.inTransaction(async (tx) => {
      await sql`SELECT FROM alerts FOR UPDATE`.execute(tx);
      const changes = [scene.change(ref, 'value', { value: 92, text: undefined })];
      // The row is locked by the transaction around it: a statement on it would wait for ever.
      expect((await scene.apply(changes)).size).toBe(0);
    });
  });

  it('keeps a value that is infinite, and its sign', async () => {
    const ref = ofNode(node);
    await scene.apply([scene.trigger(ref, { value: Number.POSITIVE_INFINITY, threshold: undefined })]);
    const shown = await scene.active(ref);
    expect(shown).toMatchObject({ value: '+Inf', peak: '+Inf', threshold: null });
    const { rows } = await sql<{ value: number }>`SELECT value FROM alerts`.execute(scene.db);
    expect(rows).toEqual([{ value: Number.POSITIVE_INFINITY }]);
    await scene.apply([scene.change(ref, 'resolve', { value: Number.NEGATIVE_INFINITY, reason: undefined })]);
    const { value, peak, timeline } = await scene.detail(shown.id);
    expect([value, peak, ...timeline.map(({ detail }) => detail['value'])]).toEqual([
      '-Inf',
      '+Inf',
      '+Inf',
      '-Inf',
    ]);
  });

  it('keeps the text that a condition without an expression brings', async () => {
    const ref = ofNode(node);
    const text = 'press-07 was last heard from 6 min ago.';
    await scene.apply([scene.trigger(ref, { query: '', text, value: 360, unit: 'seconds' })]);
    await scene.apply([scene.change(ref, 'severity', { severity: 'critical', value: 400, threshold: 300 })]);
    expect(await scene.active(ref)).toMatchObject({ summary: text, severity: 'critical' });
  });

  it('tells by the definition’s own text, and says when that cannot be rendered', async () => {
    const definitionId = await scene.addDefinition({
      slug: 'test_text',
      name: 'Text of tests',
      summary: '{{ $labels.disk }} of {{ $node }} is full to {{ $value | percent }}',
    });
    const ref = ofNode(node, 'test_text');
    await scene.apply([scene.trigger(ref, { definitionId, labels: { disk: 'C:' } })]);
    expect((await scene.active(ref)).summary).toBe('C: of press-07 is full to 91.5 %');
    const without = ofNode(other, 'test_text');
    await scene.apply([scene.trigger(without, { definitionId })]);
    expect((await scene.active(without)).summary).toBe('Text of tests on press-08: 91.5 % (above 90 %)');
    expect(await events(without)).toEqual(['triggered', 'text_failed']);
  });

  it('follows the definition that takes over, and says so', async () => {
    const narrower = await scene.addDefinition({
      slug: 'test_cpu_site',
      name: 'CPU at the site',
      overrides: scene.definitionId,
      siteId: (await scene.backend.admin('GET', '/api/v1/sites')).items[0].id,
    });
    const ref = ofNode(node);
    await scene.apply([scene.trigger(ref)]);
    const again = scene.trigger(ref, { definitionId: narrower, threshold: 80, severity: 'critical' });
    await scene.apply([again]);
    await scene.apply([again]);
    const alert = await scene.active(ref);
    expect(alert).toMatchObject({
      definition_id: narrower,
      definition_name: 'CPU at the site',
      threshold: 80,
    });
    expect(await events(ref)).toEqual(['triggered', 'definition_changed', 'severity_changed']);
    const { scope } = await scene.detail(alert.id);
    expect(scope.type).toBe('site');
    // A search finds it by what it is called now, and the filter by the definition that is overridden.
    expect((await scene.list('search=at the site')).total).toBe(1);
    expect((await scene.list(`definition_id=${scene.definitionId}`)).total).toBe(1);
  });

  it('makes no alert of what was deleted meanwhile', async () => {
    const ids = await scene.apply([
      scene.trigger(ofNode(randomUUID())),
      scene.trigger(ofNode(node), { definitionId: randomUUID() }),
      scene.trigger(ofNode(other)),
    ]);
    expect([...ids.keys()]).toEqual([conditionKey(ofNode(other))]);
    expect((await scene.list()).total).toBe(1);
  });

  it('is about a component or the system as well as about a node', async () => {
    const { token } = await scene.backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const { json } = await scene.backend.register(token, { hostname: 'hall-1' });
    const componentId = (json as { component_id: string }).component_id;
    const component: AlertRef = { subject: { nodeId: null, componentId }, alertKey: 'test_cpu' };
    await scene.apply([scene.trigger(component), scene.trigger(ofSystem())]);
    expect(await scene.active(component)).toMatchObject({ component_name: 'hall-1', node_name: null });
    expect(await scene.active(ofSystem())).toMatchObject({
      node_id: null,
      component_id: null,
      site_id: null,
    });
    expect((await scene.list(`component_id=${componentId}`)).total).toBe(1);
    expect((await listActiveAlerts(scene.db)).map(conditionKey).toSorted()).toEqual(
      [conditionKey(component), conditionKey(ofSystem())].toSorted(),
    );
  });

  it('refuses no text of a device', async () => {
    const ref = ofNode(node, 'test_cpu:odd');
    await scene.apply([
      scene.trigger(ref, { labels: { name: 'a\u0000b\ud800<script>' }, text: `half \udc00 and '"; DROP` }),
    ]);
    const alert = await scene.active(ref);
    expect(alert.labels).toEqual({ name: 'ab\ufffd<script>' });
    expect(alert.summary).toBe(`half \ufffd and '"; DROP`);
  });

  it('tells the evaluator at its start what is active, and what is held', async () => {
    await scene.apply([
      scene.trigger(ofNode(node), { severity: 'critical' }),
      scene.change(ofNode(node), 'flapping', { changes: 5 }),
      scene.trigger(ofNode(other)),
      scene.change(ofNode(other), 'hold', { hold: { by: 'maintenance', windowId: randomUUID() } }),
    ]);
    const active = await listActiveAlerts(scene.db);
    const of = (nodeId: string) => active.filter(({ subject }) => subject.nodeId === nodeId);
    expect(of(node)).toMatchObject([
      { ...ofNode(node), severity: 'critical', hold: 'flapping', definitionSlug: 'test_cpu', instance: '' },
    ]);
    expect(of(other)).toMatchObject([{ ...ofNode(other), severity: 'warning', hold: 'maintenance' }]);
  });

  it('outlives its node, and keeps its name', async () => {
    const gone = await scene.addNode('press-99');
    const ids = await scene.apply([scene.trigger(ofNode(gone))]);
    await scene.backend.admin('DELETE', `/api/v1/nodes/${gone}`);
    await scene.apply([scene.change(ofNode(gone), 'resolve', { value: undefined, reason: 'node_deleted' })]);
    const alert = await scene.detail(ids.get(conditionKey(ofNode(gone))) ?? '');
    expect(alert).toMatchObject({
      state: 'resolved',
      node_id: gone,
      node_name: 'press-99',
      links: { node: null },
    });
  });
});
