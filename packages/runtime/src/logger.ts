import { type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import { LineOutput } from './line-output.ts';

/** A pino logger, passed in as a child and never imported as a global. */
export type Logger = PinoLogger;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface LoggerOptions {
  name: string;
  level?: LogLevel;
  /** Destination of the lines; standard output by default. */
  destination?: { write(line: string): void };
}

/** Field names whose values never reach a log, at any of three depths. */
const SECRET_FIELDS = [
  'password',
  'current_password',
  'new_password',
  'secret',
  'token',
  'enrollment_token',
  'access_token',
  'api_key',
  'apiKey',
  'community',
  'auth_password',
  'priv_password',
  'authorization',
  'cookie',
  '["x-api-key"]',
  '["set-cookie"]',
];

/** Joins a prefix and a field name; bracketed names take no dot. */
function path(prefix: string, field: string): string {
  return field.startsWith('[') ? prefix + field : `${prefix}.${field}`;
}

/** Makes a logger that redacts secrets: the one place where loggers are made. */
export function createLogger(options: LoggerOptions): Logger {
  const paths = SECRET_FIELDS.flatMap((field) => [field, path('*', field), path('*.*', field)]);
  const settings = {
    name: options.name,
    level: options.level ?? 'info',
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths, censor: '[redacted]' },
  };
  // Pino's own output never ends once the reader of a pipe is gone: the process could not stop.
  return pino(settings, options.destination ?? new LineOutput());
}

/** Makes a logger without output, for callers that must pass one. */
export function silentLogger(): Logger {
  return createLogger({ name: 'silent', level: 'silent' });
}
