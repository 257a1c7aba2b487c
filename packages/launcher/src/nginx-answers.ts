import type { ErrorCode } from '@stratora/contract';
import { problemDocument } from '@stratora/contract/problem-document';

interface OwnAnswer {
  /** Statuses of nginx, some of which exist in it alone, that get this answer. */
  for: readonly number[];
  code: ErrorCode;
  detail: string;
  /** Where it is not that of the code. */
  status?: number;
}

/**
 * The answers that nginx gives by itself. 494 is its own for a head that is too large; a request that it understands too
 * little of to choose a page (411, 421, 501, 505) is answered like one that is no HTTP.
 */
const OWN_ANSWERS: readonly OwnAnswer[] = [
  { for: [400, 411, 421, 501, 505], code: 'bad_request', detail: 'This is not a valid HTTP request.' },
  { for: [403], code: 'forbidden', detail: 'This file is not served.' },
  { for: [404], code: 'not_found', detail: 'There is nothing at this address.' },
  { for: [405], code: 'method_not_allowed', detail: 'This address takes GET and HEAD.' },
  { for: [413], code: 'body_too_large', detail: 'The request body is too large.' },
  { for: [414], code: 'uri_too_long', detail: 'The address of the request is too long.' },
  { for: [416], code: 'bad_request', detail: 'The file has no such range.', status: 416 },
  { for: [494], code: 'head_too_large', detail: 'The head of the request is too large.' },
  {
    for: [500],
    code: 'internal_error',
    detail: 'Something failed inside; the log of the front door may say more.',
  },
  {
    for: [502, 503, 504],
    code: 'overloaded',
    detail: 'The server is starting or restarting; try again in a moment.',
  },
];

/** Variables of the headers that only some of the answers have; an empty header is not sent. */
export const OWN_ANSWER_VARIABLES = `map $status $own_retry_after {
    default "";
    503 2;
  }

  map $status $own_allow {
    default "";
    405 "GET, HEAD";
  }`;

/** Renders which answer nginx gives for which status of its own; answers of the backend are passed on as they are. */
export function renderErrorPages(): string {
  // Not named locations: those need an address, which a request that is no HTTP has none of.
  return OWN_ANSWERS.map(
    ({ for: statuses }) => `error_page ${statuses.join(' ')} = ${pathOf(statuses)};`,
  ).join('\n    ');
}

/**
 * Renders the locations of the answers that nginx gives by itself, problem documents as from the backend.
 * @param headers directives of the headers of all of them
 */
export function renderOwnAnswers(headers: string): string {
  const answers = OWN_ANSWERS.map(({ for: statuses, code, detail, status }) => {
    const { status: sent, text } = problem(code, detail, status);
    return `location = ${pathOf(statuses)} {
        internal;
        return ${sent} '${text}';
      }`;
  });
  const plain = problem('bad_request', 'This port speaks HTTPS only.');
  return `location @plain {
      internal;
      default_type application/problem+json;
      add_header X-Request-Id $request_id always;
      if ($plain_page = 1) {
        return 308 https://$shown_host$request_uri;
      }
      return 400 '${plain.text}';
    }

    location /.answers/ {
      internal;
      default_type application/problem+json;
      ${headers}
      add_header X-Request-Id $request_id always;
      add_header Retry-After $own_retry_after always;
      add_header Allow $own_allow always;

      ${answers.join('\n\n      ')}
    }`;
}

function pathOf([first]: readonly number[]): string {
  return `/.answers/${String(first)}`;
}

/** Builds a document for nginx, which reads variables and quotes in a text. */
function problem(code: ErrorCode, detail: string, status?: number): { status: number; text: string } {
  const document = problemDocument(code, detail, status);
  const text = JSON.stringify(document);
  if (/['$\\]/.test(text)) throw new Error(`nginx cannot send ${text}`);
  return { status: document.status, text };
}
