/** The screens of discovery. */
import type { Page } from 'playwright-core';
import { jobIdOf } from './discovery-plant.ts';
import type { Screen } from './screen.ts';
import { idOf } from './seeds.ts';

const job = (index: number) => `/discovery/${jobIdOf(index)}`;
const device = (index: number) => `${job(0)}?device=${idOf(42, index)}`;

async function openAll(page: Page): Promise<void> {
  for (const summary of await page.locator('main details > summary').all()) await summary.click();
}

export const DISCOVERY_SCREENS: readonly Screen[] = [
  { name: 'discovery-jobs', path: '/discovery', empty: true },
  { name: 'discovery-jobs-viewer', path: '/discovery', as: 'viewer' },
  { name: 'discovery-new', path: '/discovery/new', empty: true },
  {
    name: 'discovery-new-faults',
    path: '/discovery/new',
    act: async (page) => {
      await page.getByLabel('Targets').fill('10.0.0.0/14, 10.1.0.300\nsw-1 10.0.0.9-10.0.0.1');
      await page.getByText('OT-safe', { exact: true }).click();
      await openAll(page);
      await page.getByRole('button', { name: 'Start the scan' }).click();
    },
  },
  {
    name: 'discovery-new-crawl',
    path: '/discovery/new',
    act: async (page) => {
      await page.getByText('From a device, along its neighbours').click();
      await page.getByRole('combobox', { name: 'It runs' }).click();
      await page.getByRole('option', { name: 'Every week' }).click();
    },
  },
  { name: 'discovery-edit', path: `${job(0)}/edit` },
  { name: 'discovery-first', path: '/discovery/first', empty: true },
  { name: 'discovery-first-results', path: `${job(0)}?first=1` },
  { name: 'discovery-job', path: job(0) },
  { name: 'discovery-job-running', path: job(1) },
  { name: 'discovery-job-failed', path: job(2) },
  { name: 'discovery-job-viewer', path: job(0), as: 'viewer' },
  {
    name: 'discovery-job-selected',
    path: `${job(0)}?show=new`,
    act: async (page) => {
      const rows = page.getByRole('checkbox', { name: /^Select / });
      if ((await rows.count()) < 6) return;
      for (const at of [2, 3, 4]) await rows.nth(at).check();
    },
  },
  { name: 'discovery-device', path: device(0) },
  { name: 'discovery-device-hostile', path: device(20) },
  {
    name: 'discovery-import',
    path: job(0),
    act: async (page) => {
      await page.getByRole('button', { name: /^Import (all|the new)/ }).click();
      await page
        .getByRole('button', { name: /^Change / })
        .first()
        .click();
    },
  },
  {
    name: 'discovery-imported',
    path: job(0),
    act: async (page) => {
      await page.getByRole('button', { name: /^Import (all|the new)/ }).click();
      await page.getByRole('button', { name: /^Import \d+ device/ }).click();
      await page.getByText(/nodes? added/).waitFor();
    },
  },
  { name: 'discovery-changes', path: `${job(0)}?tab=changes` },
  { name: 'discovery-packets', path: `${job(0)}?tab=packets` },
  { name: 'discovery-runs', path: `${job(0)}?tab=runs` },
  { name: 'discovery-settings', path: `${job(0)}?tab=settings` },
  { name: 'discovery-missing', path: job(99) },
];
