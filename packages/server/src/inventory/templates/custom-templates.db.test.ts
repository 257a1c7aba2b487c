import type { CustomTemplate, DeviceTemplate, Node } from '@stratora/contract';
import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startBackend();
});
afterAll(() => backend?.stop());

const PATH = '/api/v1/device-templates';
const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  backend.call(method, `${PATH}${path}`, {
    token: backend.adminToken,
    ...(body === undefined ? {} : { body }),
    ...(headers === undefined ? {} : { headers }),
  });

/** The text of a template of its own. */
const textOf = (slug: string, more = '') => `# by hand
slug = "${slug}"
name = "Pump"
description = "A pump"
gathered_by = "collector"
extends = ["generic-snmp"]
${more}`;
const MATCH = '[match]\nsys_object_ids = ["1.3.6.1.4.1.99999.4.1"]\n';

const messagesOf = (json: unknown) =>
  (json as { errors: { message: string }[] }).errors.map((one) => one.message);
const create = (text: string) => call('POST', '', { text });
const resolved = async (slug: string) => (await call('GET', `/${slug}`)).json as DeviceTemplate;

describe('a device template that somebody writes', () => {
  test('is in force at once, is shown as it was written, and is changed and deleted', async () => {
    const made = await create(textOf('pump', MATCH));
    expect(made.status).toBe(201);
    expect(made.json).toMatchObject({ slug: 'pump', text: textOf('pump', MATCH) });
    expect((await resolved('pump')).inputs.length).toBeGreaterThan(3);
    const list = await call('GET', '?limit=500');
    const items = (list.json as { items: { slug: string; custom: boolean }[] }).items;
    expect(items.filter(({ custom }) => custom).map(({ slug }) => slug)).toEqual(['pump']);
    const classified = await backend.call('POST', '/api/v1/discovery/classify', {
      token: backend.adminToken,
      body: { sysObjectID: '1.3.6.1.4.1.99999.4.1.7' },
    });
    expect(classified.json).toMatchObject({ template: 'pump' });

    const changed = await call('PUT', '/pump', { text: textOf('pump').replace('"Pump"', '"Another"') });
    expect(changed.status).toBe(200);
    expect((await resolved('pump')).name).toBe('Another');
    expect(((await call('GET', '/pump/text')).json as CustomTemplate).text).toContain('# by hand');

    expect((await call('DELETE', '/pump')).status).toBe(204);
    expect((await call('GET', '/pump')).status).toBe(404);
    expect((await call('GET', '/pump/text')).status).toBe(404);
    expect((await call('DELETE', '/pump')).status).toBe(404);
  });

  test('stays over a reload of the files', async () => {
    await create(textOf('stays'));
    const answer = await call('POST', '/reload');
    expect(answer.json).toEqual({ changed: [], faults: [] });
    expect((await resolved('stays')).slug).toBe('stays');
  });

  test('is refused with the line of each fault, and nothing is changed', async () => {
    const inputs =
      '[[inputs]]\nid = "x"\nplugin = "snmp"\noptions = { OPTIONS }\nfield = [{ name = "a", oid = "OID" }]\n';
    for (const [text, message] of [
      ['slug = ', /^line 1: /],
      [textOf('bad', 'colour = "red"\n'), /^line 7: colour: is not known here$/],
      [
        textOf('bad').replace('generic-snmp', 'nobody'),
        /^line 6: extends: template "nobody" does not exist$/,
      ],
      [textOf('bad').replace('generic-snmp', 'bad'), /^line 6: extends: templates inherit in a circle/],
      [
        textOf('bad', '[match]\nsys_object_ids = [""]\n'),
        /^line 8: match\.sys_object_ids\.0: must be a numeric/,
      ],
      [
        textOf('bad', '[match]\nsys_object_ids = ["1.3.6.1"]\n'),
        /^line 8: .* would take the devices of every vendor/,
      ],
      [
        textOf('bad', '[match]\nsys_descr = [\n  "Acme",\n  ".*",\n]\n'),
        /^line 10: .* would take devices of everybody/,
      ],
      [
        textOf('bad', inputs.replace('OPTIONS', 'colour = 1').replace('OID', '1.3.6.1.4.1.9.1.0')),
        /^line 10: inputs\.0\.options\.colour: is no option/,
      ],
      [
        textOf('bad', inputs.replace('OPTIONS', 'timeout = "soon"').replace('OID', '1.3.6.1.4.1.9.1.0')),
        /^line 10: inputs\.0\.options\.timeout: must be a span of time/,
      ],
      [
        textOf('bad', '[[metrics]]\nfrom = "raw_hr_storage"\nmeasurement = "x"\nfields = { a = "1" }\n'),
        /^line 8: metrics\.0\.from: "raw_hr_storage" has rules in "generic-snmp" and in "bad"$/,
      ],
    ] as const) {
      const answer = await create(text);
      expect({ text, status: answer.status }).toEqual({ text, status: 400 });
      expect(messagesOf(answer.json)).toEqual([expect.stringMatching(message)]);
    }
    expect((await call('GET', '/bad')).status).toBe(404);
  });

  test('cannot be called as one of the product, nor as one that is there', async () => {
    await create(textOf('twice'));
    for (const slug of ['ping', 'twice']) {
      const answer = await create(textOf(slug).replace('generic-snmp', 'host-system'));
      expect(answer).toMatchObject({ status: 409, json: { code: 'name_taken' } });
    }
    for (const method of ['PUT', 'DELETE']) {
      const answer = await call(method, '/ping', method === 'PUT' ? { text: textOf('ping') } : undefined);
      expect(answer).toMatchObject({ status: 409, json: { code: 'invalid_state' } });
    }
    const renamed = await call('PUT', '/twice', { text: textOf('thrice') });
    expect(renamed.status).toBe(400);
  });

  test('stays while nodes or other templates have it', async () => {
    await create(textOf('used'));
    const node = await backend.call('POST', '/api/v1/nodes', {
      token: backend.adminToken,
      body: {
        name: 'p1',
        ip_address: '192.0.2.7',
        node_type: 'other',
        template: 'used',
        site_id: await siteId(),
      },
    });
    expect(node.status).toBe(201);
    expect(await call('DELETE', '/used')).toMatchObject({ status: 409, json: { code: 'in_use' } });
    await backend.call('DELETE', `/api/v1/nodes/${(node.json as Node).id}`, { token: backend.adminToken });
    await create(textOf('heir').replace('generic-snmp', 'used'));
    expect(await call('DELETE', '/used')).toMatchObject({ status: 409, json: { code: 'in_use' } });
    // Nor can it become one that its heir cannot inherit.
    const agent = textOf('used').replace('"collector"', '"agent"').replace('extends = ["generic-snmp"]', '');
    const broken = await call('PUT', '/used', { text: agent });
    expect(broken.status).toBe(400);
    expect(messagesOf(broken.json)[0]).toContain('heir');
    expect((await call('DELETE', '/heir')).status).toBe(204);
    expect((await call('DELETE', '/used')).status).toBe(204);
  });

  test('is not overwritten by who read it before another changed it', async () => {
    await create(textOf('shared'));
    const { etag } = Object.fromEntries((await call('GET', '/shared/text')).headers) as { etag: string };
    expect(
      (await call('PUT', '/shared', { text: textOf('shared', '# one\n') }, { 'if-match': etag })).status,
    ).toBe(200);
    const late = await call('PUT', '/shared', { text: textOf('shared', '# two\n') }, { 'if-match': etag });
    expect(late).toMatchObject({ status: 412, json: { code: 'changed_meanwhile' } });
    expect((await call('DELETE', '/shared', undefined, { 'if-match': etag })).status).toBe(412);
  });

  test('is for administrators', async () => {
    expect((await backend.call('POST', PATH, { body: { text: textOf('x') } })).status).toBe(401);
  });
});

async function siteId(): Promise<string> {
  const sites = await backend.call('GET', '/api/v1/sites', { token: backend.adminToken });
  return (sites.json as { items: { id: string }[] }).items[0]?.id ?? '';
}
