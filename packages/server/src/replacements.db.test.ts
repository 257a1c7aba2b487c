import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('PUT', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  const ask = (method: string, path: string, body?: object) =>
    backend.call(method, `/api/v1/${path}`, { token: backend.adminToken, ...(body && { body }) });
  const make = async (path: string, body: object) => `${path}/${(await ask('POST', path, body)).json.id}`;
  const auditCount = async () => (await ask('GET', 'audit-log?limit=1')).json.total as number;

  async function singles(): Promise<string[]> {
    const site = await make('sites', { name: 'a site', description: 'of\nlines' });
    const group = await make('node-groups', { name: 'a group' });
    const node = await make('nodes', {
      name: 'a node',
      ip_address: '10.6.0.1',
      environment: 'test',
      url: 'https://10.6.0.1/',
      group_ids: [group.split('/')[1]],
      site_id: site.split('/')[1],
    });
    const secret = { community: 'c' };
    const credential = await make('credentials', { name: 'a credential', type: 'snmp_v2c', secret });
    await ask('PUT', `${node}/credentials/snmp`, { credential_id: credential.split('/')[1] });
    const user = await make('users', {
      username: 'someone',
      role: 'viewer',
      password: 'a password for tests',
    });
    const rule = await make('alert-definitions', {
      name: 'a rule',
      expr: 'queue_length',
      warning: 5,
      scope: { type: 'site', id: site.split('/')[1] },
    });
    const channels = [
      await make('notification-channels', {
        name: 'a webhook',
        type: 'webhook',
        config: {
          url: 'https://hooks.example/a',
          headers: { 'X-Token': 'secret' },
          signing_secret: 'a secret',
        },
      }),
      await make('notification-channels', {
        name: 'a chat',
        type: 'teams',
        config: { url: 'https://hooks.example/a?sig=secret' },
      }),
      await make('notification-channels', {
        name: 'a list',
        type: 'email',
        text: '{{ $summary }}',
        config: { to: ['oncall@example.com'] },
      }),
    ];
    await ask('PATCH', 'settings', {
      smtp: { host: 'mail.example', from: 'a@example.com', username: 'u', password: 'secret' },
    });
    const team = await make('escalation-teams', {
      name: 'a team',
      match: { severities: ['critical'], site_ids: [site.split('/')[1]] },
      active: {
        type: 'hours',
        timezone: 'Europe/Berlin',
        windows: [{ days: ['mo'], from: '22:00', to: '06:00' }],
      },
      steps: [{ after_seconds: 0, on_call: 'current' }],
      repeat: { every_seconds: 60, times: 2 },
      rotation: {
        timezone: 'Europe/Berlin',
        handoff: { day: 'mo', time: '09:00' },
        member_ids: [user.split('/')[1]],
        overrides: [
          { member_id: user.split('/')[1], from: '2026-12-24T18:00:00+01:00', to: '2026-12-25T08:00:00Z' },
        ],
      },
    });
    const window = await make('maintenance-windows', {
      name: 'a window',
      scope: { type: 'node', id: node.split('/')[1] },
      starts_at: '2027-01-01T10:00:00.5+01:00',
      ends_at: '2027-01-01T11:00:00+01:00',
      rrule: 'FREQ=WEEKLY;BYDAY=FR',
      exdates: ['2027-01-08', '2027-01-15T10:00:00+01:00'],
      timezone: 'Europe/Berlin',
      reason: 'of\nlines',
    });
    const scan = await make('discovery/jobs', {
      name: 'a scan',
      targets: ['10.6.0.0/28', '10.6.1.1-10.6.1.9'],
      site_id: site.split('/')[1],
      credential_ids: [credential.split('/')[1]],
      options: {
        ot_safe: true,
        exclude: ['10.6.0.3'],
        hours: { timezone: 'UTC', from: '22:00', to: '05:00' },
      },
      schedule: { rrule: 'FREQ=WEEKLY', timezone: 'Europe/Berlin' },
      start: false,
    });
    const { token } = (await ask('POST', 'enrollment-tokens', { auto_approve: true })).json;
    const collector = (await backend.register(token, { hostname: 'h' })).json.component_id as string;
    const agent = (await backend.register(token, { hostname: 'h', component_type: 'agent' })).json;
    const polled = await make('nodes', { name: 'polled', ip_address: '10.6.0.2', collector_id: collector });
    await ask('PATCH', `sites/${site.split('/')[1]}`, { default_collector_id: collector });
    // A node may have a collector that could not be given to it now.
    await ask('POST', `components/${collector}/revoke`);
    const components = [`components/${collector}`, `components/${agent.component_id}`];
    return [
      site,
      group,
      node,
      polled,
      `nodes/${agent.node_id}`,
      credential,
      rule,
      ...channels,
      team,
      window,
      scan,
      user,
      ...components,
      'settings',
    ];
  }

  it('takes what GET gave, and then changes nothing', async () => {
    for (const one of await singles()) {
      const read = await ask('GET', one);
      const audited = await auditCount();
      const put = await ask('PUT', one, read.json);
      expect(put.status, `${one}: ${put.text}`).toBe(200);
      const shown = withoutCourse(read.json);
      expect((await ask('GET', one)).json).toMatchObject(shown);
      expect(put.headers.get('etag')?.split('.')[0]).toBe(read.headers.get('etag')?.split('.')[0]);
      expect(await auditCount(), one).toBe(audited);
    }
  });

  it('gives the default to what is left out, and PATCH leaves it alone', async () => {
    const node = await make('nodes', {
      name: 'whole',
      ip_address: '10.6.1.1',
      environment: 'test',
      snmp_port: 1161,
      node_type: 'switch',
      template: 'generic-snmp',
    });
    expect((await ask('PATCH', node, { name: 'part' })).json).toMatchObject({
      name: 'part',
      environment: 'test',
      snmp_port: 1161,
    });
    expect((await ask('PUT', node, { name: 'bare', ip_address: '10.6.1.1' })).json).toMatchObject({
      name: 'bare',
      environment: null,
      snmp_port: 161,
      node_type: 'other',
      template: 'ping',
    });
    const site = await make('sites', { name: 'whole', description: 'x' });
    expect((await ask('PATCH', site, { name: 'part' })).json.description).toBe('x');
    expect((await ask('PUT', site, { name: 'bare' })).json.description).toBeNull();
    await ask('PATCH', 'settings', { rollout_soak_seconds: 7, node_unreachable_seconds: 60 });
    expect((await ask('PATCH', 'settings', { rollout_soak_seconds: 8 })).json).toMatchObject({
      node_unreachable_seconds: 60,
    });
    expect((await ask('PUT', 'settings', { rollout_soak_seconds: 9 })).json).toMatchObject({
      rollout_soak_seconds: 9,
      node_unreachable_seconds: 300,
    });
  });

  it('keeps a secret that GET does not show, and refuses to change what cannot change', async () => {
    const credential = await make('credentials', {
      name: 'kept',
      type: 'snmp_v2c',
      secret: { community: 'kept-community' },
    });
    await ask('PUT', credential, { name: 'renamed', enabled: false });
    const { json } = await ask('POST', `${credential}/reveal`, { reason: 'a test' });
    expect(json.secret).toEqual({ community: 'kept-community' });
    const type = { name: 'renamed', type: 'snmp_v1' };
    expect(await ask('PUT', credential, type)).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'type' }] },
    });

    const password = 'a password for tests';
    const user = await make('users', {
      username: 'kept',
      role: 'viewer',
      password,
      must_change_password: false,
    });
    expect((await ask('PUT', user, { role: 'operator' })).json).toMatchObject({
      username: 'kept',
      role: 'operator',
      must_change_password: false,
    });
    expect((await backend.login('kept', password)).length).toBeGreaterThan(10);
    expect(await ask('PUT', user, { role: 'operator', username: 'other' })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'username' }] },
    });
  });

  it('refuses fields that GET never gave, and nothing of what it needs', async () => {
    const site = await make('sites', { name: 'strict' });
    expect(await ask('PUT', site, { name: 'strict', colour: 'red' })).toMatchObject({ status: 400 });
    expect(await ask('PUT', site, { description: 'no name' })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'name' }] },
    });
  });

  it('chooses a collector only where somebody did', async () => {
    const node = await make('nodes', { name: 'follower', ip_address: '10.6.1.9' });
    const read = (await ask('GET', node)).json;
    expect((await ask('PUT', node, { ...read, name: 'follows' })).json).toMatchObject({
      name: 'follows',
      collector_chosen: false,
    });
  });
});

/** What the evaluator writes of a node whenever it finds something out. */
const COURSE = new Set(['last_seen_at', 'status', 'status_since', 'status_reason']);

function withoutCourse(entity: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entity).filter(([name]) => !COURSE.has(name)));
}
