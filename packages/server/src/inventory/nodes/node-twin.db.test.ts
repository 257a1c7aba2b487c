import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('two nodes at one address', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  const ask = (method: string, path: string, body?: object) =>
    backend.call(method, `/api/v1/${path}`, { token: backend.adminToken, ...(body && { body }) });
  const add = (body: object) => ask('POST', 'nodes', { name: 'n', ...body });
  const countAt = async (address: string) =>
    (await ask('GET', `nodes?search=${encodeURIComponent(address)}`)).json.total as number;

  it('are refused, with the name of the one that is there', async () => {
    const first = await add({ name: 'pump', ip_address: '10.7.0.1' });
    const second = await add({ name: 'other', ip_address: ' 10.7.0.1 ' });
    expect(second).toMatchObject({
      status: 409,
      json: {
        code: 'node_exists',
        node: { id: first.json.id, name: 'pump' },
        errors: [{ path: 'ip_address', message: 'is that of the node pump' }],
      },
    });
    expect(second.json.detail).toContain('pump');
    expect(await countAt('10.7.0.1')).toBe(1);
  });

  it.each([
    ['Switch-7.Plant.test', 'switch-7.plant.TEST.'],
    ['2001:DB8:0:0::7', '2001:db8::7'],
    ['::ffff:10.7.0.2', '10.7.0.2'],
    ['münchen.plant.test', 'XN--MNCHEN-3YA.plant.test'],
  ])('are seen in every form: %s and %s', async (one, other) => {
    expect(await add({ ip_address: one })).toMatchObject({ status: 201 });
    expect(await add({ ip_address: other })).toMatchObject({ status: 409, json: { code: 'node_exists' } });
  });

  it('are two targets on two interfaces, whose names know their case', async () => {
    for (const zone of ['eth0', 'ETH0']) {
      expect(await add({ ip_address: `fe80::7%${zone}` })).toMatchObject({ status: 201 });
    }
    expect(await add({ ip_address: 'FE80:0::7%25eth0' })).toMatchObject({ status: 409 });
  });

  it('are two targets with another port, site or web page, and when it is said so', async () => {
    const site = (await ask('POST', 'sites', { name: 'elsewhere' })).json.id;
    const address = { ip_address: '10.7.0.3' };
    const wanted = [
      {},
      { snmp_port: 1161 },
      { site_id: site },
      { allow_duplicate: true },
      { snmp_port: 8, url: 'https://10.7.0.3/a' },
      { snmp_port: 8, url: 'https://10.7.0.3/b' },
    ];
    for (const more of wanted) expect(await add({ ...address, ...more })).toMatchObject({ status: 201 });
    for (const more of [{ allow_duplicate: false }, { snmp_port: 8, url: 'https://10.7.0.3/b' }]) {
      expect(await add({ ...address, ...more })).toMatchObject({ status: 409 });
    }
  });

  it('are one where both are added at once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => add({ ip_address: '10.7.0.4' })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array<number>(7).fill(409),
    ]);
    expect(await countAt('10.7.0.4')).toBe(1);
  });

  it('come of no change, and a node stays where it is', async () => {
    const site = (await ask('POST', 'sites', { name: 'yonder' })).json.id;
    await add({ ip_address: '10.7.0.5' });
    const moved = (await add({ ip_address: '10.7.0.6' })).json;
    const far = (await add({ ip_address: '10.7.0.5', site_id: site })).json;
    const refused = { status: 409, json: { code: 'node_exists' } };
    expect(await ask('PATCH', `nodes/${moved.id}`, { ip_address: '10.7.0.5' })).toMatchObject(refused);
    expect(await ask('PUT', `nodes/${moved.id}`, { ...moved, ip_address: '10.7.0.5' })).toMatchObject(
      refused,
    );
    const bulk = { node_ids: [moved.id, far.id], action: 'move_to_site', site_id: moved.site_id };
    expect(await ask('POST', 'nodes/bulk', bulk)).toMatchObject(refused);
    expect((await ask('GET', `nodes/${far.id}`)).json.site_id).toBe(site);

    // What says nothing of its place is no move, also where there are two by choice.
    const bulkAnyway = await ask('POST', 'nodes/bulk', { ...bulk, allow_duplicate: true });
    expect(bulkAnyway).toMatchObject({ status: 200, json: { affected: 2 } });
    expect(await ask('PATCH', `nodes/${far.id}`, { name: 'twin', snmp_port: 161 })).toMatchObject({
      status: 200,
    });
    const change = { ip_address: '10.7.0.5', allow_duplicate: true };
    expect(await ask('PATCH', `nodes/${moved.id}`, change)).toMatchObject({ status: 200 });
  });

  it('are no matter where an agent reports the host', async () => {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const { json } = await backend.register(token, { component_type: 'agent', hostname: 'reported' });
    const { ip_address } = (await ask('GET', `nodes/${json.node_id}`)).json;
    expect(await add({ ip_address })).toMatchObject({ status: 201 });
  });
});
