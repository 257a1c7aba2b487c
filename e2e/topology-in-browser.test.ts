import type { Component, ListAnswer, NeighbourRead, Node, Site, Topology } from '@stratora/contract';
import { MibImage, type Plant, startPlant, WiredObjects, type Wiring, wiredPorts } from '@stratora/simulator';
import { requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator, takePictures } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const PASSWORD = 'a better password 1';

/** What hostile devices tell of themselves. Each would show itself where a page took it for anything but text. */
const CANARIES = {
  script: '<script>document.title="taken"</script>',
  image: '<img src=x onerror=document.title="taken">',
  bidi: '\u202etxt.exe\u2066bidi-canary',
  long: `long-canary-${'A'.repeat(1_000)}`,
} as const;
const SWITCHES = ['sw-core', 'sw-access', 'sw-second'] as const;
type SwitchName = (typeof SWITCHES)[number];
const ADDRESSES: Readonly<Record<SwitchName, string>> = {
  'sw-core': '127.9.7.1',
  'sw-access': '127.9.7.2',
  'sw-second': '127.9.7.3',
};
/** A host behind a port of the access switch, to be found by its address. */
const HOST_MAC = '02:00:5e:ff:00:01';

/** Two switches on the core, hostile devices beside it, a host; `moved`: the second one is plugged in elsewhere. */
function wiringOf(cable: 'as first' | 'moved'): Wiring {
  const ports = wiredPorts(26, { prefix: 'Gi1/0/', longPrefix: 'GigabitEthernet1/0/', firstIndex: 10_101 });
  const hostile = Object.values(CANARIES).map((name) => ({
    name,
    kind: 'host' as const,
    ports: [{ name: name === CANARIES.bidi ? 'eth0' : name, index: 1 }],
    lldp: 'both' as const,
  }));
  return {
    devices: [
      ...SWITCHES.map((name) => ({
        name,
        kind: 'switch' as const,
        address: ADDRESSES[name],
        ports,
        lldp: 'both' as const,
        offsets: { bridge: -10_100, lldp: -10_090 },
      })),
      ...hostile,
      {
        name: 'host-9',
        kind: 'host',
        address: '192.0.2.9',
        ports: [{ name: 'eth0', index: 1, mac: HOST_MAC }],
      },
    ],
    cables: [
      { a: 'sw-core:Gi1/0/1', b: 'sw-access:Gi1/0/24' },
      { a: cable === 'moved' ? 'sw-access:Gi1/0/7' : 'sw-core:Gi1/0/2', b: 'sw-second:Gi1/0/24' },
      ...hostile.map(({ name, ports: [port] }, at) => ({
        a: `sw-core:Gi1/0/${at + 3}`,
        b: `${name}:${port?.name}`,
      })),
      { a: 'sw-access:Gi1/0/9', b: 'host-9:eth0' },
    ],
  };
}

/** Starts the switches of a wiring, on a port that they keep. */
function startSwitches(wiring: Wiring, port?: number): Promise<Plant> {
  const objects = new WiredObjects(wiring);
  return startPlant({
    ...(port === undefined ? {} : { port }),
    devices: SWITCHES.map((name) => ({
      address: ADDRESSES[name],
      image: new MibImage(objects.device(name)),
    })),
  });
}

