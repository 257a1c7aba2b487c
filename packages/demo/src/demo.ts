import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { errorMessage, type Logger } from '@stratora/runtime';
import type { Plant } from '@stratora/simulator';
import { CollectorClient } from './collector-client.ts';
import { DemoApi } from './demo-api.ts';
import type { DemoFolder } from './demo-folder.ts';
import { writeHistory } from './history-writer.ts';
import { LiveSince } from './live-since.ts';
import { demoPlant } from './plant/demo-plant.ts';
import type { DemoPlant } from './plant/plant-device.ts';
import { enterPlant } from './plant-entry.ts';
import { startDevices } from './simulated-devices.ts';

export interface DemoOptions {
  readonly folder: DemoFolder;
  readonly print: (line: string) => void;
  readonly logger: Logger;
}

const USUAL_PORT = 1_161;
const HISTORY_SECONDS = 3_600;

/** The simulated plant beside a system: its devices answer from `listen` to `stop`. */
export class Demo {
  readonly plant: DemoPlant;
  readonly #options: DemoOptions;
  readonly #stopping = new AbortController();
  #devices: Plant | undefined;

  constructor(options: DemoOptions) {
    this.#options = options;
    this.plant = demoPlant(options.folder.state.started_at, findWatcher());
  }

  /**
   * Starts the devices: at the first start on the usual port, or a free one where that is taken; the nodes are
   * entered with it, so later starts need the same one.
   */
  async listen(): Promise<void> {
    const { folder } = this.#options;
    const { communities, snmp_port: port } = folder.state;
    const listenOn = (wanted: number | undefined) => startDevices(this.plant, { communities, port: wanted });
    this.#devices =
      port === null ? await listenOn(USUAL_PORT).catch(() => listenOn(undefined)) : await listenOn(port);
    if (port === null) await folder.update({ snmp_port: this.#devices.port });
  }

  /** Enters the plant into the system that runs there, with an hour of history; at later starts only closes the gap. */
  async enter(url: string, caFile: string): Promise<void> {
    const { folder, print } = this.#options;
    const api = new DemoApi(url, await readFile(caFile, 'utf8'));
    try {
      this.#showLogin(url);
      if (folder.state.is_complete) await this.#closeGap(api);
      else await this.#enterAll(api);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      throw error;
    } finally {
      api.close();
    }
    print('Ctrl-C ends the demo and all of its devices.');
  }

  async #enterAll(api: DemoApi): Promise<void> {
    const { folder, print } = this.#options;
    const { devices, sites } = this.plant;
    print(`Entering ${devices.length} simulated devices at ${sites.length} sites ...`);
    await api.login('admin', folder.state.admin_password);
    const nodes = await enterPlant(api, this.plant, folder.state);
    print('Writing their last hour ...');
    const startedAt = performance.now();
    const lines = await this.#writeHistory(api, [...nodes.values()], Date.now() - HISTORY_SECONDS * 1_000);
    await folder.update({ is_complete: true });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    print(`The plant is alive: ${lines.toLocaleString('en')} samples of the last hour in ${seconds} s.`);
  }

  async #closeGap(api: DemoApi): Promise<void> {
    const { stopped_at: stoppedAt } = this.#options.folder.state;
    if (stoppedAt === null) return;
    const fromMs = Math.max(stoppedAt * 1_000, Date.now() - HISTORY_SECONDS * 1_000);
    await this.#writeHistory(api, [], fromMs);
  }

  async #writeHistory(api: DemoApi, nodeIds: readonly string[], fromMs: number): Promise<number> {
    const { folder, logger } = this.#options;
    const { signal } = this.#stopping;
    const collector = await CollectorClient.open(folder.dataDir, api.http, signal);
    return writeHistory({
      plant: this.plant,
      communities: folder.state.communities,
      config: await collector.waitForConfig(nodeIds, signal),
      fromMs,
      liveSince: new LiveSince(this.#devices?.devices ?? []),
      send: (lines, ended) => collector.send(lines, ended),
      logger,
      signal,
    });
  }

  #showLogin(url: string): void {
    const { folder, print } = this.#options;
    print(`Log in at ${url} as admin with the password ${folder.state.admin_password}`);
  }

  /** Stops the plant. Idempotent. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    const { folder, logger } = this.#options;
    if (this.#devices === undefined) return;
    await this.#devices.stop();
    try {
      await folder.update({ stopped_at: Math.floor(Date.now() / 1_000) });
    } catch (error) {
      logger.warn({ err: errorMessage(error) }, 'end of the demo not noted');
    }
  }
}

/** Finds an address of this host that its collector tells, so that the switches of the plant know where that is; undefined without a network. */
function findWatcher(): { address: string; mac: string } | undefined {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .find(({ internal, family, mac }) => !internal && family === 'IPv4' && mac !== '00:00:00:00:00:00');
}
