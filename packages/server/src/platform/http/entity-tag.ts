import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { appError, fieldError } from './error-catalogue.ts';

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

/** An element of a list of entity tags (RFC 9110, section 8.8.3); what stands in quotes may hold commas, `W/` is in capitals. */
const ELEMENT = /[ \t]*(?:(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"[ \t]*)?(?:,|$)/y;

interface Tag {
  isWeak: boolean;
  tag: string;
}

/** Reads a list of entity tags; undefined for what is none. */
function tagsOf(header: string): Tag[] | undefined {
  const found: Tag[] = [];
  for (ELEMENT.lastIndex = 0; ELEMENT.lastIndex < header.length; ) {
    const element = ELEMENT.exec(header);
    if (element === null) return undefined;
    const [, weak, tag] = element;
    if (tag !== undefined) found.push({ isWeak: weak !== undefined, tag });
  }
  return found.length > 0 ? found : undefined;
}

/** Whether an `If-None-Match` names a tag (RFC 9110, section 13.1.2): also by `*`, in a list and as a weak one. */
export function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.trim() === '*' || (tagsOf(header) ?? []).some(({ tag }) => `"${tag}"` === etag);
}

/**
 * Reads what a write demands by `If-Match` (RFC 9110, section 13.1.1). The service calls it with the resource that it
 * has locked, in the transaction of the write. Undefined where nothing is demanded: `*` asks for no more than that the
 * resource is there. A weak tag never matches.
 *
 * @throws AppError validation_failed for a header that is no list of tags
 */
export function ifMatch<T extends object>(
  request: FastifyRequest,
  kind: EntityKind<T>,
): Precondition<T> | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header.trim() === '*') return undefined;
  const tags = tagsOf(header);
  if (tags === undefined)
    throw fieldError('if-match', 'must be * or entity tags in double quotes, such as "abc"');
  const strong = tags.filter(({ isWeak }) => !isWeak);
  const written = new Set(strong.map(({ tag }) => tag.split('.')[0]));
  return (entity) => {
    if (written.has(writtenPart(kind, entity))) return;
    throw appError('changed_meanwhile', 'Somebody else has changed this meanwhile; read it again first.');
  };
}

/** Whether a write by this route can depend on how one resource is: not one of many at once, nor one that makes it. */
function honoursIfMatch({ method, url, config }: FastifyRequest['routeOptions']): boolean {
  if (config.document?.requestHeaders?.includes('if-match')) return true;
  return config.entity !== undefined && (method !== 'POST' || (url ?? '').includes('/:'));
}

function isWriting({ method, routeOptions: { config } }: FastifyRequest): boolean {
  if (method === 'GET' || method === 'HEAD') return false;
  return config.access?.scope !== 'user' || config.access.permission !== 'monitoring:read';
}

/**
 * Installs the tags of single resources: `ETag` on each, 304 for a reader that has it, `Location` of a new one. A write
 * that cannot heed `If-Match` is refused with it: whoever sends it relies on it.
 */
export function installEntityTags(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    if (request.headers['if-match'] === undefined || !isWriting(request)) return;
    if (!honoursIfMatch(request.routeOptions))
      throw fieldError(
        'if-match',
        'cannot be heeded here: this call is not about one resource that has been read',
      );
  });
  app.addHook('preSerialization', async (request, reply, payload) => {
    const { entity } = request.routeOptions.config;
    if (!entity || reply.statusCode >= 300 || !isObject(payload)) return payload;
    const etag = entityTag(entity as EntityKind<object>, payload);
    void reply.header('etag', etag);
    // 202: it is there, and what it is for goes on behind the answer.
    if ((reply.statusCode === 201 || reply.statusCode === 202) && 'id' in payload) {
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
