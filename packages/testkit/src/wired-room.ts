import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireBinary } from './binary.ts';
import { Lldpd } from './lldpd.ts';
import { inNamespace, ip, type LabSite, NetworkLab } from './network-lab.ts';
import { type Snmpd, startSnmpd } from './snmpd.ts';

/** A host of the room, with ports `p1`, `p2` and so on. */
export interface WiredHostPlan {
  /** Its name, of 10 characters at most. */
  name: string;
  ports: number;
  /** Whether its ports are those of a Linux bridge, `br0`. */
  isBridge?: boolean;
  /** Aliases of ports, which its LLDP daemon tells its neighbours. */
  aliases?: Readonly<Record<string, string>>;
  /** More arguments of its LLDP daemon. */
  lldpdArgs?: readonly string[];
  /** More commands of lldpcli. */
  lldpdConfig?: readonly string[];
}

/** A port of a host, where a cable ends. */
export interface WiredEnd {
  host: string;
  port: string;
}

interface WiredHost {
  readonly plan: WiredHostPlan;
  readonly namespace: string;
  /** Address at which the site reaches its SNMP agent, UDP port 161. */
  readonly address: string;
  readonly folder: string;
  snmpd: Snmpd | undefined;
  lldpd: Lldpd | undefined;
}

/** Bit of IEEE 802.1D's reserved addresses by which a bridge passes LLDP on: a cable does, a switch does not. */
const PASSES_LLDP = '0x4000';
const MANAGEMENT = 'lan0';

/**
 * Hosts with real snmpd and lldpd, each in a network namespace of its own, wired port to port as somebody would at a patch panel.
 * A site reaches their SNMP agents by a network of its own, on which nobody speaks LLDP.
 *
 * Every port is one end of a veth pair whose other end stays in the namespace of the panel, so a port keeps its name, index and
 * address while it is re-cabled, and loses its carrier while nothing is plugged in. A cable is a bridge of the panel that
 * passes LLDP on; one with more than two ends is a dumb switch.
 */
export class WiredRoom {
  readonly hosts = new Map<string, WiredHost>();
  readonly #lab: NetworkLab;
  readonly #site: LabSite;
  readonly #subnet: string;
  readonly #panel: string;
  #cables = 0;

  private constructor(lab: NetworkLab, site: LabSite) {
    this.#lab = lab;
    this.#site = site;
    const number = site.uplink.replace(/\D/g, '');
    this.#subnet = `172.31.${number}`;
    this.#panel = lab.addNamespace(`panel${number}`);
    addBridge(site.namespace, MANAGEMENT);
    ip('-n', site.namespace, 'addr', 'add', `${this.#subnet}.254/24`, 'dev', MANAGEMENT);
  }

  /** Tells whether namespaces, snmpd and lldpd are there; prints a line where one is missing. @throws in CI where one is */
  static isPossible(): boolean {
    return (
      NetworkLab.isPossible() && requireBinary('snmpd') !== undefined && requireBinary('lldpd') !== undefined
    );
  }

  /** Makes the hosts, with nothing plugged in. */
  static async start(lab: NetworkLab, site: LabSite, plans: readonly WiredHostPlan[]): Promise<WiredRoom> {
    const room = new WiredRoom(lab, site);
    try {
      for (const plan of plans) await room.#addHost(plan);
      await Promise.all(plans.map(({ name }) => room.startLldpd(name)));
      return room;
    } catch (error) {
      await room.dispose();
      throw error;
    }
  }

