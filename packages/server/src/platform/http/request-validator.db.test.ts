import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A part of a JSON schema, as far as this test looks into it. */
interface Part {
  type?: string;
  maximum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, Part>;
  items?: Part;
  anyOf?: Part[];
  oneOf?: Part[];
  allOf?: Part[];
  additionalProperties?: Part | boolean;
}
interface Operation {
  security?: Record<string, unknown>[];
  parameters?: { name: string; in: string; schema: Part }[];
  requestBody?: { content: Record<string, { schema: Part }> };
}
interface ApiDocument {
  paths: Record<string, Record<string, Operation>>;
}

/** What a component counts is kept as bigint or as JSON. */
const KEPT_WIDE = /\.(queue\.(bytes|dropped|gaps\[\]\.count)|engine\.pid)$/;
const INT4_MAX = 2_147_483_647;
const HALF = '\ud800';

describe('what no column can hold', () => {
  let backend: TestBackend;
  let calls: { name: string; method: string; path: string; operation: Operation; body: Part | undefined }[];

  beforeAll(async () => {
    backend = await startBackend();
    const { paths } = (await backend.admin('GET', '/api/v1/openapi.json')) as ApiDocument;
    calls = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        name: `${method} ${path}`,
        method: method.toUpperCase(),
        path: path.replace('{purpose}', 'snmp').replace(/\{[^}]+\}/g, '00000000-0000-4000-8000-000000000000'),
        operation,
        body: operation.requestBody?.content['application/json']?.schema,
      })),
    );
  });
  afterAll(() => backend?.stop());

  function asAdmin(method: string, path: string, body?: unknown): ReturnType<TestBackend['call']> {
    return backend.call(method, path, { token: backend.adminToken, ...(body === undefined ? {} : { body }) });
  }

  it('stands in no integer of any call: each has its bounds in the schema', () => {
    const wide = calls.flatMap(({ name, body, operation }) => [
      ...(body === undefined ? [] : wideIntegers(body, name)),
      ...(operation.parameters ?? []).flatMap((one) => wideIntegers(one.schema, `${name} ?${one.name}`)),
    ]);
    expect(wide.length).toBeGreaterThan(0);
    expect(wide.filter((path) => !KEPT_WIDE.test(path))).toEqual([]);
  });

  it('is refused with its path in every text of every body, before anything else is looked at', async () => {
    const tried = calls.flatMap((call) =>
      Object.keys(fieldsOf(call.body)).flatMap((field) =>
        [`a${HALF}`, 'a\u0000b'].map((bad) => ({ call, field, bad })),
      ),
    );
    expect(tried.length).toBeGreaterThan(80);
    for (const { call, field, bad } of tried) {
      const { status, json } = await asAdmin(call.method, call.path, { [field]: [{ deep: bad }] });
      // Calls of components have a key and no user.
      if (status === 401 || status === 403) continue;
      const found = { call: call.name, status, path: json.errors?.[0]?.path };
      expect(found).toEqual({ call: call.name, status: 400, path: `${field}.0.deep` });
    }
  });

  it('is refused in names of fields, in queries and in paths', async () => {
    const { status, json } = await asAdmin('POST', '/api/v1/nodes', { name: 'a', 'b\u0000': 1 });
    expect({ status, errors: json.errors }).toEqual({
      status: 400,
      errors: [{ path: '', message: 'has a name that holds a NUL character' }],
    });
    const searched = await asAdmin('GET', '/api/v1/nodes?search=a%00b');
    expect(searched).toMatchObject({ status: 400, json: { errors: [{ path: 'search' }] } });
    expect((await asAdmin('GET', '/api/v1/nodes/a%00b')).status).toBe(400);
  });

  it('is refused where a generation or a cursor is one that cannot be', async () => {
    const id = await registered(backend);
    const pin = await asAdmin('PUT', `/api/v1/components/${id}/config-pin`, {
      generation: INT4_MAX + 1,
    });
    expect(pin).toMatchObject({ status: 400, json: { errors: [{ path: 'generation' }] } });
    for (const [sort, value] of [
      ['status', '9999999999'],
      ['status', 'x'],
      ['created_at', 'yesterday'],
      ['created_at', '2026-13-01 00:00:00+00'],
      ['name', 'a\u0000'],
      ['name', `a${HALF}`],
    ]) {
      const cursor = Buffer.from(JSON.stringify([sort, value, '00000000-0000-4000-8000-000000000000']));
      const path = `/api/v1/nodes?sort=${sort}&cursor=${cursor.toString('base64url')}`;
      const { status, json } = await asAdmin('GET', path);
      expect({ value, status, path: json.errors?.[0]?.path }).toEqual({ value, status: 400, path: 'cursor' });
    }
  });
});

