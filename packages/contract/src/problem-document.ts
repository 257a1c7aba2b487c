/** The form of errors, for those that load no schemas. */

import { ERROR_CODES, ERROR_TITLES, type ErrorCode } from './error-codes.ts';
import type { Problem } from './problem.ts';

/** Media type of a problem document. */
export const PROBLEM_TYPE = 'application/problem+json';

/**
 * Builds the document of an error, as the API answers it and the front doors before it.
 * @param status another one than that of the code, for errors of HTTP that have no code of their own
 */
export function problemDocument(
  code: ErrorCode,
  detail: string,
  status: number = ERROR_CODES[code],
): Problem {
  return { type: `urn:stratora:error:${code}`, title: ERROR_TITLES[code], status, detail, code };
}
