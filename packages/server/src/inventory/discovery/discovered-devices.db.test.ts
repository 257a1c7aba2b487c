import type { DiscoveryJob, ImportedDevices } from '@stratora/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DiscoveryScene, NOTHING, type ScriptedCollector, switchAt } from './discovery-scene.test-support.ts';

describe('discovered devices', () => {
  let scene: DiscoveryScene;
  let collector: ScriptedCollector;
  let site: string;
  let credential: string;
  let net = 0;

  beforeAll(async () => {
    scene = await DiscoveryScene.start();
    site = await scene.site('Plant');
    collector = await scene.addCollector('hall-3', site);
    credential = await scene.credential('switches');
  });
  afterAll(() => scene?.stop());
  beforeEach(() => {
    net += 1;
  });

  const at = (host: number) => `10.${net}.0.${host}`;
  const switchOf = (host: number, more = {}) => switchAt(at(host), credential, more);
  const jobOf = (name: string, more: object = {}): Promise<DiscoveryJob> =>
    scene.job({
      name,
      targets: [`10.${net}.0.0/24`],
      collector_id: collector.id,
      credential_ids: [credential],
      ...more,
    });
  const importOf = async (id: string, body: object): Promise<ImportedDevices> => {
    const { status, json, text } = await scene.act(id, 'import', { site_id: site, ...body });
    expect(status, text).toBe(200);
    return json;
  };

  it('become nodes with template, credential, site and collector', async () => {
    const made = await jobOf('import');
    const devices = [
      switchOf(1),
      { address: at(2), hostname: 'printer.plant.example', open_ports: [9100] },
      switchOf(3, { sys_name: 'bad\u202ename\u0007' }),
    ];
    await scene.play(collector, made.id, devices);
    const found = await scene.devices(made.id);
    const answer = await importOf(made.id, {
      device_ids: found.map(({ id }) => id),
      overrides: [{ device_id: found[1]?.id, name: 'The printer', node_type: 'printer' }],
    });
    expect(answer).toMatchObject({ created: 3, existed: 0, failed: 0 });
    const nodes = await Promise.all(
      answer.items.map(({ node_id }) => scene.backend.admin('GET', `/api/v1/nodes/${node_id}`)),
    );
    expect(nodes).toMatchObject([
      {
        name: `sw-10-${net}-0-1`,
        ip_address: at(1),
        node_type: 'switch',
        template: 'generic-snmp',
        site_id: site,
        collector_id: collector.id,
        credentials: [{ purpose: 'snmp', credential_id: credential }],
      },
      { name: 'The printer', node_type: 'printer', template: 'ping', credentials: [] },
      { name: 'badname' },
    ]);
    expect(await scene.devices(made.id, '?state=monitored')).toHaveLength(3);
    const [audited] = await scene.audited('discovery_job.import');
    expect(audited).toMatchObject({ actor: 'admin', detail: { created: 3 } });
  });

  it('are imported once, however often and by however many at once', async () => {
    const made = await jobOf('once');
    await scene.play(collector, made.id, [switchOf(1), switchOf(2), switchOf(3)]);
    const device_ids = (await scene.devices(made.id)).map(({ id }) => id);
    const answers = await Promise.all(Array.from({ length: 6 }, () => importOf(made.id, { device_ids })));
    expect(answers.reduce((sum, { created }) => sum + created, 0)).toBe(3);
    expect(answers.reduce((sum, { failed }) => sum + failed, 0)).toBe(0);
    expect(await importOf(made.id, { device_ids })).toMatchObject({ created: 0, existed: 3 });
    const nodes = await scene.backend.admin('GET', `/api/v1/nodes?search=sw-10-${net}-`);
    expect(nodes.total).toBe(3);
  });

  it('that are nodes already are those nodes, and come back as new when those are deleted', async () => {
    const node = await scene.backend.admin('POST', '/api/v1/nodes', {
      name: `old ${net}`,
      ip_address: at(1),
      site_id: site,
      collector_id: collector.id,
    });
    const made = await jobOf('known');
    await scene.play(collector, made.id, [switchOf(1)]);
    expect(await scene.devices(made.id)).toMatchObject([
      { state: 'monitored', node_id: node.id, node_name: `old ${net}` },
    ]);
    await scene.backend.admin('DELETE', `/api/v1/nodes/${node.id}`);
    expect(await scene.devices(made.id)).toMatchObject([{ state: 'new', node_id: null }]);
  });

  it('are the node of another job by what identifies them, at whatever address', async () => {
    const one = await jobOf('one');
    await scene.play(collector, one.id, [switchOf(1)]);
    const [device] = await scene.devices(one.id);
    const { items } = await importOf(one.id, { device_ids: [device?.id] });
    const two = await jobOf('two');
    await scene.play(collector, two.id, [switchOf(9, { keys: switchOf(1).keys })]);
    expect(await scene.devices(two.id)).toMatchObject([{ state: 'monitored', node_id: items[0]?.node_id }]);
  });

  it('at whose address another collector polls a node are not that node', async () => {
    const other = await scene.addCollector(`other-${net}`);
    await scene.backend.admin('POST', '/api/v1/nodes', {
      name: `theirs ${net}`,
      ip_address: at(1),
      site_id: site,
      collector_id: other.id,
    });
    const made = await jobOf('not theirs');
    await scene.play(collector, made.id, [switchOf(1)]);
    const [device] = await scene.devices(made.id);
    expect(device).toMatchObject({ state: 'new' });
    expect(await importOf(made.id, { device_ids: [device?.id] })).toMatchObject({
      failed: 1,
      items: [{ outcome: 'failed', message: expect.stringContaining(`theirs ${net}`) }],
    });
  });

  it('that cannot be imported say why, and the others are', async () => {
    const made = await jobOf('some');
    await scene.play(collector, made.id, [switchOf(1), switchOf(2)]);
    const ids = (await scene.devices(made.id)).map(({ id }) => id);
    const answer = await importOf(made.id, {
      device_ids: [NOTHING, ...ids],
      overrides: [{ device_id: ids[0], template: 'none-such' }],
    });
    expect(answer.items.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'created']);
    expect(answer.items[1]?.message).toContain('template');
    const { status, json } = await scene.act(made.id, 'import', { device_ids: ids, site_id: NOTHING });
    expect([status, json.errors[0].path]).toEqual([400, 'site_id']);
  });

  it('that are ignored stay so in later runs and in other jobs of the same collector', async () => {
    const one = await jobOf('one');
    await scene.play(collector, one.id, [
      switchOf(1),
      { address: at(2), mac_address: `00:11:22:00:00:0${net}` },
    ]);
    const ids = (await scene.devices(one.id)).map(({ id }) => id);
    expect((await scene.act(one.id, 'ignore', { device_ids: ids })).json).toEqual({ affected: 2 });
    await scene.rerun(one.id);
    const again = [
      switchOf(7, { keys: switchOf(1).keys }),
      { address: at(2), mac_address: `00:11:22:00:00:0${net}` },
    ];
    expect((await scene.play(collector, one.id, again)).devices).toEqual({
      new: 0,
      monitored: 0,
      ignored: 2,
      gone: 0,
    });
    const two = await jobOf('two');
    expect((await scene.play(collector, two.id, again)).devices.ignored).toBe(2);
    expect((await scene.act(one.id, 'unignore', { device_ids: ids })).json).toEqual({ affected: 2 });
    expect((await scene.shown(two.id)).devices).toMatchObject({ new: 2, ignored: 0 });
  });

  it('are merged and split by hand, also for later runs', async () => {
    const made = await jobOf('hands');
    const network = [
      { address: at(1) },
      { address: at(2) },
      switchOf(3),
      switchOf(4, { keys: switchOf(3).keys, own_addresses: [at(3), at(4)] }),
    ];
    await scene.play(collector, made.id, network);
    const shape = async () => (await scene.devices(made.id)).map(({ addresses }) => addresses.join(' '));
    expect(await shape()).toEqual([at(1), at(2), `${at(3)} ${at(4)}`]);
    const [a, b, router] = await scene.devices(made.id);
    expect(router?.merge_reasons[0]).toContain('the same serial number');
    const merged = await scene.act(made.id, 'merge', { device_ids: [a?.id, b?.id] });
    expect(merged.json).toMatchObject({ id: a?.id, addresses: [at(1), at(2)] });
    const parted = await scene.act(made.id, 'split', { device_id: router?.id, addresses: [at(4)] });
    expect(parted.json.items).toMatchObject([{ id: router?.id, addresses: [at(3)] }, { addresses: [at(4)] }]);
    expect(parted.json.items[0].keys).toMatchObject([{ kind: 'serial', is_unique: false }]);
    const wanted = [`${at(1)} ${at(2)}`, at(3), at(4)];
    expect(await shape()).toEqual(wanted);
    await scene.rerun(made.id);
    await scene.play(collector, made.id, network.toReversed());
    expect(await shape()).toEqual(wanted);
    const whole = await scene.act(made.id, 'split', { device_id: router?.id, addresses: [at(3)] });
    expect(whole.status).toBe(400);
  });

  it('are listed by address as numbers, searched and filtered', async () => {
    const made = await jobOf('listed');
    await scene.play(collector, made.id, [{ address: at(10) }, { address: at(9) }, switchOf(100)]);
    const addresses = (await scene.devices(made.id, '?sort=ip_address')).map(({ ip_address }) => ip_address);
    expect(addresses).toEqual([at(9), at(10), at(100)]);
    expect(await scene.devices(made.id, '?search=c9300')).toHaveLength(1);
    expect(await scene.devices(made.id, '?device_type=switch')).toHaveLength(1);
    const paged: string[] = [];
    let cursor = '';
    do {
      const query = `?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const page = await scene.backend.admin('GET', `/api/v1/discovery/jobs/${made.id}/devices${query}`);
      paged.push(page.items[0].ip_address);
      cursor = page.next_cursor ?? '';
    } while (cursor !== '');
    expect(paged).toEqual(addresses);
  });
});
