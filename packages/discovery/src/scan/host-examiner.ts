import { type Evidence, type RuleBook } from '@stratora/identify';
import { errorMessage, type OutboundGuard, OutboundRefused } from '@stratora/runtime';
import type { SnmpManager } from '@stratora/snmp';
import type { NeighbourCollector } from '../crawl/neighbour-tables.ts';
import { NameCheck } from '../dns/name-check.ts';
import { DeviceReader } from '../identity/device-reader.ts';
import { webEvidence } from '../identity/evidence-wire.ts';
import { LinkAddresses } from '../identity/link-addresses.ts';
import type { HostPace } from '../pace/host-pace.ts';
import type { PacketBudget } from '../pace/packet-budget.ts';
import type { PacketLedger } from '../pace/packet-ledger.ts';
import { SILENT_HOST_PORTS, WEB_PORTS } from '../tcp/scan-ports.ts';
import { knock } from '../tcp/tcp-knock.ts';
import { lookAtWeb } from '../web/web-banner.ts';
import type { ScanHost } from './scan-host.ts';
import type { ScanSettings } from './scan-settings.ts';

export interface HostExaminerOptions {
  readonly settings: ScanSettings;
  readonly budget: PacketBudget;
  readonly pace: HostPace;
  readonly ledger: PacketLedger;
  readonly manager: SnmpManager;
  readonly book: RuleBook;
  /** Decides which addresses may be connected to. */
  readonly guard: OutboundGuard;
  readonly signal: AbortSignal;
  /** Servers of DNS; the system's by default. */
  readonly nameServers?: readonly string[] | undefined;
  /** Reads whom a device hears, where that is wanted. */
  readonly neighbours?: NeighbourCollector | undefined;
}

/** Ports of the web alone, for scans that knock at no others. */
const FIRST_WEB_PORTS: readonly number[] = [443, 80];

/** Looks at a host that is there from all sides: ports, web pages, names, and what it says of itself by SNMP. */
export class HostExaminer {
  readonly #options: HostExaminerOptions;
  readonly #reader: DeviceReader;
  readonly #names: NameCheck;
  readonly #links = new LinkAddresses();

  constructor(options: HostExaminerOptions) {
    this.#options = options;
    const { settings, manager, signal, book, budget, ledger } = options;
    this.#reader = new DeviceReader({
      manager,
      port: settings.snmpPort,
      requestsPerSecond: settings.hostPacketsPerSecond,
      signal,
      book,
    });
    this.#names = new NameCheck({
      servers: options.nameServers,
      onQuery: async (address) => {
        await budget.take();
        ledger.note(address, 'dns_query');
      },
    });
  }

  /** Knocks at a few ports of an address that answered nothing else: one that is open or refused shows that it is there. */
  async knockSilent(host: ScanHost): Promise<void> {
    for (const port of SILENT_HOST_PORTS) {
      if (!this.#options.settings.tcpPorts.includes(port)) continue;
      if (!(await this.#knock(host, port)) || host.isThere) return;
    }
  }

  /** Looks for an address by TCP where there is no ICMP. */
  async knockForPing(host: ScanHost): Promise<void> {
    for (const port of FIRST_WEB_PORTS) {
      if (!(await this.#knock(host, port)) || host.isThere) return;
    }
  }

  /** Examines a host. What one way does not find out leaves the others as they are. @throws the signal's reason */
  async examine(host: ScanHost): Promise<void> {
    const { settings, signal } = this.#options;
    const knocked = new Set(host.knockedPorts);
    const ports = settings.tcp ? settings.tcpPorts : settings.http ? FIRST_WEB_PORTS : [];
    for (const port of ports) {
      if (knocked.has(port)) continue;
      if (!(await this.#knock(host, port))) break;
    }
    if (settings.http) await this.#lookAtWeb(host);
    if (settings.dns) await this.#checkName(host);
    host.macAddress = await this.#links.find(host.address);
    await this.#identify(host);
    signal.throwIfAborted();
  }

  /** Knocks at one port. @returns false where connections to the host are refused here */
  async #knock(host: ScanHost, port: number): Promise<boolean> {
    const { guard, pace, ledger, signal } = this.#options;
    const { address } = host;
    try {
      await guard.resolve(address, { port });
    } catch (error) {
      if (!(error instanceof OutboundRefused)) throw error;
      host.remark(`Its TCP ports were left out: ${error.message}`);
      return false;
    }
    await pace.turn(host);
    host.knockedPorts.push(port);
    const result = await knock({ address, port, signal });
    if (result !== 'unsendable') ledger.note(address, `tcp_${port}`);
    if (result === 'open') host.openPorts.push(port);
    if (result === 'refused') host.refusesTcp = true;
    return true;
  }

  async #lookAtWeb(host: ScanHost): Promise<void> {
    const { pace, ledger, signal } = this.#options;
    const { address } = host;
    for (const { port, scheme } of WEB_PORTS) {
      if (!host.openPorts.includes(port)) continue;
      const web = await lookAtWeb({
        address,
        port,
        scheme,
        signal,
        onConnect: async (to) => {
          await pace.turn(host);
          ledger.note(address, `tcp_${to}`);
        },
        onRequest: () => ledger.note(address, 'http_request'),
      });
      if (web === undefined) continue;
      // One that only showed its certificate, and another that shows a page: both are known then.
      host.web = host.web === undefined ? web : { ...web, ...certificateOf(host.web) };
      if (web.status !== null) return;
    }
  }

  async #checkName(host: ScanHost): Promise<void> {
    const found = await this.#names.check(host.address).catch((error: unknown) => {
      this.#options.signal.throwIfAborted();
      host.remark(`Its name could not be asked for: ${errorMessage(error)}`);
      return undefined;
    });
    if (found === undefined) return;
    host.hostname = found.name;
    if (found.leadsBack === false)
      host.remark(`DNS calls it ${found.name}, and says of that name that it has another address.`);
  }

  async #identify(host: ScanHost): Promise<void> {
    const known: Evidence = { web: webEvidence(host.web), openPorts: host.openPorts };
    const { login, address } = host;
    if (login === undefined) {
      const isTelling = host.web !== undefined || host.openPorts.length > 0;
      host.evidence = isTelling ? known : undefined;
      return;
    }
    const { neighbours } = this.#options;
    const reading = await this.#reader.read({ address, login }, known, async (session, budget) => {
      if (neighbours === undefined) return;
      const found = await neighbours.read(session, budget);
      host.neighbours.push(...found.neighbours);
      for (const sentence of found.remarks) host.remark(sentence);
    });
    host.evidence = reading.evidence;
    host.keys.push(...reading.keys);
    host.ownAddresses.push(...reading.ownAddresses);
    for (const sentence of reading.remarks) host.remark(sentence);
  }
}

function certificateOf(web: ScanHost['web']) {
  return {
    certificate_subject: web?.certificate_subject ?? null,
    certificate_issuer: web?.certificate_issuer ?? null,
    certificate_not_after: web?.certificate_not_after ?? null,
    certificate_sha256: web?.certificate_sha256 ?? null,
  };
}
