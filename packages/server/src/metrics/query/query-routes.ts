import { AppError } from '@stratora/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { goneSignal, type Routes, userAccess, userOf } from '../../platform/http/index.ts';
import { fixedDocument, queryDocument } from './query-document.ts';
import type { QueryCall } from './query-parameters.ts';
import type { QueryService } from './query-service.ts';

const FORM = 'application/x-www-form-urlencoded';
const PATHS: readonly [string, QueryCall, string][] = [
  ['/query', 'query', 'Instant query'],
  ['/query_range', 'query_range', 'Range query'],
  ['/series', 'series', 'Series that match'],
  ['/labels', 'labels', 'Label names'],
  ['/label/:name/values', 'label_values', 'Values of a label'],
];

/** The form of error answers: a problem document, or that of Prometheus. */
type ErrorStyle = 'problem' | 'prometheus';

/** Adds `/metrics/*`, and the same below `/prometheus/api/v1` for Grafana's Prometheus data source. */
export function queryRoutes(service: QueryService) {
  return (routes: Routes): void => {
    routes.register(async (scope) => {
      scope.removeContentTypeParser(FORM);
      scope.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) =>
        done(null, String(body)),
      );
      addCalls(scope, service, { prefix: '/api/v1/metrics', style: 'problem' });
      addCalls(scope, service, { prefix: '/api/v1/prometheus/api/v1', style: 'prometheus' });
      addDataSourceCalls(scope, '/api/v1/prometheus/api/v1');
    });
  };
}

function addCalls(
  routes: Routes,
  service: QueryService,
  { prefix, style }: { prefix: string; style: ErrorStyle },
): void {
  for (const [path, call, summary] of PATHS) {
    // One route each: a GET reads its parameters elsewhere than a POST, and the document says so.
    for (const method of ['GET', 'POST'] as const) {
      routes.route({
        method,
        url: prefix + path,
        ...userAccess('monitoring:read', queryDocument(call, method, style)),
        schema: {
          summary: `${summary}, as in the Prometheus HTTP API`,
          tags: [style === 'problem' ? 'metrics' : 'prometheus'],
          ...(call === 'label_values' ? { params: z.object({ name: z.string().min(1).max(256) }) } : {}),
        },
        handler: (request, reply) => answer(service, { call, style }, { request, reply }),
      });
    }
  }
}

async function answer(
  service: QueryService,
  { call, style }: { call: QueryCall; style: ErrorStyle },
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  try {
    const { name } = request.params as { name?: string };
    const text = await service.ask(call, parametersOf(request), {
      caller: userOf(request).userId,
      signal: goneSignal(reply),
      ...(name === undefined ? {} : { label: name }),
    });
    return await reply.type('application/json; charset=utf-8').serializer(asIs).send(text);
  } catch (error) {
    if (style === 'prometheus' && error instanceof AppError) return sendPrometheusError(reply, error);
    throw error;
  }
}

/**
 * Adds the calls that Grafana makes to a data source beside data, with answers on which it neither fails nor shows
 * anything wrong.
 */
function addDataSourceCalls(routes: Routes, prefix: string): void {
  const text = z.string();
  const calls: readonly [path: string, summary: string, schema: z.ZodType, data: unknown][] = [
    [
      '/status/buildinfo',
      'Version of the Prometheus API that is spoken here',
      z.object({
        version: text,
        revision: text,
        branch: text,
        buildUser: text,
        buildDate: text,
        goVersion: text,
      }),
      { version: '2.24.0', revision: '', branch: '', buildUser: '', buildDate: '', goVersion: '' },
    ],
    ['/metadata', 'Metadata of metrics: always none', z.record(text, z.array(z.unknown())), {}],
    ['/query_exemplars', 'Exemplars: always none', z.array(z.unknown()), []],
  ];
  for (const [path, summary, schema, data] of calls) {
    routes.route({
      method: path === '/query_exemplars' ? ['GET', 'POST'] : 'GET',
      url: prefix + path,
      ...userAccess('monitoring:read', fixedDocument(schema)),
      schema: { summary, tags: ['prometheus'] },
      handler: async () => ({ status: 'success', data }),
    });
  }
}

const asIs = (payload: unknown) => payload as string;

/** Joins the parameters of the URL and of a form body, as Prometheus does. */
function parametersOf(request: FastifyRequest): URLSearchParams {
  const { url } = request;
  const at = url.indexOf('?');
  const parameters = new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
  if (typeof request.body === 'string') {
    for (const [name, value] of new URLSearchParams(request.body)) parameters.append(name, value);
  }
  return parameters;
}

/** Answers with an error in the form of the Prometheus HTTP API: `errorType` is one of its closed set. */
function sendPrometheusError(reply: FastifyReply, error: AppError): FastifyReply {
  const errorType = error.status === 400 ? 'bad_data' : error.status === 422 ? 'execution' : 'unavailable';
  return reply
    .code(error.status)
    .type('application/json; charset=utf-8')
    .send({ status: 'error', errorType, error: error.message });
}
