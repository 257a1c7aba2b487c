import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const SWITCH = { sysObjectID: '1.3.6.1.4.1.14988.1', sysDescr: 'RouterOS CRS999-2X' };
const SAID = { sys_object_id: SWITCH.sysObjectID, sys_descr: SWITCH.sysDescr };

let backend: TestBackend;

beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend?.stop());

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  backend.call(method, `/api/v1/${path}`, {
    token: backend.adminToken,
    ...(body === undefined ? {} : { body }),
    ...(headers && { headers }),
  });
let count = 0;
async function makeNode(): Promise<string> {
  count++;
  const answer = await ask('POST', 'nodes', { name: `corrected ${count}`, ip_address: `10.9.0.${count}` });
  return (answer.json as { id: string }).id;
}
const classify = async (body: unknown) => (await ask('POST', 'discovery/classify', body)).json;
const correct = (id: string, body: unknown, headers?: Record<string, string>) =>
  ask('PUT', `nodes/${id}/identity-correction`, body, headers);

describe('a correction of an identity', () => {
  test('wins over the rules for its node, says who said so, and for no other', async () => {
    const id = await makeNode();
    expect((await ask('GET', `nodes/${id}/identity-correction`)).json).toMatchObject({
      vendor: null,
      corrected_by: null,
    });
    const put = await correct(id, { ...SAID, vendor: 'Acme', device_type: 'firewall' });
    expect(put).toMatchObject({ status: 200, json: { vendor: 'Acme', family: null, for_alike: false } });
    const found = await classify({ ...SWITCH, node_id: id });
    expect(found).toMatchObject({
      vendor: 'Acme',
      device_type: 'firewall',
      family: 'routeros',
      model: 'CRS999-2X',
      confidence: 100,
    });
    const { reasons } = found as { reasons: string[] };
    expect(reasons[0]).toMatch(/^admin said so of this device on \d{4}-\d\d-\d\d: vendor, device type$/);
    expect(await classify(SWITCH)).toMatchObject({ vendor: 'MikroTik', device_type: 'switch' });
  });

  test('counts for all alike where that is said: of the same sysObjectID, and of the same model', async () => {
    const id = await makeNode();
    const body = { ...SAID, family: 'my-switch', os: 'My OS', for_alike: true };
    expect((await correct(id, body)).status).toBe(200);
    expect(await classify(SWITCH)).toMatchObject({ family: 'my-switch', os: 'My OS', vendor: 'MikroTik' });
    expect(await classify({ ...SWITCH, sysObjectID: `.${SWITCH.sysObjectID}` })).toMatchObject({
      family: 'my-switch',
    });
    expect(await classify({ ...SWITCH, sysDescr: 'RouterOS CRS111' })).toMatchObject({ family: 'routeros' });
    await ask('DELETE', `nodes/${id}`);
    expect(await classify(SWITCH)).toMatchObject({ family: 'my-switch' });
    const list = await ask('GET', 'identity-corrections?search=my-switch');
    const [kept] = (list.json as { items: { id: string; node_id: string | null }[] }).items;
    expect(kept).toMatchObject({ node_id: null, ...SAID });
    expect((await ask('DELETE', `identity-corrections/${kept?.id}`)).status).toBe(204);
    expect(await classify(SWITCH)).toMatchObject({ family: 'routeros' });
  });

  test('is taken back by an identity of nulls, refused where another changed it, and in the audit log', async () => {
    const id = await makeNode();
    const first = await correct(id, { ...SAID, vendor: 'Acme' });
    const etag = first.headers.get('etag') ?? '';
    await correct(id, { ...SAID, vendor: 'Bolt' });
    expect((await correct(id, { ...SAID, vendor: 'Cord' }, { 'if-match': etag })).status).toBe(412);
    const back = await correct(id, {});
    expect(back).toMatchObject({ status: 200, json: { vendor: null, sys_descr: null, corrected_by: null } });
    expect(await classify({ ...SWITCH, node_id: id })).toMatchObject({ vendor: 'MikroTik' });
    const log = await ask('GET', 'audit-log?limit=50');
    const { items } = log.json as { items: { action: string; object_id: string }[] };
    const own = items.filter(({ action, object_id }) => object_id === id && action.includes('identity'));
    expect(own.map(({ action }) => action).toSorted()).toEqual([
      'node.correct_identity',
      'node.correct_identity',
      'node.uncorrect_identity',
    ]);
  });

  test('names the field that is wrong, and a node that is not there', async () => {
    const id = await makeNode();
    for (const [body, path] of [
      [{ device_type: 'toaster' }, 'device_type'],
      [{ vendor: '' }, 'vendor'],
      [{ vendor: 'Acme', for_alike: true }, 'sys_object_id'],
      [{ vendor: 'Acme', sys_object_id: 'cisco' }, 'sys_object_id'],
      [{ vendor: 'Acme', colour: 'red' }, ''],
    ] as const) {
      const answer = await correct(id, body);
      expect({ body, status: answer.status }).toEqual({ body, status: 400 });
      const { errors } = answer.json as { errors: { path: string }[] };
      expect(errors.some((error) => error.path.startsWith(path))).toBe(true);
    }
    const nobody = '01890000-0000-7000-8000-000000000000';
    expect((await correct(nobody, { vendor: 'Acme' })).status).toBe(404);
    expect((await ask('GET', `nodes/${nobody}/identity-correction`)).status).toBe(404);
  });

  test('leaves the template of the rules where its own is not in force', async () => {
    const id = await makeNode();
    await correct(id, { ...SAID, template: 'no-such-template' });
    const before = await classify(SWITCH);
    expect(await classify({ ...SWITCH, node_id: id })).toMatchObject({
      template: (before as { template: string }).template,
    });
    await correct(id, { ...SAID, template: 'ping' });
    expect(await classify({ ...SWITCH, node_id: id })).toMatchObject({ template: 'ping' });
  });
});
