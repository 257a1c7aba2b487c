import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConfigGeneration, CreatedEnrollmentToken, ListAnswer, Node } from '@stratora/contract';
import { REPOSITORY, requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PICTURES = join(REPOSITORY, 'e2e/screenshots');
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

  const barriers = () => findBarriers(page);

  async function addNode(body: Record<string, string>): Promise<string> {
    return (await system.api.post<Node>('/api/v1/nodes', { node_type: 'switch', ...body })).id;
  }

  /** Enrols a collector that this test speaks for. */
  async function enrol(hostname: string) {
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
    });
    const { component_id: id, api_key: key } = await system.api.post<{
      component_id: string;
      api_key: string;
    }>('/api/v1/components/register', {
      enrollment_token: token,
      component_type: 'collector',
      hostname,
      version: '1',
      os: 'linux',
      arch: 'x64',
    });
    const call = (method: string, what: string, body?: object) =>
      system.api.call(method, `/api/v1/remote-collectors/${id}/${what}`, {
        headers: { 'x-api-key': key },
        ...(body === undefined ? {} : { body }),
      });
    /** Shows that it is there, and what it met. */
    const reports = async (...targets: object[]): Promise<void> => {
      const pulled = await call('GET', 'config');
      const engine = { kind: 'embedded', version: '1', running: true };
      const config_hash = (pulled.headers['etag'] ?? '').replaceAll('"', '');
      const told = await call('POST', 'report', { config_hash, status: 'applied', engine, targets });
      expect([pulled.status, told.status]).toEqual([200, 204]);
    };
    return { id, reports };
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

  it('names what a node depends on', async () => {
    const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
    const [node] = items;
    const core = await system.api.post<Node>('/api/v1/nodes', {
      name: 'core switch',
      ip_address: '127.0.0.9',
    });
    await page.goto(`${system.ready.url}/nodes/${node?.id}?tab=details`);
    await page.getByRole('button', { name: 'Set parents' }).click();
    await page.getByLabel('Find a node').fill('core');
    await page.getByRole('button', { name: 'Add core switch' }).click();
    expect(await barriers()).toEqual([]);
    await picture('node-parents');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Set by hand.').waitFor();
    await page.getByRole('link', { name: 'core switch' }).waitFor();
    await picture('node-details');
    await page.goto(`${system.ready.url}/nodes/${node?.id}?tab=neighbours`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled();
    // Somebody else's link comes by the page's stream.
    const ends = { a: { node_id: core.id, interface: 'Gi1/0/24' }, b: { node_id: node?.id } };
    await system.api.post('/api/v1/topology/links', ends);
    await page.getByText('Gi1/0/24').first().waitFor();
    await settled();
    expect(await barriers()).toEqual([]);
    await picture('node-neighbours');
    await page.goto(`${system.ready.url}/nodes/${core.id}?tab=details`);
    await page.getByText('1 node behind it').waitFor();
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

  it("says what fails of a node, with the engine's own words behind a click, and leads to it from the collectors", async () => {
    const collector = await enrol('hall-9');
    const id = await addNode({
      name: 'press-02',
      ip_address: '192.0.2.2',
      template: 'generic-snmp',
      collector_id: collector.id,
    });
    await collector.reports({
      node_id: id,
      input: 'snmp',
      status: 'auth',
      message: 'The authentication password is likely wrong.',
      detail: 'usmStatsWrongDigests.0 = 4',
    });
    await page.goto(`${system.ready.url}/nodes/${id}`);
    const own = page.getByText('usmStatsWrongDigests.0 = 4').first();
    await page.getByText('The authentication password is likely wrong.').first().waitFor();
    expect(await own.isVisible()).toBe(false);
    await page.getByText("The engine's own words").first().click();
    await own.waitFor();
    expect(await barriers()).toEqual([]);

    await collector.reports();
    await page.goto(`${system.ready.url}/collection/collectors`);
    const link = page.locator(`a[href="/collection/components/${collector.id}?tab=nodes&sort=-why"]`).first();
    await link.waitFor();
    const headline = await page.getByRole('heading', { level: 1 }).innerText();
    expect(headline).toMatch(/hall-9 cannot read all of its nodes in full|components need attention/);
    await link.click();
    await page.getByRole('link', { name: 'press-02' }).first().waitFor();
  });

  it('says of a node that it is left out, and why', async () => {
    const collector = await enrol('hall-10');
    await system.api.expect('PATCH', `/api/v1/components/${collector.id}`, { engine_choice: 'telegraf' });
    const id = await addNode({
      name: 'press-03',
      ip_address: '192.0.2.3',
      template: 'generic-snmp',
      collector_id: collector.id,
    });
    // What Telegraf would take for a reference to a store of its own.
    const secret = {
      username: 'monitor',
      auth_password: '@{store:password}',
      priv_password: 'priv pass phrase',
    };
    const { id: credential_id } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'looked up',
      type: 'snmp_v3',
      secret: { ...secret, security_level: 'authPriv', auth_protocol: 'SHA256', priv_protocol: 'AES' },
    });
    await system.api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id });
    await waitFor(
      async () => {
        const path = `/api/v1/components/${collector.id}/configs?limit=1`;
        const { items } = await system.api.get<ListAnswer<ConfigGeneration>>(path);
        return items[0]?.left_out.some(({ node_id: left }) => left === id);
      },
      { timeoutMs: 60_000, what: 'a config that leaves the node out' },
    );
    await page.goto(`${system.ready.url}/nodes/${id}`);
    await page.getByText('It is left out and not polled').waitFor();
    await page.getByText('secret store').first().waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('tells an editor that somebody else was first, and shows their state', async () => {
    const id = await addNode({ name: 'oven-1', ip_address: '192.0.2.11', template: 'ping' });
    const stored = async () => (await system.api.get<Node>(`/api/v1/nodes/${id}`)).name;
    await page.goto(`${system.ready.url}/nodes/${id}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const name = page.getByLabel('Name', { exact: true });
    await name.fill('oven-1 mine');
    await system.api.expect('PATCH', `/api/v1/nodes/${id}`, { name: 'oven-1 theirs' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else has changed this meanwhile').waitFor();
    expect(await stored()).toBe('oven-1 theirs');
    expect(await name.inputValue()).toBe('oven-1 mine');
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Discard mine and load theirs' }).click();
    await waitFor(async () => (await name.inputValue()) === 'oven-1 theirs', { what: 'their state' });
    await name.fill('oven-1 both');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await waitFor(async () => (await stored()) === 'oven-1 both', { what: 'a change that is taken' });
  });

  it('asks before it adds a second node at the address of another', async () => {
    await addNode({ name: 'oven-2', ip_address: '192.0.2.12', template: 'generic-snmp' });
    const named = async () => {
      const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes?search=oven-2&sort=name');
      return items.map(({ name }) => name);
    };
    await page.goto(`${system.ready.url}/nodes?add=1`);
    await page.getByLabel('Name', { exact: true }).fill('oven-2b');
    await page.getByLabel('Address', { exact: true }).fill(' 192.0.2.12');
    await page.getByRole('button', { name: 'Add node', exact: true }).click();
    const anyway = page.getByRole('button', { name: 'Add anyway' });
    await anyway.waitFor();
    expect(await named()).toEqual(['oven-2']);
    await anyway.click();
    await page.waitForURL(/\/nodes\/[\da-f-]{36}$/);
    expect(await named()).toEqual(['oven-2', 'oven-2b']);
  });

  it('hears no complaint from the browser', () => {
    // A 401 of "who am I" before the login, the 423 of the first password, the 409 of a second node and the 412 of a
    // second editor are answers, and Chromium logs them.
    expect(complaints.filter((text) => !/status of (401|409|412|423)/.test(text))).toEqual([]);
  });
});
