import { ERROR_CODES, type ErrorCode } from '@stratora/contract';
import { AppError } from '@stratora/runtime';

/** Short titles for people, by stable code. */
export const ERROR_TITLES: Record<ErrorCode, string> = {
  bad_request: 'Bad request',
  validation_failed: 'The request is not valid',
  no_valid_lines: 'No line is valid',
  unsupported_encoding: 'Unsupported content encoding',
  truncated_body: 'The body ends too early',
  not_authenticated: 'Not logged in',
  invalid_credentials: 'Wrong username or password',
  api_key_invalid: 'Invalid API key',
  enrollment_token_invalid: 'Invalid enrollment token',
  enrollment_token_expired: 'Enrollment token expired',
  enrollment_token_exhausted: 'Enrollment token used up',
  enrollment_token_revoked: 'Enrollment token revoked',
  forbidden: 'Not allowed',
  csrf_rejected: 'Cross-site request refused',
  component_not_approved: 'Component is not approved',
  component_revoked: 'Component is revoked',
  component_mismatch: 'Not this component',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  request_timeout: 'Request took too long',
  conflict: 'Conflict',
  name_taken: 'Name is taken',
  identity_in_use: 'Another machine uses this identity',
  in_use: 'Still in use',
  invalid_state: 'Not possible in this state',
  node_exists: 'Node exists already',
  idempotency_key_in_use: 'First call still runs',
  changed_meanwhile: 'Changed meanwhile',
  body_too_large: 'Body too large',
  unsupported_media_type: 'Unsupported media type',
  query_failed: 'Query failed',
  idempotency_key_reused: 'Key was used for another call',
  password_change_required: 'Password must be changed',
  too_many_attempts: 'Too many attempts',
  too_many_requests: 'Too many requests',
  internal_error: 'Internal error',
  bad_gateway: 'Bad answer from a service behind',
  metrics_unavailable: 'Metric store unavailable',
  database_unavailable: 'Database unavailable',
  overloaded: 'Overloaded',
};

/** Builds an error of the catalogue with the status that belongs to its code. */
export function appError(
  code: ErrorCode,
  message: string,
  more: { details?: Record<string, unknown>; cause?: unknown } = {},
): AppError {
  return new AppError(code, { status: ERROR_CODES[code], message, ...more });
}

export function notFound(what: string): AppError {
  return appError('not_found', `${what} does not exist.`);
}

/** Builds the error for one field of the body, as `errors` of the problem document. */
export function fieldError(path: string, message: string): AppError {
  return appError('validation_failed', `${path}: ${message}`, { details: { errors: [{ path, message }] } });
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
