import type { Delivery, EscalationTeam, ListAnswer, NotificationChannel } from '@stratora/contract';
import { HttpSink, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

const MINUTE_MS = 60_000;

let backend: TestBackend;
let sink: HttpSink;
beforeAll(async () => {
  sink = new HttpSink();
  await sink.start();
  backend = await startBackend({ config: { outboundAllow: ['127.0.0.1/32'] } });
});
afterAll(async () => {
  await backend?.stop();
  await sink?.stop();
});

/** Number of rounds of the loop that reminds. */
async function rounds(): Promise<number> {
  const { text } = await backend.call('GET', '/metrics');
  const [, count] = /^stratora_loop_runs_total\{loop="maintenance-reminders"\} (\d+)$/m.exec(text) ?? [];
  return Number(count);
}

it('people are reminded once that a maintenance window ends within ten minutes', async () => {
  const { id: site } = await backend.admin('POST', '/api/v1/sites', { name: 'Hall 7' });
  const config = { url: `${sink.url}/hook` };
  await backend.admin('POST', '/api/v1/notification-channels', { name: 'Hook', type: 'webhook', config });
  const add = (name: string, beginsIn: number, endsIn: number) =>
    backend.admin('POST', '/api/v1/maintenance-windows', {
      name,
      scope: { type: 'site', id: site },
      starts_at: new Date(Date.now() + beginsIn * MINUTE_MS).toISOString(),
      ends_at: new Date(Date.now() + endsIn * MINUTE_MS).toISOString(),
    });
  await add('New switches', -20, 5);
  await add('Ends much later', -20, 60);
  await add('A short one', -1, 5);
  const [post] = await waitFor(() => sink.requests.length > 0 && sink.requests, { timeoutMs: 90_000 });
  const body = JSON.parse(post?.body ?? '') as object;
  expect(body).toMatchObject({ type: 'maintenance_reminder', source: 'stratora' });
  expect(JSON.stringify(body)).toContain('New switches');
  // A further round of the loop finds nothing to tell.
  const before = await rounds();
  await waitFor(async () => (await rounds()) >= before + 2, { timeoutMs: 90_000 });
  const { items } = (await backend.admin('GET', '/api/v1/deliveries?event=reminder')) as ListAnswer<Delivery>;
  expect(items.map(({ state, channel_name: name }) => [state, name])).toEqual([['sent', 'Hook']]);
}, 240_000);

it('of a window over everything the teams of each site with nodes are reminded', async () => {
  // Who hears of everything is no matter here: those who have a site of their own are.
  const teams = (await backend.admin('GET', '/api/v1/escalation-teams')) as ListAnswer<EscalationTeam>;
  const channels = (await backend.admin(
    'GET',
    '/api/v1/notification-channels',
  )) as ListAnswer<NotificationChannel>;
  await backend.admin('PATCH', `/api/v1/escalation-teams/${teams.items[0]?.id}`, {
    steps: [{ after_seconds: 0, channel_ids: [channels.items[0]?.id] }],
  });
  const { id: site } = await backend.admin('POST', '/api/v1/sites', { name: 'Hall 8' });
  const { id: empty } = await backend.admin('POST', '/api/v1/sites', { name: 'Hall 9' });
  await backend.admin('POST', '/api/v1/nodes', {
    name: 'press-08',
    ip_address: '192.0.2.8',
    node_type: 'switch',
    template: 'ping',
    site_id: site,
  });
  for (const [name, siteId] of [
    ['Hook of hall 8', site],
    ['Hook of hall 9', empty],
  ]) {
    const config = { url: `${sink.url}/of-a-site` };
    const channel = await backend.admin('POST', '/api/v1/notification-channels', {
      name,
      type: 'webhook',
      config,
    });
    await backend.admin('POST', '/api/v1/escalation-teams', {
      name: `Team, ${name}`,
      is_default: false,
      match: { site_ids: [siteId] },
      active: { type: 'always' },
      steps: [{ after_seconds: 0, channel_ids: [channel.id] }],
    });
  }
  await backend.admin('POST', '/api/v1/maintenance-windows', {
    name: 'All halls',
    scope: { type: 'global' },
    starts_at: new Date(Date.now() - 20 * MINUTE_MS).toISOString(),
    ends_at: new Date(Date.now() + 5 * MINUTE_MS).toISOString(),
  });
  const listed = async () => {
    const { items } = (await backend.admin(
      'GET',
      '/api/v1/deliveries?event=reminder',
    )) as ListAnswer<Delivery>;
    return items.map(({ team_name: name }) => name);
  };
  await waitFor(async () => (await listed()).includes('Team, Hook of hall 8'), { timeoutMs: 90_000 });
  expect(await listed()).not.toContain('Team, Hook of hall 9');
}, 240_000);
