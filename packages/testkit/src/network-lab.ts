import { spawnSync } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { requireBinary } from './binary.ts';
import { isAlive } from './process-table.ts';

/** Returns the command line that runs a program in a network namespace; unchanged without a namespace. */
export function inNamespace(
  namespace: string | undefined,
  command: string,
  args: readonly string[],
): [string, string[]] {
  return namespace === undefined
    ? [command, [...args]]
    : ['ip', ['netns', 'exec', namespace, command, ...args]];
}

/** A host behind the lab's router, in a namespace of its own. */
export interface LabSite {
  namespace: string;
  /** Address of the host on its link to the router. */
  address: string;
  /** Interface of the router's namespace on which the link to the router can be watched. */
  uplink: string;
}

/** A network of devices behind a site, reached from there alone. */
export interface LabPlant {
  namespace: string;
  /** Interface of the plant's namespace on which the link between site and plant can be watched. */
  link: string;
  /** The site's address in this network. */
  gateway: string;
  addresses: string[];
}

const PREFIX = 'stlab';
const NAME = new RegExp(`^${PREFIX}-(\\d+)-`);
/**
 * Kernel settings: no IPv6 traffic of its own; answers may come back by another way than the router's rules name; the other
 * addresses of an interface stay when its first one goes.
 */
const SETTINGS = [
  'net.ipv6.conf.all.disable_ipv6=1',
  'net.ipv6.conf.default.disable_ipv6=1',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv4.conf.default.promote_secondaries=1',
];

/** Runs `ip`; returns what it prints. @throws with its words where it fails */
export function ip(...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
  return stdout;
}

/**
 * A server and remote sites in network namespaces, with a router between them that lets nothing through but TCP to one
 * port of the server and its answers. The test itself reaches the server by a link of its own. Linux, as root.
 *
 * ```
 * test --- server --- router --- site --- plant
 * ```
 */
export class NetworkLab {
  readonly serverNamespace: string;
  readonly serverAddress: string;
  /** The test's address as the server sees it. */
  readonly testAddress: string;
  readonly routerNamespace: string;
  readonly #prefix: string;
  readonly #namespaces: string[] = [];
  #sites = 0;

  private constructor(serverPort: number) {
    this.#prefix = `${PREFIX}-${process.pid}-`;
    const subnet = freeSubnet();
    this.serverAddress = `${subnet}.1`;
    this.testAddress = `${subnet}.129`;
    this.routerNamespace = this.#add('router');
    this.serverNamespace = this.#add('server');
    this.#link(this.serverNamespace, 'eth0', 'server');
    ip('-n', this.serverNamespace, 'addr', 'add', `${this.serverAddress}/25`, 'dev', 'eth0');
    ip('-n', this.routerNamespace, 'addr', 'add', `${subnet}.126/25`, 'dev', 'server');
    ip('-n', this.serverNamespace, 'route', 'add', 'default', 'via', `${subnet}.126`);
    this.#openRouter(serverPort);
    this.#joinTest(subnet);
  }

  /**
   * Tells whether namespaces can be made here; prints a line where they cannot.
   * @throws where `CI` is set and they cannot
   */
  static isPossible(): boolean {
    if (process.platform === 'linux' && process.getuid?.() === 0 && requireBinary('ip')) return true;
    if (process.env['CI']) throw new Error('network namespaces need Linux and root; CI must have both');
    process.stderr.write('skipped: network namespaces need Linux and root\n');
    return false;
  }

  /** @param serverPort the port that the router lets through */
  static create(serverPort: number): NetworkLab {
    removeLeftovers();
    try {
      return new NetworkLab(serverPort);
    } catch (error) {
      removeOf(process.pid);
      throw error;
    }
  }

  /** Adds a namespace that no link leads to, for whoever draws links of its own. */
  addNamespace(role: string): string {
    return this.#add(role);
  }

  addSite(): LabSite {
    this.#sites += 1;
    const subnet = `198.19.${this.#sites}`;
    const namespace = this.#add(`site${this.#sites}`);
    const uplink = `site${this.#sites}`;
    this.#link(namespace, 'eth0', uplink);
    ip('-n', namespace, 'addr', 'add', `${subnet}.10/24`, 'dev', 'eth0');
    ip('-n', this.routerNamespace, 'addr', 'add', `${subnet}.254/24`, 'dev', uplink);
    ip('-n', namespace, 'route', 'add', 'default', 'via', `${subnet}.254`);
    return { namespace, address: `${subnet}.10`, uplink };
  }

