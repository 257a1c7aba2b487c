import { PASSWORD, type Scene } from './scene.test-support.ts';

/** Asks for logins, users and settings. */
export async function access(scene: Scene): Promise<void> {
  await logins(scene);
  await users(scene);
  await ownPassword(scene);
  await settings(scene);
}

async function logins({ answers, backend }: Scene): Promise<void> {
  const login = '/api/v1/auth/login';
  const right = { username: 'admin', password: backend.config.adminPassword };
  await answers.ask('nobody', 'POST', login, { body: { username: 'admin', password: 'wrong' } });
  await answers.ask('nobody', 'POST', login, { body: { username: 'nobody', password: 'wrong' } });
  await answers.ask('nobody', 'POST', login, { body: { username: '', more: 1 } });
  const { headers } = await answers.ask('nobody', 'POST', login, { body: right });
  const cookie = (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const own = { 'x-requested-with': 'stratora', origin: backend.config.publicUrl };
  answers.normal.name(cookie, 'cookie');
  answers.callers.set('admin with a cookie', { headers: { cookie, ...own } });
  answers.callers.set('a page of another site', { headers: { cookie, origin: 'https://evil.test' } });
  answers.callers.set('a form with a cookie', { headers: { cookie, ...own, origin: 'https://evil.test' } });
  await answers.ask('admin with a cookie', 'GET', '/api/v1/auth/me');
  await answers.ask('a page of another site', 'PATCH', '/api/v1/settings', { body: {} });
  await answers.ask('a form with a cookie', 'PATCH', '/api/v1/settings', { body: {} });
  await answers.ask('admin with a cookie', 'PATCH', '/api/v1/settings', { body: {} });
  await answers.ask('admin with a cookie', 'POST', '/api/v1/auth/logout');
  await answers.ask('admin with a cookie', 'GET', '/api/v1/auth/me', { why: 'after the logout' });
  for (const body of [right, { username: 'admin', password: 'wrong' }, {}])
    await answers.ask('nobody', 'POST', '/api/v1/auth/token', { body });
  answers.callers.set('a forger', { token: 'x.y.z' });
  await answers.ask('a forger', 'GET', '/api/v1/auth/me');
  await answers.ask('admin', 'GET', '/api/v1/auth/me');
  answers.callers.set('a leaver', {
    token: await backend.login('admin', backend.config.adminPassword ?? ''),
  });
  await answers.ask('a leaver', 'POST', '/api/v1/auth/logout');
  await answers.ask('a leaver', 'GET', '/api/v1/auth/me', { why: 'after the logout' });
}

async function users(scene: Scene): Promise<void> {
  const { answers, backend, known } = scene;
  const path = '/api/v1/users';
  const make = async (username: string, role: string, more: object = { must_change_password: false }) => {
    const body = { username, password: PASSWORD, role, ...more };
    const { json } = await answers.ask('admin', 'POST', path, { body, id: `user:${username}` });
    known.set(`user:${username}`, json.id);
    if (username !== 'second-admin')
      answers.callers.set(username, { token: await backend.login(username, PASSWORD) });
  };
  await make('operator', 'operator', { must_change_password: false, display_name: 'On Duty' });
  await make('viewer', 'viewer');
  await make('newcomer', 'viewer', {});
  await make('second-admin', 'admin');
  await make('leaver', 'viewer');
  await answers.ask('admin', 'POST', path, {
    body: { username: 'VIEWER', password: PASSWORD, role: 'viewer' },
    why: 'the name is taken',
  });
  await answers.ask('admin', 'POST', path, { body: { username: 'a b', password: 'short', role: 'king' } });
  await lists(scene, path, 'username');
  const one = `${path}/${scene.get('user:leaver')}`;
  await answers.ask('admin', 'GET', one);
  await answers.ask('admin', 'PATCH', one, { body: { display_name: 'Leaves' } });
  await answers.ask('admin', 'PUT', one, { body: { role: 'operator', enabled: false } });
  await answers.ask('leaver', 'GET', '/api/v1/auth/me', { why: 'disabled meanwhile' });
  await answers.ask('admin', 'PATCH', one, { body: { password: 'short' } });
  await answers.ask('admin', 'DELETE', one);
  await answers.ask('admin', 'GET', one);
  await answers.ask('admin', 'DELETE', `${path}/${scene.get('user:second-admin')}`);
  await answers.ask('admin', 'GET', `${path}/${scene.get('user:newcomer')}`);
  const { user } = (await answers.ask('admin', 'GET', '/api/v1/auth/me')).json;
  await answers.ask('admin', 'DELETE', `${path}/${user.id}`, { why: 'the own account' });
  await answers.ask('admin', 'PATCH', `${path}/${user.id}`, { body: { role: 'viewer' } });
  await answers.ask('admin', 'PATCH', `${path}/${user.id}`, { body: { password: 'another password' } });
}

/** Asks for a list: sorted, searched, by pages, and with faults. */
export async function lists({ answers }: Scene, path: string, field: string): Promise<void> {
  await answers.ask('admin', 'GET', path);
  await answers.ask('admin', 'GET', `${path}?sort=-${field}&limit=2`);
  const { json } = await answers.ask('admin', 'GET', `${path}?sort=${field}&limit=1`);
  if (json.next_cursor !== null) {
    answers.normal.name(json.next_cursor, 'cursor');
    const next = await answers.answerTo(
      'admin',
      'GET',
      `${path}?sort=${field}&limit=1&cursor=${json.next_cursor}`,
    );
    await answers.ask('admin', 'GET', `${path}?sort=${field}&limit=1&search=%25`);
    if (next.status !== 200) throw new Error(`the second page of ${path} answered ${next.status}`);
  }
  for (const query of [
    'search=er',
    'limit=0',
    'limit=501',
    'sort=secret',
    'sort=A',
    'cursor=x',
    'surprise=1',
  ])
    await answers.ask('admin', 'GET', `${path}?${query}`);
}

async function ownPassword({ answers }: Scene): Promise<void> {
  const path = '/api/v1/auth/change-password';
  await answers.ask('newcomer', 'GET', '/api/v1/nodes', { why: 'the password must be changed first' });
  await answers.ask('newcomer', 'GET', '/api/v1/auth/me');
  const change = (current: string, next: string) => ({
    body: { current_password: current, new_password: next },
  });
  await answers.ask('newcomer', 'POST', path, change('not the password', 'quite another password'));
  await answers.ask('newcomer', 'POST', path, change(PASSWORD, PASSWORD));
  await answers.ask('newcomer', 'POST', path, change(PASSWORD, 'short'));
  await answers.ask('newcomer', 'POST', path, change(PASSWORD, 'passwordpassword'));
  await answers.ask('newcomer', 'POST', path, change(PASSWORD, 'quite another password'));
  await answers.ask('newcomer', 'GET', '/api/v1/nodes', { why: 'its bearer ended with the old password' });
}

async function settings({ answers }: Scene): Promise<void> {
  const path = '/api/v1/settings';
  const { json } = await answers.ask('admin', 'GET', path);
  await answers.ask('operator', 'GET', path);
  await answers.ask('admin', 'PATCH', path, { body: { node_unreachable_seconds: 120 } });
  await answers.ask('admin', 'PUT', path, { body: json, why: 'what was read is put back' });
  await answers.ask('admin', 'PATCH', path, {
    body: { node_unreachable_seconds: 1, rollout_soak_seconds: 1.5, colour: 'red' },
  });
}
