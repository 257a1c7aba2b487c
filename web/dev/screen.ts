import type { Page } from 'playwright-core';
import type { MockOptions } from './mock-api.ts';

export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly as?: 'admin' | 'operator' | 'viewer' | 'nobody' | 'newcomer';
  /** What is done before the picture. */
  readonly act?: (page: Page) => Promise<void>;
  readonly empty?: boolean;
  /** What the plant is to be like. */
  readonly plant?: Partial<MockOptions>;
}

/** Waits until the page shows what it has to show. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null, undefined, {
    timeout: 10_000,
  });
  await page.waitForTimeout(500);
}
