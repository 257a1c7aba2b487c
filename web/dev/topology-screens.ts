/** The screens of the topology. */
import type { Page } from 'playwright-core';
import { type Screen, settle } from './screen.ts';
import { idOf } from './seeds.ts';

/** Waits until the picture stands still. */
async function drawn(page: Page): Promise<void> {
  await settle(page);
  await page.locator('.map').first().waitFor();
  await page.locator('.map .react-flow__node').first().waitFor();
  await page.waitForTimeout(400);
}

/** Chooses the first link or node that fits. */
function choose(pick: 'aggregate' | 'ghost' | 'one-sided' | 'switch' | 'hub' | 'device' | 'down', tail = '') {
  return async (page: Page): Promise<void> => {
    const id = await page.evaluate(async (wanted) => {
      const answer = await fetch('/api/v1/topology');
      const topology = (await answer.json()) as {
        links: {
          a: { node_id: string | null };
          b: { node_id: string | null };
          id: string;
          members: unknown[];
          seen_from: string | null;
          state: string;
        }[];
        ghosts: { id: string }[];
        nodes: { id: string; name: string; tier: string }[];
        devices: { id: string; kind: string }[];
      };
      const { links, ghosts, nodes, devices } = topology;
      const degree = (id: string) => links.filter(({ a, b }) => a.node_id === id || b.node_id === id).length;
      const found = {
        aggregate: () => links.find(({ members }) => members.length > 1),
        ghost: () => ghosts[0],
        'one-sided': () => links.find(({ seen_from: from }) => from !== null),
        down: () => links.find(({ state }) => state === 'down'),
        switch: () => nodes.find(({ tier }) => tier === 'distribution'),
        hub: () =>
          nodes.filter(({ tier }) => tier === 'access').toSorted((a, b) => degree(b.id) - degree(a.id))[0],
        device: () => devices.find(({ kind }) => kind === 'neighbour'),
      }[wanted]();
      return found?.id ?? '';
    }, pick);
    await page.goto(new URL(`/topology?view=map&show=${id}${tail}`, page.url()).toString());
    await drawn(page);
  };
}

export const TOPOLOGY_SCREENS: readonly Screen[] = [
  { name: 'topology', path: '/topology?view=map', empty: true, act: async (page) => drawnIfAny(page) },
  { name: 'topology-site', path: `/topology?view=map&site=${idOf(3, 0)}`, act: drawn },
  { name: 'topology-list', path: '/topology?view=list' },
  { name: 'topology-node', path: '/topology', act: choose('switch') },
  { name: 'topology-link', path: '/topology', act: choose('aggregate') },
  { name: 'topology-one-sided', path: '/topology', act: choose('one-sided') },
  { name: 'topology-ghost', path: '/topology', act: choose('ghost') },
  { name: 'topology-device', path: '/topology', act: choose('device') },
  { name: 'topology-pull', path: '/topology', act: choose('switch', '&pull=1') },
  { name: 'topology-near', path: '/topology', act: choose('hub') },
  { name: 'topology-many', path: '/topology?view=map', plant: { nodes: 2_000 }, act: drawn },
  {
    name: 'topology-hostile',
    path: `/topology?view=map&site=${idOf(3, 0)}`,
    plant: { hostile: true },
    act: drawn,
  },
  { name: 'topology-hostile-list', path: '/topology?view=list', plant: { hostile: true } },
  { name: 'topology-viewer', path: '/topology?view=map', as: 'viewer', act: drawn },
  { name: 'topology-cabling', path: '/topology/cabling', empty: true },
  { name: 'topology-unknown', path: '/topology/unknown', empty: true },
  { name: 'topology-points', path: '/topology/single-points', empty: true },
  { name: 'topology-where', path: '/topology/where?q=00:1b:21:aa:bb:0c' },
  { name: 'topology-nowhere', path: '/topology/where?q=ff:ff:ff:00:00:01' },
  {
    name: 'search-address',
    path: '/',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /Search nodes/ }).fill('001b.21aa.bb0c');
      await page.getByText('Where is', { exact: false }).waitFor();
      await page.waitForTimeout(300);
    },
  },
];

async function drawnIfAny(page: Page): Promise<void> {
  await settle(page);
  if ((await page.getByText('Nothing to draw yet').count()) === 0) await drawn(page);
}
