import type { Readable } from 'node:stream';
import { REJECTED_LINES_HEADER, STORE_EPOCH_HEADER } from '@stratora/contract';
import type { Precision } from '@stratora/lineprotocol';
import { AppError } from '@stratora/runtime';
import { z } from 'zod';
import {
  appError,
  componentAccess,
  componentOf,
  fieldError,
  handleError,
  type RouteDocument,
  type Routes,
} from '../../platform/http/index.ts';
import type { IngestService } from './ingest-service.ts';

const PRECISIONS: ReadonlySet<string> = new Set<Precision>(['ns', 'us', 'ms', 's']);

const INGEST_DOCUMENT: RouteDocument = {
  refusals: [
    'no_valid_lines',
    'unsupported_encoding',
    'unsupported_media_type',
    'truncated_body',
    'metrics_unavailable',
  ],
  querystring: z.object({ precision: z.enum(['ns', 'us', 'ms', 's']).default('ns') }),
  bodies: { '*/*': z.string().describe('Lines of InfluxDB line protocol.') },
  requestHeaders: ['content-encoding'],
  answerHeaders: [STORE_EPOCH_HEADER, REJECTED_LINES_HEADER],
};

/** Adds `POST /api/v1/ingest/influx`. The body is taken as a raw stream, whatever content type it says. */
export function ingestRoutes(service: IngestService, bodyLimitBytes: number) {
  return (routes: Routes): void => {
    routes.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      scope.setErrorHandler((error, request, reply) => handleError(keptBySender(error), request, reply));
      scope.post<{ Querystring: { precision?: unknown } }>(
        '/api/v1/ingest/influx',
        {
          ...componentAccess('any', INGEST_DOCUMENT),
          bodyLimit: bodyLimitBytes + 1,
          schema: {
            operationId: 'ingestSamples',
            summary: 'Samples in InfluxDB line protocol, plain or gzip',
            tags: ['components'],
            response: { 204: z.null() },
          },
        },
        async (request, reply) => {
          const stream = (request.body ?? request.raw) as Readable;
          try {
            const precision = precisionOf(request.query.precision);
            const body = { headers: request.headers, stream };
            const answer = await service.ingest(componentOf(request), body, precision);
            return reply
              .code(204)
              .header(STORE_EPOCH_HEADER, answer.epoch)
              .header(REJECTED_LINES_HEADER, answer.rejectedLines)
              .send();
          } catch (error) {
            if (error instanceof AppError && error.details?.['rejectedLines'] !== undefined) {
              void reply.header(REJECTED_LINES_HEADER, error.details['rejectedLines']);
            }
            throw error;
          }
        },
      );
    });
  };
}

/**
 * Makes a 503 of what passes: Telegraf drops a batch on any 4xx. Too many wrong keys of somebody else are no fault of the
 * sender's own.
 */
function keptBySender(error: unknown): unknown {
  if (!(error instanceof AppError) || error.status !== 429) return error;
  return appError('overloaded', error.message, error.details ? { details: error.details } : {});
}

function precisionOf(given: unknown): Precision {
  if (given === undefined) return 'ns';
  if (typeof given === 'string' && PRECISIONS.has(given)) return given as Precision;
  throw fieldError('precision', 'must be ns, us, ms or s');
}
