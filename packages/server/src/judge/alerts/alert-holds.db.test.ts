import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AlertHold, AlertRef } from './alert-change.ts';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

describe('an alert of which nobody is told', () => {
  let scene: AlertScene;
  let upstream: string;
  let behind: string;

  beforeAll(async () => {
    scene = await AlertScene.start();
    upstream = await scene.addNode('core-switch');
    behind = await scene.addNode('press-07');
  });
  afterAll(() => scene?.stop());
  beforeEach(() => scene.clear());

  const hold = (ref: AlertRef, by: AlertHold) => scene.change(ref, 'hold', { hold: by });
  const timeline = async (ref: AlertRef) => (await scene.detail((await scene.active(ref)).id)).timeline;

  it('names the alert that is the cause, also where that begins later in the same cycle', async () => {
    const cause = ofNode(upstream, 'node_unreachable');
    const held = ofNode(behind, 'node_unreachable');
    await scene.apply([
      scene.trigger(held, { severity: 'critical' }),
      hold(held, { by: 'upstream', cause }),
      scene.trigger(cause, { severity: 'critical' }),
    ]);
    const { id: causeId } = await scene.active(cause);
    const alert = await scene.active(held);
    expect(alert.held).toMatchObject({
      by: 'upstream',
      alert_id: causeId,
      node_id: upstream,
      window_id: null,
    });
    expect((await scene.detail(alert.id)).cause).toMatchObject({ id: causeId, node_name: 'core-switch' });
    expect((await scene.detail(causeId)).behind).toMatchObject({ total: 1, items: [{ id: alert.id }] });
    expect((await timeline(held)).map(({ event }) => event)).toEqual(['triggered', 'held']);
    expect((await scene.list('held=true')).items.map(({ id }) => id)).toEqual([alert.id]);
    expect((await scene.list('held=false')).items.map(({ id }) => id)).toEqual([causeId]);
  });

  it('is counted by its cause while both are active, also through the outage of its own node', async () => {
    const cause = ofNode(upstream, 'node_unreachable');
    const outage = ofNode(behind, 'node_unreachable');
    const cpu = ofNode(behind);
    await scene.apply([
      scene.trigger(cause),
      scene.trigger(outage),
      scene.trigger(cpu),
      hold(outage, { by: 'upstream', cause }),
      hold(cpu, { by: 'unreachable', cause: outage }),
    ]);
    const counts = async () => {
      const { items } = await scene.list('state=active');
      return Object.fromEntries(
        items.map(({ node_name: node, alert_key: key, behind_count: count }) => [`${node} ${key}`, count]),
      );
    };
    expect(await counts()).toEqual({
      'core-switch node_unreachable': 2,
      'press-07 node_unreachable': 1,
      'press-07 test_cpu': 0,
    });
    const { id } = await scene.active(cause);
    expect(await scene.detail(id)).toMatchObject({ behind_count: 2 });
    await scene.apply([scene.change(cpu, 'resolve', { value: 1, reason: undefined })]);
    expect(await counts()).toEqual({ 'core-switch node_unreachable': 1, 'press-07 node_unreachable': 0 });
    await scene.apply([scene.change(outage, 'resolve', { value: 1, reason: undefined })]);
    expect(await scene.detail(id)).toMatchObject({ behind_count: 0, behind: { total: 1 } });
  });

  it('names the node alone while that is no more than suspected', async () => {
    const ref = ofNode(behind);
    await scene.apply([scene.trigger(ref), hold(ref, { by: 'upstream', nodeId: upstream })]);
    expect((await scene.active(ref)).held).toMatchObject({
      by: 'upstream',
      alert_id: null,
      node_id: upstream,
    });
    const cause = ofNode(upstream, 'node_unreachable');
    await scene.apply([scene.trigger(cause), hold(ref, { by: 'upstream', cause })]);
    expect((await scene.active(ref)).held).toMatchObject({ alert_id: (await scene.active(cause)).id });
    expect((await timeline(ref)).map(({ event }) => event)).toEqual(['triggered', 'held', 'held']);
  });

  it('says once that it is held, and once that it is released', async () => {
    const ref = ofNode(behind);
    const windowId = randomUUID();
    await scene.apply([scene.trigger(ref)]);
    await scene.apply([hold(ref, { by: 'maintenance', windowId })]);
    await scene.apply([hold(ref, { by: 'maintenance', windowId })]);
    expect((await scene.active(ref)).held).toMatchObject({ by: 'maintenance', window_id: windowId });
    await scene.apply([scene.change(ref, 'release', {})]);
    await scene.apply([scene.change(ref, 'release', {})]);
    expect((await scene.active(ref)).held).toBeNull();
    expect((await timeline(ref)).map(({ event }) => event)).toEqual(['triggered', 'held', 'released']);
  });

  it('goes on to be unstable when another reason to hold it ends', async () => {
    const ref = ofNode(behind);
    await scene.apply([scene.trigger(ref), scene.change(ref, 'flapping', { changes: 6 })]);
    expect(await scene.active(ref)).toMatchObject({ held: { by: 'flapping' }, changes: 6 });
    await scene.apply([hold(ref, { by: 'unreachable', nodeId: behind })]);
    expect((await scene.active(ref)).held).toMatchObject({ by: 'unreachable' });
    await scene.apply([scene.change(ref, 'release', {}), scene.change(ref, 'flapping', { changes: 8 })]);
    expect(await scene.active(ref)).toMatchObject({ held: { by: 'flapping' }, changes: 8 });
    await scene.apply([scene.change(ref, 'calm', {})]);
    expect(await scene.active(ref)).toMatchObject({ held: null, flapping_since: null, changes: 8 });
    expect((await timeline(ref)).map(({ event }) => event)).toEqual([
      'triggered',
      'flapping',
      'held',
      'released',
      'calm',
    ]);
  });

  it('still resolves, and keeps in its history why it told nobody', async () => {
    const ref = ofNode(behind);
    await scene.apply([scene.trigger(ref), hold(ref, { by: 'unreachable', nodeId: behind })]);
    const { id } = await scene.active(ref);
    await scene.apply([scene.change(ref, 'resolve', { value: 1, reason: undefined })]);
    expect(await scene.detail(id)).toMatchObject({ state: 'resolved', held: { by: 'unreachable' } });
  });
});
