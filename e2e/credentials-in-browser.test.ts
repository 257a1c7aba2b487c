import type { Component, ListAnswer, Node } from '@stratora/contract';
import { requireBinary, type Snmpd, StratoraSystem, startSnmpd, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator, takePictures } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PASSWORD = 'a better password 1';
const COMMUNITY = 'letmein-to-hall-3';

describe.skipIf(CHROMIUM === undefined)('credentials, in a browser', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  let device: Snmpd | undefined;
  let node: Node;
  let complaints: string[] = [];

  beforeAll(async () => {
    device = await startSnmpd({ community: COMMUNITY, sysName: 'press-07.hall-3' });
    system = await StratoraSystem.start({ adminPassword: PASSWORD, args: ['--no-agent'] });
    node = await system.api.post<Node>('/api/v1/nodes', {
      name: 'press-07',
      ip_address: device?.address ?? '127.0.0.1',
      snmp_port: device?.port ?? 161,
    });
    await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components');
        return items.some(({ connection }) => connection === 'online');
      },
      { timeoutMs: 60_000, what: 'a collector' },
    );
    browser = await startChromium(CHROMIUM ?? '');
    ({ page, complaints } = await openAsAdministrator(browser, system, { password: PASSWORD }));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
    await device?.stop();
  });

  async function choose(label: string, option: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).click();
    await page.getByRole('option', { name: option }).first().click();
  }

  it('are made by a form for their type', async () => {
    await page.goto(`${system.ready.url}/settings/credentials?add=1`);
    for (const [type, field] of [
      ['WMI', 'Domain'],
      ['SSH', 'Private key'],
      ['vSphere', 'User name'],
      ['HTTP', 'Kind of login'],
    ] as const) {
      await choose('Type', type);
      await page.getByLabel(field).waitFor();
    }
    expect(await findBarriers(page)).toEqual([]);
    await takePictures(page, 'credential-form');
    await choose('Type', 'SNMP v2c');
    await page.getByLabel('Name', { exact: true }).fill('hall 3');
    await page.getByLabel('Community').fill(COMMUNITY);
    await page.getByRole('button', { name: 'Add credential' }).last().click();
    await page.getByRole('link', { name: 'hall 3' }).first().waitFor();
    expect(await page.content()).not.toContain(COMMUNITY);
    await takePictures(page, 'credentials');
  });

  it('are attached and tested on the page of a node, which says what the device is', async (context) => {
    if (!device) return context.skip('snmpd is not installed');
    await page.goto(`${system.ready.url}/nodes/${node.id}?tab=details`);
    await page.getByRole('button', { name: 'Attach' }).click();
    await choose('Credential', 'hall 3');
    await page.getByRole('dialog').getByRole('button', { name: 'Attach' }).click();
    await page.getByText('SNMP v2c, for SNMP').waitFor();
    await page.getByRole('button', { name: 'Test hall 3' }).click();
    const answer = page.getByRole('dialog');
    await answer.getByText('It works').waitFor();
    await answer.getByText('press-07.hall-3').first().waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePictures(page, 'credential-test');
    await answer.getByRole('button', { name: 'Close' }).last().click();
  });

  it('say where they are used, are switched off, and show their secret for a reason alone', async (context) => {
    if (!device) return context.skip('snmpd is not installed');
    await page.goto(`${system.ready.url}/settings/credentials`);
    await page.getByRole('link', { name: 'hall 3' }).first().click();
    await page.getByRole('list', { name: 'Nodes that use it' }).getByText('press-07').waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await takePictures(page, 'credential');
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Reveal the secret' }).click();
    await page.getByRole('button', { name: 'Reveal', exact: true }).click();
    await page.getByText('Say why you need to see it').waitFor();
    await page.getByLabel('Reason').fill('the press was replaced');
    await page.getByRole('button', { name: 'Reveal', exact: true }).click();
    await page.getByText(COMMUNITY).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    await page.getByText('Switched off', { exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Test at press-07' }).isDisabled()).toBe(true);
    const audit = await system.api.get<ListAnswer<{ detail: { reason?: string } }>>(
      '/api/v1/audit-log?search=credential.reveal',
    );
    expect(audit.items[0]?.detail.reason).toBe('the press was replaced');
  });

  it('without a complaint of the browser', () => {
    expect(complaints).toEqual([]);
  });
});
