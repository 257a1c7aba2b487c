/** What a machine that others work on stalls now and then: the room that a limit on wall time gives beside its figure. */
export const STALL_MS = 5000;

export interface WaitOptions {
  timeoutMs?: number;
  everyMs?: number;
  /** What is waited for, in the message when it does not come. */
  what?: string;
}

/**
 * Polls until `probe` gives something truthy, and gives that. A probe that throws counts as "not yet"; the last
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
