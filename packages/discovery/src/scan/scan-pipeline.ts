import type { DiscoveryPhase } from '@stratora/contract';
import type { RuleBook } from '@stratora/identify';
import { type OutboundGuard, sleep } from '@stratora/runtime';
import { createSnmpManager, type SnmpManager } from '@stratora/snmp';
import type { NeighbourCollector } from '../crawl/neighbour-tables.ts';
import { batchSizeFor, PingSweep } from '../icmp/ping-sweep.ts';
import { HostPace } from '../pace/host-pace.ts';
import { PacketBudget } from '../pace/packet-budget.ts';
import type { PacketLedger } from '../pace/packet-ledger.ts';
import { type ScanCredential, versionWord } from '../snmp/scan-credential.ts';
import { SnmpSweep } from '../snmp/snmp-sweep.ts';
import type { UserGuard } from '../snmp/user-guard.ts';
import { HostExaminer } from './host-examiner.ts';
import type { HostSource } from './host-source.ts';
import type { ScanHost } from './scan-host.ts';
import type { ScanSettings } from './scan-settings.ts';
import { Slots } from './slots.ts';

export interface ScanPipelineOptions {
  readonly source: HostSource;
  readonly settings: ScanSettings;
  readonly credentials: readonly ScanCredential[];
  readonly users: UserGuard;
  readonly ledger: PacketLedger;
  readonly book: RuleBook;
  readonly guard: OutboundGuard;
  /** The program for pings, by name or path. */
  readonly fping: string;
  readonly nameServers?: readonly string[] | undefined;
  readonly neighbours?: NeighbourCollector | undefined;
  readonly signal: AbortSignal;
  /** Called with each host that is done, whether anybody is there or not. */
  readonly onHost: (host: ScanHost) => void;
  readonly onRemark: (sentence: string) => void;
}

/** Addresses that are knocked at and hosts that are examined at a time: each holds a socket or a session. */
const KNOCKED_AT_ONCE = 400;
const EXAMINED_AT_ONCE = 128;
const LOOK_AGAIN_MS = 20;
/** Packets per second to a host from which on two ways may ask it at once: four packets come together then at most. */
const SEVERAL_WAYS_FROM = 4;
/** Share of the packets that pings get while other ways are used too. */
const PING_SHARE = 0.5;

/**
 * The pipeline of a scan: an address is pinged, then asked by SNMP, then knocked at; whoever is there is examined. All addresses are on
 * their way at once as far as the window and the pace let them, so that nobody waits for the silence of another.
 */
export class ScanPipeline {
  readonly #options: ScanPipelineOptions;
  readonly #budget: PacketBudget;
  readonly #sweep: SnmpSweep;
  readonly #manager: SnmpManager;
  readonly #examiner: HostExaminer;
  readonly #knocking = new Slots(KNOCKED_AT_ONCE);
  readonly #examining = new Slots(EXAMINED_AT_ONCE);
  readonly #manages = new Map<string, ScanHost>();
  readonly #batch: number;
  readonly #over = Promise.withResolvers<void>();
  #underWay = 0;
  readonly #passed = { ping: 0, snmp: 0, found: 0, examined: 0, done: 0 };

