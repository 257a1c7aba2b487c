import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/notification-channels';
const HOOK = {
  name: 'Pager',
  type: 'webhook',
  config: {
    url: 'https://hooks.example/a',
    headers: { 'X-Token': 'header-secret' },
    signing_secret: 'signing-secret',
  },
};
const CHAT = {
  name: 'Operations chat',
  type: 'slack',
  config: { url: 'https://hooks.slack.example/services/secret' },
};
const LIST = { name: 'On call', type: 'email', config: { to: ['oncall@example.com'] } };

/** Asks for notification channels and for the mail server. */
export async function channels(scene: Scene): Promise<void> {
  const { answers } = scene;
  const hook = await answers.ask('admin', 'POST', PATH, { body: HOOK, id: 'channel:hook' });
  const one = `${PATH}/${hook.json.id}`;
  await answers.ask('admin', 'POST', PATH, { body: CHAT, id: 'channel:chat' });
  await answers.ask('admin', 'POST', PATH, { body: LIST, id: 'channel:list' });
  await refused(scene);
  for (const query of ['', '?type=slack', '?enabled=false', '?search=oncall', '?type=sms', '?sort=config'])
    await answers.ask('viewer', 'GET', PATH + query);
  await answers.ask('viewer', 'GET', one);
  await answers.ask('viewer', 'GET', `${PATH}/${UNKNOWN_ID}`);
  await answers.ask('operator', 'PATCH', one, { body: { enabled: false } });
  await answers.ask('admin', 'PATCH', one, { body: { enabled: false, text: '{{ $node }}: {{ $value }}' } });
  await answers.ask('admin', 'PATCH', one, {
    body: { config: { ...hook.json.config, url: 'https://other.example/' } },
    why: 'the secrets were given for another host',
  });
  await answers.ask('admin', 'PUT', one, { body: hook.json });
  await answers.ask('admin', 'PUT', one, { body: { ...hook.json, type: 'slack' } });
  await answers.ask('operator', 'POST', `${PATH}/preview`, { body: { type: 'slack' } });
  await answers.ask('admin', 'POST', `${PATH}/preview`, { body: { type: 'slack', text: '{{ $colour }}' } });
  await answers.ask('operator', 'DELETE', one);
  await answers.ask('admin', 'DELETE', one);
  await answers.ask('admin', 'DELETE', one, { why: 'gone already' });
  await mailServer(scene);
}

async function refused({ answers }: Scene): Promise<void> {
  const bad: object[] = [
    { ...CHAT, name: 'PAGER' },
    { ...CHAT, type: 'sms' },
    { ...CHAT, name: 'a', config: { url: 'https://user:secret@hooks.example/' } },
    { ...CHAT, name: 'a', text: '{{ if $value }}' },
    { ...LIST, name: 'a', config: { to: ['ops team@x', 'b@example.com'] } },
    { ...HOOK, name: 'a', config: { ...HOOK.config, headers: { Host: 'x' } } },
    { ...HOOK, name: 'a', config: { ...HOOK.config, signing_secret: '********' } },
  ];
  for (const body of bad) await answers.ask('admin', 'POST', PATH, { body });
  await answers.ask('operator', 'POST', PATH, { body: { ...CHAT, name: 'a' } });
}

async function mailServer({ answers }: Scene): Promise<void> {
  const path = '/api/v1/settings';
  const smtp = { host: 'mail.example', from: 'a@example.com', username: 'u', password: 'mail-secret' };
  await answers.ask('admin', 'PATCH', path, { body: { smtp, public_origin: 'https://monitor.example/' } });
  await answers.ask('admin', 'PATCH', path, { body: { smtp: { ...smtp, password: '********', port: 25 } } });
  await answers.ask('admin', 'PATCH', path, { body: { smtp: { ...smtp, password: '********', host: 'b' } } });
  await answers.ask('admin', 'PATCH', path, { body: { smtp: { host: 'a b', security: 'ssl' } } });
  await answers.ask('admin', 'PATCH', path, { body: { public_origin: 'monitor.example' } });
  await answers.ask('admin', 'PATCH', path, { body: { smtp: null, public_origin: null } });
}
