/** The screens about collectors and agents. */
import type { Page } from 'playwright-core';
import { type Screen, settle } from './screen.ts';
import { idOf } from './seeds.ts';

const component = (index: number, tail = '') => `/collection/components/${idOf(2, index)}${tail}`;

/** Opens a node that a collector's configuration leaves out. */
export async function toLeftOut(page: Page): Promise<void> {
  const href = await page.evaluate(
    async (path) => {
      const answer = await fetch(path);
      const { items } = (await answer.json()) as { items: { left_out: { node_id: string }[] }[] };
      return `/nodes/${items[0]?.left_out[0]?.node_id ?? ''}`;
    },
    `/api/v1/components/${idOf(2, 2)}/configs?limit=1`,
  );
  await page.goto(new URL(href, page.url()).toString());
  await settle(page);
}

/** Opens the first node that a collector polls. */
export function toNodeOf(index: number) {
  return async (page: Page): Promise<void> => {
    const href = await page.evaluate(
      async (collector) => {
        const answer = await fetch(`/api/v1/nodes?limit=1&collector_id=${collector}`);
        const { items } = (await answer.json()) as { items: { id: string }[] };
        return `/nodes/${items[0]?.id ?? ''}`;
      },
      idOf(2, index),
    );
    await page.goto(new URL(href, page.url()).toString());
    await settle(page);
  };
}

async function showCommand(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show the command' }).click();
  await page.getByRole('region', { name: 'Command' }).waitFor();
}

export const FLEET_SCREENS: readonly Screen[] = [
  { name: 'fleet-collectors', path: '/collection/collectors', empty: true },
  { name: 'fleet-agents', path: '/collection/agents', empty: true },
  { name: 'fleet-well', path: '/collection/collectors', plant: { well: true } },
  { name: 'fleet-thousand', path: '/collection/collectors', plant: { components: 1000 } },
  { name: 'fleet-viewer', path: '/collection/collectors', as: 'viewer' },
  { name: 'fleet-filtered', path: '/collection/collectors?state=pinned,held,rolled_back&sort=name' },
  { name: 'fleet-nothing', path: '/collection/collectors?q=nothing-has-this-name' },
  { name: 'rollout-running', path: '/collection/collectors', plant: { rollout: 'running' } },
  {
    name: 'rollout-members',
    path: '/collection/collectors',
    act: async (page) => {
      await page.getByRole('button', { name: 'Who has it' }).click();
    },
  },
  {
    name: 'rollout-finish',
    path: '/collection/collectors',
    act: async (page) => {
      await page.getByRole('button', { name: 'Give it to all now' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'gaps', path: '/collection/gaps', empty: true },
  { name: 'tokens', path: '/collection/tokens', empty: true },
  { name: 'deploy-form', path: '/collection/collectors?add=agent' },
  {
    name: 'deploy-waiting',
    path: '/collection/collectors?add=collector',
    empty: true,
    act: async (page) => {
      await showCommand(page);
      await page.getByText('Waiting for the collector').waitFor();
    },
  },
  {
    name: 'deploy-pending',
    path: '/collection/collectors?add=collector',
    act: async (page) => {
      await showCommand(page);
      await page.getByText('pending approval').waitFor();
    },
  },
  {
    name: 'deploy-online',
    path: '/collection/collectors?add=collector',
    act: async (page) => {
      await showCommand(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
      await page.getByText('is online').waitFor();
    },
  },
  {
    name: 'deploy-windows',
    path: '/collection/agents?add=agent',
    act: async (page) => {
      await showCommand(page);
      await page.getByText('Windows', { exact: true }).click();
      await page.getByText('PowerShell on the host').waitFor();
    },
  },
  {
    name: 'deploy-manual',
    path: '/collection/agents?add=agent',
    plant: { bare: true },
    act: async (page) => {
      await showCommand(page);
      await page.getByText('no Linux program').waitFor();
    },
  },
  {
    name: 'deploy-container',
    path: '/collection/collectors?add=collector',
    act: async (page) => {
      await showCommand(page);
      await page.getByText('Container', { exact: true }).click();
    },
  },
  { name: 'component-well', path: component(0) },
  { name: 'component-backlog', path: component(1) },
  { name: 'component-rolled-back', path: component(2) },
  { name: 'component-pinned', path: component(3) },
  { name: 'component-offline', path: component(4) },
  { name: 'component-held', path: component(5) },
  { name: 'component-crash', path: component(6) },
  { name: 'component-pending', path: component(20) },
  { name: 'component-revoked', path: component(8) },
  { name: 'component-clock', path: component(40) },
  { name: 'component-shared', path: component(41) },
  { name: 'component-windows', path: component(44) },
  { name: 'component-edit', path: component(0, '?edit=1') },
  { name: 'component-missing', path: component(999) },
  {
    name: 'component-engine',
    path: component(0),
    act: async (page) => {
      await page.getByRole('combobox', { name: /^Engine of/ }).click();
      await page.getByRole('option', { name: /^Telegraf/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'component-menu',
    path: component(0),
    act: async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'component-rotate',
    path: component(0),
    act: async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Rotate key' }).click();
      await page.getByRole('dialog').waitFor();
      // A menu that fades out is neither there nor gone.
      await page.getByRole('menu').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'component-rotated',
    path: component(0),
    act: async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Rotate key' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Rotate key' }).click();
      await page.getByText('shown this once').waitFor();
    },
  },
  {
    name: 'component-revoke',
    path: component(1),
    act: async (page) => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Revoke' }).click();
      await page.getByRole('dialog').waitFor();
      // A menu that fades out is neither there nor gone.
      await page.getByRole('menu').waitFor({ state: 'detached' });
    },
  },
  { name: 'config-text', path: component(2, '?tab=config') },
  {
    name: 'config-search',
    path: component(3, '?tab=config'),
    act: async (page) => {
      await page.getByRole('searchbox', { name: 'Search inside' }).fill('auth_password');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
    },
  },
  { name: 'config-none', path: component(20, '?tab=config') },
  { name: 'history', path: component(2, '?tab=history') },
  { name: 'history-diff', path: component(0, '?tab=history&generation=12') },
  { name: 'history-secret', path: component(0, '?tab=history&generation=11') },
  { name: 'history-against', path: component(0, '?tab=history&generation=14&against=8') },
  { name: 'history-first', path: component(5, '?tab=history&generation=1') },
  {
    name: 'history-roll-back',
    path: component(0, '?tab=history&generation=12'),
    act: async (page) => {
      await page.getByRole('button', { name: 'Roll back to 12' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'reports', path: component(2, '?tab=reports') },
  { name: 'reports-crash', path: component(6, '?tab=reports') },
  { name: 'component-nodes', path: component(2, '?tab=nodes') },
  { name: 'component-nodes-none', path: component(6, '?tab=nodes'), plant: { nodes: 1 } },
];
