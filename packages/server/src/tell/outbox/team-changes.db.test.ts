import type { Delivery, EscalationTeam, ListAnswer, NotificationChannel } from '@stratora/contract';
import { HttpSink } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertScene, ofNode } from '../../judge/alerts/alert-scene.test-support.ts';
import { AlertWriter } from '../../judge/alerts/index.ts';

const TEAMS = '/api/v1/escalation-teams';

describe('a team that is changed while an alert goes through its steps', () => {
  const sink = new HttpSink();
  let scene: AlertScene;
  let writer: AlertWriter;
  let channel: NotificationChannel;

  beforeAll(async () => {
    await sink.start();
    scene = await AlertScene.start({ config: { outboundAllow: ['127.0.0.0/8'] } });
    writer = new AlertWriter(scene.backend.app.modules.outbox.observe);
    channel = (await scene.backend.admin('POST', '/api/v1/notification-channels', {
      name: 'incidents',
      type: 'webhook',
      max_per_minute: 600,
      config: { url: `${sink.url}/hook` },
    })) as NotificationChannel;
  });
  afterAll(async () => {
    await scene?.stop();
    await sink.stop();
  });

  /** Adds a site, and a team that tells of its alerts an hour after they began. */
  const addTeam = async (name: string) => {
    const { id: siteId } = await scene.backend.admin('POST', '/api/v1/sites', { name });
    const team = (await scene.backend.admin('POST', TEAMS, {
      name,
      match: { site_ids: [siteId] },
      steps: [{ after_seconds: 3600, channel_ids: [channel.id] }],
    })) as EscalationTeam;
    const node = await scene.addNode(`node of ${name}`, { site_id: siteId });
    const ids = await scene.inTransaction((tx) =>
      writer.apply(tx, [scene.trigger(ofNode(node, 'test_cpu'))]),
    );
    return { team, alertId: [...ids.values()][0] ?? '' };
  };
  const deliveries = async (alertId: string) => {
    const path = `/api/v1/deliveries?alert_id=${alertId}`;
    return ((await scene.backend.admin('GET', path)) as ListAnswer<Delivery>).items;
  };
  /** What is told of an alert, by whom: on its way or there. */
  const told = async (alertId: string) =>
    (await deliveries(alertId)).map(({ event, state, team_name: name }) => [
      event,
      state !== 'skipped',
      name,
    ]);

  it('tells at once by a step that has become due', async () => {
    const { team, alertId } = await addTeam('Ham');
    expect(await deliveries(alertId)).toEqual([]);
    const steps = [{ after_seconds: 0, channel_ids: [channel.id] }];
    await scene.backend.admin('PATCH', `${TEAMS}/${team.id}`, { steps });
    expect(await told(alertId)).toEqual([['triggered', true, 'Ham']]);
  });

  it('leaves what it can no longer tell to the default team, once it is deleted', async () => {
    const { team, alertId } = await addTeam('Lej');
    await scene.backend.admin('DELETE', `${TEAMS}/${team.id}`);
    expect(await told(alertId)).toEqual([['triggered', true, 'Everybody']]);
  });

  it('leaves what it can no longer tell to the default team, once it is switched off', async () => {
    const { team, alertId } = await addTeam('Muc');
    await scene.backend.admin('PATCH', `${TEAMS}/${team.id}`, { enabled: false });
    expect(await told(alertId)).toEqual([['triggered', true, 'Everybody']]);
  });
});
