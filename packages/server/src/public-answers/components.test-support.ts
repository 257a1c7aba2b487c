import { lists } from './access.test-support.ts';
import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const REGISTER = '/api/v1/components/register';

/** Asks for enrollment tokens, registrations, approvals and keys. */
export async function components(scene: Scene): Promise<void> {
  await tokens(scene);
  await registrations(scene);
  await decisions(scene);
  await changes(scene);
  await keys(scene);
}

async function tokens(scene: Scene): Promise<void> {
  const { answers, known } = scene;
  const path = '/api/v1/enrollment-tokens';
  const made: [string, object][] = [
    ['asking', { description: 'asks for approval' }],
    ['approving', { auto_approve: true, expires_in_hours: 0 }],
    [
      'once',
      { multi_use: false, expires_in_hours: 1, component_type: 'agent', site_id: scene.get('site:hall') },
    ],
    ['ended', { max_uses: 3 }],
  ];
  for (const [name, body] of made) {
    const { json } = await answers.ask('admin', 'POST', path, { body, id: `enrollment:${name}` });
    known.set(`enrollment:${name}`, json.id).set(`token:${name}`, json.token);
  }
  for (const body of [
    { site_id: UNKNOWN_ID },
    { multi_use: false, max_uses: 2 },
    { expires_in_hours: -1, a: 1 },
  ])
    await answers.ask('admin', 'POST', path, { body });
  await answers.ask('operator', 'POST', path, { body: {} });
  await answers.ask('admin', 'DELETE', `${path}/${scene.get('enrollment:ended')}`);
  await answers.ask('admin', 'GET', `${path}/${scene.get('enrollment:ended')}`);
  await lists(scene, path, 'created_at');
}

async function registrations(scene: Scene): Promise<void> {
  const { answers } = scene;
  await enrol(scene, 'north', { enrollment_token: scene.get('token:asking'), machine_id: 'm-north' });
  const more = { site_name: 'hall', name: 'South Hall' };
  await enrol(scene, 'south', { enrollment_token: scene.get('token:approving'), ...more });
  const agent = { component_type: 'agent', os: 'linux' };
  await enrol(scene, 'press', { ...agent, enrollment_token: scene.get('token:approving') });
  await enrol(scene, 'till', { ...agent, os: 'win32', enrollment_token: scene.get('token:once') });
  await enrol(scene, 'doubtful', { enrollment_token: scene.get('token:asking') });
  await enrol(scene, 'stolen', { enrollment_token: scene.get('token:approving') });
  const fine = { hostname: 'x', version: '1', os: 'linux', arch: 'x64' };
  const bad: object[] = [
    { ...fine, component_type: 'agent', enrollment_token: scene.get('token:once') },
    { ...fine, component_type: 'collector', enrollment_token: scene.get('token:once') },
    { ...fine, component_type: 'agent', enrollment_token: scene.get('token:ended') },
    { ...fine, component_type: 'agent', enrollment_token: 'enroll_nobody' },
    { ...fine, component_type: 'agent', enrollment_token: scene.get('token:asking'), site_name: 'nowhere' },
    { ...fine, component_type: 'toaster', hostname: '' },
  ];
  for (const body of bad) await answers.ask('nobody', 'POST', REGISTER, { body });
}

/** Registers a host, which is a caller from then on. */
async function enrol(scene: Scene, hostname: string, more: object): Promise<void> {
  const { answers, known } = scene;
  const body = { component_type: 'collector', hostname, version: '1.0', os: 'linux', arch: 'x64', ...more };
  const { json } = await answers.ask('nobody', 'POST', REGISTER, { body, id: hostname });
  known.set(hostname, json.component_id).set(`key:${hostname}`, json.api_key);
  if (json.node_id !== undefined) known.set(`node:${hostname}`, json.node_id);
  answers.callers.set(hostname, { key: json.api_key });
}

