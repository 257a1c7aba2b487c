const DAY_MS = 86_400_000;

/**
 * Reads a `Retry-After` header (RFC 9110 section 10.2.3): seconds, or a date of HTTP.
 *
 * @returns milliseconds from now, a day at most; undefined where there is none or it says nothing
 */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : dateOf(text) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), DAY_MS);
}

/** Reads a date as HTTP writes it today; the two forms that are obsolete are read too. */
function dateOf(text: string): number {
  return /^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
}
