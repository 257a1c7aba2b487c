import type { BackendAnswer } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listTeams } from './team-queries.ts';
import { NOBODY, PASSWORD, PATH, TeamScene } from './team-scene.test-support.ts';

describe('escalation teams', () => {
  let scene: TeamScene;
  beforeAll(async () => {
    scene = await TeamScene.start();
  });
  afterAll(() => scene?.stop());

  const ask = (...call: Parameters<TeamScene['ask']>) => scene.ask(...call);
  const make = (change?: object) => scene.make(change);
  const place = (path: string, body: object) => scene.place(path, body);
  const audit = (action: string) => scene.audit(action);
  const faultsOf = (answer: BackendAnswer) =>
    answer.json.errors.map(({ path, message }: { path: string; message: string }) => `${path} ${message}`);
  const defaults = async () =>
    (await ask('GET', '?limit=500')).json.items.filter(
      ({ is_default: isDefault }: { is_default: boolean }) => isDefault,
    );

  it('have a default one from the first start, which tells of everything at once by all channels', async () => {
    expect(await defaults()).toMatchObject([
      {
        name: 'Everybody',
        enabled: true,
        is_default: true,
        match: { severities: [], site_ids: [], group_ids: [], definition_ids: [] },
        active: { type: 'always' },
        steps: [{ after_seconds: 0 }],
        repeat: null,
        rotation: null,
        on_call: null,
        warnings: [{ kind: 'no_channel' }],
      },
    ]);
  });

  it('are made, read, changed and deleted, each with a line in the audit log', async () => {
    const site = await place('sites', { name: 'Depot' });
    const body = {
      name: 'Night',
      match: { severities: ['critical'], site_ids: [site] },
      active: {
        type: 'hours',
        timezone: 'Europe/Berlin',
        windows: [{ days: ['fr'], from: '22:00', to: '06:00' }],
      },
      steps: [{ after_seconds: 0, on_call: 'current' }, { after_seconds: 600 }],
      repeat: { every_seconds: 900, times: 3 },
      rotation: scene.rotationOf('anna', 'ben'),
    };
    const created = await ask('POST', '', body);
    expect(created.status, created.text).toBe(201);
    const { json } = created;
    expect(json).toMatchObject({ ...body, enabled: true, is_default: false });
    expect(json.rotation.overrides).toEqual([]);
    expect(json.on_call).toMatchObject({ name: expect.stringMatching(/^(anna|ben)$/), is_override: false });
    expect(created.headers.get('location')).toBe(`${PATH}/${json.id}`);
    expect((await ask('GET', `/${json.id}`)).json).toEqual(json);
    expect(await audit('escalation_team.create')).toMatchObject({
      object_id: json.id,
      detail: { name: 'Night' },
    });
    const patched = await ask('PATCH', `/${json.id}`, { repeat: null, enabled: false });
    expect(patched.json).toMatchObject({ repeat: null, enabled: false, steps: body.steps });
    expect(await audit('escalation_team.update')).toMatchObject({
      object_id: json.id,
      detail: { name: 'Night', changed: { repeat: null, enabled: false } },
    });
    expect(await ask('DELETE', `/${json.id}`)).toMatchObject({ status: 204 });
    expect(await audit('escalation_team.delete')).toMatchObject({ object_id: json.id });
    expect(await ask('GET', `/${json.id}`)).toMatchObject({ status: 404 });
  });

  it('are put back as they were read without a change, and replaced whole', async () => {
    const { id } = await make({
      rotation: {
        ...scene.rotationOf('anna'),
        overrides: [
          { member_id: scene.users['ben'], from: '2026-12-24T18:00:00+01:00', to: '2026-12-25T08:00:00Z' },
        ],
      },
      active: { type: 'hours', timezone: 'UTC', windows: [{ days: ['mo'], from: '08:00', to: '24:00' }] },
      steps: [{ after_seconds: 0, on_call: 'next', channel_ids: [] }],
    });
    const read = await ask('GET', `/${id}`);
    expect(read.json.rotation.overrides[0].from).toBe('2026-12-24T17:00:00.000Z');
    const put = await ask('PUT', `/${id}`, read.json);
    expect(put.json).toEqual(read.json);
    expect(put.headers.get('etag')).toBe(read.headers.get('etag'));
    const replaced = await ask('PUT', `/${id}`, { name: read.json.name, steps: [{ after_seconds: 5 }] });
    expect(replaced.json).toMatchObject({
      rotation: null,
      active: { type: 'always' },
      steps: [{ after_seconds: 5 }],
    });
    expect(await ask('PATCH', `/${id}`, { enabled: false }, { 'if-match': '"old"' })).toMatchObject({
      status: 412,
    });
  });

  it('are found, filtered and sorted', async () => {
    const team = await make({ name: 'Ångström', rotation: scene.rotationOf('max') });
    const named = (await ask('GET', '?search=ngstr')).json;
    expect(named.items.map(({ id }: { id: string }) => id)).toEqual([team.id]);
    const ofMember = (await ask('GET', `?member_id=${scene.users['max']}`)).json;
    expect(ofMember.items.map(({ id }: { id: string }) => id)).toEqual([team.id]);
    expect(ofMember.items[0].warnings.map(({ kind }: { kind: string }) => kind)).toEqual([
      'unreachable_member',
      'no_channel',
    ]);
    const all = (await ask('GET', '?sort=name&limit=500')).json;
    expect(all.items.length).toBe(all.total);
    expect(await ask('POST', '', { name: 'ÅNGSTRÖM', steps: [{ after_seconds: 0 }] })).toMatchObject({
      status: 409,
      json: { code: 'name_taken' },
    });
  });

  it('have exactly one default one, whatever is written', async () => {
    const [everybody] = await defaults();
    const isRefused = { status: 409, json: { code: 'invalid_state' } };
    expect(await ask('DELETE', `/${everybody.id}`)).toMatchObject(isRefused);
    expect(await ask('PATCH', `/${everybody.id}`, { enabled: false })).toMatchObject(isRefused);
    expect(await ask('PATCH', `/${everybody.id}`, { is_default: false })).toMatchObject(isRefused);
    const { id } = await make();
    expect(await ask('PATCH', `/${id}`, { is_default: true, enabled: false })).toMatchObject(isRefused);
    expect(await ask('PATCH', `/${id}`, { is_default: true })).toMatchObject({ status: 200 });
    expect((await defaults()).map((team: { id: string }) => team.id)).toEqual([id]);
    const limited = {
      match: { severities: ['info'] },
      active: { type: 'hours', timezone: 'UTC', windows: [{ days: ['mo'], from: '08:00', to: '09:00' }] },
    };
    expect(
      faultsOf(await ask('PATCH', `/${id}`, limited)).map((fault: string) => fault.split(' ')[0]),
    ).toEqual(['match', 'active']);
    const racing = await Promise.all([
      make({ is_default: true }),
      make({ is_default: true }),
      make({ is_default: true }),
    ]);
    const [winner] = await defaults();
    expect(racing.map((team) => team.id)).toContain(winner.id);
    expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 204 });
    expect(await ask('PATCH', `/${everybody.id}`, { is_default: true })).toMatchObject({ status: 200 });
    expect((await defaults()).map((team: { id: string }) => team.id)).toEqual([everybody.id]);
  });

  it('with faults are refused, each with its place', async () => {
    const answer = await ask('POST', '', {
      name: 'Faulty',
      match: { site_ids: [NOBODY], group_ids: [NOBODY], definition_ids: [NOBODY] },
      steps: [
        { after_seconds: 60, channel_ids: [NOBODY] },
        { after_seconds: 30, on_call: 'current' },
      ],
    });
    expect(answer.status).toBe(400);
    expect(faultsOf(answer)).toEqual([
      'steps.1.after_seconds must not be before the step before it, at 60',
      'steps.1.on_call needs a rotation',
      'match.site_ids.0 is no site',
      'match.group_ids.0 is no node group',
      'match.definition_ids.0 is no alert definition',
      'steps.0.channel_ids.0 is no notification channel',
    ]);
    const rotation = {
      ...scene.rotationOf('anna'),
      overrides: [{ member_id: NOBODY, from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z' }],
    };
    const steps = [{ after_seconds: 0 }];
    expect(
      faultsOf(await ask('POST', '', { name: 'x', steps, rotation: { ...rotation, member_ids: [NOBODY] } })),
    ).toEqual(['rotation.member_ids.0 is no user', 'rotation.overrides.0.member_id is no user']);
    const bad = [
      [{ steps: [] }, 'steps'],
      [{ steps: [{ after_seconds: -1 }] }, 'steps.0.after_seconds'],
      [{ rotation: { ...rotation, timezone: 'Mars/Olympus' } }, 'rotation.timezone'],
      [{ rotation: { ...rotation, timezone: '+02:00' } }, 'rotation.timezone'],
      [{ rotation: { ...rotation, handoff: { day: 'mo', time: '24:00' } } }, 'rotation.handoff.time'],
      [{ rotation: { ...rotation, member_ids: [] } }, 'rotation.member_ids'],
      [{ rotation: { ...rotation, starts_on: '2026-02-30' } }, 'rotation.starts_on'],
      [
        {
          rotation: {
            ...rotation,
            overrides: [
              { member_id: scene.users['anna'], from: '2026-12-02T00:00:00Z', to: '2026-12-02T00:00:00Z' },
            ],
          },
        },
        'rotation.overrides.0.to',
      ],
      [
        {
          rotation: {
            ...rotation,
            overrides: [
              {
                member_id: scene.users['anna'],
                from: '2026-12-02T00:00:00Z',
                to: '9999-12-31T23:59:59-01:00',
              },
            ],
          },
        },
        'rotation.overrides.0.to',
      ],
      [{ active: { type: 'hours', timezone: 'UTC', windows: [] } }, 'active.windows'],
      [{ colour: 'red' }, 'colour'],
    ] as const;
    for (const [change, path] of bad) {
      const refused = await ask('POST', '', { name: 'x', steps, ...change });
      expect(refused.status, path).toBe(400);
      expect(refused.json.errors.map((error: { path: string }) => error.path)).toContain(path);
    }
  });

  it('keep the ids of what is deleted, and can still be written', async () => {
    const site = await place('sites', { name: 'Short-lived' });
    const leaver = await place('users', { username: 'leaver', role: 'viewer', password: PASSWORD });
    const rotation = { ...scene.rotationOf('anna'), member_ids: [leaver, scene.users['anna']] };
    const { id } = await make({ match: { site_ids: [site] }, rotation });
    await scene.backend.admin('DELETE', `/api/v1/sites/${site}`);
    await scene.backend.admin('DELETE', `/api/v1/users/${leaver}`);
    const { json } = await ask('GET', `/${id}`);
    expect(json.match.site_ids).toEqual([site]);
    expect(json.on_call).toMatchObject({ member_id: scene.users['anna'] });
    expect(json.warnings).toContainEqual(expect.objectContaining({ kind: 'leaver', member_id: leaver }));
    expect((await ask('PUT', `/${id}`, { ...json, name: 'Of what is gone' })).status).toBe(200);
    expect(
      faultsOf(await ask('POST', '', { name: 'New one', steps: json.steps, match: json.match })),
    ).toEqual(['match.site_ids.0 is no site']);
  });

  it('are given to those who tell people, but for those that are switched off', async () => {
    const { id } = await make({ enabled: false });
    const teams = await listTeams(scene.backend.app.modules.db);
    expect(teams.some((team) => team.isDefault)).toBe(true);
    expect(teams.map((team) => team.id)).not.toContain(id);
    expect(teams.every(({ enabled }) => enabled)).toBe(true);
  });
});
