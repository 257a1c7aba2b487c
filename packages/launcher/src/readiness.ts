import { createHttpClient, type HttpAnswer, sleep } from '@stratora/runtime';
import type { Service } from './service.ts';

const POLL_MS = 40;

/** A service did not come up; the message holds the last lines that it printed. */
export class NotReadyError extends Error {
  constructor(service: Service, timeoutMs: number) {
    const lines = service.lastLines.length > 0 ? service.lastLines : ['(none)'];
    const printedLines = lines.map((line) => `  ${line}`).join('\n');
    super(
      `${service.name} was not ready within ${Math.round(timeoutMs / 1000)} s. Its last lines (${service.logPath}):\n` +
        printedLines,
    );
    this.name = 'NotReadyError';
  }
}

/**
 * Asks until a service is ready.
 * @throws NotReadyError after `timeoutMs`
 */
export async function waitUntilReady(
  service: Service,
  isReady: () => Promise<boolean>,
  options: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  const endsAt = performance.now() + options.timeoutMs;
  while (!options.signal.aborted) {
    if (service.isRunning && (await isReady())) return;
    if (performance.now() > endsAt) throw new NotReadyError(service, options.timeoutMs);
    await sleep(POLL_MS, undefined, options.signal);
  }
}

/** Makes a readiness probe over HTTP: ready when the status is right; no connection means not ready. */
export function httpProbe(
  target: { baseUrl: string; ca?: string },
  path: string,
  isGood: (status: number) => boolean,
): { ask: () => Promise<boolean>; close: () => void } {
  const client = createHttpClient({ ...target, timeoutMs: 3000 });
  return {
    async ask() {
      try {
        return isGood((await client.request({ method: 'GET', path })).status);
      } catch {
        return false;
      }
    },
    close: () => client.close(),
  };
}

/**
 * Makes the readiness probe of the whole system, which tells what it waits for.
 * @param tell called with each new cause, in words for people
 * @param silentMs milliseconds for which parts may be away without a word
 */
export function healthProbe(
  target: { baseUrl: string; ca?: string },
  tell: (text: string) => void,
  silentMs: number,
): { ask: () => Promise<boolean>; close: () => void } {
  const client = createHttpClient({ ...target, timeoutMs: 8000 });
  const startedAt = performance.now();
  const told = new Set<string>();
  return {
    async ask() {
      try {
        const answer = await client.request({ method: 'GET', path: '/api/v1/health' });
        if (answer.status === 200) return true;
        if (performance.now() - startedAt < silentMs) return false;
        for (const text of messagesOf(answer)) {
          if (!told.has(text)) tell(text);
          told.add(text);
        }
      } catch {
        // The front door is not open yet.
      }
      return false;
    },
    close: () => client.close(),
  };
}

function messagesOf(answer: HttpAnswer): string[] {
  const { messages } = answer.json() as { messages?: unknown };
  return Array.isArray(messages) ? messages.filter((text) => typeof text === 'string') : [];
}
