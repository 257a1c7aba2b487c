import type { BackendCall, DocumentedParameter, FoundOperation, SchemaPart } from '@stratora/testkit';
import type { FuzzCaller } from './fuzz-scene.test-support.ts';
import type { ValueSource } from './value-source.test-support.ts';

/** A call that is ready to be sent. */
export interface FuzzCall {
  readonly path: string;
  readonly call: BackendCall;
}

const LINES = [
  'cpu,node_id=n usage=1',
  'cpu usage=1 1700000000000000000',
  'no line',
  '',
  'a,b=c d="e',
  `x ${'y'.repeat(3000)}=1`,
];

/** Makes a call of an operation: as the document wants it, or with a fault in one place. */
export function makeCall(source: ValueSource, found: FoundOperation, caller: FuzzCaller): FuzzCall {
  const { operation } = found;
  const parameters = operation.parameters ?? [];
  const path = found.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return pathValue(source, found, { name, schema: parameter?.schema, caller });
  });
  const query = queryOf(
    source,
    parameters.filter((each) => each.in === 'query'),
  );
  const headers: Record<string, string> = {};
  for (const each of parameters.filter((one) => one.in === 'header' && one.name !== 'X-API-Key')) {
    if (source.chance(0.3)) headers[each.name] = headerValue(source, each);
  }
  const body = found.method === 'GET' ? {} : bodyOf(source, operation.requestBody?.content, caller.own);
  const { token, key } = caller;
  return {
    path: query === '' ? path : `${path}?${query}`,
    call: {
      ...body,
      headers: { ...headers, ...body.headers },
      ...(token === undefined ? {} : { token }),
      ...(key === undefined ? {} : { key }),
    },
  };
}

function pathValue(
  source: ValueSource,
  { method, path, operation }: FoundOperation,
  { name, schema, caller }: { name: string; schema: SchemaPart | undefined; caller: FuzzCaller },
): string {
  const own = caller.own[name];
  const isOfComponents = operation.security?.some((each) => 'componentKey' in each);
  if (isOfComponents && own !== undefined && source.chance(0.85)) return own;
  if (source.chance(0.06)) return source.pick(['%ED%A0%80', '%00', 'x', '1'.repeat(600), '%C3%BC']);
  const noun = path.split('/')[3] ?? '';
  const seen = method === 'GET' && name === 'id' ? source.known.get(`${noun}/seen`) : undefined;
  if (seen && source.chance(0.4)) return source.pick(seen);
  const pool = source.known.get(name === 'id' ? `${noun}/id` : name);
  if (pool && source.chance(0.8)) return encodeURIComponent(source.pick(pool));
  return encodeURIComponent(String(source.fitting(schema, name)));
}

function queryOf(source: ValueSource, parameters: readonly DocumentedParameter[]): string {
  const query: string[] = [];
  for (const { name, required, schema } of parameters) {
    if (!(required ? source.chance(0.9) : source.chance(0.25))) continue;
    const value = source.chance(0.85) ? source.fitting(schema, name) : source.odd();
    for (const each of [value].flat().slice(0, 3)) query.push(`${encodeURIComponent(name)}=${encoded(each)}`);
  }
  if (source.chance(0.03))
    query.push(source.pick(['surprise=1', '%', '&&=', 'limit=1&limit=2', '%ED%A0%80=1']));
  return query.join('&');
}

function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(text.toWellFormed());
}

function headerValue(source: ValueSource, { name, schema }: DocumentedParameter): string {
  if (name === 'Content-Encoding') return source.pick(['gzip', 'identity', 'br', 'gzip, gzip']);
  if (name.startsWith('If-')) return source.pick(['*', '"x"', 'W/"x"', '"a", "b"', 'no tag', '"']);
  const text = String(source.chance(0.8) ? source.fitting(schema, name) : source.odd());
  return text.replace(/[^\x20-\x7e]/g, '').slice(0, 300);
}

type Content = Readonly<Record<string, { readonly schema?: SchemaPart }>>;

function bodyOf(source: ValueSource, content: Content | undefined, own: FuzzCaller['own']): BackendCall {
  const types = Object.keys(content ?? {});
  if (types.length === 0) return source.chance(0.05) ? oddBody(source) : {};
  if (source.chance(0.08)) return oddBody(source);
  const type = source.pick(types);
  const schema = content?.[type]?.schema;
  if (type === '*/*') {
    const lines = Array.from({ length: source.below(4) + 1 }, () => source.pick(LINES)).join('\n');
    const raw = lines.replaceAll('node_id=n', `node_id=${own['node_id'] ?? own['id']}`);
    return { raw, headers: { 'content-type': 'text/plain' } };
  }
  const value = source.chance(0.65) ? source.fitting(schema) : source.faulty(schema);
  if (type === 'application/json') return { body: value };
  const form = Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([name, each]) =>
    [each].flat().map((one) => `${encodeURIComponent(name.toWellFormed())}=${encoded(one)}`),
  );
  return { raw: form.join('&'), headers: { 'content-type': type } };
}

function oddBody(source: ValueSource): BackendCall {
  const type = source.pick([
    'application/json',
    'application/json',
    'text/plain',
    'application/xml',
    'nonsense',
  ]);
  const raw = source.pick<string | Uint8Array>([
    '',
    '{"a":',
    '[]',
    'null',
    '"text"',
    '{"__proto__":{"x":1}}',
    '['.repeat(100) + ']'.repeat(100),
    new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]),
    `{"name":"${'a'.repeat(1_100_000)}"}`,
  ]);
  return { raw, headers: { 'content-type': type } };
}
