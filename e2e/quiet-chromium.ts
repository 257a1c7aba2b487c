import { type Browser, chromium } from 'playwright-core';

/**
 * Starts the system's Chromium without a window and without calls of its own.
 * @param more arguments of Chromium beside those
 */
export function startChromium(executablePath: string, more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      ...more,
    ],
  });
}
