import { lists } from './access.test-support.ts';
import type { Scene } from './scene.test-support.ts';

export const UNKNOWN_ID = '0190a1b2-c3d4-7e5f-8a9b-0000000000ff';

/** Asks for sites, groups, credentials, device templates and nodes, before there is any component. */
export async function inventory(scene: Scene): Promise<void> {
  scene.answers.normal.name(UNKNOWN_ID, 'nothing');
  await askNamed(scene, 'sites', 'site');
  await askNamed(scene, 'node-groups', 'group');
  await credentials(scene);
  await templates(scene);
  await nodes(scene);
  await attached(scene);
  await bulk(scene);
  await inUse(scene);
}

/** Asks for sites or groups, as far as they have the same calls. */
async function askNamed(scene: Scene, resource: string, noun: string): Promise<void> {
  const { answers, known } = scene;
  const path = `/api/v1/${resource}`;
  for (const name of ['hall', 'yard', 'gone']) {
    const { json } = await answers.ask(name === 'hall' ? 'operator' : 'admin', 'POST', path, {
      body: { name, description: `the ${name}` },
      id: `${noun}:${name}`,
    });
    known.set(`${noun}:${name}`, json.id);
  }
  await answers.ask('viewer', 'POST', path, { body: { name: 'not mine' } });
  await answers.ask('admin', 'POST', path, { body: { name: 'Hall' }, why: 'the name is taken' });
  await answers.ask('admin', 'POST', path, { body: { name: ' ', description: 7, colour: 'red' } });
  await lists(scene, path, 'name');
  const one = `${path}/${scene.get(`${noun}:yard`)}`;
  const { json } = await answers.ask('viewer', 'GET', one);
  await answers.ask('admin', 'PATCH', one, { body: { description: null } });
  await answers.ask('admin', 'PATCH', one, { body: { name: 'hall' }, why: 'the name is taken' });
  await answers.ask('admin', 'PUT', one, { body: { name: 'big yard', description: 'outside' } });
  await answers.ask('admin', 'PUT', one, { body: json, why: 'what was read is put back' });
  await answers.ask('admin', 'DELETE', `${path}/${scene.get(`${noun}:gone`)}`);
  await answers.ask('admin', 'GET', `${path}/${scene.get(`${noun}:gone`)}`);
  if (noun === 'site')
    await answers.ask('admin', 'PATCH', one, { body: { default_collector_id: UNKNOWN_ID } });
}

async function credentials(scene: Scene): Promise<void> {
  const { answers, known } = scene;
  const path = '/api/v1/credentials';
  const v3 = {
    username: 'monitor',
    auth_protocol: 'SHA256',
    auth_password: 'auth-secret',
    priv_protocol: 'AES',
    priv_password: 'priv-secret',
  };
  const made: [string, object][] = [
    ['plain', { type: 'snmp_v2c', secret: { community: 'public-secret' }, description: 'read only' }],
    ['sealed', { type: 'snmp_v3', secret: v3 }],
    ['old', { type: 'snmp_v1', secret: { community: 'ancient' }, enabled: false }],
  ];
  for (const [name, body] of made) {
    const call = { body: { name, ...body }, id: `credential:${name}` };
    known.set(`credential:${name}`, (await answers.ask('admin', 'POST', path, call)).json.id);
  }
  const bad: object[] = [
    { name: 'plain', type: 'snmp_v2c', secret: { community: 'x' } },
    { name: 'new', type: 'snmp_v3', secret: { username: 'monitor', auth_password: 'short' } },
    { name: 'new', type: 'telepathy', secret: {} },
    { name: 'new', type: 'snmp_v2c', secret: {} },
  ];
  for (const body of bad) await answers.ask('admin', 'POST', path, { body });
  await answers.ask('operator', 'POST', path, { body: bad[0] });
  await lists(scene, path, 'name');
  const one = `${path}/${scene.get('credential:plain')}`;
  await answers.ask('viewer', 'GET', one);
  await answers.ask('admin', 'PATCH', one, { body: { secret: { community: 'another-secret' } } });
  await answers.ask('admin', 'PATCH', one, { body: { secret: { username: 'wrong kind' } } });
  await answers.ask('admin', 'PUT', one, { body: { name: 'plain', enabled: true, description: null } });
  await answers.ask('admin', 'POST', `${one}/reveal`, { body: { reason: 'a test' } });
  await answers.ask('admin', 'POST', `${one}/reveal`, { body: { reason: '' } });
  await answers.ask('operator', 'POST', `${one}/reveal`, { body: { reason: 'a test' } });
}

