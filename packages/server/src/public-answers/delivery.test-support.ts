import type { Scene } from './scene.test-support.ts';

const ENGINE = { kind: 'embedded', version: '1.0', running: true, pid: 7 };
const QUEUE = {
  bytes: 10,
  oldest: '2001-02-03T04:05:06.000Z',
  dropped: 3,
  gaps: [{ from: '2001-02-03T04:05:06.000Z', to: '2001-02-03T04:06:06.000Z', count: 3 }],
};

/** Asks for configs and their history, and reports on them. */
export async function delivery(scene: Scene): Promise<void> {
  await scene.render();
  await pulls(scene);
  await reports(scene);
  await heartbeats(scene);
  await history(scene);
  await pins(scene);
}

const configOf = (scene: Scene, name: string) => `/api/v1/remote-collectors/${scene.get(name)}/config`;

/** Pulls, unrecorded, until the config is another one than before. @returns its hash */
export async function pullNext(scene: Scene, name: string): Promise<string> {
  const before = scene.known.get(`hash:${name}`);
  let hash = '';
  await scene.until(name, configOf(scene, name), ({ headers }) => {
    hash = (headers.get('etag') ?? '').replaceAll('"', '');
    return hash !== '' && hash !== before;
  });
  scene.known.set(`hash:${name}`, hash);
  return hash;
}

async function pulls(scene: Scene): Promise<void> {
  const { answers } = scene;
  for (const name of ['north', 'south']) await pullNext(scene, name);
  const path = configOf(scene, 'north');
  await answers.ask('north', 'GET', path);
  const etag = `"${scene.get('hash:north')}"`;
  await answers.ask('north', 'GET', path, { headers: { 'if-none-match': etag } });
  await answers.ask('north', 'GET', path, { headers: { 'if-none-match': `"other", ${etag}` } });
  await answers.ask('north', 'GET', path, { headers: { 'if-none-match': '"other"' } });
  await answers.ask('north', 'GET', configOf(scene, 'south'));
  await answers.ask('press', 'GET', path);
  await answers.ask('south', 'GET', configOf(scene, 'south'));
  const agent = `/api/v1/agents/${scene.get('node:press')}/config`;
  await answers.ask('press', 'GET', agent);
  await answers.ask('till', 'GET', agent);
  await answers.ask('till', 'GET', `/api/v1/agents/${scene.get('node:till')}/config`);
}

async function reports(scene: Scene): Promise<void> {
  const { answers } = scene;
  const path = `/api/v1/remote-collectors/${scene.get('north')}/report`;
  const config_hash = scene.get('hash:north');
  const node_id = scene.get('node:pump');
  const told: object[] = [
    { config_hash, status: 'validation_error', message: 'bad option\u0007', engine: ENGINE },
    { config_hash, status: 'applied', engine: ENGINE, queue: QUEUE, component_time: skewedTime() },
    {
      config_hash,
      status: 'applied',
      engine: ENGINE,
      targets: [{ node_id, input: 'snmp', status: 'auth', message: 'no' }],
    },
    { config_hash: 7, status: 'exploded', engine: {} },
    {},
  ];
  for (const body of told) await answers.ask('north', 'POST', path, { body });
  await answers.ask('south', 'POST', path, { body: told[0] });
  await report(scene, 'south', { status: 'applied' });
  await scene.advance(10_000);
  await scene.until('viewer', `/api/v1/nodes/${node_id}`, ({ json }) => json.status_reason === 'no');
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get('north')}`);
  await answers.ask('viewer', 'GET', `/api/v1/nodes/${node_id}`);
}

/** Returns a time ninety seconds behind. */
const skewedTime = () => new Date(Date.now() - 90_000).toISOString();

/** Reports on the config that was pulled last, unrecorded. */
export async function report(scene: Scene, name: string, more: object): Promise<void> {
  const hash = scene.get(`hash:${name}`);
  const body = { config_hash: hash, engine: ENGINE, ...more };
  const path = `/api/v1/remote-collectors/${scene.get(name)}/report`;
  const { status, text } = await scene.answers.answerTo(name, 'POST', path, { body });
  if (status !== 204) throw new Error(`the report of ${name} was answered with ${status}: ${text}`);
}

async function heartbeats(scene: Scene): Promise<void> {
  const { answers } = scene;
  const path = `/api/v1/agents/heartbeat/${scene.get('node:press')}`;
  const beat = {
    version: '1.2',
    hostname: 'press',
    fqdn: 'press.plant.test',
    os: 'linux',
    os_version: 'Debian 12',
    arch: 'x64',
    uptime_seconds: 7.5,
    ip_addresses: ['10.0.0.20', '2001:db8::20'],
    roles: ['docker'],
    engine: ENGINE,
    queue: QUEUE,
  };
  await answers.ask('press', 'POST', path, { body: beat });
  await answers.ask('press', 'POST', path, { body: { ...beat, hostname: 7, engine: undefined } });
  await answers.ask('till', 'POST', path, { body: beat });
  await answers.ask('north', 'POST', path, { body: beat });
  const status = { config_hash: 'unknown', config_status: 'rolled_back', config_message: 'no output' };
  await answers.ask('press', 'POST', path, { body: { ...beat, ...status } });
  await scene.advance(10_000);
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get('press')}`);
  await answers.ask('viewer', 'GET', `/api/v1/nodes/${scene.get('node:press')}`);
}