  constructor(options: ScanPipelineOptions) {
    this.#options = options;
    const { settings, ledger, signal, users, credentials } = options;
    this.#budget = new PacketBudget({ packetsPerSecond: settings.packetsPerSecond, signal });
    const pace = new HostPace({
      budget: this.#budget,
      packetsPerSecond: settings.hostPacketsPerSecond,
      signal,
    });
    this.#manager = createSnmpManager({
      sockets: 1,
      mayAsk: () => this.#budget.tryTake(),
      onSent: (address) => this.#noteRead(address),
    });
    this.#sweep = new SnmpSweep({
      credentials,
      port: settings.snmpPort,
      budget: this.#budget,
      hostGapMs: pace.gapMs,
      ledger,
      users,
      signal,
      timeoutsMs: settings.snmpTimeoutsMs,
      onOutcome: (host) => {
        if (--host.openWays <= 0) this.#afterSnmp(host);
        else this.#passed.snmp += 1;
      },
      onRemark: options.onRemark,
    });
    this.#examiner = new HostExaminer({ ...options, budget: this.#budget, pace, manager: this.#manager });
    this.#batch = Math.min(batchSizeFor(this.#pingRate()), Math.ceil(settings.window / 4));
  }

  /** How far it is: the first phase in which addresses wait. */
  get progress(): { phase: DiscoveryPhase; done: number; total: number } {
    const { source, settings, neighbours } = this.#options;
    const { ping, snmp, found, examined, done } = this.#passed;
    if (neighbours !== undefined) return { phase: 'crawl', done, total: source.total };
    const before = source.total - this.#toDo;
    if (settings.ping && ping < this.#toDo)
      return { phase: 'ping', done: before + ping, total: source.total };
    if (settings.snmp && snmp < this.#toDo)
      return { phase: 'snmp', done: before + snmp, total: source.total };
    if (done < this.#toDo - (found - examined))
      return { phase: 'tcp', done: before + done, total: source.total };
    return { phase: 'identify', done: examined, total: found };
  }

  /** Addresses that this pipeline does, when its source was begun before. */
  get #toDo(): number {
    return this.#options.source.total - this.#options.source.doneBefore;
  }

  /** Scans all that the source gives. Resolves early when the signal aborts. @throws what broke it */
  async run(): Promise<void> {
    const { settings, signal } = this.#options;
    const stop = (): void => this.#over.resolve();
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      const feed = settings.ping ? this.#pingAll() : this.#feed();
      feed.then(
        () => this.#endIfDone(),
        (error: unknown) => this.#over.reject(error),
      );
      await this.#over.promise;
      // Pings that were cut short still tell what was sent.
      await feed;
    } finally {
      signal.removeEventListener('abort', stop);
      await this.#sweep.close();
      await this.#manager.close();
    }
  }

  #endIfDone(): void {
    if (this.#underWay === 0 && this.#options.source.isDry) this.#over.resolve();
  }

  #pingRate(): number {
    const { packetsPerSecond, snmp, tcp } = this.#options.settings;
    return snmp || tcp ? packetsPerSecond * PING_SHARE : packetsPerSecond;
  }

  /** Gives addresses while there is room in the window: a whole batch, or all that are left. */
  #pull(most: number): readonly ScanHost[] {
    const { source, settings } = this.#options;
    const room = settings.window - this.#underWay;
    if (source.isDry || room < Math.min(most, this.#batch)) return [];
    const hosts = source.pull(Math.min(most, room, this.#batch));
    this.#underWay += hosts.length;
    return hosts;
  }

  async #pingAll(): Promise<void> {
    const { settings, source, ledger, fping, signal, onRemark } = this.#options;
    const sweep = new PingSweep({
      fping,
      budget: this.#budget,
      ledger,
      signal,
      packetsPerSecond: this.#pingRate(),
      total: this.#toDo,
      timeoutsMs: settings.pingTimeoutsMs,
      pull: (most) => {
        const hosts = this.#pull(most);
        for (const host of hosts) this.#askBeside(host);
        return hosts;
      },
      isDry: () => source.isDry,
      onOutcome: (host) => this.#afterPing(host),
      fallback: settings.knocksForPing ? (host) => this.#examiner.knockForPing(host) : undefined,
      onRemark,
    });
    await sweep.run();
  }

  async #feed(): Promise<void> {
    const { source, signal } = this.#options;
    while (!signal.aborted && !source.isDry) {
      const hosts = this.#pull(this.#batch);
      for (const host of hosts) this.#afterPing(host);
      if (hosts.length === 0) await sleep(LOOK_AGAIN_MS, undefined, signal);
      // Whatever waits in sockets comes before more is sent.
      else await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Asks an address by SNMP while it is pinged, where its pace lets that be: most of a network is silent to both. */
  #askBeside(host: ScanHost): void {
    const { settings, credentials } = this.#options;
    if (!settings.snmp || credentials.length === 0 || settings.hostPacketsPerSecond < SEVERAL_WAYS_FROM)
      return;
    host.openWays = 2;
    this.#sweep.probe(host);
  }

  #afterPing(host: ScanHost): void {
    this.#passed.ping += 1;
    const { settings, credentials } = this.#options;
    if (host.openWays > 0) {
      host.openWays -= 1;
      if (host.openWays === 0) this.#afterWays(host);
      return;
    }
    const isAsked = settings.snmp && (credentials.length > 0 || host.isThere);
    if (isAsked) this.#sweep.probe(host);
    else this.#afterSnmp(host);
  }

  #afterSnmp(host: ScanHost): void {
    this.#passed.snmp += 1;
    this.#afterWays(host);
  }

  #afterWays(host: ScanHost): void {
    const { settings, signal } = this.#options;
    if (host.isThere) this.#begin(() => this.#examine(host));
    else if (settings.tcp) {
      this.#begin(async () => {
        await this.#knocking.run(() => this.#examiner.knockSilent(host));
        if (host.isThere) await this.#examine(host);
        else this.#finish(host);
      });
    } else if (!signal.aborted) this.#finish(host);
  }

  #begin(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      // An end that was asked for ends the work; any other fault is one of ours, and ends the scan.
      if (!this.#options.signal.aborted) this.#over.reject(error);
    });
  }

  async #examine(host: ScanHost): Promise<void> {
    this.#passed.found += 1;
    await this.#examining.run(async () => {
      this.#manages.set(host.address, host);
      await this.#examiner.examine(host);
      this.#manages.delete(host.address);
    });
    this.#passed.examined += 1;
    this.#finish(host);
  }

  #noteRead(address: string): void {
    const version = this.#manages.get(address)?.login?.version;
    if (version !== undefined) this.#options.ledger.note(address, `snmp_${versionWord(version)}_read`);
  }

  #finish(host: ScanHost): void {
    this.#passed.done += 1;
    this.#underWay -= 1;
    this.#options.source.onDone(host);
    this.#options.onHost(host);
    this.#endIfDone();
  }
}
