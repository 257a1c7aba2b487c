/** Every screen of the web UI that pictures are taken of, but for those of the fleet. */
import type { Page } from 'playwright-core';
import { ALERT_SCREENS } from './alert-screens.ts';
import { DISCOVERY_SCREENS } from './discovery-screens.ts';
import { FLEET_SCREENS, toLeftOut, toNodeOf } from './fleet-screens.ts';
import { type Screen, settle } from './screen.ts';
import { idOf } from './seeds.ts';
import { TELLING_SCREENS } from './telling-screens.ts';
import { TOPOLOGY_SCREENS } from './topology-screens.ts';

export const SCREENS: readonly Screen[] = [
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
  {
    name: 'node-edit',
    path: '/nodes',
    act: async (page) => {
      await toTemplate('sw-', '?edit=1')(page);
      await page.getByRole('combobox', { name: 'Collector' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'node-rethemed',
    path: '/nodes',
    act: async (page) => {
      await toTemplate('sw-')(page);
      await page.evaluate(() => {
        const { dataset } = document.documentElement;
        dataset['theme'] = dataset['theme'] === 'light' ? 'dark' : 'light';
      });
      await page.waitForTimeout(300);
    },
  },
  { name: 'node-agent', path: `/nodes/${idOf(1, 0)}`, act: toTemplate('srv') },
  { name: 'node-switch', path: '/nodes', act: toTemplate('sw-') },
  { name: 'node-auth', path: `/nodes/${idOf(1, 12)}` },
  { name: 'node-offline', path: `/nodes/${idOf(1, 3)}` },
  { name: 'node-interfaces', path: '/nodes', act: toTemplate('sw-', '?tab=interfaces&if=4') },
  { name: 'node-details', path: '/nodes', act: toTemplate('sw-', '?tab=details') },
  { name: 'node-series', path: '/nodes', act: toTemplate('sw-', '?tab=series') },
  { name: 'node-zoomed', path: '/nodes', act: toTemplate('srv', '?range=24h') },
  { name: 'node-missing', path: `/nodes/${idOf(9, 9)}` },
  { name: 'node-left-out', path: '/nodes', act: toLeftOut },
  { name: 'node-collector-offline', path: '/nodes', act: toNodeOf(4) },
  ...ALERT_SCREENS,
  ...TELLING_SCREENS,
  ...TOPOLOGY_SCREENS,
  ...FLEET_SCREENS,
  ...DISCOVERY_SCREENS,
  { name: 'sites', path: '/settings/sites', empty: true },
  {
    name: 'site-edit',
    path: `/settings/sites?edit=${idOf(3, 1)}`,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Collector' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  { name: 'credentials', path: '/settings/credentials', empty: true },
  { name: 'credential-add', path: '/settings/credentials?add=1' },
  { name: 'credential-edit', path: `/settings/credentials?edit=${idOf(4, 0)}` },
  { name: 'users', path: '/settings/users' },
  { name: 'user-edit', path: `/settings/users?edit=${idOf(6, 1)}` },
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
