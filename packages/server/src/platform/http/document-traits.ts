import type { FastifySchema, RouteOptions } from 'fastify';

type Described = Record<string, unknown>;

const ETAG = { type: 'string', description: 'Entity tag of the resource as it is now.' };
const LOCATION = { type: 'string', description: 'Path of the new resource.' };
const IF_MATCH = {
  type: 'string',
  description: 'Entity tags of the resource as it was read; 412 where it has changed since.',
};
const IDEMPOTENCY_KEY = {
  type: 'string',
  maxLength: 255,
  description:
    "A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing.",
};
const IF_NONE_MATCH = {
  type: 'string',
  description: 'Entity tags that the caller has; 304 for one of them.',
};

/** Adds to the documented schema of a route what the user scope does for it: headers that it takes and gives. */
export function documentTraits(schema: FastifySchema, { method, config }: RouteOptions): FastifySchema {
  const headers = config?.isRepeatable
    ? withProperties(schema.headers, { 'Idempotency-Key': IDEMPOTENCY_KEY })
    : schema.headers;
  return config?.entity ? withTag({ ...schema, headers }, method) : { ...schema, headers };
}

function withTag(schema: FastifySchema, method: RouteOptions['method']): FastifySchema {
  const isRead = [method].flat().every((name) => name === 'GET' || name === 'HEAD');
  const isNew = [method].flat().includes('POST') && '201' in asRecord(schema.response);
  const takes: Described = isRead
    ? { 'If-None-Match': IF_NONE_MATCH }
    : isNew
      ? {}
      : { 'If-Match': IF_MATCH };
  const gives = isNew ? { ETag: ETAG, Location: LOCATION } : { ETag: ETAG };
  const response = Object.fromEntries(
    Object.entries(asRecord(schema.response)).map(([status, answer]) => [
      status,
      status === '200' || status === '201' ? { ...asRecord(answer), headers: gives } : answer,
    ]),
  );
  if (isRead) response['304'] = { description: 'The caller has it already.', type: 'null' };
  return { ...schema, headers: withProperties(schema.headers, takes), response };
}

function withProperties(headers: unknown, more: Described): Described | undefined {
  const known = asRecord(headers);
  const properties = { ...asRecord(known['properties']), ...more };
  return Object.keys(properties).length === 0 ? undefined : { type: 'object', ...known, properties };
}

function asRecord(value: unknown): Described {
  return typeof value === 'object' && value !== null ? (value as Described) : {};
}
