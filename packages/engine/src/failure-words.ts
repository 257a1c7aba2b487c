import { errorMessage, sanitizeText } from '@stratora/runtime';
import { failedForOtherReason, missing, notAllowed } from './target-words.ts';

/** A failure in plain words, and what the system or a library said of it itself. */
export interface FailureWords {
  readonly message: string;
  readonly detail: string | undefined;
}

/** Most causes that are followed. */
const MAX_CAUSES = 5;

/** Returns the own words of the error at the bottom of its causes; undefined where the message says the same. */
export function detailOf(error: Error): string | undefined {
  let bottom = error;
  for (let depth = 0; depth < MAX_CAUSES && bottom.cause instanceof Error; depth += 1) bottom = bottom.cause;
  return bottom === error || error.message.includes(bottom.message) ? undefined : bottom.message;
}

/** Says in plain words what the system told of a file; errors of ours are in plain words already. */
export function failureWords(failure: unknown): FailureWords {
  const own = sanitizeText(errorMessage(failure));
  const { code, path } = (failure ?? {}) as NodeJS.ErrnoException;
  if (path !== undefined && code === 'ENOENT') return { message: missing(path), detail: own };
  if (path !== undefined && (code === 'EACCES' || code === 'EPERM'))
    return { message: notAllowed(path), detail: own };
  if (code !== undefined) return { message: failedForOtherReason(), detail: own };
  return { message: own, detail: failure instanceof Error ? detailOf(failure) : undefined };
}
