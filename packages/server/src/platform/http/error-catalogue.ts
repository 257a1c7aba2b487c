import { ERROR_CODES, type ErrorCode } from '@stratora/contract';
import { AppError } from '@stratora/runtime';

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
