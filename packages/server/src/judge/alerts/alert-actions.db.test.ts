import { randomUUID } from 'node:crypto';
import type { AlertDetail, BulkAlertsAnswer } from '@stratora/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRef } from './alert-change.ts';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

const HOUR_MS = 3_600_000;

describe('what people do about alerts', () => {
  let scene: AlertScene;
  let node: string;
  let operator: string;
  let viewer: string;

  beforeAll(async () => {
    scene = await AlertScene.start();
    node = await scene.addNode('press-07');
    operator = await scene.addUser('operator');
    viewer = await scene.addUser('viewer');
  });
  afterAll(() => scene?.stop());
  beforeEach(() => scene.clear());

  const act = (id: string, action: string, body?: unknown, headers: Record<string, string> = {}) =>
    scene.backend.call('POST', `/api/v1/alerts/${id}/${action}`, {
      token: operator,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const bulk = async (body: Record<string, unknown>): Promise<BulkAlertsAnswer> => {
    const answer = await scene.backend.call('POST', '/api/v1/alerts/bulk', { token: operator, body });
    expect(answer.status).toBe(200);
    return answer.json as BulkAlertsAnswer;
  };
  async function begin(alertKey = 'test_cpu'): Promise<string> {
    const ref = ofNode(node, alertKey);
    await scene.apply([scene.trigger(ref)]);
    return (await scene.active(ref)).id;
  }
  const resolve = (ref: AlertRef = ofNode(node)) =>
    scene.apply([scene.change(ref, 'resolve', { value: 1, reason: undefined })]);
  const audit = async (): Promise<{ action: string; actor: string; detail: object }[]> =>
    (await scene.backend.admin('GET', '/api/v1/audit-log?search=alert.&limit=5')).items;

  it('is to acknowledge one with a comment, once', async () => {
    const id = await begin();
    const { status, json } = await act(id, 'acknowledge', { comment: '  on my way ' });
    expect(status).toBe(200);
    const alert = json as AlertDetail;
    expect(alert.acknowledged).toMatchObject({ by: 'operator', comment: 'on my way' });
    expect(alert.timeline.at(-1)).toMatchObject({
      event: 'acknowledged',
      actor: 'operator',
      detail: { comment: 'on my way' },
    });
    const again = (await act(id, 'acknowledge')).json as AlertDetail;
    expect(again.acknowledged).toEqual(alert.acknowledged);
    expect(again.timeline).toHaveLength(2);
    expect((await audit())[0]).toMatchObject({
      action: 'alert.acknowledge',
      actor: 'operator',
      detail: { comment: 'on my way', name: 'press-07', alert_key: 'test_cpu' },
    });
    expect((await scene.list('acknowledged=true')).items.map((one) => one.id)).toEqual([id]);
    expect((await scene.list('acknowledged=false')).total).toBe(0);
    const undone = (await act(id, 'unacknowledge')).json as AlertDetail;
    expect(undone.acknowledged).toBeNull();
    expect(undone.timeline.at(-1)).toMatchObject({ event: 'unacknowledged', actor: 'operator' });
  });

  it('is to mute one until a time, or until it resolves', async () => {
    const id = await begin();
    const until = new Date(Date.now() + HOUR_MS).toISOString();
    expect((await act(id, 'mute', { until })).json).toMatchObject({
      muted: { by: 'operator', until },
      muted_until: until,
    });
    expect((await act(id, 'mute', { until })).json.timeline).toHaveLength(2);
    expect((await act(id, 'mute')).json).toMatchObject({ muted: { until: null }, muted_until: null });
    expect((await scene.list('muted=true')).total).toBe(1);
    expect(await act(id, 'unmute', { until })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'until' }] },
    });
    expect((await act(id, 'unmute', {})).json).toMatchObject({ muted: null });
    expect((await act(id, 'unmute')).json).toMatchObject({ muted: null });
    expect((await scene.list('muted=true')).total).toBe(0);
    expect((await scene.list('muted=false')).total).toBe(1);
    const past = await act(id, 'mute', { until: new Date(Date.now() - 1000).toISOString() });
    expect(past).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'until', message: 'must be in the future' }] },
    });
    expect((await act(id, 'mute', { until: 'tomorrow' })).status).toBe(400);
    expect((await act(id, 'mute', { until: '9999-12-31T23:59:59-01:00' })).status).toBe(400);
  });

  it('is over when a mute is, without anybody doing anything', async () => {
    const id = await begin();
    await act(id, 'mute', { until: new Date(Date.now() + HOUR_MS).toISOString() });
    await sql`UPDATE alerts SET muted_until = now() - interval '1 s'`.execute(scene.db);
    expect(await scene.detail(id)).toMatchObject({ muted: null, muted_until: null });
    expect((await scene.list('muted=true')).total).toBe(0);
    expect((await act(id, 'mute')).json.muted).toMatchObject({ until: null });
  });

  it('is refused once an alert is resolved', async () => {
    const id = await begin();
    await resolve();
    for (const action of ['acknowledge', 'unacknowledge', 'mute', 'unmute']) {
      expect(await act(id, action)).toMatchObject({ status: 409, json: { code: 'invalid_state' } });
    }
    expect((await scene.detail(id)).timeline.map(({ event }) => event)).toEqual(['triggered', 'resolved']);
    expect(await act(randomUUID(), 'acknowledge')).toMatchObject({
      status: 404,
      json: { code: 'not_found' },
    });
  });

  it('is refused to who has read an older state', async () => {
    const id = await begin();
    const read = await scene.backend.call('GET', `/api/v1/alerts/${id}`, { token: operator });
    const etag = read.headers.get('etag') ?? '';
    // A new value is no reason to refuse.
    await scene.apply(
      [scene.change(ofNode(node), 'value', { value: 95, text: undefined })],
      new Date(Date.now() + 120_000),
    );
    expect((await act(id, 'acknowledge', {}, { 'if-match': etag })).status).toBe(200);
    expect(await act(id, 'mute', {}, { 'if-match': etag })).toMatchObject({
      status: 412,
      json: { code: 'changed_meanwhile' },
    });
  });

  it('is done once with the same Idempotency-Key', async () => {
    const id = await begin();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await act(id, 'acknowledge', { comment: 'one' }, headers);
    await act(id, 'unacknowledge');
    const repeated = await act(id, 'acknowledge', { comment: 'one' }, headers);
    expect(repeated.text).toBe(first.text);
    expect((await scene.detail(id)).acknowledged).toBeNull();
  });

  it('may be many at once, each with what became of it', async () => {
    const [one, two, three] = [
      await begin('test_cpu:1'),
      await begin('test_cpu:2'),
      await begin('test_cpu:3'),
    ];
    await act(two, 'acknowledge');
    await resolve(ofNode(node, 'test_cpu:3'));
    const gone = randomUUID();
    const answer = await bulk({
      alert_ids: [one, two, three, gone, one],
      action: 'acknowledge',
      comment: 'all',
    });
    expect(answer).toEqual({
      affected: 2,
      results: [
        { alert_id: one, result: 'changed' },
        { alert_id: two, result: 'changed' },
        { alert_id: three, result: 'resolved' },
        { alert_id: gone, result: 'not_found' },
        { alert_id: one, result: 'changed' },
      ],
    });
    expect((await bulk({ alert_ids: [one, two], action: 'acknowledge' })).results).toEqual([
      { alert_id: one, result: 'unchanged' },
      { alert_id: two, result: 'unchanged' },
    ]);
    expect((await audit())[0]).toMatchObject({
      action: 'alert.acknowledge',
      detail: { count: 2, comment: 'all' },
    });
    expect((await bulk({ alert_ids: [one, two], action: 'mute' })).affected).toBe(2);
    expect((await bulk({ alert_ids: [one, two], action: 'unmute' })).affected).toBe(2);
    expect((await bulk({ alert_ids: [one, two], action: 'unacknowledge' })).affected).toBe(2);
    const tooMany = { alert_ids: Array.from({ length: 501 }, () => one), action: 'mute' };
    for (const [other, value] of [
      ['comment', 'seen'],
      ['until', '2100-01-01T00:00:00Z'],
    ]) {
      const body = { alert_ids: [one], action: 'unmute', [other ?? '']: value };
      const refused = await scene.backend.call('POST', '/api/v1/alerts/bulk', { token: operator, body });
      expect(refused.json).toMatchObject({ status: 400, errors: [{ path: other }] });
    }
    expect(
      (await scene.backend.call('POST', '/api/v1/alerts/bulk', { token: operator, body: tooMany })).status,
    ).toBe(400);
  });

  it('is done by two people at once without one waiting for ever', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 20; i += 1) ids.push(await begin(`test_cpu:${i}`));
    const severity = (value: 'warning' | 'critical') =>
      ids.map((_, i) =>
        scene.change(ofNode(node, `test_cpu:${i}`), 'severity', { severity: value, value: 1, threshold: 1 }),
      );
    await Promise.all([
      ...Array.from({ length: 5 }, () => bulk({ alert_ids: ids, action: 'acknowledge', comment: 'a' })),
      ...Array.from({ length: 5 }, () => bulk({ alert_ids: ids.toReversed(), action: 'mute' })),
      ...Array.from({ length: 5 }, (_, i) => scene.apply(severity(i % 2 === 0 ? 'critical' : 'warning'))),
    ]);
    expect((await scene.list('state=active&muted=true')).total).toBe(20);
  });

  it('is for operators; viewers see', async () => {
    const id = await begin();
    const call = (method: string, path: string, body?: unknown) =>
      scene.backend.call(method, path, { token: viewer, ...(body === undefined ? {} : { body }) });
    expect((await call('GET', '/api/v1/alerts')).status).toBe(200);
    expect((await call('GET', `/api/v1/alerts/${id}`)).status).toBe(200);
    expect((await call('GET', '/api/v1/alerts/counts')).json).toMatchObject({ active: 1, open: 1 });
    expect((await call('POST', `/api/v1/alerts/${id}/acknowledge`)).status).toBe(403);
    expect((await call('POST', '/api/v1/alerts/bulk', { alert_ids: [id], action: 'mute' })).status).toBe(403);
  });

  it('is told to open browsers as one event, as is what the evaluator finds out', async () => {
    const told: { triggered: number; changed: number; resolved: number; alerts: unknown[] }[] = [];
    const stop = await listen(scene, (data) => told.push(data as (typeof told)[number]));
    try {
      const refs = Array.from({ length: 100 }, (_, i) => ofNode(node, `test_cpu:${i}`));
      await scene.apply(
        refs.map((ref, i) => scene.trigger(ref, { severity: i === 70 ? 'critical' : 'warning' })),
      );
      await expect.poll(() => told.length).toBe(1);
      expect(told[0]).toMatchObject({ triggered: 100, changed: 0, resolved: 0 });
      expect(told[0]?.alerts[0]).toMatchObject({
        severity: 'critical',
        node_name: 'press-07',
        change: 'triggered',
      });
      expect(told[0]?.alerts.length).toBeLessThan(100);
      await act((await scene.active(ofNode(node, 'test_cpu:3'))).id, 'acknowledge');
      await expect.poll(() => told.length).toBe(2);
      expect(told[1]).toMatchObject({ triggered: 0, changed: 1, resolved: 0 });
    } finally {
      stop();
    }
  });
});

/** Reads the event stream as a browser does. @returns the function that ends it */
async function listen(scene: AlertScene, note: (data: unknown) => void): Promise<() => void> {
  const abort = new AbortController();
  const answer = await fetch(`${scene.backend.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${scene.backend.adminToken}` },
    signal: abort.signal,
  });
  const read = async () => {
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        const [, data] = /^event: alerts_changed\ndata: (.*)$/m.exec(event) ?? [];
        if (data !== undefined) note(JSON.parse(data));
      }
    }
  };
  read().catch(() => {});
  return () => abort.abort();
}