async function history(scene: Scene): Promise<void> {
  const { answers } = scene;
  const one = `/api/v1/components/${scene.get('north')}`;
  await answers.ask('operator', 'PATCH', `/api/v1/nodes/${scene.get('node:pump')}`, {
    body: { name: 'big pump' },
  });
  await answers.ask('admin', 'PATCH', one, { body: { engine_choice: 'embedded' } });
  await scene.render();
  await pullNext(scene, 'north');
  await answers.ask('north', 'GET', configOf(scene, 'north'), { why: 'after a change' });
  await report(scene, 'north', { status: 'rolled_back', message: 'no output for 3 intervals' });
  await answers.ask('viewer', 'GET', `${one}/configs`);
  await answers.ask('viewer', 'GET', `${one}/configs?limit=1`);
  for (const path of [
    '/1',
    '/2',
    '/99',
    '/0',
    '/2/diff',
    '/1/diff',
    '/1/diff?against=2',
    '/2/diff?against=99',
  ])
    await answers.ask('viewer', 'GET', `${one}/configs${path}`);
  for (const list of ['reports', 'gaps'])
    for (const query of ['', '?limit=1', '?limit=0', '?sort=x'])
      await answers.ask('viewer', 'GET', `${one}/${list}${query}`);
  const agent = `/api/v1/components/${scene.get('press')}`;
  for (const list of ['configs', 'reports', 'gaps']) await answers.ask('viewer', 'GET', `${agent}/${list}`);
}

async function pins(scene: Scene): Promise<void> {
  const { answers } = scene;
  const path = `/api/v1/components/${scene.get('north')}/config-pin`;
  await answers.ask('operator', 'PUT', path, { body: { generation: 1 } });
  await answers.ask('admin', 'PUT', path, { body: { generation: 99 } });
  await answers.ask('admin', 'PUT', path, { body: { generation: 0 } });
  await answers.ask('admin', 'PUT', path, { body: { generation: 1 } });
  await pullNext(scene, 'north');
  await answers.ask('north', 'GET', configOf(scene, 'north'), { why: 'held at the first' });
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get('north')}/configs`);
  await answers.ask('admin', 'DELETE', path);
  await pullNext(scene, 'north');
  await report(scene, 'north', { status: 'applied' });
  const one = `/api/v1/components/${scene.get('north')}`;
  await scene.until('viewer', one, ({ json }) => json.config_status === 'applied' && !json.pinned_generation);
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get('north')}`);
}
