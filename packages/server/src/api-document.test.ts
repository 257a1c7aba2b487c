import { join, resolve } from 'node:path';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { ERROR_CODES, type ErrorCode } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { type ApiDocument, DocumentChecker } from '@stratora/testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from './app.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Rules of the linter that the document does not keep to, with the reasons. */
const EXCEPTIONS = {
  // `/agents/{node_id}/config` and `/agents/heartbeat/{node_id}` are the paths of the component protocol, which is fixed.
  // No call fits both: ids are UUIDs.
  'no-ambiguous-paths': 'off',
} as const;

async function lint(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended-strict'], rules: EXCEPTIONS });
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: join(ROOT, 'docs/reference/openapi.json'),
    config,
  });
  return problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`);
}

describe('the API document', () => {
  let app: App;
  let document: ApiDocument;
  let checker: DocumentChecker;

  beforeAll(async () => {
    app = await createApp(
      {
        databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
        internalPort: 0,
        publicUrl: 'https://stratora.test:8443',
        publicOrigins: [],
        outboundAllow: [],
        metricsWriteUrl: 'http://127.0.0.1:1',
        metricsReadUrl: 'http://127.0.0.1:1',
        dataDir: '/nonexistent',
        webDir: undefined,
        templatesDir: join(ROOT, 'templates'),
        alertDefinitionsDir: join(ROOT, 'alert-definitions'),
        identificationDir: join(ROOT, 'identification'),
        migrationsDir: join(ROOT, 'packages/server/migrations'),
        programDir: undefined,
        adminPassword: undefined,
        credentialKeys: new Map([[1, '11'.repeat(32)]]),
        credentialKeyFile: undefined,
        localEnrollmentTokenFile: undefined,
        proxySecret: 'proxy-secret',
        caFile: undefined,
        version: '0.0.0-test',
        tls: undefined,
      },
      { logger: silentLogger() },
    );
    await app.http.ready();
    document = app.http.swagger() as unknown as ApiDocument;
    checker = new DocumentChecker(document);
  });

  const operations = () =>
    checker.operations.map((found) => ({ name: `${found.method} ${found.path}`, ...found }));

  it('is clean for a linter of the ecosystem', async () => {
    expect(await lint(document)).toEqual([]);
    const { servers: _, ...lessServers } = document as ApiDocument & { servers: unknown };
    expect(await lint(lessServers)).toEqual([expect.stringContaining('no-empty-servers')]);
  });

  it('has every route of the API, and no other', () => {
    const documented = operations().map(({ name }) => name);
    const routes = app.routes
      .filter(({ method, url }) => method !== 'HEAD' && /^\/(api\/v1|install)\//.test(url))
      .filter(({ url }) => url !== '/api/v1/openapi.json')
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    expect(documented.toSorted()).toEqual(routes.toSorted());
    expect(documented.filter((name) => name.includes('/prometheus/')).length).toBeGreaterThanOrEqual(16);
  });

  it('names each operation, as clients call their functions', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-zA-Z0-9]+$/);
    expect(ids).toEqual(
      expect.arrayContaining(['listNodes', 'createNode', 'getNode', 'updateNode', 'deleteNode']),
    );
  });

  it('says who may call what, and how', () => {
    const schemes = { user: ['session', 'bearer'], component: ['componentKey'], public: [] };
    for (const { method, path, name, operation } of operations()) {
      const url = path.replace(/\{(\w+)\}/g, ':$1');
      const route = app.routes.find((each) => each.method === method && each.url === url);
      const names = (operation.security ?? []).flatMap((each) => Object.keys(each));
      expect({ name, names }).toEqual({ name, names: schemes[route?.access.scope ?? 'public'] });
      if (names.length > 0) expect(Object.keys(operation.responses)).toContain('401');
    }
  });

  it('says that 204 and 304 have no content', () => {
    const empty = operations().flatMap(({ name, operation }) =>
      ['204', '304'].flatMap((status) => {
        const answer = operation.responses[status];
        return answer === undefined
          ? []
          : [{ name, status, content: (answer as { content?: unknown }).content }];
      }),
    );
    expect(empty.filter(({ status }) => status === '204').length).toBeGreaterThan(10);
    expect(empty.filter(({ content }) => content !== undefined)).toEqual([]);
  });

  it('has one success at least, and problem documents for all refusals', () => {
    for (const { name, path, operation } of operations()) {
      const statuses = Object.keys(operation.responses).map(Number);
      expect(statuses.some((status) => status < 300)).toBe(true);
      for (const status of statuses.filter((each) => each >= 400)) {
        const answer = operation.responses[status];
        const component = document.components['responses']?.[answer?.$ref?.split('/').at(-1) ?? ''];
        const { content } = (component ?? answer) as { content: Record<string, unknown> };
        const types = Object.keys(content);
        // Readers of Prometheus get what queries are refused for in the form of Prometheus.
        const isOfQuery = path.includes('/prometheus/') && [422, 429].includes(status);
        const wanted = isOfQuery ? 'application/json' : 'application/problem+json';
        expect({ name, status, types }).toMatchObject({
          types: expect.arrayContaining([wanted]) as string[],
        });
      }
    }
  });

  it('has the codes of a refusal with the status that they come with', () => {
    const responses = document.components['responses'] as Record<
      string,
      {
        content: Record<
          string,
          { schema: { allOf: [unknown, { properties: { code: { enum: ErrorCode[] } } }] } }
        >;
      }
    >;
    for (const { operation } of operations()) {
      for (const [status, { $ref }] of Object.entries(operation.responses)) {
        const answer = responses[$ref?.split('/').at(-1) ?? ''];
        const codes = answer?.content['application/problem+json']?.schema.allOf[1].properties.code.enum ?? [];
        for (const code of codes) expect(ERROR_CODES[code]).toBe(Number(status));
      }
    }
  });

  it('names the parameters without which a query is refused', () => {
    const required = (path: string) =>
      checker.find('GET', path)?.operation.parameters?.flatMap((each) => (each.required ? [each.name] : []));
    for (const root of ['/api/v1/metrics', '/api/v1/prometheus/api/v1']) {
      expect(required(`${root}/query`)).toEqual(['query']);
      expect(required(`${root}/query_range`)).toEqual(['query', 'start', 'end', 'step']);
      expect(required(`${root}/series`)).toEqual(['match[]']);
      expect(required(`${root}/label/job/values`)).toEqual(['name']);
    }
    const form = checker.find('POST', '/api/v1/metrics/query')?.operation.requestBody?.content;
    expect(form?.['application/x-www-form-urlencoded']?.schema).toMatchObject({ required: ['query'] });
  });
});
