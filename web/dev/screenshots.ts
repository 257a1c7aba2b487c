/**
 * Takes a picture of every screen at 1440x900 and 390x844, dark and light, with a plant of 60 nodes and with an empty
 * system, and fails on console errors. Needs `npm run build` of the web room and a Chromium on PATH.
 *
 *     node web/dev/screenshots.ts [--only node] [--theme dark] [--width 1440] [--out e2e/screenshots/web]
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startMock } from './mock-server.ts';

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly as?: 'admin' | 'operator' | 'viewer' | 'nobody' | 'newcomer';
  /** What is done before the picture. */
  readonly act?: (page: Page) => Promise<void>;
  readonly empty?: boolean;
}

const id = (kind: number, index: number) =>
  `0190${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;

const SCREENS: readonly Screen[] = [
  { name: 'login', path: '/login', as: 'nobody' },
  {
    name: 'login-wrong',
    path: '/login',
    as: 'nobody',
    act: async (page) => {
      await page.getByLabel('User name').fill('admin');
      await page.getByLabel('Password', { exact: true }).fill('wrong');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'first-password', path: '/', as: 'newcomer' },
  { name: 'home', path: '/', empty: true },
  { name: 'nodes', path: '/nodes', empty: true },
  { name: 'nodes-filtered', path: '/nodes?status=critical,offline,warning&sort=status' },
  { name: 'nodes-nothing', path: '/nodes?q=nothing-has-this-name' },
  {
    name: 'nodes-selected',
    path: '/nodes',
    act: async (page) => {
      if (await page.getByLabel('Select all shown').isVisible()) {
        await page
          .getByRole('checkbox', { name: /^Select / })
          .nth(4)
          .check();
      }
    },
  },
  { name: 'node-add', path: '/nodes?add=1' },
  { name: 'node-agent', path: `/nodes/${id(1, 0)}`, act: toTemplate('srv') },
  { name: 'node-switch', path: '/nodes', act: toTemplate('sw-') },
  { name: 'node-auth', path: `/nodes/${id(1, 12)}` },
  { name: 'node-offline', path: `/nodes/${id(1, 3)}` },
  { name: 'node-interfaces', path: '/nodes', act: toTemplate('sw-', '?tab=interfaces&if=4') },
  { name: 'node-details', path: '/nodes', act: toTemplate('sw-', '?tab=details') },
  { name: 'node-series', path: '/nodes', act: toTemplate('sw-', '?tab=series') },
  { name: 'node-zoomed', path: '/nodes', act: toTemplate('srv', '?range=24h') },
  { name: 'node-missing', path: `/nodes/${id(9, 9)}` },
  { name: 'collectors', path: '/collection/collectors', empty: true },
  { name: 'collector-sheet', path: `/collection/collectors?open=${id(2, 2)}` },
  { name: 'agents', path: '/collection/agents', empty: true },
  { name: 'tokens', path: '/collection/tokens', empty: true },
  { name: 'token-create', path: '/collection/tokens?create=1&type=agent' },
  {
    name: 'token-created',
    path: '/collection/tokens?create=1',
    act: async (page) => {
      await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
      await page.getByText('Run this on the new host').waitFor();
    },
  },
  { name: 'sites', path: '/settings/sites', empty: true },
  { name: 'credentials', path: '/settings/credentials', empty: true },
  { name: 'credential-add', path: '/settings/credentials?add=1' },
  { name: 'credential-edit', path: `/settings/credentials?edit=${id(4, 0)}` },
  { name: 'users', path: '/settings/users' },
  { name: 'account', path: '/settings/account' },
  { name: 'not-found', path: '/no-such-page' },
  {
    name: 'search',
    path: '/',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /Search nodes/ }).fill('sw');
      await page.getByText('Nodes', { exact: true }).last().waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'user-menu',
    path: '/',
    act: async (page) => {
      await page.getByRole('button', { name: 'Menu of admin' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
];

/** Opens the first node whose name begins so. */
function toTemplate(prefix: string, tail = '') {
  return async (page: Page): Promise<void> => {
    const href = await page.evaluate(async (wanted) => {
      const answer = await fetch('/api/v1/nodes?limit=500');
      const { items } = (await answer.json()) as { items: { id: string; name: string; status: string }[] };
      const node = items.find(({ name, status }) => name.startsWith(wanted) && status === 'healthy');
      return `/nodes/${node?.id ?? ''}`;
    }, prefix);
    await page.goto(new URL(href + tail, page.url()).toString());
    await settle(page);
  };
}

async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null, undefined, {
    timeout: 10_000,
  });
  await page.waitForTimeout(500);
}

interface Shot {
  readonly url: string;
  readonly out: string;
  readonly theme: string;
  readonly width: number;
  readonly height: number;
  readonly problems: string[];
}

async function shoot(browser: Browser, screen: Screen, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    hasTouch: shot.width < 800,
    timezoneId: 'Europe/Berlin',
  });
  await context.addInitScript(
    (theme) => localStorage.setItem('stratora.theme', JSON.stringify(theme)),
    shot.theme,
  );
  const page = await context.newPage();
  const refused =
    screen.as === 'nobody' || screen.name === 'node-missing' || screen.name === 'first-password';
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
    if (overflow > 0) shot.problems.push(`${screen.name}: ${overflow} px wider than the window`);
  } catch (error) {
    shot.problems.push(`${screen.name}: ${String(error).split('\n')[0]}`);
  }
  await page.screenshot({
    path: shot.out,
    fullPage: shot.width < 800 && !/^nodes|^node-series/.test(screen.name),
  });
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
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const problems: string[] = [];
let pictures = 0;
for (const screen of SCREENS) {
  if (option('only') !== undefined && !screen.name.startsWith(option('only') ?? '')) continue;
  for (const nodes of screen.empty === true ? [60, 0] : [60]) {
    const as = screen.as ?? 'admin';
    const mock = await startMock({
      port: 0,
      nodes,
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
