import { type ERROR_CODES, PROBLEM_TYPE, type Problem, problemDocument } from '@stratora/contract';
import { AppError } from '@stratora/runtime';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { databaseFault } from '../db/index.ts';
import { appError, isErrorCode } from './error-catalogue.ts';

/** Returns the seconds after which a caller may try again, spread so that components do not come back all at once. */
export function retryAfterSeconds(random: () => number = Math.random): number {
  return 2 + Math.floor(random() * 8);
}

/** Builds the RFC 9457 document of an error; a 5xx says nothing of its cause. */
export function problemOf(error: AppError): Problem {
  const code = isErrorCode(error.code) ? error.code : 'internal_error';
  const { errors, node, link } = error.details ?? {};
  return {
    ...problemDocument(code, error.message, error.status),
    ...(node === undefined ? {} : { node: node as Problem['node'] & object }),
    ...(link === undefined ? {} : { link: link as Problem['link'] & object }),
    ...(Array.isArray(errors) ? { errors: errors as Problem['errors'] & object } : {}),
  };
}

const FRAMEWORK_CODES: Record<string, [keyof typeof ERROR_CODES, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body_too_large', 'The body is larger than this call takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported_media_type', 'This call does not take that content type.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['bad_request', 'The body is empty.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad_request', 'The body is not as long as it says.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['bad_request', 'The body is not valid JSON.'],
  FST_ERR_BAD_URL: ['bad_request', 'The address is not valid.'],
  FST_ERR_ASYNC_CONSTRAINT: ['bad_request', 'The address is not valid.'],
  ECONNRESET: ['bad_request', 'The connection ended before the body did.'],
};

/** Turns anything thrown into an error of the catalogue. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, statusCode } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : FRAMEWORK_CODES[code];
  if (known) return appError(known[0], known[1]);
  const fault = databaseFault(error);
  if (fault) return fault;
  if (error instanceof SyntaxError && statusCode === 400) {
    return appError('bad_request', 'The body is not valid JSON.');
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new AppError('bad_request', { status: statusCode, message: 'The request is not valid.' });
  }
  return appError('internal_error', 'Something failed inside; the log has it under the request id.', {
    cause: error,
  });
}

export function sendProblem(reply: FastifyReply, error: AppError): void {
  const problem = problemOf(error);
  if (error.status === 503 || error.status === 429) {
    const given = error.details?.['retryAfterSeconds'];
    void reply.header('retry-after', String(typeof given === 'number' ? given : retryAfterSeconds()));
  }
  if (error.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.status(error.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
}

/** Answers with a thrown error; the one place where errors become answers. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const mapped = toAppError(error);
  if (mapped.status >= 500) {
    const cause = mapped === error ? (mapped.cause ?? mapped) : error;
    request.log[mapped.status === 500 ? 'error' : 'warn'](
      { requestId: request.id, err: cause, code: mapped.code },
      'request failed',
    );
  }
  if (reply.raw.headersSent) {
    reply.raw.destroy();
    return;
  }
  sendProblem(reply, mapped);
}
