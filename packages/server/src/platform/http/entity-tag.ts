import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { appError } from './error-catalogue.ts';

/** A kind of single resources, with what people write of one; the rest of it lives by itself. */
export interface EntityKind<T extends object> {
  writtenOf(entity: T): unknown;
}

/** Refuses, with `changed_meanwhile`, what another has changed since the caller read it. */
export type Precondition<T extends object> = (entity: T) => void;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The kind of the single resource that a route answers with or writes. */
    entity?: EntityKind<never>;
  }
}

/** Returns the kind of resources of which people write these fields. */
export function entityKind<T extends object>(...fields: readonly (keyof T)[]): EntityKind<T> {
  return { writtenOf: (entity) => fields.map((field) => entity[field] ?? null) };
}

/**
 * Builds the strong entity tag of a resource, of two parts. The second is of all that is shown, for caches. The first is
 * of what people write alone, and is what `If-Match` compares: a node's last sign of life is no change that anybody
 * could undo by writing.
 */
export function entityTag<T extends object>(kind: EntityKind<T>, entity: T): string {
  return `"${writtenPart(kind, entity)}.${digestOf(entity)}"`;
}

function writtenPart<T extends object>(kind: EntityKind<T>, entity: T): string {
  return digestOf(kind.writtenOf(entity));
}

/** 96 bits of SHA-256: a tag that is met by chance by nobody. */
function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
}

/** An entity tag of a header (RFC 9110, section 8.8.3); what stands in quotes may hold commas. */
const TAG = /(W\/)?"([^"]*)"/g;

function tagsOf(header: string): { isWeak: boolean; tag: string }[] {
  return [...header.matchAll(TAG)].map(([, weak, tag = '']) => ({ isWeak: weak !== undefined, tag }));
}

/** Whether an `If-None-Match` names a tag (RFC 9110, section 13.1.2): also by `*`, in a list and as a weak one. */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || tagsOf(header).some(({ tag }) => `"${tag}"` === etag);
}

/**
 * Reads what a write demands by `If-Match` (RFC 9110, section 13.1.1). The service calls it with the resource that it
 * has locked, in the transaction of the write. Undefined where nothing is demanded: `*` asks for no more than that the
 * resource is there. A weak tag never matches.
 */
export function ifMatch<T extends object>(
  request: FastifyRequest,
  kind: EntityKind<T>,
): Precondition<T> | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  const strong = tagsOf(header).filter(({ isWeak }) => !isWeak);
  const written = new Set(strong.map(({ tag }) => tag.split('.')[0]));
  return (entity) => {
    if (written.has(writtenPart(kind, entity))) return;
    throw appError('changed_meanwhile', 'Somebody else has changed this meanwhile; read it again first.');
  };
}

/** Installs the tags of single resources: `ETag` on each, 304 for a reader that has it, `Location` of a new one. */
export function installEntityTags(app: FastifyInstance): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    const { entity } = request.routeOptions.config;
    if (!entity || reply.statusCode >= 300 || !isObject(payload)) return payload;
    const etag = entityTag(entity as EntityKind<object>, payload);
    void reply.header('etag', etag);
    if (reply.statusCode === 201 && 'id' in payload) {
      void reply.header('location', `${request.routeOptions.url}/${String(payload.id)}`);
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && namesTag(request.headers['if-none-match'], etag)) void reply.code(304);
    return payload;
  });
  app.addHook('onSend', async (_, reply, payload) => {
    if (reply.statusCode !== 304) return payload;
    void reply.removeHeader('content-type');
    return null;
  });
}

function isObject(payload: unknown): payload is object {
  return typeof payload === 'object' && payload !== null;
}
