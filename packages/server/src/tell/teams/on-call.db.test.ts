import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BERLIN, NOBODY, PASSWORD, PATH, TeamScene } from './team-scene.test-support.ts';

describe('those who are on call', () => {
  let scene: TeamScene;
  beforeAll(async () => {
    scene = await TeamScene.start();
  });
  afterAll(() => scene?.stop());

  const ask = (...call: Parameters<TeamScene['ask']>) => scene.ask(...call);
  const make = (change?: object) => scene.make(change);
  const place = (path: string, body: object) => scene.place(path, body);
  const audit = (action: string) => scene.audit(action);

  it('say who is on call at a time, and who is next', async () => {
    const { id } = await make({ rotation: scene.rotationOf('anna', 'ben') });
    const at = '2026-10-12T06:59:00.000Z';
    expect((await ask('GET', `/${id}/on-call?at=${at}`)).json).toEqual({
      at,
      current: {
        member_id: scene.users['anna'],
        name: 'anna',
        email: 'anna@plant.example',
        from: '2026-10-05T07:00:00.000Z',
        to: '2026-10-12T07:00:00.000Z',
        is_override: false,
      },
      next: expect.objectContaining({ member_id: scene.users['ben'], from: '2026-10-12T07:00:00.000Z' }),
    });
    expect((await ask('GET', `/${id}/on-call`)).json.current).not.toBeNull();
    expect((await ask('GET', `/${(await make()).id}/on-call`)).json).toMatchObject({
      current: null,
      next: null,
    });
    expect(await ask('GET', `/${id}/on-call?at=yesterday`)).toMatchObject({ status: 400 });
    expect(await ask('GET', `/${NOBODY}/on-call`)).toMatchObject({ status: 404 });
    for (const edge of ['1970-01-01T00:00:00Z', '9998-12-31T23:59:59Z']) {
      expect((await ask('GET', `/${id}/on-call?at=${edge}`)).json.current, edge).not.toBeNull();
      expect((await ask('GET', `/${id}/rota?from=${edge}`)).json.shifts.length, edge).toBeGreaterThan(12);
    }
    expect(await ask('GET', `/${id}/on-call?at=9999-01-01T00:00:00Z`)).toMatchObject({ status: 400 });
  });

  it('have a rota that covers its days without a gap, over a change of the clocks', async () => {
    const { id } = await make({ rotation: scene.rotationOf('anna', 'ben') });
    const { json } = await ask('GET', `/${id}/rota?from=2026-10-20T00:00:00Z&days=20`);
    expect(json.timezone).toBe('Europe/Berlin');
    expect(
      json.shifts.map(({ from, person }: { from: string; person: { name: string } }) => [from, person.name]),
    ).toEqual([
      ['2026-10-20T00:00:00.000Z', 'anna'],
      ['2026-10-26T08:00:00.000Z', 'ben'],
      ['2026-11-02T08:00:00.000Z', 'anna'],
    ]);
    expect(json.shifts.at(-1).to).toBe('2026-11-09T00:00:00.000Z');
    expect((await ask('GET', `/${(await make()).id}/rota`)).json.shifts).toEqual([]);
    expect(await ask('GET', `/${id}/rota?days=91`)).toMatchObject({ status: 400 });
  });

  it('keep whose turn it is when the rotation is written again', async () => {
    const { id } = await make({ rotation: { ...BERLIN, member_ids: [scene.users['anna']] } });
    const first = (await ask('GET', `/${id}`)).json.rotation.starts_on;
    expect(first).toMatch(/^\d{4}-\d\d-\d\d$/);
    const old = await make({ rotation: scene.rotationOf('anna') });
    const written = await ask('PATCH', `/${old.id}`, {
      rotation: { ...BERLIN, member_ids: [scene.users['anna'], scene.users['ben']] },
    });
    expect(written.json.rotation.starts_on).toBe('2026-10-05');
  });

  it('take overrides from operators, who may write nothing else', async () => {
    const { id } = await make({ rotation: scene.rotationOf('anna') });
    const token = await scene.backend.login('ben', PASSWORD);
    const call = (method: string, path: string, body?: object) =>
      scene.backend.call(method, `${PATH}/${id}${path}`, { token, ...(body && { body }) });
    const override = {
      member_id: scene.users['max'],
      from: '2026-12-24T17:00:00Z',
      to: '2026-12-25T09:00:00Z',
    };
    const added = await call('POST', '/overrides', override);
    expect(added.status, added.text).toBe(200);
    expect(added.json.rotation.overrides).toHaveLength(1);
    const onCall = await ask('GET', `/${id}/on-call?at=2026-12-25T00:00:00Z`);
    expect(onCall.json.current).toMatchObject({ name: 'max', email: null, is_override: true });
    expect(await audit('escalation_team.add_override')).toMatchObject({ object_id: id, actor: 'ben' });
    expect(await call('POST', '/overrides', { ...override, to: override.from })).toMatchObject({
      status: 400,
    });
    expect(await call('POST', '/overrides', { ...override, member_id: NOBODY })).toMatchObject({
      status: 400,
    });
    expect(await call('PATCH', '', { name: 'Mine' })).toMatchObject({ status: 403 });
    expect(await call('DELETE', '/overrides/1')).toMatchObject({ status: 404 });
    expect(await call('DELETE', '/overrides/x')).toMatchObject({ status: 400 });
    expect((await call('DELETE', '/overrides/0')).json.rotation.overrides).toEqual([]);
    const bare = await make();
    expect(await ask('POST', `/${bare.id}/overrides`, override)).toMatchObject({
      status: 409,
      json: { code: 'invalid_state' },
    });
  });

  it('can be chosen among all who are not switched off, by operators too, and no more is said of them', async () => {
    const token = await scene.backend.login('ben', PASSWORD);
    const { status, json } = await scene.backend.call('GET', `${PATH}/stand-ins`, { token });
    expect(status).toBe(200);
    expect(json.items).toContainEqual({ id: scene.users['max'], name: 'max' });
    const gone = await scene.backend.admin('POST', '/api/v1/users', {
      username: 'switched-off',
      password: PASSWORD,
      role: 'operator',
    });
    await scene.backend.admin('PATCH', `/api/v1/users/${gone.id}`, { enabled: false });
    const again = await scene.backend.call('GET', `${PATH}/stand-ins`, { token });
    expect(again.json.items).toEqual(json.items.filter(({ id }: { id: string }) => id !== gone.id));
  });

  it('say who would hear what and when', async () => {
    const site = await place('sites', { name: 'Preview' });
    const group = await place('node-groups', { name: 'Preview' });
    const node = await place('nodes', {
      name: 'previewed',
      ip_address: '10.8.0.1',
      site_id: site,
      group_ids: [group],
    });
    const mail = await scene.makeChannel('Previewed', ['ops@plant.example']);
    const off = await scene.makeChannel('Off', ['lead@plant.example'], { enabled: false });
    const { id } = await make({
      name: 'Previewed',
      match: { site_ids: [site], group_ids: [group] },
      steps: [
        { after_seconds: 0, on_call: 'current' },
        { after_seconds: 300, channel_ids: [mail, off] },
      ],
      rotation: scene.rotationOf('max', 'ben'),
    });
    const at = '2026-10-06T12:00:00.000Z';
    const { json } = await ask('POST', '/preview', { node_id: node, at });
    expect(json.items.filter(({ team_id: team }: { team_id: string }) => team === id)).toEqual([
      {
        at,
        team_id: id,
        team_name: 'Previewed',
        event: 'triggered',
        step: 0,
        repeat: 0,
        recipients: [{ channel_id: null, channel_name: 'On call', recipient: 'max', skipped: 'no_address' }],
      },
      {
        at: '2026-10-06T12:05:00.000Z',
        team_id: id,
        team_name: 'Previewed',
        event: 'escalated',
        step: 1,
        repeat: 0,
        recipients: [
          { channel_id: mail, channel_name: 'Previewed', recipient: 'ops@plant.example', skipped: null },
          {
            channel_id: off,
            channel_name: 'Off',
            recipient: 'lead@plant.example',
            skipped: 'channel_disabled',
          },
        ],
      },
    ]);
    const elsewhere = (await ask('POST', '/preview', {})).json.items;
    expect(elsewhere.map(({ team_id: team }: { team_id: string }) => team)).not.toContain(id);
    expect(elsewhere.length).toBeGreaterThan(0);
    const lost = [
      { node_id: NOBODY },
      { site_id: NOBODY },
      { definition_id: NOBODY },
      { node_id: node, site_id: NOBODY },
    ];
    for (const sample of lost) expect(await ask('POST', '/preview', sample)).toMatchObject({ status: 400 });
    await scene.backend.admin('DELETE', `/api/v1/nodes/${node}`);
  });
});
