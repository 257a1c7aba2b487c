/** Moving series for the mock server: enough of PromQL to answer what the pages ask, by the metric's name alone. */
import { seeded } from './seeds.ts';

interface Shape {
  readonly labels: readonly Readonly<Record<string, string>>[];
  readonly base: number;
  readonly swing: number;
}

const PORTS = Array.from({ length: 26 }, (_, index) => ({
  ifName: index < 24 ? `Gi1/0/${index + 1}` : `Te1/1/${index - 23}`,
  ifDescr: index < 24 ? `GigabitEthernet1/0/${index + 1}` : `TenGigabitEthernet1/1/${index - 23}`,
  ifType: '6',
}));
const PORT_TEXTS = PORTS.map((port, index) => ({
  ...port,
  ifIndex: String(index + 1),
  ifAlias: index === 23 ? 'uplink to sw-dist-02' : index === 3 ? 'camera east gate' : '',
}));
const PATHS = ['/', '/var', '/srv/data'].map((path) => ({ path, fstype: 'ext4' }));
const DISKS = ['nvme0n1', 'sda'].map((name) => ({ name }));
const NICS = ['eth0', 'eth1'].map((name) => ({ interface: name }));
const one = [{}];

const SHAPES: Readonly<Record<string, Shape>> = {
  cpu_usage_user: { labels: one, base: 22, swing: 16 },
  cpu_usage_system: { labels: one, base: 7, swing: 5 },
  cpu_usage_iowait: { labels: one, base: 2, swing: 2 },
  cpu_usage_steal: { labels: one, base: 0.2, swing: 0.2 },
  system_load1: { labels: one, base: 1.4, swing: 1.1 },
  system_load5: { labels: one, base: 1.3, swing: 0.6 },
  system_load15: { labels: one, base: 1.2, swing: 0.3 },
  mem_used_percent: { labels: one, base: 61, swing: 4 },
  swap_used_percent: { labels: one, base: 3, swing: 0.5 },
  disk_used_percent: { labels: PATHS, base: 55, swing: 0.6 },
  diskio_read_bytes: { labels: DISKS, base: 2.4e6, swing: 2.2e6 },
  diskio_write_bytes: { labels: DISKS, base: 5.1e6, swing: 4e6 },
  net_bytes_recv: { labels: NICS, base: 4.1e6, swing: 3e6 },
  net_bytes_sent: { labels: NICS, base: 1.9e6, swing: 1.4e6 },
  net_err_in: { labels: NICS, base: 0, swing: 0 },
  net_err_out: { labels: NICS, base: 0, swing: 0 },
  net_drop_in: { labels: NICS, base: 0.05, swing: 0.05 },
  net_drop_out: { labels: NICS, base: 0, swing: 0 },
  processes_total: { labels: one, base: 214, swing: 9 },
  processes_running: { labels: one, base: 2, swing: 1.6 },
  processes_blocked: { labels: one, base: 0.2, swing: 0.2 },
  system_uptime: { labels: one, base: 3_900_000, swing: 0 },
  snmp_uptime: { labels: one, base: 812_000_000, swing: 0 },
  ping_average_response_ms: { labels: one, base: 3.2, swing: 1.4 },
  ping_maximum_response_ms: { labels: one, base: 6.1, swing: 3.4 },
  ping_percent_packet_loss: { labels: one, base: 0, swing: 0 },
  device_cpu_usage_percent: { labels: one, base: 18, swing: 11 },
  device_memory_used_percent: { labels: ['Processor', 'I/O'].map((pool) => ({ pool })), base: 44, swing: 2 },
  device_storage_used_percent: { labels: [{ volume: 'flash:' }], base: 37, swing: 0.1 },
  interface_info: { labels: PORT_TEXTS, base: 1, swing: 0 },
  interface_ifHCInOctets: { labels: PORTS, base: 2.2e6, swing: 2e6 },
  interface_ifHCOutOctets: { labels: PORTS, base: 1.4e6, swing: 1.2e6 },
  interface_ifInErrors: { labels: PORTS, base: 0, swing: 0 },
  interface_ifInDiscards: { labels: PORTS, base: 0.01, swing: 0.01 },
  interface_ifOutErrors: { labels: PORTS, base: 0, swing: 0 },
  interface_ifOutDiscards: { labels: PORTS, base: 0.02, swing: 0.02 },
  interface_ifOperStatus: { labels: PORTS, base: 1, swing: 0 },
  interface_ifAdminStatus: { labels: PORTS, base: 1, swing: 0 },
  interface_ifHighSpeed: { labels: PORTS, base: 1000, swing: 0 },
  device_sensor_value: {
    labels: [
      { sensor: 'Inlet', kind: 'temperature' },
      { sensor: 'Outlet', kind: 'temperature' },
      { sensor: 'Hotspot', kind: 'temperature' },
    ],
    base: 34,
    swing: 2,
  },
};

