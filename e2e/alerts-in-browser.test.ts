import type { Alert, AlertDefinition, ListAnswer } from '@stratora/contract';
import { requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PASSWORD = 'a better password 1';
const LONG_MS = 60_000;

describe.skipIf(CHROMIUM === undefined)('alerts in a browser', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    system = await StratoraSystem.start({ adminPassword: PASSWORD });
    await system.api.login('admin', PASSWORD);
    browser = await startChromium(CHROMIUM ?? '');
    ({ page, complaints } = await openAsAdministrator(browser, system, { password: PASSWORD }));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
  });

  /** But for the list of completions: its editor has the focus and moves in it. */
  const barriers = () => findBarriers(page, ['.cm-tooltip', '[data-base-ui-focus-guard]']);

  async function definitionNamed(name: string): Promise<AlertDefinition | undefined> {
    const { items } = await system.api.get<ListAnswer<AlertDefinition>>(
      '/api/v1/alert-definitions?limit=500',
    );
    return items.find((item) => item.name === name);
  }

  it('has the shipped definitions, and no barrier on them', async () => {
    await page.getByRole('link', { name: 'Alerts', exact: true }).first().click();
    await page.getByRole('link', { name: 'Definitions' }).click();
    await page.getByRole('link', { name: 'Disk used' }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('link', { name: 'Disk used' }).click();
    await page.getByRole('heading', { level: 1, name: 'Disk used' }).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('completes an expression with what this system measures, and refuses a wrong one beside its field', async () => {
    await waitFor(async () => (await system.api.query('cpu_usage_idle')).length > 0, {
      timeoutMs: LONG_MS,
      what: 'a measured processor',
    });
    await page.goto(`${system.ready.url}/alerts/definitions?add=1`);
    await page.getByLabel('Name', { exact: true }).fill('Processor of ours');
    const editor = page.getByRole('textbox', { name: 'Expression' });
    await editor.click();
    await page.keyboard.type('cpu_usage_idl');
    await page.getByRole('option', { name: 'cpu_usage_idle' }).waitFor();
    // The key closes the list of completions, not the form.
    await page.keyboard.press('Escape');
    await page.getByRole('option', { name: 'cpu_usage_idle' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('rate(cpu_usage_idle');
    await page.keyboard.press('Escape');
    await page.locator('.cm-lintRange-error').first().waitFor();
    await page.getByLabel(/^Critical(?! ends)/).fill('101');
    await page.getByRole('button', { name: 'Add definition' }).last().click();
    await page.getByText(/line 1, column/i).waitFor();
    expect(await definitionNamed('Processor of ours')).toBeUndefined();
    expect(await barriers()).toEqual([]);
  });

  it('saves it once it is right, and replaces it for one node', async () => {
    await page.getByRole('textbox', { name: 'Expression' }).click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('cpu_usage_idle{cpu="cpu-total"');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add definition' }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Processor of ours' }).waitFor();
    const root = await definitionNamed('Processor of ours');
    expect(root).toMatchObject({ expr: 'cpu_usage_idle{cpu="cpu-total"}', critical: 101 });

    const { items: nodes } = await system.api.get<ListAnswer<{ id: string; name: string }>>('/api/v1/nodes');
    const node = nodes[0] ?? { id: '', name: '' };
    await page.getByRole('button', { name: 'Replace somewhere' }).click();
    await page.getByRole('combobox', { name: 'Holds for' }).click();
    await page.getByRole('option', { name: 'One node' }).click();
    await page.getByLabel('Node', { exact: true }).fill(node.name);
    await page.getByRole('list', { name: 'Nodes found' }).getByRole('button', { name: node.name }).click();
    // It is named after its place, as long as nobody names it otherwise.
    await waitFor(
      async () =>
        (await page.getByLabel('Name', { exact: true }).inputValue()) === `Processor of ours (${node.name})`,
      { what: 'a name' },
    );
    await page.getByLabel(/^Critical(?! ends)/).fill('102');
    await page.getByRole('button', { name: 'Add definition' }).click();
    await page.getByText('critical > 102 instead of > 101').first().waitFor();
    expect(await definitionNamed(`Processor of ours (${node.name})`)).toMatchObject({
      overrides: root?.id,
      scope: { type: 'node', id: node.id },
      critical: 102,
    });
    await page.goto(`${system.ready.url}/nodes/${node.id}?tab=alerts`);
    await page.getByText(/critical > 102 instead of > 101/).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('shows an alert as it begins, without a reload, tells of it, and takes it on by keyboard', async () => {
    await page.goto(`${system.ready.url}/alerts?q=always`);
    await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
    await system.api.post('/api/v1/alert-definitions', {
      name: 'Always',
      expr: 'cpu_usage_idle{cpu="cpu-total"}',
      critical: -1,
      unit: 'percent',
      settle_seconds: 0,
      instance_labels: [],
      summary: 'It is always so on {{ $node }}',
    });
    await page.getByRole('link', { name: /^It is always so on/ }).waitFor();
    await page.getByRole('status').filter({ hasText: 'It is always so on' }).waitFor({ state: 'attached' });
    expect(await barriers()).toEqual([]);
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByLabel(/^Comment/).fill('I am on it');
    await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    await page.getByText('Acknowledged by admin').waitFor();
    const { items } = await system.api.get<ListAnswer<Alert>>('/api/v1/alerts?state=active&search=always');
    expect(items).toMatchObject([
      { severity: 'critical', acknowledged: { by: 'admin', comment: 'I am on it' } },
    ]);
  });

  it('shows one alert with its chart, on a phone too, and mutes it', async () => {
    await page.getByRole('link', { name: /^It is always so on/ }).click();
    await page.getByRole('heading', { level: 1, name: /^It is always so on/ }).waitFor();
    await page.getByRole('img', { name: /^Values around the event/ }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBe(0);
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Mute' }).click();
    await page.getByLabel('Until it resolves').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Mute' }).click();
    await page.getByText('Muted by admin until it resolves').first().waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('explains why nobody was told, and has it in the history once the definition is off', async () => {
    await page.getByRole('link', { name: 'What is judged here, minute by minute' }).click();
    await page.getByRole('link', { name: 'The definition that judges it: Always' }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('link', { name: 'The definition that judges it: Always' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    await page.getByText('Switched off').first().waitFor();
    await page.goto(`${system.ready.url}/alerts/history?q=always`);
    await page.getByRole('link', { name: /^It is always so on/ }).waitFor();
    expect(await barriers()).toEqual([]);
  });

  it('hears no complaint from the browser', () => {
    // The 401 of "who am I" before the login and the 400 of the refused expression are answers, and Chromium logs them.
    expect(complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([]);
  });
});