  /** @param devices number of addresses to make, 250 at most */
  addPlant(site: LabSite, devices: number): LabPlant {
    const number = site.uplink.replace(/\D/g, '');
    const subnet = `172.31.${number}`;
    const namespace = this.#add(`plant${number}`);
    ip(
      '-n',
      namespace,
      'link',
      'add',
      'lan0',
      'type',
      'veth',
      'peer',
      'name',
      'lan0',
      'netns',
      site.namespace,
    );
    ip('-n', site.namespace, 'addr', 'add', `${subnet}.254/24`, 'dev', 'lan0');
    const addresses = Array.from({ length: devices }, (_, at) => `${subnet}.${at + 1}`);
    for (const address of addresses) ip('-n', namespace, 'addr', 'add', `${address}/24`, 'dev', 'lan0');
    ip('-n', site.namespace, 'link', 'set', 'lan0', 'up');
    ip('-n', namespace, 'link', 'set', 'lan0', 'up');
    return { namespace, link: 'lan0', gateway: `${subnet}.254`, addresses };
  }

  /** Reads the MAC address of an interface. */
  macAddress(namespace: string, device: string): string {
    return / link\/ether (\S+)/.exec(ip('-n', namespace, '-o', 'link', 'show', device))?.[1] ?? '';
  }

  /** Connects or cuts the link between a site and the router. */
  setUplink(site: LabSite, state: 'up' | 'down'): void {
    ip('-n', this.routerNamespace, 'link', 'set', site.uplink, state);
  }

  /** Switches a device of a plant off or on: while it is off nothing has its address. */
  setPower(plant: LabPlant, address: string, state: 'on' | 'off'): void {
    const action = state === 'on' ? 'add' : 'del';
    ip('-n', plant.namespace, 'addr', action, `${address}/24`, 'dev', plant.link);
  }

  /** Tells whether a TCP connection from one namespace to an address can be made within a second. */
  canConnect(namespace: string, address: string, port: number): boolean {
    const script = `require('node:net').connect(${port},'${address}').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1));setTimeout(()=>process.exit(2),1000)`;
    const [command, args] = inNamespace(namespace, process.execPath, ['-e', script]);
    return spawnSync(command, args).status === 0;
  }

  dispose(): void {
    for (const namespace of this.#namespaces.splice(0).toReversed()) ip('netns', 'del', namespace);
  }

  #add(role: string): string {
    const namespace = `${this.#prefix}${role}`;
    ip('netns', 'add', namespace);
    this.#namespaces.push(namespace);
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    ip('netns', 'exec', namespace, 'sysctl', '-qw', ...SETTINGS);
    return namespace;
  }

  #link(namespace: string, inner: string, outer: string): void {
    const peer = ['peer', 'name', inner, 'netns', namespace];
    ip('-n', this.routerNamespace, 'link', 'add', outer, 'type', 'veth', ...peer);
    ip('-n', namespace, 'link', 'set', inner, 'up');
    ip('-n', this.routerNamespace, 'link', 'set', outer, 'up');
  }

  /** Adds routes by protocol and port: packets that no rule names have no route. */
  #openRouter(port: number): void {
    const router = this.routerNamespace;
    const rule = (...args: string[]) => ip('-n', router, 'rule', ...args);
    ip('netns', 'exec', router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
    rule(
      'add',
      'pref',
      '100',
      'to',
      this.serverAddress,
      'ipproto',
      'tcp',
      'dport',
      `${port}`,
      'lookup',
      'main',
    );
    rule(
      'add',
      'pref',
      '101',
      'from',
      this.serverAddress,
      'ipproto',
      'tcp',
      'sport',
      `${port}`,
      'lookup',
      'main',
    );
    rule('del', 'pref', '32766');
    rule('del', 'pref', '32767');
  }

  #joinTest(subnet: string): void {
    const name = `${PREFIX}${process.pid}`;
    ip('link', 'add', name, 'type', 'veth', 'peer', 'name', 'test0', 'netns', this.serverNamespace);
    ip('addr', 'add', `${this.testAddress}/26`, 'dev', name);
    ip('-n', this.serverNamespace, 'addr', 'add', `${subnet}.130/26`, 'dev', 'test0');
    ip('link', 'set', name, 'up');
    ip('-n', this.serverNamespace, 'link', 'set', 'test0', 'up');
    ip('route', 'add', `${this.serverAddress}/32`, 'via', `${subnet}.130`);
  }
}

/** Finds a subnet that no lab of another test file has, which is in the namespace of the tests with one address. */
function freeSubnet(): string {
  const taken = Object.values(networkInterfaces()).flatMap(
    (list) => list?.map(({ address }) => address) ?? [],
  );
  for (let tries = 0; tries < 256; tries += 1) {
    const subnet = `198.18.${(process.pid + tries) % 256}`;
    if (!taken.some((address) => address.startsWith(`${subnet}.`))) return subnet;
  }
  throw new Error('no subnet is left for a lab');
}

/** Removes the namespaces of test runs that were killed. */
function removeLeftovers(): void {
  const owners = new Set(listNamespaces().map((name) => Number(NAME.exec(name)?.[1] ?? 0)));
  for (const pid of owners) if (pid > 0 && !isAlive(pid)) removeOf(pid);
}

function removeOf(pid: number): void {
  for (const name of listNamespaces()) {
    if (name.startsWith(`${PREFIX}-${pid}-`)) ip('netns', 'del', name);
  }
}

function listNamespaces(): string[] {
  return ip('netns', 'list')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name !== '');
}