describe.skipIf(CHROMIUM === undefined)('the map, in a browser', () => {
  let system: StratoraSystem;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];
  let site: Site;
  let plant: Plant;
  let nodes: Readonly<Record<SwitchName, string>>;

  beforeAll(async () => {
    plant = await startSwitches(wiringOf('as first'));
    system = await StratoraSystem.start({ adminPassword: PASSWORD, args: ['--no-agent'] });
    await system.api.login('admin', PASSWORD);
    site = await system.api.post<Site>('/api/v1/sites', { name: 'Hall 3' });
    const credential = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'readers',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    });
    const added: Partial<Record<SwitchName, string>> = {};
    for (const name of SWITCHES) added[name] = await addSwitch(name, credential.id);
    nodes = added as Record<SwitchName, string>;
    await read();
    await waitFor(async () => (await topology()).links.length >= 6, {
      timeoutMs: 120_000,
      what: 'the links that follow from what the switches say',
    });
    browser = await startChromium(CHROMIUM ?? '');
    ({ page, complaints } = await openAsAdministrator(browser, system, { password: PASSWORD }));
  });
  afterAll(async () => {
    await browser?.close();
    await system?.dispose();
    await plant?.stop();
  });

  async function addSwitch(name: SwitchName, credentialId: string): Promise<string> {
    const { id } = await system.api.post<Node>('/api/v1/nodes', {
      name,
      ip_address: ADDRESSES[name],
      node_type: 'switch',
      template: 'generic-snmp',
      snmp_port: plant.port,
      site_id: site.id,
      collector_id: await collectorId(),
    });
    await system.api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credentialId });
    return id;
  }

  async function collectorId(): Promise<string | undefined> {
    const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components?limit=100');
    return items.find(({ component_type: type }) => type === 'collector')?.id;
  }

  /** Has all switches read now, and waits until they are. */
  async function read(): Promise<void> {
    for (const id of Object.values(nodes)) {
      await waitFor(
        async () => {
          const asked = await system.api.post<{ id: string }>(`/api/v1/nodes/${id}/neighbours/read`, {});
          const done = await waitFor(
            async () => {
              const now = await system.api.get<NeighbourRead>(`/api/v1/neighbour-reads/${asked.id}`);
              return now.state === 'done' && now;
            },
            { timeoutMs: 60_000, everyMs: 500, what: 'the end of a reading' },
          );
          return done.outcome === 'read';
        },
        { timeoutMs: 120_000, everyMs: 1_000, what: 'the neighbours of a switch' },
      );
    }
  }

  const topology = () => system.api.get<Topology>(`/api/v1/topology?site_id=${site.id}`);
  const map = () => page.getByRole('application', { name: /^Map/ });
  const card = (name: string | RegExp) => map().getByRole('img', { name });

  /** Waits until the map says by its name that the keyboard is on one. */
  const isOn = (id: string) =>
    page.locator(`[role="application"][aria-activedescendant="map-${id}"]`).waitFor();

  /** Looks once nothing moves. */
  async function barriers(): Promise<string[]> {
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    );
    return findBarriers(page, ['[data-base-ui-focus-guard]']);
  }

  /** Nothing that a device told was taken for anything but text. */
  async function isInert(): Promise<void> {
    expect(await page.title()).not.toContain('taken');
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    const longest = await page.evaluate(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      let most = 0;
      while (texts.nextNode() !== null) most = Math.max(most, texts.currentNode.textContent?.length ?? 0);
      return most;
    });
    expect(longest).toBeLessThan(600);
  }

  async function fitsPhone(): Promise<void> {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.waitForTimeout(300);
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBe(0);
    expect(await barriers()).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
  }

  it('draws what devices say of their neighbours, with hostile texts as texts', async () => {
    await page.goto(`${system.ready.url}/topology?view=map&site=${site.id}`);
    await card(/^sw-core, Switch/).waitFor();
    await card(/^sw-access, Switch/).waitFor();
    // A name is shown as it is, and turns nothing around it.
    await card(/^<script>document\.title="taken"<\/script>/).waitFor();
    await card(/^txt\.exe ?bidi-canary/).waitFor();
    await isInert();
    expect(await barriers()).toEqual([]);
    await takePictures(page, 'topology-map');
    await fitsPhone();
  });

  it('tells of a link who says so, and of a node why links may be missing', async () => {
    await page.goto(`${system.ready.url}/topology?view=list&site=${site.id}`);
    const links = page.getByRole('table', { name: 'Links' });
    await links.getByText('both ends').first().waitFor();
    await isInert();
    expect(await barriers()).toEqual([]);
    await links
      .getByRole('row', { name: /sw-access/ })
      .first()
      .getByRole('link')
      .first()
      .click();
    const panel = page.getByRole('complementary', { name: 'What is chosen' });
    await panel
      .getByRole('list', { name: 'Witnesses' })
      .getByText(/^LLDP neighbours of sw-/)
      .first()
      .waitFor();
    expect(await barriers()).toEqual([]);
    await panel.getByRole('list', { name: 'Ends' }).getByRole('button', { name: 'sw-core' }).click();
    await panel.getByRole('list', { name: 'Neighbours' }).getByText('sw-access').waitFor();
    await panel.getByText('Why links may be missing').waitFor();
    await panel.getByText(/neighbours? (?:is|are) not monitored/).waitFor();
    await isInert();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
  });

  it('is walked by arrow keys, searched by a slash, and opened by Enter', async () => {
    await page.goto(`${system.ready.url}/topology?view=map&site=${site.id}`);
    await card(/^sw-core, /).waitFor();
    await map().focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForURL(/show=/);
    await isOn(new URL(page.url()).searchParams.get('show') ?? '');
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('show'));
    await map().focus();
    await page.keyboard.press('/');
    await page.keyboard.type('sw-acc');
    await page.getByRole('option', { name: 'sw-access' }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('show') === nodes['sw-access']);
    await isOn(nodes['sw-access']);
    await map().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/nodes/${nodes['sw-access']}`);
  });

  it('keeps a card where an operator puts it, and puts it back', async () => {
    await page.goto(`${system.ready.url}/topology?view=map&site=${site.id}&show=${nodes['sw-access']}`);
    const own = card(/^sw-access, /);
    await own.waitFor();
    await page.waitForTimeout(500);
    const placeOf = async () => {
      const node = (await topology()).nodes.find(({ id }) => id === nodes['sw-access']);
      return { x: node?.x, y: node?.y, isByHand: node?.is_placed_by_hand };
    };
    const before = await placeOf();
    const box = await own.boundingBox();
    if (box === null) throw new Error('the card is not in sight');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + 90, { steps: 8 });
    await page.mouse.up();
    await waitFor(async () => (await placeOf()).isByHand === true, { what: 'the new place at the server' });
    const moved = await placeOf();
    expect(moved).not.toEqual(before);
    await page.reload();
    await own.waitFor();
    expect((await placeOf()).x).toBe(moved.x);
    await page.waitForTimeout(500);
    await map().focus();
    await page.keyboard.press('Shift+ArrowRight');
    await waitFor(async () => (await placeOf()).x === (moved.x ?? 0) + 20, { what: 'a move by keys' });
    await page.getByRole('button', { name: 'Undo move' }).click();
    await waitFor(async () => (await placeOf()).x === moved.x, { what: 'the place before' });
  });

  it('says what goes dark before a plug is pulled, and opens the maintenance form filled in', async () => {
    await page.goto(`${system.ready.url}/topology?view=map&site=${site.id}&show=${nodes['sw-core']}`);
    await page.getByRole('button', { name: 'What goes dark?' }).click();
    const panel = page.getByRole('complementary', { name: 'What is chosen' });
    await panel.getByRole('link', { name: 'Plan maintenance' }).waitFor();
    expect(await barriers()).toEqual([]);
    await panel.getByRole('link', { name: 'Plan maintenance' }).click();
    const form = page.getByRole('dialog', { name: 'Plan maintenance' });
    expect(await form.getByLabel('Name', { exact: true }).inputValue()).toBe('Work on sw-core');
    await form.getByText('sw-core', { exact: true }).waitFor();
    expect(await barriers()).toEqual([]);
    await page.goto(`${system.ready.url}/topology/single-points`);
    await page.getByRole('heading', { level: 2, name: 'Without these, something goes dark' }).waitFor();
    await isInert();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
  });

  it('approves the cabling, and shows what is not as it was approved', async () => {
    await page.goto(`${system.ready.url}/topology/cabling?site=${site.id}`);
    await page.getByText('Nothing is approved yet').waitFor();
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Approve the cabling as it is' }).click();
    await page.getByRole('button', { name: 'Approve it' }).click();
    await page.getByText('The cabling is as it was approved.').waitFor();
    expect(await barriers()).toEqual([]);
    // The cable of the second switch is plugged in elsewhere.
    const { port } = plant;
    await plant.stop();
    plant = await startSwitches(wiringOf('moved'), port);
    await read();
    await waitFor(async () => (await topology()).ghosts.length > 0, { timeoutMs: 120_000, what: 'a ghost' });
    await page.reload();
    const differences = page.getByRole('list', { name: 'Differences' });
    await differences.getByText('Moved away').first().waitFor();
    expect(await barriers()).toEqual([]);
    await fitsPhone();
    await differences.getByRole('link').first().click();
    await page
      .getByRole('complementary', { name: 'What is chosen' })
      .getByText(/^since/)
      .waitFor();
    await takePictures(page, 'topology-ghost');
    expect(await barriers()).toEqual([]);
  });

  it('finds where an address is, also from the search of every page', async () => {
    await page.goto(`${system.ready.url}/topology/where`);
    await page.getByLabel('MAC or IP address').fill('nonsense');
    await page.getByRole('button', { name: 'Find it' }).click();
    await page.getByText('This is neither a MAC address nor an IP address.').waitFor();
    expect(await barriers()).toEqual([]);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /Search nodes/ }).fill('0200.5eff.0001');
    await page.getByRole('option', { name: /^Where is 02:00:5e:ff:00:01\?/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Places' }).getByRole('link', { name: 'sw-access' }).waitFor();
    await isInert();
    expect(await barriers()).toEqual([]);
    await takePictures(page, 'topology-where');
    await fitsPhone();
  });

  it('lists the neighbours of a node on its page, and leads to the map', async () => {
    await page.goto(`${system.ready.url}/nodes/${nodes['sw-core']}?tab=neighbours`);
    const table = page.getByRole('table', { name: 'Neighbours' });
    await table.getByText('sw-access').first().waitFor();
    await isInert();
    expect(await barriers()).toEqual([]);
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('The neighbours were read').waitFor();
    await takePictures(page, 'node-neighbours');
    await fitsPhone();
    await page.getByRole('link', { name: 'Show on the map' }).click();
    await card(/^sw-core, /).waitFor();
  });

  it('makes a node of a neighbour that nobody monitored', async () => {
    const device = (await topology()).devices.find(({ kind }) => kind === 'neighbour');
    await page.goto(`${system.ready.url}/topology?view=map&site=${site.id}&show=${device?.id ?? ''}`);
    const panel = page.getByRole('complementary', { name: 'What is chosen' });
    await panel.getByLabel('Name', { exact: true }).fill('found-by-neighbours');
    await panel.getByLabel('Address', { exact: true }).fill('192.0.2.77');
    expect(await barriers()).toEqual([]);
    await panel.getByRole('button', { name: 'Import' }).click();
    await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes?limit=500');
        return items.some(({ name, site_id: id }) => name === 'found-by-neighbours' && id === site.id);
      },
      { what: 'the node of the neighbour' },
    );
  });

  it('hears no complaint from the browser', () => {
    expect(complaints.filter((text) => !/status of 40[014]/.test(text))).toEqual([]);
  });
});
