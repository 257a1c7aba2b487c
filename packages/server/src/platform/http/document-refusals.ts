import { ERROR_CODES, ERROR_TITLES, type ErrorCode, PROBLEM_TYPE, ROLES } from '@stratora/contract';
import { type AnswerHeader, headerComponent, headerTitle } from './document-headers.ts';
import { roleMay } from './permissions.ts';
import type { RouteAccess } from './route-access.ts';
import type { RouteDocument } from './route-document.ts';

/** The facts of an operation from which its refusals follow. */
export interface RefusalFacts {
  method: string;
  access: RouteAccess;
  document: RouteDocument;
  /** Names of the parameters in the path. */
  pathParameters: readonly string[];
  /** Whether it answers with or writes a single resource that has an entity tag. */
  hasEntity: boolean;
  /** Whether a repeat with the same `Idempotency-Key` is answered like the first. */
  isRepeatable: boolean;
  /** Whether it has parameters in the address, behind the path. */
  readsAddress: boolean;
  /** Whether anything of the call is checked by a schema. */
  isChecked: boolean;
}

/** Parameters of a path that name a thing which may not be there. */
const NAMES_OF_THINGS = new Set(['id', 'slug', 'generation', 'purpose', 'archive']);

/** Lists the codes with which an operation may refuse, in the order of the catalogue. */
export function refusalsOf(facts: RefusalFacts): ErrorCode[] {
  const codes = new Set<ErrorCode>([
    // A head that cannot be read, a server that stops, a database that is away: they meet every call.
    'bad_request',
    'overloaded',
    'database_unavailable',
    ...ofInput(facts),
    ...ofCaller(facts),
    ...ofTraits(facts),
    ...(facts.document.refusals ?? []),
  ]);
  return (Object.keys(ERROR_CODES) as ErrorCode[]).filter((code) => codes.has(code));
}

function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function ofInput({ method, access, document, pathParameters, ...facts }: RefusalFacts): ErrorCode[] {
  const { isChecked, readsAddress } = facts;
  const codes: ErrorCode[] = isChecked ? ['validation_failed'] : [];
  // The front door and the built-in port each have their own word for it.
  if (pathParameters.length > 0 || readsAddress) codes.push('uri_too_long', 'head_too_large');
  if (access.scope !== 'component' && pathParameters.some((name) => NAMES_OF_THINGS.has(name)))
    codes.push('not_found');
  if (isReading(method)) return codes;
  codes.push('body_too_large');
  // `If-Match` that is malformed, or that the call cannot heed.
  if (access.scope === 'user') codes.push('validation_failed');
  if (document.bodies?.['*/*'] === undefined) codes.push('unsupported_media_type');
  const isQuery = access.scope === 'user' && access.permission === 'monitoring:read';
  // Whatever writes may meet another that writes the same.
  if (!isQuery) codes.push('conflict');
  return codes;
}

function ofTraits({ method, pathParameters, hasEntity, isRepeatable }: RefusalFacts): ErrorCode[] {
  const codes: ErrorCode[] = [];
  if (hasEntity && !isReading(method) && pathParameters.length > 0) codes.push('changed_meanwhile');
  if (isRepeatable) codes.push('idempotency_key_in_use', 'idempotency_key_reused');
  return codes;
}

function ofCaller({ method, access }: RefusalFacts): ErrorCode[] {
  if (access.scope === 'public') return [];
  if (access.scope === 'component')
    return [
      'api_key_invalid',
      'component_not_approved',
      'component_revoked',
      'component_mismatch',
      'too_many_requests',
    ];
  const codes: ErrorCode[] = ['not_authenticated'];
  if (access.permission !== 'self') codes.push('password_change_required');
  if (!ROLES.every((role) => roleMay(role, access.permission))) codes.push('forbidden');
  if (!isReading(method)) codes.push('csrf_rejected');
  return codes;
}

/** Sorts codes by the status that they come with. */
export function byStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const found = new Map<number, ErrorCode[]>();
  for (const code of codes) found.set(ERROR_CODES[code], [...(found.get(ERROR_CODES[code]) ?? []), code]);
  return found;
}

/** Name of the answer with one of these codes among the components of the document. */
export function refusalComponent(codes: readonly ErrorCode[]): string {
  const words = (code: string) => code.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase());
  return codes.map(words).join('Or');
}

/** Describes the answer with one of these codes, which all come with the same status. */
export function refusalAnswer(status: number, codes: readonly ErrorCode[]) {
  const headers: AnswerHeader[] = ['x-request-id'];
  if (status === 429 || status === 503) headers.push('retry-after');
  if (status === 401) headers.push('www-authenticate');
  return {
    description: codes.map((code) => `${ERROR_TITLES[code]}: \`${code}\``).join('. '),
    headers: headerReferences(headers),
    content: { [PROBLEM_TYPE]: { schema: problemSchemaOf(codes) } },
  };
}

function problemSchemaOf(codes: readonly ErrorCode[]) {
  return {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { type: 'object', properties: { code: { enum: codes } } },
    ],
  };
}

/** Refers to headers among the components of the document. */
export function headerReferences(names: readonly AnswerHeader[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    names.map((name) => [headerTitle(name), { $ref: `#/components/headers/${headerComponent(name)}` }]),
  );
}
