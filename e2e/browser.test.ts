import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ListAnswer, Node } from '@stratora/contract';
import { REPOSITORY, requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PICTURES = join(REPOSITORY, 'e2e/screenshots');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NEW_PASSWORD = 'a better password 1';

describe.skipIf(CHROMIUM === undefined)('an operator in a browser', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    system = await StratoraSystem.start({ adminPassword: null });
    browser = await startChromium(CHROMIUM ?? '');
    // The private authority is pinned by key, to be trusted like by a browser that has imported it.
    const context = await browser.newContext({
      ignoreHTTPSErrors: true,
      viewport: { width: 1440, height: 900 },
    });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
  });

  /** Waits until the page has loaded its data: no placeholder, no motion, and the same text twice. */
  async function settled(): Promise<void> {
    let before = '';
    await waitFor(
      async () => {
        const now = await page.evaluate(() => {
          const isMoving = document.getAnimations().some(({ playState }) => playState === 'running');
          const isWaiting = document.querySelector('.skeleton, [aria-busy="true"]') !== null;
          return isMoving || isWaiting ? '' : document.body.innerHTML.replaceAll(/\d+/g, '');
        });
        const isSame = now !== '' && now === before;
        before = now;
        return isSame;
      },
      { timeoutMs: 20_000, everyMs: 150, what: `a page at rest (${page.url()})` },
    );
  }

  async function picture(name: string): Promise<void> {
    for (const theme of ['dark', 'light'] as const) {
      await page.evaluate((value) => {
        document.documentElement.dataset['theme'] = value;
      }, theme);
      for (const [width, height] of [
        [1440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        // A chart on a canvas follows the size of its frame.
        await page.waitForTimeout(100);
        await page.screenshot({ path: join(PICTURES, `${name}-${theme}-${width}.png`) });
      }
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  async function barriers(): Promise<string[]> {
    await page.evaluate(AXE);
    return page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
    });
  }

  it('logs in with the first password and must choose another', async () => {
    const password = readFileSync(join(system.dataDir, 'initial-admin-password'), 'utf8').trim();
    await page.goto(`${system.ready.url}/`);
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(password);
    expect(await barriers()).toEqual([]);
    await picture('login');
    await page.getByRole('button', { name: 'Log in' }).click();
    const fields = page.locator('input[type="password"]');
    await waitFor(async () => (await fields.count()) >= 2, { what: 'the form for a new password' });
    await picture('first-password');
    const labels = await fields.evaluateAll((list) =>
      list.map((field) => (field as HTMLInputElement).autocomplete),
    );
    for (const [index, kind] of labels.entries()) {
      await fields.nth(index).fill(kind === 'current-password' ? password : NEW_PASSWORD);
    }
    await page.locator('button[type="submit"]').click();
    await page.getByRole('navigation').first().waitFor();
    await system.api.login('admin', NEW_PASSWORD);
  });

  it('sees the host itself healthy on the home page', async () => {
    await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
        return items.some(({ status }) => status === 'healthy');
      },
      { timeoutMs: 60_000, what: 'a healthy node' },
    );
    await page.goto(`${system.ready.url}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled();
    expect(await barriers()).toEqual([]);
    await picture('home');
  });

  it('opens the node from the list and sees a chart with points', async () => {
    const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
    const node = items[0];
    await page.goto(`${system.ready.url}/nodes`);
    const row = page.getByRole('link', { name: node?.name ?? '' }).first();
    await row.waitFor();
    expect(await barriers()).toEqual([]);
    await picture('nodes');
    await row.click();
    await page.waitForURL(new RegExp(`/nodes/${node?.id}`));
    const chart = page.getByRole('img', { name: /\d/ }).first();
    await chart.waitFor({ timeout: 30_000 });
    // The curve takes minutes to fill a wide range; some pixels of it must be there at once.
    const painted = await waitFor(
      () =>
        chart
          .locator('canvas')
          .first()
          .evaluate((element) => {
            const canvas = element as HTMLCanvasElement;
            const pixels =
              canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
            let coloured = 0;
            for (let i = 0; i < pixels.length; i += 4) {
              const [red = 0, green = 0, blue = 0, alpha = 0] = pixels.slice(i, i + 4);
              if (alpha > 60 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40) coloured += 1;
            }
            return coloured;
          }),
      { timeoutMs: 90_000, what: 'points in the chart' },
    );
    expect(painted).toBeGreaterThan(3);
    await settled();
    expect(await barriers()).toEqual([]);
    await picture('node');
  });

  it('walks the other screens', async () => {
    for (const path of [
      'collection/collectors',
      'collection/agents',
      'collection/tokens',
      'settings/credentials',
      'settings/sites',
      'settings/users',
    ]) {
      await page.goto(`${system.ready.url}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled();
      expect(await barriers(), path).toEqual([]);
      await picture(path.replace('/', '-'));
    }
  });

  it('hears no complaint from the browser', () => {
    // A 401 of "who am I" before the login and the 423 of the first password are answers, and Chromium logs them.
    expect(complaints.filter((text) => !/status of (401|423)/.test(text))).toEqual([]);
  });
});
