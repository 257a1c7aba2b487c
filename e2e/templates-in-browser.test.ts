import { readFileSync } from 'node:fs';
import { requireBinary, StratoraSystem } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator, takePictures } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PASSWORD = 'a better password 1';
/** Another recording to take pictures of; the test itself goes on with its own. */
const SHOWN = process.env['STRATORA_TEST_RECORDING'];

const WALK = [
  '1.3.6.1.2.1.1.1.0|4|A made-up pump <b>',
  '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.4.1',
  '1.3.6.1.2.1.1.3.0|67|4200',
  ...[1, 2].flatMap((row) => [
    `1.3.6.1.4.1.99999.4.3.1.2.${row}|4|Loop ${row}`,
    `1.3.6.1.4.1.99999.4.3.1.3.${row}|66|${row * 70}`,
  ]),
].join('\n');

describe.skipIf(CHROMIUM === undefined)('device templates, in a browser', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    system = await StratoraSystem.start({ adminPassword: PASSWORD });
    browser = await startChromium(CHROMIUM ?? '');
    ({ page, complaints } = await openAsAdministrator(browser, system, { password: PASSWORD }));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
  });

  const choose = (name: string, text: string | Buffer) =>
    page
      .getByLabel('Recording of a device')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

  it('are listed, and each has a page of what it polls and shows', async () => {
    await page.goto(`${system.ready.url}/settings/templates`);
    await page.getByText('Generic SNMP', { exact: true }).first().waitFor();
    await takePictures(page, 'templates');
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole('link', { name: /^Generic SNMP/ }).click();
    await page.getByRole('heading', { name: 'Generic SNMP' }).waitFor();
    await page.getByText('snmp_interfaces').waitFor();
    await page.getByText('every 5 minutes').first().waitFor();
    await page.getByRole('link', { name: 'ping', exact: true }).waitFor();
    await takePictures(page, 'template');
    expect(await findBarriers(page)).toEqual([]);
  });

  it('are proposed for a recording that somebody chooses', async () => {
    await page.goto(`${system.ready.url}/settings/templates`);
    await page.getByRole('link', { name: 'Propose from a walk' }).click();
    await page.getByRole('heading', { name: 'Choose a recording' }).waitFor();
    await choose('notes.txt', 'These are no objects.');
    await page.getByRole('alert').getByText('notes.txt').waitFor();
    await choose('pump.snmprec', WALK);
    await page.getByText('pump.snmprec, 7 objects').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByText('1.3.6.1.4.1.99999.4.3.1').first().click();
    await page.getByText('text, such as "Loop 1"', { exact: true }).waitFor();
    expect(await page.getByLabel('Text of the template').inputValue()).toContain(
      'sys_object_ids = ["1.3.6.1.4.1.99999.4.1"]',
    );
    expect(await findBarriers(page)).toEqual([]);
    if (SHOWN !== undefined) {
      await choose('device.snmprec', readFileSync(SHOWN));
      await page.getByText(/^device\.snmprec, /).waitFor();
    }
    await takePictures(page, 'template-proposal');
    expect(complaints).toEqual([]);
  });

  it('are put in force, changed and deleted by an administrator, and a fault is told with its line', async () => {
    await page.goto(`${system.ready.url}/settings/template-proposal`);
    await choose('pump.snmprec', WALK);
    const text = page.getByLabel('Text of the template');
    await text.waitFor();
    const proposed = await text.inputValue();
    await text.fill(proposed.replace('gathered_by', 'colour = "red"\ngathered_by'));
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByText(/^line \d+: colour: is not known here$/).waitFor();
    await text.fill(proposed.replace(/^name = .*$/m, 'name = "Coolant pump"'));
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('heading', { name: 'Coolant pump' }).waitFor();
    await page.getByText('Your own').waitFor();
    await takePictures(page, 'template-own');
    expect(await findBarriers(page)).toEqual([]);
    await text.fill((await text.inputValue()).replace('Coolant pump', 'Oil pump'));
    await page.getByRole('button', { name: 'Put in force' }).click();
    await page.getByRole('heading', { name: 'Oil pump' }).waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('Oil pump');
    await page.getByRole('button', { name: 'Delete template' }).click();
    await page.getByRole('link', { name: 'Propose from a walk' }).waitFor();
    expect(await page.getByText('Oil pump', { exact: true }).count()).toBe(0);
  });
});
