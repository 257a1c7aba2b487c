import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeDetail, Problem } from '@stratora/contract';
import {
  BACKEND_ADMIN_PASSWORD,
  startBackend,
  type TestBackend,
  VictoriaMetrics,
  waitFor,
} from '@stratora/testkit';
import createClient, { type Client } from 'openapi-fetch';
import openapiTypes, { astToString } from 'openapi-typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { paths } from './api-client/api-types.ts';

const DOCUMENT = join(import.meta.dirname, '../docs/reference/openapi.json');

describe('a client that is generated from the API document', () => {
  let store: VictoriaMetrics;
  let backend: TestBackend;
  let client: Client<paths>;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    backend = await startBackend({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    client = createClient<paths>({ baseUrl: backend.url });
  });
  afterAll(async () => {
    await backend?.stop();
    await store?.stop();
  });

  it('has the types of the document, which are written anew by `vitest -u`', async () => {
    const types = await openapiTypes(await readFile(DOCUMENT, 'utf8'));
    await expect(astToString(types)).toMatchFileSnapshot('api-client/api-types.ts');
  });

  it('logs in, and is told its role', async () => {
    const refused = await client.GET('/api/v1/auth/me');
    // The types know which codes come with which status.
    const problem: Pick<Problem, 'status' | 'detail'> | undefined = refused.error;
    expect({ status: refused.response.status, problem }).toMatchObject({
      status: 401,
      problem: { status: 401 },
    });
    const { data } = await client.POST('/api/v1/auth/token', {
      body: { username: 'admin', password: BACKEND_ADMIN_PASSWORD },
    });
    client.use({
      onRequest: ({ request }) => {
        request.headers.set('authorization', `Bearer ${data?.access_token}`);
        return request;
      },
    });
    const me = await client.GET('/api/v1/auth/me');
    const role: 'admin' | 'operator' | 'viewer' | undefined = me.data?.user.role;
    expect(role).toBe('admin');
  });

  it('creates, lists, changes and deletes', async () => {
    const made = await client.POST('/api/v1/nodes', { body: { name: 'pump', ip_address: '10.1.2.3' } });
    expect(made.response.status).toBe(201);
    const id = made.data?.id ?? '';
    const path = { params: { path: { id } } };
    const listed = await client.GET('/api/v1/nodes', { params: { query: { search: 'pump', limit: 10 } } });
    expect(listed.data).toMatchObject({ total: 1, items: [{ id, name: 'pump' }], next_cursor: null });
    const changed = await client.PATCH('/api/v1/nodes/{id}', { ...path, body: { snmp_port: 1161 } });
    expect(changed.data).toMatchObject({ id, name: 'pump', snmp_port: 1161 });
    const read = await client.GET('/api/v1/nodes/{id}', path);
    // The types of the document are those of the contract.
    const node: Pick<NodeDetail, 'id' | 'snmp_port' | 'status' | 'group_ids'> | undefined = read.data;
    expect(node).toMatchObject({ id, snmp_port: 1161, collection: [] });
    const bad = await client.PATCH('/api/v1/nodes/{id}', { ...path, body: { snmp_port: 0 } });
    expect(bad.error).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'snmp_port', message: 'must be at least 1' }],
    });
    const gone = await client.DELETE('/api/v1/nodes/{id}', path);
    expect(gone.response.status).toBe(204);
    expect((await client.GET('/api/v1/nodes/{id}', path)).error).toMatchObject({ code: 'not_found' });
  });

  it('asks for metrics', async () => {
    const ask = (query: string) => client.GET('/api/v1/metrics/query', { params: { query: { query } } });
    const answer = await waitFor(
      async () => {
        const { data } = await ask('1 + 1');
        return data;
      },
      { what: 'an answer of the store' },
    );
    const type: 'vector' | 'matrix' | 'scalar' | 'string' = answer.data.resultType;
    expect({ status: answer.status, type, values: answer.data.result.length }).toEqual({
      status: 'success',
      type: 'vector',
      values: 1,
    });
    expect((await ask('sum(')).error).toMatchObject({ code: 'validation_failed' });
    const range = await client.GET('/api/v1/metrics/query_range', {
      params: { query: { query: '1', start: '1700000000', end: '1700000060', step: '30s' } },
    });
    expect(range.data?.data).toMatchObject({ resultType: 'matrix' });
    const series = await client.GET('/api/v1/metrics/series', {
      params: { query: { 'match[]': ['up', 'none'] } },
    });
    expect(series.data).toMatchObject({ status: 'success', data: [] });
  });
});
