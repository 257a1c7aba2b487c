/** The screens about alerts and their definitions. */
import type { Page } from 'playwright-core';
import { type Screen, settle } from './screen.ts';
import { idOf } from './seeds.ts';

const alert = (index: number) => `/alerts/${idOf(20, index)}`;

async function definitionNamed(page: Page, name: string, tail = ''): Promise<void> {
  const id = await page.evaluate(async (wanted) => {
    const answer = await fetch('/api/v1/alert-definitions?limit=500');
    const { items } = (await answer.json()) as { items: { id: string; name: string }[] };
    return items.find((item) => item.name === wanted)?.id ?? '';
  }, name);
  await page.goto(new URL(`/alerts/definitions/${id}${tail}`, page.url()).href);
  await settle(page);
}

export const ALERT_SCREENS: readonly Screen[] = [
  { name: 'alerts', path: '/alerts', empty: true },
  { name: 'alerts-quiet', path: '/alerts', plant: { calm: true } },
  {
    name: 'alerts-open',
    path: '/alerts',
    act: async (page) => {
      const fold = page.getByRole('button', { name: /^Show .* behind it/ });
      if (await fold.isVisible()) await fold.click();
    },
  },
  {
    name: 'alerts-selected',
    path: '/alerts',
    act: async (page) => {
      if (await page.getByLabel('Select all shown').isVisible()) {
        await page
          .getByRole('checkbox', { name: /^Select / })
          .nth(2)
          .check();
      }
    },
  },
  {
    name: 'alerts-acknowledge',
    path: '/alerts',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for / })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Acknowledge' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'alerts-mute',
    path: '/alerts',
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Actions for / })
        .first()
        .click();
      await page.getByRole('menuitem', { name: 'Mute' }).click();
      await page.getByLabel('Until a time of your own').check();
    },
  },
  { name: 'alerts-filtered', path: '/alerts?severity=warning&held=false' },
  { name: 'alerts-viewer', path: '/alerts', as: 'viewer' },
  { name: 'alerts-history', path: '/alerts/history', empty: true },
  { name: 'alert-cause', path: alert(1) },
  { name: 'alert-held', path: alert(12) },
  { name: 'alert-critical', path: alert(40) },
  { name: 'alert-acknowledged', path: alert(41) },
  { name: 'alert-past', path: alert(1_003) },
  { name: 'alert-missing', path: alert(99_999) },
  { name: 'definitions', path: '/alerts/definitions' },
  { name: 'definition', path: '/alerts', act: (page) => definitionNamed(page, 'CPU') },
  {
    name: 'definition-edit',
    path: '/alerts',
    act: async (page) => {
      await definitionNamed(page, 'CPU', '?edit=1');
      await page.getByRole('textbox', { name: 'Expression' }).waitFor();
    },
  },
  { name: 'definition-replace', path: '/alerts', act: (page) => definitionNamed(page, 'CPU', '?replace=1') },
  { name: 'node-alerts', path: `/nodes/${idOf(1, 7)}?tab=alerts` },
];
