import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  EscalationTeam,
  ListAnswer,
  MaintenanceWindow,
  Node,
  NotificationChannel,
} from '@stratora/contract';
import { requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PASSWORD = 'a better password 1';
const SECRET = 'a secret of eight or more';

interface Posted {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What other people's webhook would get. */
class Sink {
  readonly posted: Posted[] = [];
  readonly #server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      this.posted.push({ headers: request.headers, body });
      response.writeHead(204).end();
    });
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

describe.skipIf(CHROMIUM === undefined)('telling people, in a browser', () => {
  const sink = new Sink();
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    await sink.start();
    system = await StratoraSystem.start({
      adminPassword: PASSWORD,
      env: { STRATORA_OUTBOUND_ALLOW: '127.0.0.1/32' },
    });
    await system.api.login('admin', PASSWORD);
    browser = await startChromium(CHROMIUM ?? '');
    ({ page, complaints } = await openAsAdministrator(browser, system, {
      password: PASSWORD,
      timezoneId: 'Europe/Berlin',
    }));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
    await sink.stop();
  });

  /** Looks once nothing moves: a dialog that closes is no longer what people read. */
  async function barriers(): Promise<string[]> {
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    );
    return findBarriers(page, ['[data-base-ui-focus-guard]']);
  }
  const dialog = () => page.getByRole('dialog');

  async function choose(field: string, option: string | RegExp): Promise<void> {
    await page.getByRole('combobox', { name: field }).click();
    await page.getByRole('option', { name: option }).click();
  }

  async function all<T>(path: string): Promise<T[]> {
    return (await system.api.get<ListAnswer<T>>(`/api/v1/${path}?limit=500`)).items;
  }

  /** Looks at a page as a phone shows it: nothing stands beyond its edge. */
  async function fitsPhone(): Promise<void> {
    await page.setViewportSize({ width: 390, height: 844 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBe(0);
    expect(await barriers()).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  it('says on Home that nobody is told yet, and leads to a channel', async () => {
    await page.getByText('Nobody is told of alerts yet.').waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('link', { name: 'Add a channel' }).click();
    await choose('Type', /^Webhook/);
    await page.getByRole('button', { name: 'Add channel' }).last().click();
    // What is missing stands beside its field, before anything is sent.
    await page.getByText('Give it a name').waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('adds a signed webhook, shows what it would post, and never shows its secret again', async () => {
    await page.getByLabel('Name', { exact: true }).fill('Hook of ours');
    await page.getByLabel('Address', { exact: true }).fill('https://');
    await page.getByLabel(/^Signing secret/).fill(SECRET);
    await page.getByRole('button', { name: 'All-clear' }).waitFor();
    await page.getByRole('button', { name: 'Add channel' }).last().click();
    await page.getByText('Must begin with https:// or http://').waitFor();
    await page.getByLabel('Address', { exact: true }).fill(sink.url);
    await page.getByRole('button', { name: 'Add channel' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Hook of ours' }).waitFor();
    await page.getByText('Never delivered yet').waitFor();
    expect(await barriers()).toEqual([]);
    expect(await page.content()).not.toContain(SECRET);
    const [channel] = await all<NotificationChannel>('notification-channels');
    expect(channel).toMatchObject({ name: 'Hook of ours', type: 'webhook', config: { url: sink.url } });
    expect(JSON.stringify(channel)).not.toContain(SECRET);
  });

  it('tests it on the real path, and follows the test until the other end has accepted', async () => {
    await page.getByRole('button', { name: 'Send a test' }).click();
    await dialog()
      .getByText(/^Accepted/)
      .waitFor();
    await dialog().getByText('The other end took it.', { exact: false }).waitFor();
    expect(await barriers()).toEqual([]);
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    await page
      .getByRole('list', { name: 'Deliveries' })
      .getByText(/Accepted/)
      .waitFor();
    const [posted] = sink.posted;
    const signature = createHmac('sha256', SECRET)
      .update(posted?.body ?? '')
      .digest('hex');
    expect(posted?.headers['x-stratora-signature']).toBe(`sha256=${signature}`);
    expect(JSON.parse(posted?.body ?? '{}')).toMatchObject({ type: 'test', source: 'stratora' });
    await fitsPhone();
  });

  it('lists it with its state, and every delivery with what came of it', async () => {
    await page.goto(`${system.ready.url}/settings/channels`);
    await page
      .getByRole('table', { name: 'Channels' })
      .getByText(/^Accepted /)
      .waitFor();
    await page.getByRole('heading', { level: 2, name: 'Mail server and links' }).waitFor();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
    await page.goto(`${system.ready.url}/alerts/deliveries?event=test`);
    await page.getByRole('table', { name: 'Deliveries' }).getByText('Hook of ours').waitFor();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
  });

  it('makes a team of two steps that are moved by the keyboard, and says who would hear what', async () => {
    await page.goto(`${system.ready.url}/settings/teams?add=1`);
    await page.getByLabel('Name', { exact: true }).fill('Ours');
    await page.getByRole('button', { name: 'Add a step' }).click();
    const second = page.getByRole('group', { name: 'Step 2' });
    expect(await second.getByLabel('After, in minutes').inputValue()).toBe('15');
    await second.getByRole('combobox', { name: 'Tell' }).click();
    await page.getByRole('option', { name: /^some channels/ }).click();
    await page.getByRole('button', { name: 'Add team' }).last().click();
    await second.getByText('Choose a channel').waitFor();
    await second.getByRole('button', { name: 'Choose: Channels' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Hook of ours' }).click();
    await page.keyboard.press('Escape');
    expect(await barriers()).toEqual([]);
    await second.getByRole('button', { name: 'Move step 2 up' }).focus();
    await page.keyboard.press('Enter');
    const first = page.getByRole('group', { name: 'Step 1' });
    await first.getByText('Hook of ours').waitFor();
    expect(await first.getByLabel('After, in minutes').inputValue()).toBe('0');
    await page.getByRole('button', { name: 'Add team' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Ours' }).waitFor();
    const teams = await all<EscalationTeam>('escalation-teams');
    const [channel] = await all<NotificationChannel>('notification-channels');
    expect(teams.find(({ name }) => name === 'Ours')?.steps).toEqual([
      { after_seconds: 0, channel_ids: [channel?.id] },
      { after_seconds: 900 },
    ]);
    const timeline = page.getByRole('list', { name: 'Who would hear what, and when' });
    await timeline.getByText('+15 min').waitFor();
    await timeline.getByText('at once').waitFor();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
  });

  it('lets people take turns, shows the rota, and puts somebody else in', async () => {
    for (const username of ['anna', 'ben']) {
      await system.api.post('/api/v1/users', { username, password: PASSWORD, role: 'operator' });
    }
    await page.reload();
    await page.getByRole('button', { name: 'Edit' }).click();
    // A sheet begins at its first field, also where what is edited has to be fetched.
    await page.locator('[role="dialog"] form input:focus').waitFor();
    await page.getByLabel('People take turns, a week each').check();
    for (const name of ['anna', 'ben']) await choose('Who takes turns', name);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 2, name: 'Rota of the next 90 days' }).waitFor();
    await page.getByText('no hole').waitFor();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
    await page
      .getByRole('button', { name: /^anna, .* Put somebody else in$/ })
      .last()
      .click();
    await choose('Who', 'ben');
    await page.getByRole('button', { name: 'Put in' }).click();
    await page
      .getByRole('button', { name: /^ben, standing in/ })
      .first()
      .waitFor();
    expect(await barriers()).toEqual([]);
    const teams = await all<EscalationTeam>('escalation-teams');
    expect(teams.find(({ name }) => name === 'Ours')?.rotation?.overrides).toHaveLength(1);
  });

  it('plans maintenance that recurs, with its next times by both clocks before it is saved', async () => {
    await page.goto(`${system.ready.url}/maintenance`);
    await page.getByText('No maintenance is planned').waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Plan maintenance' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Patch day');
    await choose('For', 'Every node');
    await page.getByLabel('Begins').fill('2027-02-09T22:00');
    await page.getByLabel('Ends').fill('2027-02-09T23:30');
    await choose('It takes place', /^by months, on a weekday/);
    await page.getByText('every month on the second Tuesday').waitFor();
    const times = page.getByRole('group', { name: 'Next occurrences' });
    await times.getByText('Tue, 9 Feb 2027, 22:00 to 23:30').waitFor();
    await times.getByText('9 Feb 2027, 21:00 to 22:30', { exact: true }).waitFor();
    // The same time on the wall in summer is another one in UTC.
    await times.getByText('13 Apr 2027, 20:00 to 21:30', { exact: true }).waitFor();
    expect(await times.getByRole('row').count()).toBe(11);
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Patch day' }).waitFor();
    expect(await barriers()).toEqual([]);
    const [window] = await all<MaintenanceWindow>('maintenance-windows');
    expect(window).toMatchObject({ rrule: 'FREQ=MONTHLY;BYDAY=2TU', timezone: 'Europe/Berlin' });
    await page.goto(`${system.ready.url}/maintenance?view=calendar&month=2027-02`);
    await page.getByRole('link', { name: '22:00 Patch day' }).waitFor();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
  });

  it('begins maintenance of a node from its page, says so there, and ends it', async () => {
    const [node] = await all<Node>('nodes');
    await page.goto(`${system.ready.url}/nodes/${node?.id ?? ''}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Maintenance now' }).click();
    await dialog().getByRole('button', { name: 'Begin' }).click();
    const banner = page.getByRole('list', { name: 'Running maintenance' });
    await banner.getByText(/is running until/).waitFor();
    await page.getByText('Maintenance', { exact: true }).first().waitFor();
    expect(await barriers()).toEqual([]);
    await page.goto(`${system.ready.url}/`);
    await page.getByText(/^Maintenance of .* is running/).waitFor();
    await page.goto(`${system.ready.url}/maintenance`);
    await page.getByRole('button', { name: 'End now' }).click();
    await dialog().getByRole('button', { name: 'End it now' }).click();
    await page
      .getByRole('list', { name: 'Over' })
      .getByText(/^Maintenance of/)
      .waitFor();
    await waitFor(
      async () => (await all<MaintenanceWindow>('maintenance-windows')).every(({ active }) => !active),
      {
        what: 'the end of the maintenance',
      },
    );
    expect(await barriers()).toEqual([]);
  });

  it('hears no complaint from the browser', () => {
    // The 401 of "who am I" before the login and the 400 of the refused address are answers, and Chromium logs them.
    expect(complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([]);
  });
});
