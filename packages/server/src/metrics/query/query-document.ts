import { z } from 'zod';
import type { RouteDocument } from '../../platform/http/index.ts';
import { QUERY_CALLS, type QueryCall } from './query-parameters.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const time = z.string().describe('RFC 3339, or seconds since 1970.');

/** The parameters of the Prometheus HTTP API that are taken, by name. */
const PARAMETERS = {
  query: z.string().min(1).max(16_384).describe('An expression of PromQL.'),
  time: time.optional(),
  start: time,
  end: time,
  step: z.string().describe('A duration such as `30s`, or seconds.'),
  limit: z.int().min(0).max(999_999_999).optional().describe('Most series of the answer.'),
  lookback_delta: z.string().optional().describe('How far back a sample counts as present.'),
  'match[]': z
    .array(z.string().min(1).max(16_384))
    .min(1)
    .max(50)
    .describe('Series selectors; any of them may fit.'),
} as const;

/** The parameters without which a call is refused. */
const REQUIRED: Readonly<Record<QueryCall, readonly string[]>> = {
  query: ['query'],
  query_range: ['query', 'start', 'end', 'step'],
  series: ['match[]'],
  labels: [],
  label_values: [],
};

function parametersOf(call: QueryCall): z.ZodObject {
  return z.object(
    Object.fromEntries(
      QUERY_CALLS[call].map((name) => [
        name,
        REQUIRED[call].includes(name) ? PARAMETERS[name] : PARAMETERS[name].optional(),
      ]),
    ),
  );
}

const success = { status: z.literal('success') };
const texts = z.looseObject({ ...success, data: z.array(z.string()) });
const values = z.looseObject({
  ...success,
  data: z.looseObject({
    resultType: z.enum(['vector', 'matrix', 'scalar', 'string']),
    result: z.array(z.unknown()),
  }),
});
const DATA: Readonly<Record<QueryCall, z.ZodType>> = {
  query: values,
  query_range: values,
  series: z.looseObject({ ...success, data: z.array(z.record(z.string(), z.string())) }),
  labels: texts,
  label_values: texts,
};

/** An error in the form of the Prometheus HTTP API. */
const fault = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

/** Documents a call that asks the store, in our own form of errors or in that of Prometheus. */
export function queryDocument(
  call: QueryCall,
  method: 'GET' | 'POST',
  style: 'problem' | 'prometheus',
): RouteDocument {
  const parameters = parametersOf(call);
  const faults = { [JSON_TYPE]: fault };
  return {
    ...(method === 'GET' ? { querystring: parameters } : { bodies: { [FORM]: parameters } }),
    ...(style === 'problem'
      ? { refusals: ['query_failed', 'too_many_requests', 'overloaded', 'metrics_unavailable'] }
      : {}),
    answers: {
      200: { [JSON_TYPE]: DATA[call] },
      ...(style === 'prometheus' ? { 400: faults, 422: faults, 429: faults, 503: faults } : {}),
    },
  };
}

/** Documents a call whose answer is always the same. */
export function fixedDocument(data: z.ZodType): RouteDocument {
  return { answers: { 200: { [JSON_TYPE]: z.object({ ...success, data }) } } };
}
