export interface AppErrorOptions {
  /** HTTP status that this error maps to. */
  status: number;
  /** Message for people; never holds a secret, a stack or SQL. */
  message: string;
  details?: Record<string, unknown>;
  cause?: unknown;
}

/**
 * The error class that crosses a module's border on purpose. `code` is one of the constants in `@stratora/contract`;
 * the HTTP layer maps it to a problem document.
 */
export class AppError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: string, options: AppErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.status = options.status;
    this.details = options.details;
  }
}

/** Returns the message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
