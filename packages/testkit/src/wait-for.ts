/** The longest stall expected of a shared machine: added to the figure of every limit on wall time. */
export const STALL_MS = 5000;

export interface WaitOptions {
  timeoutMs?: number;
  everyMs?: number;
  /** Name of the awaited condition, for the message when time runs out. */
  what?: string;
}

/**
 * Polls until `probe` returns something truthy, and returns that. A probe that throws counts as "not yet"; the last
 * error is named when time runs out.
 */
export async function waitFor<T>(
  probe: () => T | Promise<T>,
  options: WaitOptions = {},
): Promise<Exclude<T, undefined | null | false | 0 | ''>> {
  const { timeoutMs = 30_000, everyMs = 100, what = 'the condition' } = options;
  const end = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value as Exclude<T, undefined | null | false | 0 | ''>;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() > end) {
      throw new Error(`${what} did not happen within ${timeoutMs} ms`, { cause: lastError });
    }
    await new Promise((resolve) => {
      setTimeout(resolve, everyMs);
    });
  }
}
