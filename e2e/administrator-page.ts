import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY, type StratoraSystem } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';

/** Size of the pages that tests look at. */
export const VIEWPORT = { width: 1440, height: 900 };
const PICTURES = join(REPOSITORY, 'e2e/screenshots');
/** Widths that pictures are taken at: a desk's and a telephone's. */
const WIDTHS = [VIEWPORT.width, 390];
/** Milliseconds that a step in the page may take. */
const LONG_MS = 60_000;

/**
 * Opens a page of a system, and logs in as its administrator.
 * @returns the page, and what the browser complains of from then on
 */
export async function openAsAdministrator(
  browser: Browser,
  system: StratoraSystem,
  { password, timezoneId }: { readonly password: string; readonly timezoneId?: string },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true,
    viewport: VIEWPORT,
    ...(timezoneId === undefined ? {} : { timezoneId }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(LONG_MS);
  await page.goto(`${system.ready.url}/login`);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor();
  return { page, complaints };
}

/** Takes pictures of what the page shows, in both themes and at both widths, for people to look at. */
export async function takePictures(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  for (const theme of ['dark', 'light']) {
    await page.evaluate((value) => {
      document.documentElement.dataset['theme'] = value;
    }, theme);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: VIEWPORT.height });
      await page.screenshot({ path: join(PICTURES, `${name}-${theme}-${width}.png`) });
    }
  }
  await page.setViewportSize(VIEWPORT);
}
