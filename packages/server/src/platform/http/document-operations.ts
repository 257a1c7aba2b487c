import { STATUS_CODES } from 'node:http';
import { type ErrorCode, PROBLEM_TYPE } from '@stratora/contract';
import {
  ANSWER_HEADERS,
  type AnswerHeader,
  headerComponent,
  headerTitle,
  REQUEST_HEADERS,
  type RequestHeader,
} from './document-headers.ts';
import {
  byStatus,
  headerReferences,
  type RefusalFacts,
  refusalAnswer,
  refusalComponent,
  refusalsOf,
} from './document-refusals.ts';
import { operationName } from './operation-name.ts';

/** The key under which the facts of a route stay with its operations until these are finished. */
export const FACTS_KEY = 'x-route';
/** What a route hands over to its operations. */
export type RouteFacts = Omit<RefusalFacts, 'method' | 'pathParameters'>;

interface Answer {
  $ref?: string;
  description?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema?: Record<string, unknown> }>;
}

/** An operation of the document, as far as we look into it. */
export interface DocumentOperation {
  operationId?: string;
  parameters?: { in?: string; name?: string }[];
  responses?: Record<string, Answer>;
  [FACTS_KEY]?: RouteFacts;
}

/** A document of which the operations still carry the facts of their routes. */
export interface UnfinishedDocument {
  paths?: Record<string, Record<string, DocumentOperation>>;
  components?: Record<string, Record<string, unknown>>;
}

const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch']);

/**
 * Finishes a document that the schemas of the routes have made: names of operations, refusals, headers.
 * @throws when a route declares no answer, or two operations have one name
 */
export function finishDocument<T extends UnfinishedDocument>(document: T): T {
  const paths = Object.keys(document.paths ?? {});
  const answers: Record<string, unknown> = {};
  const names = new Set<string>();
  const finished = Object.fromEntries(
    Object.entries(document.paths ?? {}).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([key, operation]) => {
          if (!METHODS.has(key)) return [key, operation];
          // The methods of one route share one object.
          const { [FACTS_KEY]: facts, ...entry } = operation;
          const own = structuredClone(entry);
          const method = key.toUpperCase();
          const hasMembers = paths.some((each) => each.startsWith(`${path}/{`));
          finishOperation(own, { path, method, hasMembers, answers, facts });
          const { operationId = '' } = own;
          if (names.has(operationId)) throw new Error(`two operations are called ${operationId}`);
          names.add(operationId);
          return [key, own];
        }),
      ),
    ]),
  );
  const headers = Object.entries(ANSWER_HEADERS).map(([name, entry]) => [headerComponent(name), entry]);
  const components = {
    ...document.components,
    headers: Object.fromEntries(headers) as Record<string, unknown>,
    responses: Object.fromEntries(Object.entries(answers).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  return withoutUnused({ ...document, paths: finished, components });
}

interface OperationPlace {
  path: string;
  method: string;
  hasMembers: boolean;
  facts: RouteFacts | undefined;
  /** Refusals among the components, which grow. */
  answers: Record<string, unknown>;
}

function finishOperation(operation: DocumentOperation, place: OperationPlace): void {
  const { path, method, facts } = place;
  if (facts === undefined) throw new Error(`${method} ${path} says nothing of its route`);
  const responses = operation.responses ?? {};
  operation.responses = responses;
  if (!Object.keys(responses).some((status) => Number(status) < 300))
    throw new Error(`${method} ${path} declares no answer`);
  const answersList = Object.values(responses).some(({ content }) => isList(content?.['application/json']));
  operation.operationId ??= operationName({ ...place, answersList });
  addHeaders(operation, facts, place);
  for (const [status, answer] of Object.entries(responses))
    if (answer.description === 'Default Response') answer.description = STATUS_CODES[status] ?? status;
  const pathParameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  addRefusals(responses, refusalsOf({ ...facts, method, pathParameters }), place.answers);
}

function isList(media: { schema?: Record<string, unknown> } | undefined): boolean {
  return Object.hasOwn((media?.schema?.['properties'] as object | undefined) ?? {}, 'next_cursor');
}

/** Lists the headers that a call may have: those of the route, and those of what the scope does for it. */
function requestHeadersOf(facts: RouteFacts, { method, path }: OperationPlace): Set<RequestHeader> {
  const names = new Set<RequestHeader>(facts.document.requestHeaders);
  if (facts.isRepeatable) names.add('idempotency-key');
  if (!facts.hasEntity) return names;
  if (method === 'GET') names.add('if-none-match');
  else if (path.includes('{')) names.add('if-match');
  return names;
}

function addHeaders(operation: DocumentOperation, facts: RouteFacts, place: OperationPlace): void {
  const responses = operation.responses ?? {};
  for (const name of requestHeadersOf(facts, place)) {
    operation.parameters ??= [];
    operation.parameters.push({ in: 'header', name: headerTitle(name), ...REQUEST_HEADERS[name] });
    if (name === 'if-none-match') responses['304'] ??= { description: 'Not Modified' };
  }
  const names: AnswerHeader[] = ['x-request-id', ...(facts.document.answerHeaders ?? [])];
  if (facts.access.scope === 'component') names.push('x-stratora-rotate-key', 'x-stratora-jobs');
  for (const [status, answer] of Object.entries(responses)) {
    const ofEntity: AnswerHeader[] = status === '201' || status === '202' ? ['etag', 'location'] : ['etag'];
    const hasTag = facts.hasEntity && status !== '204';
    answer.headers = headerReferences(hasTag ? [...names, ...ofEntity] : names);
  }
}

function addRefusals(
  responses: Record<string, Answer>,
  refusals: readonly ErrorCode[],
  answers: Record<string, unknown>,
): void {
  for (const [status, codes] of byStatus(refusals)) {
    const known = responses[status];
    const refusal = refusalAnswer(status, codes);
    if (known) {
      // The route has an answer of its own with this status; the scope before it may still refuse.
      known.content = { ...known.content, [PROBLEM_TYPE]: refusal.content[PROBLEM_TYPE] ?? {} };
      continue;
    }
    const name = refusalComponent(codes);
    answers[name] = refusal;
    responses[status] = { $ref: `#/components/responses/${name}` };
  }
}

/** Leaves out components that nothing refers to. */
function withoutUnused<T extends UnfinishedDocument>(document: T): T {
  const { components = {}, ...rest } = document;
  const used = new Set<string>();
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string') look(inner);
      else if (!used.has(inner)) {
        used.add(inner);
        const [, , kind = '', name = ''] = inner.split('/');
        look(components[kind]?.[name]);
      }
    }
  };
  look(rest);
  const kept = Object.entries(components).map(([kind, entries]) => [
    kind,
    kind === 'securitySchemes'
      ? entries
      : Object.fromEntries(
          Object.entries(entries).filter(([name]) => used.has(`#/components/${kind}/${name}`)),
        ),
  ]);
  return { ...document, components: Object.fromEntries(kept) as Record<string, Record<string, unknown>> };
}