async function templates(scene: Scene): Promise<void> {
  const { answers } = scene;
  const path = '/api/v1/device-templates';
  await answers.ask('viewer', 'GET', path);
  for (const query of ['limit=1', 'limit=2&cursor=generic-snmp', 'search=SNMP', 'limit=x', 'sort=name'])
    await answers.ask('viewer', 'GET', `${path}?${query}`);
  for (const slug of ['ping', 'linux-agent', 'no-such-template', 'NOT%20A%20SLUG'])
    await answers.ask('viewer', 'GET', `${path}/${slug}`);
  await answers.ask('admin', 'POST', `${path}/reload`, { why: 'nothing has changed' });
  await answers.ask('operator', 'POST', `${path}/reload`);
}

async function nodes(scene: Scene): Promise<void> {
  const { answers, known } = scene;
  const path = '/api/v1/nodes';
  const hall = { site_id: scene.get('site:hall'), group_ids: [scene.get('group:hall')] };
  const made: [string, object][] = [
    [
      'pump',
      { ip_address: '10.0.0.7', template: 'generic-snmp', node_type: 'switch', snmp_port: 1161, ...hall },
    ],
    ['gate', { ip_address: 'gate.plant.test' }],
    ['shop', { ip_address: '2001:db8::7', url: 'https://shop.plant.test/', environment: 'office' }],
    ['spare', { ip_address: '10.0.0.8', node_type: 'plc' }],
  ];
  for (const [name, body] of made) {
    const call = { body: { name, ...body }, id: `node:${name}` };
    known.set(`node:${name}`, (await answers.ask('operator', 'POST', path, call)).json.id);
  }
  const fine = { name: 'new', ip_address: '10.0.0.9' };
  const bad: object[] = [
    { name: '', ip_address: 'not an address', snmp_port: 0, node_type: 'toaster', url: 'ftp://x', colour: 1 },
    { ...fine, template: 'no-such-template' },
    { ...fine, template: 'linux-agent' },
    { ...fine, site_id: UNKNOWN_ID },
    { ...fine, collector_id: UNKNOWN_ID },
    { ...fine, group_ids: [UNKNOWN_ID] },
  ];
  for (const body of bad) await answers.ask('admin', 'POST', path, { body });
  await answers.ask('viewer', 'POST', path, { body: fine });
  await lists(scene, path, 'name');
  const filters = ['status=discovering', 'status=sleeping', `site_id=${scene.get('site:hall')}`, 'site_id=x'];
  filters.push(
    `group_id=${scene.get('group:hall')}`,
    'node_type=plc',
    `collector_id=${UNKNOWN_ID}`,
    'sort=-status',
  );
  for (const filter of filters) await answers.ask('viewer', 'GET', `${path}?${filter}`);
  const one = `${path}/${scene.get('node:gate')}`;
  const { json } = await answers.ask('viewer', 'GET', one);
  await answers.ask('operator', 'PATCH', one, { body: { environment: 'yard', snmp_port: 162 } });
  await answers.ask('operator', 'PATCH', one, { body: { template: 'windows-agent' } });
  await answers.ask('operator', 'PUT', one, { body: json, why: 'what was read is put back' });
  await answers.ask('operator', 'PUT', one, {
    body: { name: 'gate', ip_address: '10.0.0.10', template: 'ping', group_ids: [scene.get('group:hall')] },
  });
}