function hash(text: string): number {
  let value = 2166136261;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 16777619);
  return value >>> 0;
}

/** A value that wanders: slow waves with a little noise, the same for the same moment. */
function valueAt(key: string, shape: Shape, time: number): number {
  const seed = hash(key);
  const level = 0.35 + seeded(seed)() * 1.3;
  const phase = (seed % 1000) / 1000;
  const slow = Math.sin(time / 1700 + phase * 6.3) * 0.5 + Math.sin(time / 310 + phase * 17) * 0.3;
  const noise = (seeded(hash(`${key}${Math.floor(time / 10)}`))() - 0.5) * 0.4;
  return Math.max(0, shape.base * (shape.swing === 0 ? 1 : level) + shape.swing * (slow + noise) * level);
}

interface Selected {
  readonly metric: Readonly<Record<string, string>>;
  readonly at: (time: number) => number | undefined;
}

function matchersOf(expr: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, value] of expr.matchAll(/(\w+)="([^"]*)"/g)) found.set(name ?? '', value ?? '');
  return found;
}

const byAgentMetric = /^(cpu|system|mem|swap|disk|diskio|net|processes)_/;

/** The series that an expression selects on a node; `gap` is a stretch without data. */
export function selectSeries(expr: string, templateOf: (nodeId: string) => string | undefined): Selected[] {
  const matchers = matchersOf(expr);
  const nodeId = matchers.get('node_id') ?? '';
  const template = templateOf(nodeId);
  const names = [...expr.matchAll(/[a-z]\w*(?=\{)/g)].map(([name]) => name);
  const name = names[0] ?? '';
  const shape = SHAPES[name];
  if (template === undefined || shape === undefined) return [];
  if (byAgentMetric.test(name) !== (template === 'linux-agent')) return [];
  if (template === 'ping' && !name.startsWith('ping_')) return [];
  const scale = (expr.includes('* 8') ? 8 : 1) * (expr.includes('* 1000000') ? 1e6 : 1);
  const percent = expr.includes('/ 10000') ? 1 / 1e7 : 1;
  const hundredth = expr.includes('/ 100') && !expr.includes('/ 10000') ? 0.01 : 1;
  return shape.labels
    .filter((labels: Readonly<Record<string, string>>) =>
      [...matchers].every(
        ([label, value]) => label === 'node_id' || labels[label] === undefined || labels[label] === value,
      ),
    )
    .filter(
      (labels: Readonly<Record<string, string>>) =>
        !(matchers.has('kind') && labels['kind'] !== matchers.get('kind')),
    )
    .map((labels: Readonly<Record<string, string>>, index) => ({
      metric: { ...labels, node_id: nodeId, ...(expr.startsWith('{') ? { __name__: name } : {}) },
      at: (time) => {
        if (name === 'interface_ifOperStatus') return index % 7 === 5 ? 2 : 1;
        if (name === 'interface_ifAdminStatus') return index % 14 === 12 ? 2 : 1;
        if (name.startsWith('interface_if') && /Octets/.test(name) && index % 7 === 5) return 0;
        // Half an hour of every five hours are missing.
        if (time % 18_000 > 14_400 && time % 18_000 < 16_200) return undefined;
        const value = valueAt(`${nodeId}${name}${JSON.stringify(labels)}`, shape, time);
        return value * scale * percent * hundredth;
      },
    }));
}

export function everySeries(nodeId: string, template: string): Selected[] {
  const templateOf = () => template;
  return Object.keys(SHAPES).flatMap((name) =>
    selectSeries(`${name}{node_id="${nodeId}"}`, templateOf).map(({ metric, at }) => ({
      metric: { __name__: name, ...metric },
      at,
    })),
  );
}
