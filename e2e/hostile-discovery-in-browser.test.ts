import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential, DiscoveredDevice, DiscoveryJob, ListAnswer } from '@stratora/contract';
import {
  type DeviceSpec,
  MibImage,
  networkDeviceObjects,
  type Plant,
  startPlant,
  WiredObjects,
  type Wiring,
  wiredPorts,
} from '@stratora/simulator';
import { requireBinary, StratoraSystem, waitFor } from '@stratora/testkit';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsAdministrator, VIEWPORT } from './administrator-page.ts';
import { findBarriers } from './page-barriers.ts';
import { startChromium } from './quiet-chromium.ts';

const CHROMIUM = requireBinary('chromium');
const OPENSSL = requireBinary('openssl');
const PASSWORD = 'a better password 1';

/** What would show that a text came to life: a script that ran, an element that it made, a picture that it asked for. */
const SCRIPT = '<script>window.canary=1</script>';
const PICTURE = '<img src=/canary.png onerror="window.canary=2">';
const CLOSER = '"><svg/onload=window.canary=3><b class=canary>';
const BIDI = 'core\u202e\u2066hctiws\u2069';
const TERMINAL = '\u001b[31mred\u001b[0m\u0007';
const FORMULA = '=HYPERLINK("http://192.0.2.1/canary","click")';

const port = (name: string) => wiredPorts(2, { prefix: name, longPrefix: name });
/** Two devices that tell each other of themselves, in texts that are hostile wherever a text may be. */
const WIRING: Wiring = {
  devices: [
    {
      name: SCRIPT,
      kind: 'switch',
      description: PICTURE,
      address: '127.61.1.1',
      ports: port(CLOSER.slice(0, 60)),
      lldp: 'both',
      cdp: 'both',
    },
    {
      name: FORMULA,
      kind: 'switch',
      description: `${BIDI} ${TERMINAL} ${'x'.repeat(3_000)}`,
      address: '127.61.1.2',
      ports: port(`${TERMINAL}${BIDI}`),
      lldp: 'both',
      cdp: 'both',
    },
  ],
  cables: [{ a: `${SCRIPT}:${CLOSER.slice(0, 60)}1`, b: `${FORMULA}:${TERMINAL}${BIDI}1` }],
};
const LARGE = '127.61.1.3';
const WEB = '127.61.1.1';
/** One of the ports at which a scan looks for web pages, and one that needs no privileges. */
const WEB_PORT = 8443;