async function attached(scene: Scene): Promise<void> {
  const { answers } = scene;
  const one = `/api/v1/nodes/${scene.get('node:pump')}`;
  const attach = (name: string) => ({
    body: { credential_id: scene.known.get(`credential:${name}`) ?? UNKNOWN_ID },
  });
  await answers.ask('operator', 'PUT', `${one}/credentials/snmp`, attach('plain'));
  await answers.ask('admin', 'PUT', `${one}/credentials/snmp`, attach('plain'));
  await answers.ask('admin', 'PUT', `${one}/credentials/snmp`, attach('none'));
  await answers.ask('admin', 'PUT', `${one}/credentials/ssh`, attach('plain'));
  await answers.ask('admin', 'PUT', `${one}/credentials/smell`, attach('plain'));
  await answers.ask('viewer', 'PUT', `${one}/credentials/snmp`, attach('plain'));
  await answers.ask('viewer', 'GET', one);
  const other = `/api/v1/nodes/${scene.get('node:spare')}/credentials/snmp`;
  await answers.ask('admin', 'DELETE', other, { why: 'none is attached' });
  await answers.ask('admin', 'PUT', other, attach('sealed'));
  await answers.ask('admin', 'DELETE', other);
}

async function bulk(scene: Scene): Promise<void> {
  const { answers } = scene;
  const path = '/api/v1/nodes/bulk';
  const node_ids = [scene.get('node:spare'), scene.get('node:shop')];
  const calls: object[] = [
    { node_ids, action: 'move_to_site', site_id: scene.get('site:yard') },
    { node_ids, action: 'move_to_site', site_id: UNKNOWN_ID },
    { node_ids, action: 'assign_collector', collector_id: null },
    { node_ids, action: 'assign_collector', collector_id: UNKNOWN_ID },
    { node_ids: [UNKNOWN_ID, ...node_ids], action: 'move_to_site', site_id: scene.get('site:hall') },
    { node_ids: [], action: 'delete' },
    { node_ids, action: 'explode' },
  ];
  for (const body of calls) await answers.ask('operator', 'POST', path, { body });
  const last = { node_ids: [scene.get('node:spare')], action: 'delete' };
  await answers.ask('operator', 'POST', path, { body: last });
  await answers.ask('admin', 'POST', path, { body: last });
  await answers.ask('admin', 'DELETE', `/api/v1/nodes/${scene.get('node:spare')}`, { why: 'gone already' });
  const { json } = await answers.ask('admin', 'POST', '/api/v1/nodes', {
    body: { name: 'brief', ip_address: '10.0.0.11' },
    id: 'node:brief',
  });
  await answers.ask('operator', 'DELETE', `/api/v1/nodes/${json.id}`);
  await answers.ask('admin', 'DELETE', `/api/v1/nodes/${json.id}`);
}

async function inUse(scene: Scene): Promise<void> {
  const { answers } = scene;
  await answers.ask('admin', 'DELETE', `/api/v1/sites/${scene.get('site:hall')}`);
  await answers.ask('admin', 'DELETE', `/api/v1/credentials/${scene.get('credential:plain')}`);
  await answers.ask('admin', 'DELETE', `/api/v1/credentials/${scene.get('credential:old')}`);
  await answers.ask('viewer', 'GET', `/api/v1/sites/${scene.get('site:hall')}`);
  await answers.ask('viewer', 'GET', `/api/v1/node-groups/${scene.get('group:hall')}`);
  await answers.ask('viewer', 'GET', `/api/v1/credentials/${scene.get('credential:plain')}`);
  const { json } = await answers.answerTo('admin', 'GET', '/api/v1/sites');
  const first = (json.items as { id: string; is_default: boolean }[]).find((site) => site.is_default);
  await answers.ask('admin', 'DELETE', `/api/v1/sites/${first?.id}`, { why: 'the default site' });
}
