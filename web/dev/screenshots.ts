/**
 * Takes a picture of every screen at 1440x900 and 390x844, dark and light, with a plant of 60 nodes and with an empty
 * system, and fails on console errors and on what axe finds. Needs `npm run build` of the web room and a Chromium on PATH.
 *
 *     node web/dev/screenshots.ts [--only node] [--theme dark] [--width 1440] [--out e2e/screenshots/web]
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startMock } from './mock-server.ts';
import { type Screen, settle } from './screen.ts';
import { SCREENS } from './screens.ts';

interface Shot {
  readonly url: string;
  readonly out: string;
  readonly theme: string;
  readonly width: number;
  readonly height: number;
  readonly problems: string[];
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Screens whose lists draw only what is in the window. */
const FOLDED = /^nodes|^node-series|^fleet-|^rollout-|^alerts|^definitions|^topology|^discovery-job/;

/**
 * Where an open menu or select keeps the Tab key in order: focusable and hidden, and no prop of the library leaves them
 * out. Axe cannot see that they hand focus on at once, so it does not look at them, and `restless` does.
 */
const GUARD = '[data-base-ui-focus-guard]';

/** How many guards keep the focus that they get. */
function restless(page: Page): Promise<number> {
  return page.evaluate(async (selector) => {
    let kept = 0;
    for (const guard of document.querySelectorAll<HTMLElement>(selector)) {
      guard.focus();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      if (document.activeElement === guard) kept += 1;
    }
    return kept;
  }, GUARD);
}

/** What keeps people out, as axe sees it. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async (guard) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          context: object,
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run(
      { exclude: [guard] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] },
    );
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  }, GUARD);
}

async function shoot(browser: Browser, screen: Screen, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    hasTouch: shot.width < 800,
    timezoneId: 'Europe/Berlin',
  });
  await context.addInitScript((theme) => {
    // A mail in its sandboxed frame has no storage.
    if (window.origin !== 'null') localStorage.setItem('stratora.theme', JSON.stringify(theme));
  }, shot.theme);
  const page = await context.newPage();
  const refused =
    screen.as === 'nobody' || screen.name.endsWith('-missing') || screen.name === 'first-password';
  page.on('console', (message) => {
    const network = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !(refused && network))
      shot.problems.push(`${screen.name}: ${message.text()}`);
  });
  page.on('pageerror', (error) => shot.problems.push(`${screen.name}: ${error.message}`));
  try {
    await page.goto(shot.url + screen.path);
    await settle(page);
    await screen.act?.(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    shot.problems.push(...(await barriers(page)).map((text) => `${screen.name}: ${text}`));
    if (overflow > 0) shot.problems.push(`${screen.name}: ${overflow} px wider than the window`);
  } catch (error) {
    shot.problems.push(`${screen.name}: ${String(error).split('\n')[0]}`);
  }
  await page.screenshot({
    path: shot.out,
    fullPage: shot.width < 800 && !FOLDED.test(screen.name) && (await page.getByRole('dialog').count()) === 0,
  });
  const kept = await restless(page);
  if (kept > 0) shot.problems.push(`${screen.name}: ${kept} guards keep the focus`);
  await context.close();
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? undefined : process.argv[at + 1];
}

const out = option('out') ?? fileURLToPath(new URL('../../e2e/screenshots/web', import.meta.url));
mkdirSync(out, { recursive: true });
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
].filter(({ width }) => option('width') === undefined || Number(option('width')) === width);
const themes = ['dark', 'light'].filter(
  (theme) => option('theme') === undefined || option('theme') === theme,
);
const browser = await launchChromium();
const problems: string[] = [];
let pictures = 0;
for (const screen of SCREENS) {
  if (option('only') !== undefined && !screen.name.startsWith(option('only') ?? '')) continue;
  for (const nodes of screen.empty === true ? [60, 0] : [60]) {
    const as = screen.as ?? 'admin';
    const mock = await startMock({
      port: 0,
      nodes,
      ...screen.plant,
      ...(as === 'nobody' ? {} : { role: as === 'newcomer' ? 'admin' : as }),
      mustChangePassword: as === 'newcomer',
    });
    for (const theme of themes) {
      for (const { width, height } of sizes) {
        const name = `${screen.name}${nodes === 0 ? '-empty' : ''}-${width}-${theme}.png`;
        await shoot(browser, screen, { url: mock.url, out: join(out, name), theme, width, height, problems });
        pictures += 1;
      }
    }
    await mock.stop();
  }
}
await browser.close();
process.stdout.write(`${pictures} pictures in ${out}\n`);
for (const problem of new Set(problems)) process.stdout.write(`! ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
