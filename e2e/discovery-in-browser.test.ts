import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiscoveryJob, ListAnswer, Node } from '@stratora/contract';
import { type DeviceSpec, MibImage, type Plant, startPlant, WiredObjects } from '@stratora/simulator';
import { requireBinary, StratoraSystem, switchPlant, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takePictures, VIEWPORT } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const NEW_PASSWORD = 'a better password 1';
/** What the way from the first login to the map may take: promised is 12 clicks and 3 minutes. */
const CLICKS_MAX = 12;
/** Seconds; with room for a machine that is shared. */
const SECONDS_MAX = 180 + 120;
const addressOf = (number: number) => `127.60.1.${number}`;
/** The plant's own collector is no device that answers. */
const { wiring, monitored } = switchPlant(addressOf, { mac: '02:60:00:00:00:01', address: '127.60.2.1' });
const LAST = addressOf(monitored.length);

/** The devices of the plant that answer. */
function answering(): DeviceSpec[] {
  const objects = new WiredObjects(wiring);
  return wiring.devices
    .filter(({ name }) => monitored.includes(name))
    .map(({ name, address = '' }) => ({ address, image: new MibImage(objects.device(name)) }));
}

describe.skipIf(CHROMIUM === undefined)('a newcomer in a browser', () => {
  let system: StratoraSystem;
  let plant: Plant;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  let startedAt = 0;

  beforeAll(async () => {
    plant = await startPlant({ devices: answering() });
    system = await StratoraSystem.start({ adminPassword: null });
    browser = await startChromium(CHROMIUM ?? '');
    const context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: VIEWPORT });
    await context.addInitScript(() => {
      const count = () => {
        const clicks = Number(sessionStorage.getItem('test.clicks') ?? '0') + 1;
        sessionStorage.setItem('test.clicks', String(clicks));
      };
      document.addEventListener('pointerdown', count, { capture: true });
    });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
    await plant?.stop();
  });

  const clicks = () => page.evaluate(() => Number(sessionStorage.getItem('test.clicks') ?? '0'));
  const seconds = () => Math.round((Date.now() - startedAt) / 100) / 10;

  /** Looks at a page without a click that would be counted. */
  async function look(name: string): Promise<void> {
    expect(await findBarriers(page), name).toEqual([]);
    await takePictures(page, name);
  }

  it('logs in with the first password and chooses another', async () => {
    const password = readFileSync(join(system.dataDir, 'initial-admin-password'), 'utf8').trim();
    await page.goto(`${system.ready.url}/`);
    startedAt = Date.now();
    // A form begins at its first field, and Enter sends it: none of this is a click.
    await page.getByLabel('User name').fill('admin');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    const fields = page.locator('input[type="password"]');
    await waitFor(async () => (await fields.count()) >= 2, { what: 'the form for a new password' });
    const kinds = await fields.evaluateAll((list) =>
      list.map((field) => (field as HTMLInputElement).autocomplete),
    );
    for (const [index, kind] of kinds.entries()) {
      await fields.nth(index).fill(kind === 'current-password' ? password : NEW_PASSWORD);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Find my network' }).waitFor();
    await system.api.login('admin', NEW_PASSWORD);
  });

  it('says where, how and what, and sees devices being found', async () => {
    await page.getByRole('link', { name: 'Find my network' }).click();
    await page.getByLabel('Name of the place').click();
    await page.getByLabel('Name of the place').fill('Munich plant');
    await page.getByLabel('Community').click();
    await page.getByLabel('Community').fill('public');
    await page.getByLabel('Targets').click();
    await page.getByLabel('Targets').fill(`${addressOf(1)} - ${LAST}`);
    await page.getByText(`${monitored.length} addresses`).waitFor();
    // A simulated device has a port that needs no privileges.
    await page.getByText('Phases').click();
    await page.getByLabel('SNMP port').fill(String(plant.port));
    await page.getByRole('button', { name: 'Find devices' }).click();
    await page.waitForURL(/\/discovery\/[0-9a-f-]{36}/);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText(`Done: ${monitored.length} devices found`).waitFor({ timeout: 120_000 });
  });

  it('imports them all, and comes to the map', async () => {
    await page.getByRole('button', { name: `Import all ${monitored.length} new` }).click();
    await page.getByRole('button', { name: `Import ${monitored.length} devices` }).click();
    await page.getByText(`${monitored.length} nodes added`).waitFor();
    await page.getByRole('link', { name: 'Show the map' }).last().click();
    await page.waitForURL(/\/topology/);
    await page.getByText('core-1', { exact: true }).first().waitFor();
    const spent = { clicks: await clicks(), seconds: seconds() };
    process.stdout.write(
      `from the first login to a map with ${monitored.length} devices: ${spent.clicks} clicks, ${spent.seconds} s\n`,
    );
    expect(spent.clicks).toBeLessThanOrEqual(CLICKS_MAX);
    expect(spent.seconds).toBeLessThan(SECONDS_MAX);
    const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes?limit=500');
    expect(items.filter(({ site_name: site }) => site === 'Munich plant').length).toBeGreaterThanOrEqual(
      monitored.length,
    );
  });

  it('finds the job with its results, packets, changes and runs', async () => {
    const { items } = await system.api.get<ListAnswer<DiscoveryJob>>('/api/v1/discovery/jobs');
    const job = items[0];
    await page.goto(`${system.ready.url}/discovery`);
    await page.getByRole('link', { name: job?.name ?? '' }).waitFor();
    await look('discovery-jobs');
    for (const tab of ['results', 'changes', 'packets', 'runs', 'settings']) {
      await page.goto(`${system.ready.url}/discovery/${job?.id}${tab === 'results' ? '' : `?tab=${tab}`}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[aria-label="Loading"]').waitFor({ state: 'detached' });
      await look(`discovery-${tab}`);
    }
  });

  it('runs the job again, and nothing is there twice', async () => {
    const { items } = await system.api.get<ListAnswer<DiscoveryJob>>('/api/v1/discovery/jobs');
    await page.goto(`${system.ready.url}/discovery/${items[0]?.id}`);
    await page.getByRole('button', { name: 'Run again' }).click();
    await waitFor(
      async () => {
        const job = await system.api.get<DiscoveryJob>(`/api/v1/discovery/jobs/${items[0]?.id}`);
        return job.run?.number === 2 && job.status === 'done';
      },
      { timeoutMs: 120_000, what: 'the second run' },
    );
    const job = await system.api.get<DiscoveryJob>(`/api/v1/discovery/jobs/${items[0]?.id}`);
    expect(job.devices).toMatchObject({ new: 0, monitored: monitored.length, gone: 0 });
    await page.getByText('nothing changed').waitFor();
  });

  it('without a fault of a script', () => {
    expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });
});
