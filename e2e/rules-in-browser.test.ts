import type { DefinitionBacktest } from '@stratora/contract';
import { requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator, VIEWPORT } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PASSWORD = 'a better password 1';

describe.skipIf(CHROMIUM === undefined)('trying a rule in a browser', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    system = await StratoraSystem.start({ adminPassword: PASSWORD });
    await system.api.login('admin', PASSWORD);
    browser = await startChromium(CHROMIUM ?? '');
    ({ page, complaints } = await openAsAdministrator(browser, system, { password: PASSWORD }));
    // Some samples of the past, on which an idle processor is always above the threshold.
    await waitFor(
      async () => {
        const [count] = await system.api.query('count_over_time(cpu_usage_idle{cpu="cpu-total"}[5m])');
        return (count?.value ?? 0) > 5;
      },
      { timeoutMs: 120_000, what: 'samples of a processor' },
    );
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
  });

  const barriers = () => findBarriers(page, ['.cm-tooltip', '[data-base-ui-focus-guard]']);
  const panel = () => page.getByRole('region', { name: 'Try it' });

  /** Waits until the top of a thing is within the window, and lies still there. */
  async function isInSight(name: string, locator = panel().getByText(name).first()): Promise<void> {
    await waitFor(
      async () => {
        const box = await locator.boundingBox();
        return box !== null && box.y >= 0 && box.y + Math.min(box.height, 40) <= VIEWPORT.height;
      },
      { what: `${name} in sight` },
    );
  }

  it('shows in the form what it matches now, where people look', async () => {
    await page.goto(`${system.ready.url}/alerts/definitions?add=1`);
    await page.getByLabel('Name', { exact: true }).fill('Idle processor');
    await page.getByRole('textbox', { name: 'Expression' }).click();
    await page.keyboard.type('cpu_usage_idle{cpu="cpu-total"');
    await page.keyboard.press('Escape');
    await page.getByLabel(/^Critical(?! ends)/).fill('-1');
    await page.getByLabel(/^Unit/).fill('percent');
    await panel().getByRole('button', { name: 'What matches now' }).click();
    const list = panel().getByRole('list', { name: 'What it judges now' });
    await list.getByRole('listitem').first().waitFor();
    expect(await list.getByRole('listitem').first().textContent()).toContain('Critical');
    await isInSight('the list', list);
    expect(await barriers()).toEqual([]);
  });

  it('draws what it would have told of the past, with its threshold and the times of its alerts', async () => {
    // At once, so that the few minutes of this system are enough of a past.
    await page.getByLabel('Must last, in seconds').fill('0');
    await page.getByText('Missing data, instances and times').click();
    await page.getByLabel('A new node or series is not judged for, in seconds').fill('0');
    const answered = page.waitForResponse((response) =>
      response.url().endsWith('/alert-definitions/backtest'),
    );
    await panel().getByRole('button', { name: 'Try on the past' }).click();
    const backtest = (await (await answered).json()) as DefinitionBacktest;
    expect(backtest).toMatchObject({ not_tried: null, critical: -1, nodes: expect.any(Number) });
    const chart = panel().getByRole('img', { name: /^Past of .+, with 1 alert/ });
    await chart.waitFor();
    await chart.locator('canvas').first().waitFor();
    await isInSight('the headline', panel().getByRole('status').last());
    await isInSight('the chart', chart);
    expect(await barriers()).toEqual([]);
  });

  it('says that an answer is of what stood there before, once something else stands there', async () => {
    await page.getByLabel(/^Critical(?! ends)/).fill('100');
    await panel().getByText('The definition has changed since').first().waitFor();
  });

  it('says at the field which thresholds contradict each other', async () => {
    await page.getByLabel(/^Warning(?! ends)/).fill('90');
    await page.getByLabel(/^Critical ends/).fill('80');
    await page.getByRole('button', { name: 'Add definition' }).last().click();
    await page.getByText('must not be below the warning, which is 90').first().waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('hears no complaint from the browser', () => {
    // The 401 of "who am I" before the login and the 400 of the refused thresholds are answers, and Chromium logs them.
    expect(complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([]);
  });
});