  async #addHost(plan: WiredHostPlan): Promise<void> {
    const { name } = plan;
    const namespace = this.#lab.addNamespace(name);
    // Its neighbours are to hear its link-local addresses too, as those of most hosts.
    ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=0');
    ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv6.conf.default.disable_ipv6=0');
    const address = `${this.#subnet}.${this.hosts.size + 1}`;
    const folder = await mkdtemp(join(tmpdir(), 'stratora-wired-'));
    // lldpd comes back to the socket of AgentX without root's rights.
    await chmod(folder, 0o755);
    this.hosts.set(name, { plan, namespace, address, folder, snmpd: undefined, lldpd: undefined });
    if (plan.isBridge) addBridge(namespace, 'br0');
    for (const port of portsOf(plan)) this.#addPort(namespace, plan, port);
    addPair({ namespace, name: 'mgmt' }, { namespace: this.#site.namespace, name: `m-${name}` });
    ip('-n', namespace, 'addr', 'add', `${address}/24`, 'dev', 'mgmt');
    ip('-n', namespace, 'link', 'set', 'mgmt', 'up');
    ip('-n', this.#site.namespace, 'link', 'set', `m-${name}`, 'master', MANAGEMENT, 'up');
    const snmpd = await startSnmpd({
      namespace,
      address,
      port: 161,
      sysName: name,
      config: ['master agentx', `agentXSocket ${agentXOf(folder)}`],
    });
    this.#host(name).snmpd = snmpd;
  }

  #addPort(namespace: string, { name, isBridge, aliases }: WiredHostPlan, port: string): void {
    addPair({ namespace, name: port }, { namespace: this.#panel, name: `${name}-${port}` });
    const alias = aliases?.[port];
    if (alias !== undefined) ip('-n', namespace, 'link', 'set', port, 'alias', alias);
    if (isBridge) ip('-n', namespace, 'link', 'set', port, 'master', 'br0');
    ip('-n', namespace, 'link', 'set', port, 'up');
  }

  #host(name: string): WiredHost {
    const host = this.hosts.get(name);
    if (host === undefined) throw new Error(`there is no host ${name}`);
    return host;
  }

  async startLldpd(name: string): Promise<void> {
    const host = this.#host(name);
    const { plan, namespace, folder } = host;
    host.lldpd = await Lldpd.start({
      namespace,
      name,
      ports: portsOf(plan),
      agentX: agentXOf(folder),
      args: plan.lldpdArgs ?? [],
      config: plan.lldpdConfig ?? [],
    });
  }

  async stopLldpd(name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const host = this.#host(name);
    await host.lldpd?.stop(signal);
    host.lldpd = undefined;
  }

  async stopSnmpd(name: string): Promise<void> {
    await this.#host(name).snmpd?.stop();
  }

  /** Plugs a cable between two ports, or the cables of a dumb switch between more; ports that are plugged in are unplugged first. */
  connect(...ends: readonly WiredEnd[]): void {
    for (const end of ends) this.unplug(end);
    this.#cables += 1;
    const cable = `cable${this.#cables}`;
    addBridge(this.#panel, cable);
    ip('-n', this.#panel, 'link', 'set', cable, 'type', 'bridge', 'group_fwd_mask', PASSES_LLDP);
    for (const end of ends) ip('-n', this.#panel, 'link', 'set', panelPort(end), 'master', cable, 'up');
  }

  /** Pulls the cable out of a port. The port at its other end loses its carrier too. */
  unplug(end: WiredEnd): void {
    const panel = this.#panel;
    const [, cable] = / master (\S+)/.exec(ip('-n', panel, '-o', 'link', 'show', panelPort(end))) ?? [];
    if (cable === undefined) return;
    const members = ip('-n', panel, '-o', 'link', 'show', 'master', cable).matchAll(/^\d+: ([^@:]+)/gm);
    for (const [, member = ''] of members) {
      ip('-n', panel, 'link', 'set', member, 'nomaster', 'down');
    }
    ip('-n', panel, 'link', 'del', cable);
  }

  /** Runs a command in the namespace of a host; returns the command line for it. */
  commandAt(name: string, command: string, args: readonly string[]): [string, string[]] {
    return inNamespace(this.#host(name).namespace, command, args);
  }

  async dispose(): Promise<void> {
    for (const host of this.hosts.values()) {
      await host.lldpd?.stop('SIGKILL');
      await host.snmpd?.stop();
      await rm(host.folder, { recursive: true, force: true });
    }
    this.hosts.clear();
  }
}

function portsOf({ ports }: WiredHostPlan): string[] {
  return Array.from({ length: ports }, (_, at) => `p${at + 1}`);
}

function agentXOf(folder: string): string {
  return join(folder, 'agentx');
}

function panelPort({ host, port }: WiredEnd): string {
  return `${host}-${port}`;
}

function addBridge(namespace: string, name: string): void {
  ip('-n', namespace, 'link', 'add', name, 'type', 'bridge');
  ip('-n', namespace, 'link', 'set', name, 'up');
}

interface VethEnd {
  namespace: string;
  name: string;
}

function addPair(a: VethEnd, b: VethEnd): void {
  const peer = ['peer', 'name', b.name, 'netns', b.namespace];
  ip('-n', a.namespace, 'link', 'add', a.name, 'type', 'veth', ...peer);
}
