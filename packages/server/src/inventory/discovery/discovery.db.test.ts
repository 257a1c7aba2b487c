import { waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  COMMUNITY,
  DiscoveryScene,
  found,
  NOTHING,
  type ScriptedCollector,
  switchAt,
} from './discovery-scene.test-support.ts';

describe('discovery from a collector', () => {
  let scene: DiscoveryScene;
  let collector: ScriptedCollector;
  let other: ScriptedCollector;
  let site: string;
  let credential: string;
  let operator: string;
  let viewer: string;

  beforeAll(async () => {
    scene = await DiscoveryScene.start();
    site = await scene.site('Hall 3');
    collector = await scene.addCollector('hall-3', site);
    other = await scene.addCollector('hall-4');
    credential = await scene.credential('switches');
    operator = await scene.user('operator');
    viewer = await scene.user('viewer');
  });
  afterAll(() => scene?.stop());

  const jobOf = (name: string, more: object = {}) =>
    scene.job({
      name,
      targets: ['10.3.0.0/24'],
      collector_id: collector.id,
      credential_ids: [credential],
      ...more,
    });

  it('gives the collector what it needs, takes parts, shows progress, and ends', async () => {
    const made = await jobOf('whole', { options: { packets_per_second: 50, exclude: ['10.3.0.9'] } });
    expect(made).toMatchObject({ status: 'queued', addresses: 253, progress: { phase: null, found: 0 } });
    const fetched = await scene.fetch(collector, made.id);
    expect(fetched.order).toMatchObject({
      targets: ['10.3.0.0/24'],
      crawl: null,
      credentials: [{ id: credential, type: 'snmp_v2c', secret: { community: COMMUNITY } }],
      options: {
        packets_per_second: 50,
        host_packets_per_second: 20,
        tcp: true,
        http: true,
        exclude: ['10.3.0.9'],
      },
      cursor: null,
      next_part: 0,
      stop_at: null,
    });
    expect(await scene.shown(made.id)).toMatchObject({ status: 'running' });
    const devices = [
      found(switchAt('10.3.0.1', credential)),
      found({ address: '10.3.0.2', open_ports: [80] }),
    ];
    const ledger = [
      { address: '10.3.0.1', kind: 'icmp_echo', packets: 1 },
      { address: '10.3.0.1', kind: 'snmp_v2c_read', packets: 4 },
      { address: '10.3.0.3', kind: 'icmp_echo', packets: 2 },
    ];
    const answer = await scene.post(collector, fetched, { devices, ledger });
    expect([answer.status, answer.headers.get('x-stratora-job-over')]).toEqual([204, null]);
    // The answer was lost, and the part is posted again.
    await scene.post(collector, fetched, { part: 0, devices, ledger });
    expect(await scene.shown(made.id)).toMatchObject({
      status: 'running',
      progress: { phase: 'snmp', done: 1, total: 2, found: 2 },
      run: { packets: 7, number: 1, trigger: 'created' },
    });
    await scene.post(collector, fetched, {
      ledger: [{ address: '10.3.0.1', kind: 'icmp_echo', packets: 1 }],
      state: 'done',
      end: { how: 'done', message: null },
    });
    const done = await scene.shown(made.id);
    expect(done).toMatchObject({
      status: 'done',
      message: null,
      devices: { new: 2, monitored: 0, ignored: 0, gone: 0 },
      run: { packets: 8, changes: { new: 2, changed: 0, gone: 0, back: 0 } },
    });
    const shown = await scene.devices(made.id);
    expect(shown).toMatchObject([
      { ip_address: '10.3.0.1', state: 'new', vendor: 'Cisco', credential_name: 'switches', confidence: 95 },
      { ip_address: '10.3.0.2', state: 'new', vendor: null, open_ports: [80], device_type: 'other' },
    ]);
    expect(await scene.backend.admin('GET', `/api/v1/discovery/jobs/${made.id}/ledger`)).toMatchObject({
      packets: 8,
      kinds: { icmp_echo: 4, snmp_v2c_read: 4 },
      items: [
        { address: '10.3.0.1', packets: 6, kinds: { icmp_echo: 2, snmp_v2c_read: 4 } },
        { address: '10.3.0.3', packets: 2 },
      ],
    });
    const everything = JSON.stringify([made, done, shown, await scene.audited('discovery')]);
    expect(everything).not.toContain(COMMUNITY);
    expect(JSON.stringify(await scene.sql('SELECT * FROM discovery_runs'))).not.toContain(COMMUNITY);
  });

  it('finds each device once, however often it runs, and says what changed', async () => {
    const made = await jobOf('again');
    const [a, b] = [switchAt('10.3.0.1', credential), switchAt('10.3.0.2', credential)];
    await scene.play(collector, made.id, [a, b]);
    const ids = (await scene.devices(made.id)).map(({ id }) => id).toSorted();
    await scene.rerun(made.id);
    await scene.play(collector, made.id, [a, b]);
    await scene.rerun(made.id);
    const newer = { ...a, identity: { ...(a.identity as object), firmware: '17.12.1' } as typeof a.identity };
    const third = await scene.play(collector, made.id, [newer, switchAt('10.3.0.7', credential)]);
    expect(third.run).toMatchObject({ number: 3, changes: { new: 1, changed: 1, gone: 1, back: 0 } });
    const { items } = await scene.backend.admin('GET', `/api/v1/discovery/jobs/${made.id}/changes`);
    expect(items).toMatchObject([
      {
        ip_address: '10.3.0.1',
        change: 'changed',
        fields: [{ field: 'firmware', before: '17.9.4', after: '17.12.1' }],
      },
      { ip_address: '10.3.0.2', change: 'gone', fields: [] },
      { ip_address: '10.3.0.7', change: 'new' },
    ]);
    expect((await scene.devices(made.id, '?state=gone')).map(({ ip_address }) => ip_address)).toEqual([
      '10.3.0.2',
    ]);
    await scene.rerun(made.id);
    const fourth = await scene.play(collector, made.id, [newer, b, switchAt('10.3.0.7', credential)]);
    expect(fourth.run?.changes).toEqual({ new: 0, changed: 0, gone: 0, back: 1 });
    const still = (await scene.devices(made.id)).map(({ id }) => id);
    expect(still).toEqual(expect.arrayContaining(ids));
    expect(still).toHaveLength(3);
    const runs = await scene.backend.admin('GET', `/api/v1/discovery/jobs/${made.id}/runs`);
    expect(runs.items.map(({ number }: { number: number }) => number)).toEqual([4, 3, 2, 1]);
  });

  it('goes on at its cursor when the collector was started anew, or its answer was lost', async () => {
    const made = await jobOf('resumed');
    const first = await scene.fetch(collector, made.id);
    await scene.post(collector, first, { devices: [found(switchAt('10.3.0.1', credential))] });
    const second = await scene.fetch(collector, made.id);
    expect(second.id).toBe(first.id);
    expect(second.order).toMatchObject({ cursor: 'after part 0', next_part: 1 });
    await scene.post(collector, second, { devices: [found(switchAt('10.3.0.2', credential))] });
    await scene.post(collector, second, { state: 'done', end: { how: 'done', message: null } });
    const done = await scene.shown(made.id);
    expect(done).toMatchObject({ status: 'done', run: { resumed: 1 }, devices: { new: 2 } });
  });

  it('calls a collector that is silent to its scan anew', async () => {
    const made = await jobOf('silent');
    await scene.fetch(collector, made.id);
    expect((await scene.pull(collector)).headers.get('x-stratora-jobs')).toBeNull();
    await scene.sql(`UPDATE component_jobs SET fetched_at = now() - interval '20 s', heard_at = NULL
      WHERE kind = 'discovery' AND ended_at IS NULL`);
    const isCalled = async () => (await scene.pull(collector)).headers.get('x-stratora-jobs') === '1';
    await waitFor(isCalled, { what: 'the call', timeoutMs: 60_000 });
    await scene.act(made.id, 'cancel');
  });

  it('waits again where a collector is lost, and goes on when it is back', async () => {
    const made = await jobOf('lost');
    const first = await scene.fetch(collector, made.id);
    await scene.post(collector, first, { devices: [found(switchAt('10.3.0.1', credential))] });
    await scene.sql(
      `UPDATE component_jobs SET fetched_at = now() - interval '5 min', heard_at = now() - interval '5 min'
      WHERE id = $1`,
      [first.id],
    );
    const second = await scene.fetch(collector, made.id);
    expect(second.id).not.toBe(first.id);
    expect(second.order).toMatchObject({ cursor: 'after part 0', next_part: 1 });
    // What the first one still says is told that it is over.
    expect((await scene.post(collector, first, {})).headers.get('x-stratora-job-over')).toBe('1');
    await scene.act(made.id, 'cancel');
  });

  it('is cancelled at once, and its collector is told with its next part', async () => {
    const made = await jobOf('cancelled');
    const fetched = await scene.fetch(collector, made.id);
    await scene.post(collector, fetched, { devices: [found(switchAt('10.3.0.1', credential))] });
    const { json } = await scene.act(made.id, 'cancel');
    expect(json).toMatchObject({ status: 'cancelled', message: 'Cancelled by admin.', devices: { new: 1 } });
    const late = await scene.post(collector, fetched, { devices: [found(switchAt('10.3.0.2', credential))] });
    expect([late.status, late.headers.get('x-stratora-job-over')]).toEqual([204, '1']);
    expect(await scene.devices(made.id)).toHaveLength(1);
    expect((await scene.act(made.id, 'cancel')).status).toBe(409);
    const [audited] = await scene.audited('discovery_job.cancel');
    expect(audited).toMatchObject({ actor: 'admin', detail: { name: 'cancelled', run: 1 } });
    await scene.rerun(made.id);
    expect((await scene.act(made.id, 'rerun')).status).toBe(409);
    await scene.act(made.id, 'cancel');
  });

  it('fails with words where the collector is too old, or says so', async () => {
    const old = await jobOf('old');
    const fetched = await scene.fetch(collector, old.id);
    await scene.post(collector, fetched, { state: 'unsupported' });
    expect(await scene.shown(old.id)).toMatchObject({
      status: 'failed',
      message: 'The collector hall-3 (version 1) cannot scan networks. Update it.',
    });
    const broken = await jobOf('broken');
    const order = await scene.fetch(collector, broken.id);
    await scene.post(collector, order, {
      state: 'done',
      end: { how: 'failed', message: 'fping is not there.' },
    });
    expect(await scene.shown(broken.id)).toMatchObject({ status: 'failed', message: 'fping is not there.' });
  });

  it('leaves out a device of another form, counts it, and keeps the others', async () => {
    const made = await jobOf('odd');
    const fetched = await scene.fetch(collector, made.id);
    const odd = [{ address: 7 }, found(switchAt('10.3.0.1', NOTHING)), 'x'] as never[];
    expect((await scene.post(collector, fetched, { devices: odd })).status).toBe(204);
    expect((await scene.post(collector, fetched, { cursor: 7 as never })).status).toBe(400);
    await scene.post(collector, fetched, { state: 'done', end: { how: 'done', message: null } });
    const [device, ...more] = await scene.devices(made.id);
    expect([device?.ip_address, device?.credential_id, more]).toEqual(['10.3.0.1', null, []]);
    expect((await scene.shown(made.id)).run?.remarks).toEqual([
      '2 devices were reported in a form that cannot be read, and left out.',
    ]);
  });

  it('rests outside of its hours, and goes on in them', async () => {
    const now = new Date();
    const clock = (hours: number) => `${String((now.getUTCHours() + hours) % 24).padStart(2, '0')}:00`;
    const closed = { timezone: 'UTC', from: clock(4), to: clock(6) };
    const made = await jobOf('by night', { options: { hours: closed } });
    const words = /^Waits for the hours in which it may send, from 20/;
    await scene.until(made.id, ({ message }) => words.test(message ?? ''));
    await scene.act(made.id, 'cancel');
    const open = { timezone: 'UTC', from: clock(20), to: clock(4) };
    await scene.backend.admin('PATCH', `/api/v1/discovery/jobs/${made.id}`, { options: { hours: open } });
    await scene.rerun(made.id);
    const fetched = await scene.fetch(collector, made.id);
    expect(Date.parse(fetched.order.stop_at ?? '')).toBeGreaterThan(Date.now());
    await scene.post(collector, fetched, { state: 'done', end: { how: 'paused', message: null } });
    await scene.until(made.id, ({ status }) => status === 'queued');
    const again = await scene.fetch(collector, made.id);
    expect(again.order).toMatchObject({ cursor: 'after part 0', next_part: 1 });
    await scene.act(made.id, 'cancel');
  });

  it('keeps the same network of two sites apart', async () => {
    const here = await jobOf('here', { targets: ['192.168.1.0/24'] });
    const there = await scene.job({ name: 'there', targets: ['192.168.1.0/24'], collector_id: other.id });
    const finding = { address: '192.168.1.5', mac_address: '00:11:22:33:44:55' };
    await scene.play(collector, here.id, [finding]);
    await scene.play(other, there.id, [finding]);
    const [ours] = await scene.devices(here.id);
    const imported = await scene.act(here.id, 'import', { device_ids: [ours?.id], site_id: site });
    expect(imported.json).toMatchObject({ created: 1 });
    await scene.rerun(there.id);
    await scene.play(other, there.id, [finding]);
    expect(await scene.devices(there.id)).toMatchObject([
      { ip_address: '192.168.1.5', state: 'new', node_id: null },
    ]);
    expect(await scene.devices(here.id)).toMatchObject([{ state: 'monitored' }]);
  });

  it('scans no more than 65,536 addresses, and nothing that is none', async () => {
    const refused = async (body: object) => {
      const { status, json } = await scene.backend.call('POST', '/api/v1/discovery/jobs', {
        token: operator,
        body: { name: 'x', ...body },
      });
      return [
        status,
        ...(json.errors as { path: string; message: string }[]).map(
          ({ path, message }) => `${path} ${message}`,
        ),
      ];
    };
    expect(await refused({ targets: ['0.0.0.0/0'] })).toEqual([
      400,
      'targets are 4294967294 addresses; a job may scan 65536 at most',
    ]);
    expect((await refused({ targets: ['10.0.0.0/15'] }))[0]).toBe(400);
    expect(await refused({})).toEqual([400, 'targets or a crawl is required']);
    expect((await refused({ targets: ['10.0.0.1'], options: { exclude: ['10.0.0.0/8'] } }))[1]).toContain(
      'leave no',
    );
    expect((await refused({ targets: ['10.0.0.1'], credential_ids: [NOTHING] }))[1]).toContain(
      'credential_ids.0',
    );
    const whole = await scene.job({ name: 'whole', targets: ['10.0.0.0/16'], start: false });
    expect(whole).toMatchObject({ addresses: 65_534, status: 'done', run: null });
  });

  it('is for operators; viewers look', async () => {
    const made = await jobOf('seen', { start: false });
    const path = `/api/v1/discovery/jobs/${made.id}`;
    for (const part of ['', '/devices', '/runs'])
      expect((await scene.backend.call('GET', path + part, { token: viewer })).status).toBe(200);
    for (const [method, verb] of [
      ['POST', '/rerun'],
      ['POST', '/cancel'],
      ['DELETE', ''],
    ] as const)
      expect((await scene.backend.call(method, path + verb, { token: viewer })).status).toBe(403);
    expect((await scene.backend.call('DELETE', path, { token: operator })).status).toBe(204);
    expect((await scene.backend.call('GET', path, { token: viewer })).status).toBe(404);
  });

  it('gives no secret to a collector that is not the one of the job', async () => {
    const made = await jobOf('ours');
    const { run } = await scene.shown(made.id);
    await scene.until(made.id, ({ message }) => message?.includes('to fetch the scan') === true);
    await scene.sql(`UPDATE component_jobs SET component_id = $1 WHERE subject ->> 'run_id' = $2`, [
      other.id,
      run?.id,
    ]);
    const { json } = await scene.backend.call('GET', `/api/v1/remote-collectors/${other.id}/jobs`, {
      key: other.key,
    });
    expect(json.items).toEqual([]);
    await scene.act(made.id, 'cancel');
  });
});
