import { ERROR_CODES } from '@stratora/contract';
import { AppError } from '@stratora/runtime';

interface PgError {
  code?: string;
  constraint?: string;
  message?: string;
}

/** SQLSTATE classes (PostgreSQL manual, appendix A) that mean "away", not "wrong". */
const AWAY_STATES = /^(08|57P|53|55P03|58)/;
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
const AWAY_MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|Query read timeout|connection is closed|not queryable/i;

/** Whether the database could not be reached or did not answer in time. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'database_unavailable';
  const { code, message } = (error ?? {}) as PgError;
  if (code !== undefined && (AWAY_STATES.test(code) || AWAY_CODES.has(code) || code === '57014')) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return message !== undefined && AWAY_MESSAGES.test(message);
}

/** Returns the name of the constraint that a statement broke, or undefined. */
export function brokenConstraint(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as PgError;
  return code !== undefined && code.startsWith('23') ? constraint : undefined;
}

/** Makes the answer for a caller of an error of the database; undefined when the caller cannot act on it. */
export function databaseFault(error: unknown): AppError | undefined {
  if (isDatabaseAway(error)) {
    return fault('database_unavailable', 'The database is not available; try again shortly.', error);
  }
  switch ((error as PgError | undefined)?.code) {
    case '23505':
      return fault('conflict', 'Something with the same name or key exists already.', error);
    case '23503':
      return fault('conflict', 'It refers to something that does not exist, or is still referred to.', error);
    case '40001':
    case '40P01':
      return fault('conflict', 'Somebody else changed the same thing at the same moment; try again.', error);
    case '22003':
    case '22007':
    case '22008':
    case '22009':
      return fault('bad_request', 'A number or a time is outside of what can be stored.', error);
    case '22021':
    case '22P05':
      return fault('bad_request', 'A text holds a character that cannot be stored.', error);
    default:
      return undefined;
  }
}

function fault(code: keyof typeof ERROR_CODES, message: string, cause: unknown): AppError {
  return new AppError(code, { status: ERROR_CODES[code], message, cause });
}
