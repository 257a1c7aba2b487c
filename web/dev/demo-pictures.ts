/**
 * Takes pictures of a running demo at 1440x900 and 390x844, dark and light, and fails on console errors. With `--readme`
 * the picture of the README is taken anew. Needs a Chromium on PATH.
 *
 *     npm run pictures [-- --data-dir demo-data] [--out e2e/screenshots/demo] [--readme]
 */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { settle } from './screen.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];
const THEMES = ['dark', 'light'] as const;
/** Charts of a page ask once it is there; they are drawn when nothing has been asked for that long. */
const CHARTS_MS = 1_500;

/** Pages with more charts than fit in a window. */
const CHARTS = /^(switch|ups|hot-sensor|failing-disk|dead-printer)$/;
const CHARTS_HEIGHT = 2_300;

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: 'demo-data' },
    out: { type: 'string', default: 'e2e/screenshots/demo' },
    readme: { type: 'boolean', default: false },
  },
});
const dataDir = resolve(ROOT, values['data-dir']);
const out = resolve(ROOT, values.out);
mkdirSync(out, { recursive: true });
const { url } = readJson('ready.json') as { url: string };
const { admin_password: password } = readJson('demo.json') as { admin_password: string };

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(dataDir, name), 'utf8'));
}

/** Address of the page of a node by its name. */
async function pageOf(context: BrowserContext, name: string, tail = ''): Promise<string> {
  const answer = await context.request.get(`${url}/api/v1/nodes?search=${name}`);
  const { items } = (await answer.json()) as { items: { id: string; name: string }[] };
  return `/nodes/${items.find((node) => node.name === name)?.id ?? ''}${tail}`;
}

/** Address of the map of a node's site with the node chosen. */
async function mapOf(context: BrowserContext, name: string): Promise<string> {
  const answer = await context.request.get(`${url}/api/v1/nodes?search=${name}`);
  const { items } = (await answer.json()) as { items: { id: string; name: string; site_id: string }[] };
  const node = items.find((item) => item.name === name);
  return `/topology?view=map&site=${node?.site_id ?? ''}&show=${node?.id ?? ''}`;
}

const SCREENS: readonly { name: string; path: (context: BrowserContext) => string | Promise<string> }[] = [
  { name: 'home', path: () => '/' },
  { name: 'nodes', path: () => '/nodes' },
  { name: 'collection', path: () => '/collection' },
  { name: 'switch', path: (context) => pageOf(context, 'core-ham-01') },
  { name: 'switch-interfaces', path: (context) => pageOf(context, 'core-ham-01', '?tab=interfaces') },
  { name: 'ups', path: (context) => pageOf(context, 'ups-ham-01') },
  { name: 'hot-sensor', path: (context) => pageOf(context, 'env-ham-02') },
  { name: 'failing-disk', path: (context) => pageOf(context, 'nas-ham-01') },
  { name: 'map', path: () => '/topology?view=map' },
  { name: 'map-site', path: (context) => mapOf(context, 'core-ham-01') },
  { name: 'map-links', path: () => '/topology?view=list&sort=state' },
  { name: 'cabling', path: () => '/topology/cabling' },
  { name: 'unknown-neighbours', path: () => '/topology/unknown' },
  { name: 'single-points', path: () => '/topology/single-points' },
  { name: 'neighbours', path: (context) => pageOf(context, 'core-ham-01', '?tab=neighbours') },
  { name: 'dead-printer', path: (context) => pageOf(context, 'prn-lej-02') },
];

const browser = await launchChromium();
const problems: string[] = [];
let pictures = 0;

async function open(theme: string, size: (typeof SIZES)[number]): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext({
    viewport: size,
    hasTouch: size.width < 800,
    // The demo's certificate comes from an authority of its own.
    ignoreHTTPSErrors: true,
    timezoneId: 'Europe/Berlin',
  });
  await context.addInitScript(
    (chosen) => localStorage.setItem('stratora.theme', JSON.stringify(chosen)),
    theme,
  );
  await context.request.post(`${url}/api/v1/auth/login`, { data: { username: 'admin', password } });
  return [context, await context.newPage()];
}

/** The last hour in a window high enough for all charts: pages scroll inside of themselves. */
async function shootCharts(page: Page, width: number, file: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: CHARTS_HEIGHT });
  await page.goto(`${page.url()}?range=1h`);
  await settle(page);
  await page.waitForTimeout(CHARTS_MS);
  await page.screenshot({ path: file });
  pictures += 1;
  if (before !== null) await page.setViewportSize(before);
}

for (const theme of THEMES) {
  for (const size of SIZES) {
    const [context, page] = await open(theme, size);
    let screen = '';
    const note = (text: string) => problems.push(`${screen} ${size.width} ${theme}: ${text}`);
    page.on('console', (message) => {
      if (message.type() === 'error') note(message.text());
    });
    page.on('pageerror', (error) => note(error.message));
    for (const { name, path } of SCREENS) {
      screen = name;
      await page.goto(url + (await path(context)));
      await settle(page);
      await page.waitForTimeout(CHARTS_MS);
      const file = join(out, `${name}-${size.width}-${theme}.png`);
      await page.screenshot({ path: file });
      pictures += 1;
      if (CHARTS.test(name)) await shootCharts(page, size.width, file.replace('.png', '-charts.png'));
      if (values.readme && name === 'home' && theme === 'dark' && size.width === 1440) {
        copyFileSync(file, join(ROOT, 'docs/images/home.png'));
      }
    }
    await context.close();
  }
}
await browser.close();
process.stdout.write(`${pictures} pictures in ${out}\n`);
for (const problem of new Set(problems)) process.stdout.write(`! ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
