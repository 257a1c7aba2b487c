import { describe, expect, it } from 'vitest';
import { finishDocument, type RouteFacts, type UnfinishedDocument } from './document-operations.ts';
import { type RefusalFacts, refusalsOf } from './document-refusals.ts';
import { operationName } from './operation-name.ts';

const NAMES: readonly [string, string, { answersList?: boolean; hasMembers?: boolean }, string][] = [
  ['GET', '/api/v1/nodes', { answersList: true, hasMembers: true }, 'listNodes'],
  ['POST', '/api/v1/node-groups', { hasMembers: true }, 'createNodeGroup'],
  ['GET', '/api/v1/nodes/{id}', {}, 'getNode'],
  ['PUT', '/api/v1/nodes/{id}/credentials/{purpose}', {}, 'replaceNodeCredential'],
  ['PATCH', '/api/v1/settings', {}, 'updateSettings'],
  ['GET', '/api/v1/components/{id}/configs', { answersList: true, hasMembers: true }, 'listComponentConfigs'],
  ['POST', '/api/v1/prometheus/api/v1/query_range', {}, 'postPrometheusQueryRange'],
  ['GET', '/install/ca.crt', {}, 'getInstallCaCrt'],
];

describe('the name of an operation', () => {
  it.each(NAMES)('%s %s', (method, path, more, name) => {
    expect(operationName({ method, path, answersList: false, hasMembers: false, ...more })).toBe(name);
  });
});

const FACTS: RefusalFacts = {
  method: 'GET',
  access: { scope: 'user', permission: 'monitoring:read' },
  document: {},
  pathParameters: [],
  hasEntity: false,
  isRepeatable: false,
  readsAddress: false,
  isChecked: false,
};
const codesOf = (facts: Partial<RefusalFacts>) => refusalsOf({ ...FACTS, ...facts });

describe('the refusals of an operation', () => {
  it('follow from who may call it', () => {
    expect(codesOf({})).toEqual([
      'bad_request',
      'not_authenticated',
      'password_change_required',
      'database_unavailable',
      'overloaded',
    ]);
    expect(codesOf({ access: { scope: 'user', permission: 'users:manage' } })).toContain('forbidden');
    expect(codesOf({ access: { scope: 'user', permission: 'self' } })).not.toContain(
      'password_change_required',
    );
    expect(codesOf({ access: { scope: 'component', type: 'any' } })).toEqual(
      expect.arrayContaining(['api_key_invalid', 'component_mismatch', 'too_many_requests']),
    );
    expect(codesOf({ access: { scope: 'public' } })).toEqual([
      'bad_request',
      'database_unavailable',
      'overloaded',
    ]);
  });

  it('follow from what it takes', () => {
    const access = { scope: 'user', permission: 'inventory:write' } as const;
    const changing = codesOf({ method: 'DELETE', access, pathParameters: ['id'], isChecked: true });
    expect(changing).toEqual(
      expect.arrayContaining([
        'validation_failed',
        'not_found',
        'csrf_rejected',
        'body_too_large',
        'conflict',
      ]),
    );
    expect(codesOf({ pathParameters: ['name'] })).not.toContain('not_found');
    expect(codesOf({ readsAddress: true })).toEqual(
      expect.arrayContaining(['uri_too_long', 'head_too_large']),
    );
  });

  it('follow from entity tags and from keys of repeats', () => {
    const one = { method: 'PUT', pathParameters: ['id'], hasEntity: true };
    expect(codesOf(one)).toContain('changed_meanwhile');
    expect(codesOf({ ...one, method: 'GET' })).not.toContain('changed_meanwhile');
    expect(codesOf({ method: 'POST', isRepeatable: true })).toEqual(
      expect.arrayContaining(['idempotency_key_in_use', 'idempotency_key_reused']),
    );
  });

  it('are those that the route declares, too', () => {
    expect(codesOf({ document: { refusals: ['in_use'] } })).toContain('in_use');
  });
});

const entry = (more: object = {}) => ({
  responses: { 200: { description: 'OK' } },
  'x-route': {
    access: { scope: 'public' },
    document: {},
    hasEntity: false,
    isRepeatable: false,
    readsAddress: false,
    isChecked: false,
  } as RouteFacts,
  ...more,
});

describe('a document', () => {
  it('is refused where two operations would have one name, or one answers nothing', () => {
    const twice = { '/api/v1/a-b': { get: entry() }, '/api/v1/a/b': { get: entry() } };
    expect(() => finishDocument({ paths: twice })).toThrow('two operations are called getAB');
    const silent = { '/api/v1/a': { get: entry({ responses: {} }) } };
    expect(() => finishDocument({ paths: silent })).toThrow('GET /api/v1/a declares no answer');
    const bare = { '/api/v1/a': { get: { responses: {} } } };
    expect(() => finishDocument({ paths: bare })).toThrow('says nothing of its route');
  });

  it('keeps the components that something refers to, through others as well', () => {
    const schemas = { A: { $ref: '#/components/schemas/B' }, B: {}, C: {} };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/A' } } };
    const responses = { 200: { description: 'OK', content } };
    const paths = { '/api/v1/a': { get: entry({ responses }) } };
    const { components = {} } = finishDocument<UnfinishedDocument>({ paths, components: { schemas } });
    expect(Object.keys(components['schemas'] ?? {})).toEqual(['A', 'B']);
    expect(Object.keys(components['responses'] ?? {})).toEqual([
      'BadRequest',
      'DatabaseUnavailableOrOverloaded',
    ]);
  });
});