describe('a field that is not known', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  it('is refused by its own path in every body of users', async () => {
    const { paths } = (await backend.admin('GET', '/api/v1/openapi.json')) as ApiDocument;
    let tried = 0;
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, { requestBody, security }] of Object.entries(operations)) {
        if (!requestBody?.content['application/json'] || !security?.some((each) => 'bearer' in each))
          continue;
        const at = path
          .replace('{purpose}', 'snmp')
          .replace(/\{[^}]+\}/g, '00000000-0000-4000-8000-000000000000');
        // Bodies of several types are judged by the one that they name.
        const type = path.includes('/notification-channels') ? 'webhook' : 'snmp_v2c';
        const body = { type, action: 'delete', surprise: 1 };
        const { status, json } = await backend.call(method.toUpperCase(), at, {
          body,
          token: backend.adminToken,
        });
        const found = json.errors?.find((each: { path: string }) => each.path === 'surprise');
        expect({ method, path, status, found }).toEqual({
          method,
          path,
          status: 400,
          found: { path: 'surprise', message: 'is not known here' },
        });
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(15);
  });

  it('is passed over in what components say, who may be newer than their server', async () => {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const host = {
      hostname: 'hall-4',
      version: '9',
      os: 'linux',
      os_version: '12',
      arch: 'x64',
      surprise: [1],
    };
    const engine = { kind: 'embedded', version: '9', running: true, surprise: 1 };
    const calls = { collector: 'remote-collectors/ID/report', agent: 'agents/heartbeat/ID' };
    for (const [type, call] of Object.entries(calls)) {
      const enrolment = { enrollment_token: token, component_type: type, ...host };
      const { status, json } = await backend.call('POST', '/api/v1/components/register', { body: enrolment });
      expect({ type, status }).toEqual({ type, status: 201 });
      const id = json.node_id ?? json.component_id;
      const body = {
        config_hash: 'x',
        status: 'applied',
        uptime_seconds: 1,
        ip_addresses: [],
        engine,
        ...host,
        queue: { bytes: 1, surprise: 1 },
      };
      const answer = await backend.call('POST', `/api/v1/${call.replace('ID', id)}`, {
        body,
        key: json.api_key,
      });
      expect({ type, status: answer.status }).toEqual({ type, status: type === 'agent' ? 200 : 204 });
    }
  });
});

async function registered(backend: TestBackend): Promise<string> {
  const { token } = (await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true })) as {
    token: string;
  };
  const host = { hostname: 'hall-3', version: '1', os: 'linux', arch: 'x64' };
  const body = { enrollment_token: token, component_type: 'collector', ...host };
  const { json } = await backend.call('POST', '/api/v1/components/register', { body });
  return json.component_id;
}

function partsOf(part: Part): Part[] {
  return [part, ...[...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.allOf ?? [])].flatMap(partsOf)];
}

function fieldsOf(body: Part | undefined): Record<string, Part> {
  return Object.assign(
    {},
    ...(body === undefined ? [] : partsOf(body)).map(({ properties }) => properties ?? {}),
  );
}

/** Paths of the integers that have no upper bound within int4. */
function wideIntegers(whole: Part, path: string): string[] {
  return partsOf(whole).flatMap((part) => [
    ...(part.type === 'integer' && !((part.maximum ?? part.exclusiveMaximum ?? Number.MAX_VALUE) <= INT4_MAX)
      ? [path]
      : []),
    ...Object.entries(part.properties ?? {}).flatMap(([name, one]) => wideIntegers(one, `${path}.${name}`)),
    ...(part.items === undefined ? [] : wideIntegers(part.items, `${path}[]`)),
    ...(typeof part.additionalProperties === 'object'
      ? wideIntegers(part.additionalProperties, `${path}.*`)
      : []),
  ]);
}