/** Serves a page over TLS whose title and certificate are hostile. */
async function startHostileWeb(folder: string): Promise<Server> {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const subject = [
    '-utf8',
    '-subj',
    `/CN=${SCRIPT.replaceAll('/', '\\/')}/O=${CLOSER.replaceAll('/', '\\/')}`,
  ];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files],
    {
      stdio: 'ignore',
    },
  );
  const pair = {
    key: await readFile(join(folder, 'key.pem')),
    cert: await readFile(join(folder, 'cert.pem')),
  };
  const server = createServer(pair, (_, response) => {
    response.writeHead(200, { server: PICTURE, 'content-type': 'text/html' });
    response.end(`<title>${SCRIPT.replaceAll('<', '&lt;')} ${CLOSER} ${'y'.repeat(65_536)}</title>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(WEB_PORT, WEB, resolve);
  });
  return server;
}

describe.skipIf(CHROMIUM === undefined || OPENSSL === undefined)(
  'hostile devices, on the pages of discovery',
  () => {
    let system: StratoraSystem;
    let plant: Plant;
    let web: Server;
    let folder = '';
    let browser: Browser;
    let page: Page;
    let complaints: string[] = [];
    let job: DiscoveryJob;
    /** A job that went along the neighbours. */
    let crawled: DiscoveryJob;
    let devices: readonly DiscoveredDevice[] = [];
    let heard: readonly DiscoveredDevice[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hostile-web-'));
      web = await startHostileWeb(folder);
      const objects = new WiredObjects(WIRING);
      const specs: DeviceSpec[] = WIRING.devices.map(({ name, address = '' }) => ({
        address,
        image: new MibImage(objects.device(name)),
      }));
      const image = new MibImage(networkDeviceObjects({ ports: 2 }));
      plant = await startPlant({
        devices: [...specs, { address: LARGE, image, behaviour: { kind: 'oversize' } }],
      });
      system = await StratoraSystem.start({
        adminPassword: PASSWORD,
        args: ['--no-agent'],
        // Connections to loopback are refused otherwise.
        env: { STRATORA_OUTBOUND_ALLOW: '127.61.1.0/24' },
      });
      const credential = await system.api.post<Credential>('/api/v1/credentials', {
        name: 'public',
        type: 'snmp_v2c',
        secret: { community: 'public' },
      });
      const options = { snmp_port: plant.port, tcp_ports: [WEB_PORT] };
      const common = { name: 'hostile', credential_ids: [credential.id], options };
      job = await scanned({ ...common, targets: [`${WEB}-${LARGE}`] });
      const crawl = { seed: WEB, fence: ['127.61.1.0/24'] };
      crawled = await scanned({ ...common, name: 'hostile neighbours', crawl });
      devices = await devicesOf(job);
      heard = await devicesOf(crawled);
      browser = await startChromium(CHROMIUM ?? '');
      ({ page, complaints } = await openAsAdministrator(browser, system, { password: PASSWORD }));
    });
    afterAll(async () => {
      await browser?.close();
      await system?.dispose();
      await plant?.stop();
      web?.closeAllConnections();
      await new Promise((resolve) => {
        if (web === undefined) resolve(undefined);
        else web.close(resolve);
      });
      await rm(folder, { recursive: true, force: true });
    });

    async function scanned(body: object): Promise<DiscoveryJob> {
      const { id } = await system.api.post<DiscoveryJob>('/api/v1/discovery/jobs', body);
      return waitFor(
        async () => {
          const now = await system.api.get<DiscoveryJob>(`/api/v1/discovery/jobs/${id}`);
          return now.status === 'done' && now;
        },
        { timeoutMs: 120_000, what: 'the end of the scan' },
      );
    }

    async function devicesOf({ id }: DiscoveryJob): Promise<readonly DiscoveredDevice[]> {
      const path = `/api/v1/discovery/jobs/${id}/devices`;
      return (await system.api.get<ListAnswer<DiscoveredDevice>>(path)).items;
    }

    /** Nothing of what devices say has come to life, turned the text around it, or made the page wider than its window. */
    async function isInert(what: string): Promise<void> {
      await page.locator('[aria-label="Loading"]').first().waitFor({ state: 'detached' });
      for (const width of [VIEWPORT.width, 390]) {
        await page.setViewportSize({ width, height: VIEWPORT.height });
        const found = await page.evaluate(() => ({
          canary: (window as { canary?: number }).canary ?? 0,
          elements: document.querySelectorAll('.canary, img, main script').length,
          // oxlint-disable-next-line no-control-regex -- what must not be there is what is looked for
          controls: /[\u0007\u001b\u202a-\u202e\u2066-\u2069]/.test(document.documentElement.outerHTML),
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          longest: Math.max(
            0,
            ...[...document.querySelectorAll('bdi')].map((one) => (one.textContent ?? '').length),
          ),
        }));
        expect({ what, ...found }).toMatchObject({ canary: 0, elements: 0, controls: false });
        expect(found.overflow, `${what} at ${width}`).toBeLessThanOrEqual(0);
        expect(found.longest, what).toBeLessThanOrEqual(300);
      }
      await page.setViewportSize(VIEWPORT);
      expect(await findBarriers(page), what).toEqual([]);
    }

    it('have said what is looked for', () => {
      const said = JSON.stringify(devices);
      expect(devices).toHaveLength(3);
      for (const text of ['<script>', '<img src=', '=HYPERLINK']) expect(said).toContain(text);
      const found = devices.find(({ ip_address: address }) => address === WEB)?.web;
      expect(found?.title ?? '').toContain('<script>');
      expect(found?.certificate_subject ?? '').toContain('<script>');
      expect(JSON.stringify(heard.flatMap(({ neighbours }) => neighbours))).toContain('=HYPERLINK');
    });

    it('are text in the list, in the results, and on every tab of a job', async () => {
      await page.goto(`${system.ready.url}/discovery`);
      await page.getByRole('link', { name: 'hostile', exact: true }).waitFor();
      await isInert('jobs');
      for (const tab of ['results', 'changes', 'packets', 'runs', 'settings']) {
        await page.goto(`${system.ready.url}/discovery/${job.id}?tab=${tab}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await isInert(tab);
      }
    });

    it('are text in all that is known of one of them', async () => {
      for (const { id, ip_address: address } of devices) {
        await page.goto(`${system.ready.url}/discovery/${job.id}?device=${id}`);
        await page.getByRole('dialog').waitFor();
        await isInert(`device ${address}`);
      }
    });

    it('are text in the export, and no formula', async () => {
      await page.goto(`${system.ready.url}/discovery/${job.id}`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'CSV' }).click(),
      ]);
      const text = await readFile(await download.path(), 'utf8');
      const lines = text.split('\r\n');
      expect(lines).toHaveLength(devices.length + 2);
      expect(text).toContain(`"'=HYPERLINK(""http`);
      for (const line of lines) expect(line).not.toMatch(/(?:^|,)"?[=+\-@]/);
    });

    it('are text when they are imported, and as nodes', async () => {
      await page.goto(`${system.ready.url}/discovery/${job.id}`);
      await page.getByRole('button', { name: /^Import all/ }).click();
      await page.getByRole('list', { name: 'Devices to import' }).waitFor();
      await isInert('import');
      await page.getByRole('button', { name: 'Import 3 devices' }).click();
      await page.getByText('nodes added').waitFor();
      await isInert('imported');
      await page.goto(`${system.ready.url}/nodes`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await isInert('nodes');
    });

    it('without a complaint of the browser', () => {
      expect(complaints).toEqual([]);
    });
  },
);
