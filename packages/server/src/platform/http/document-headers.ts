/** A header as the API document describes it. */
interface HeaderEntry {
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const text = { type: 'string' };

/** Headers of requests that routes name in their `document`, by name. */
export const REQUEST_HEADERS = {
  'if-none-match': {
    description: 'Entity tags that the caller has; 304 when one of them is that of the answer.',
    schema: text,
  },
  'if-match': {
    description: 'Entity tags of the resource as it was read; 412 where it has changed since.',
    schema: text,
  },
  'idempotency-key': {
    description:
      "A name of this call of the caller's own making. A repeat within 24 hours is answered like the first, and does nothing.",
    schema: { type: 'string', maxLength: 255 },
  },
  'content-encoding': {
    description: 'How the body is packed.',
    schema: { type: 'string', enum: ['gzip', 'identity'] },
  },
  'x-api-key': {
    description: 'The key that this component had before, as a proof that it is the same.',
    schema: text,
  },
} as const satisfies Readonly<Record<string, HeaderEntry>>;
export type RequestHeader = keyof typeof REQUEST_HEADERS;

/** Headers of answers, by name; those of every answer and those that routes name in their `document`. */
export const ANSWER_HEADERS = {
  'x-request-id': { description: 'Id of this request, which its log line carries too.', schema: text },
  'retry-after': {
    description: 'Seconds after which the caller may try again.',
    schema: { type: 'integer' },
  },
  'www-authenticate': { description: 'How to authenticate.', schema: text },
  etag: { description: 'Strong entity tag of the answer.', schema: text },
  location: { description: 'Path of the new resource.', schema: text },
  'set-cookie': { description: 'The session of the user, or its end.', schema: text },
  'x-stratora-store-epoch': {
    description: 'Changes when the metric store was started anew; what it may have lost is then sent again.',
    schema: text,
  },
  'x-stratora-rejected-lines': {
    description: 'How many lines of the body were dropped, one by one.',
    schema: { type: 'integer' },
  },
  'x-stratora-jobs': { description: 'Jobs wait for this component.', schema: text },
  'x-stratora-rotate-key': { description: 'There is a new key for this component.', schema: text },
} as const satisfies Readonly<Record<string, HeaderEntry>>;
export type AnswerHeader = keyof typeof ANSWER_HEADERS;

/** Spells a header as people do: `x-request-id` is `X-Request-Id`. */
export function headerTitle(name: string): string {
  const words = name.split('-').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1));
  return words
    .join('-')
    .replace(/^Etag$/, 'ETag')
    .replace('Www-', 'WWW-');
}

/** Name of a header among the components of the document. */
export function headerComponent(name: string): string {
  return headerTitle(name).replaceAll('-', '');
}