async function decisions(scene: Scene): Promise<void> {
  const { answers } = scene;
  const decide = (who: string, name: string, decision: string) =>
    answers.ask(who, 'POST', `/api/v1/components/${scene.get(name)}/${decision}`);
  await answers.ask('north', 'GET', `/api/v1/remote-collectors/${scene.get('north')}/config`);
  await decide('operator', 'north', 'approve');
  await decide('admin', 'north', 'approve');
  await decide('admin', 'north', 'approve');
  await decide('admin', 'north', 'reject');
  await decide('admin', 'doubtful', 'reject');
  await decide('admin', 'doubtful', 'revoke');
  await decide('admin', 'stolen', 'revoke');
  await decide('admin', 'till', 'approve');
  await answers.ask('stolen', 'POST', '/api/v1/ingest/influx', { raw: 'a b=1' });
  await answers.ask('doubtful', 'POST', '/api/v1/ingest/influx', { raw: 'a b=1' });
  const body = { component_type: 'collector', hostname: 'north', version: '1.1', os: 'linux', arch: 'x64' };
  const again = { ...body, machine_id: 'm-north', enrollment_token: scene.get('token:asking') };
  const { json } = await answers.ask('north', 'POST', REGISTER, { body: again, why: 'with the old key' });
  answers.callers.set('north before', { key: scene.get('key:north') });
  answers.callers.set('north', { key: json.api_key });
  await answers.ask('north before', 'POST', '/api/v1/ingest/influx', { raw: 'a b=1' });
  await lists(scene, '/api/v1/components', 'name');
  for (const query of ['component_type=agent', 'approval=pending', 'component_type=x', 'sort=-hostname'])
    await answers.ask('viewer', 'GET', `/api/v1/components?${query}`);
}

async function changes(scene: Scene): Promise<void> {
  const { answers } = scene;
  const one = `/api/v1/components/${scene.get('north')}`;
  await answers.ask('viewer', 'GET', one);
  await answers.ask('operator', 'PATCH', one, { body: { name: 'North' } });
  await answers.ask('admin', 'PATCH', one, { body: { name: 'North', site_id: scene.get('site:hall') } });
  await answers.ask('admin', 'PATCH', one, { body: { site_id: UNKNOWN_ID } });
  await answers.ask('admin', 'PATCH', one, { body: { engine_choice: 'steam', colour: 'red' } });
  await answers.ask('admin', 'DELETE', `/api/v1/components/${scene.get('doubtful')}`);
  await answers.ask('admin', 'GET', `/api/v1/components/${scene.get('doubtful')}`);
  const site = `/api/v1/sites/${scene.get('site:hall')}`;
  await answers.ask('admin', 'PATCH', site, { body: { default_collector_id: scene.get('north') } });
  const assign = (name: string, collector: string) =>
    answers.ask('operator', 'PATCH', `/api/v1/nodes/${scene.get(`node:${name}`)}`, {
      body: { collector_id: scene.get(collector) },
    });
  await assign('gate', 'south');
  await assign('shop', 'north');
  await assign('press', 'north');
  await assign('gate', 'stolen');
}

async function keys(scene: Scene): Promise<void> {
  const { answers } = scene;
  const one = `/api/v1/components/${scene.get('south')}`;
  await answers.ask('south', 'POST', `${one}/key`, { why: 'none is due' });
  await answers.ask('press', 'POST', `${one}/key`, { why: 'of another' });
  await answers.ask('admin', 'POST', `/api/v1/components/${scene.get('stolen')}/rotate-key`);
  await answers.ask('operator', 'POST', `${one}/rotate-key`);
  await answers.ask('admin', 'POST', `${one}/rotate-key`);
  await answers.ask('viewer', 'GET', one, { why: 'the old key has its time' });
  await scene.advance(5500);
  const config = `/api/v1/remote-collectors/${scene.get('south')}/config`;
  await answers.ask('south', 'GET', config, { why: 'told that a key is due' });
  const { json } = await answers.ask('south', 'POST', `${one}/key`);
  answers.callers.set('south before', answers.callers.get('south') ?? {});
  answers.callers.set('south', { key: json.api_key });
  await answers.ask('south', 'GET', config, { why: 'the first use of the new key' });
  await answers.ask('south before', 'GET', config);
}
