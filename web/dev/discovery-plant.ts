/** Jobs of the made-up plant, and what they have found: devices of many kinds, and some whose texts are hostile. */
import type {
  DeviceType,
  DiscoveredDevice,
  DiscoveryChange,
  DiscoveryJob,
  DiscoveryLedger,
  DiscoveryRun,
} from '@stratora/contract';
import type { Plant } from './plant.ts';
import { ago, idOf, seeded } from './seeds.ts';

const JOB = 40;
const RUN = 41;
const DEVICE = 42;
export const jobIdOf = (index: number) => idOf(JOB, index);

interface Kind {
  readonly name: string;
  readonly vendor: string;
  readonly model: string;
  readonly type: DeviceType;
  readonly template: string;
  readonly descr: string;
  readonly ports: readonly number[];
  readonly sure: number;
}

const KINDS: readonly Kind[] = [
  {
    name: 'sw-access',
    vendor: 'Cisco',
    model: 'WS-C2960X-48TS-L',
    type: 'switch',
    template: 'cisco-ios',
    descr: 'Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E4',
    ports: [22, 443],
    sure: 98,
  },
  {
    name: 'sw-dist',
    vendor: 'Aruba',
    model: '2930F-24G',
    type: 'switch',
    template: 'generic-snmp',
    descr: 'Aruba JL253A 2930F-24G-4SFP+ Switch, revision WC.16.10',
    ports: [22, 80, 443],
    sure: 96,
  },
  {
    name: 'fw-edge',
    vendor: 'Fortinet',
    model: 'FortiGate-60F',
    type: 'firewall',
    template: 'generic-snmp',
    descr: 'FortiGate-60F v7.2.5',
    ports: [22, 443],
    sure: 92,
  },
  {
    name: 'ap-hall',
    vendor: 'Ubiquiti',
    model: 'U6-Pro',
    type: 'wireless',
    template: 'generic-snmp',
    descr: 'U6-Pro 6.5.28.14491',
    ports: [22],
    sure: 84,
  },
  {
    name: 'ups-rack',
    vendor: 'APC',
    model: 'Smart-UPS 1500',
    type: 'ups',
    template: 'ups',
    descr: 'APC Web/SNMP Management Card (MB:v4.1.0 PF:v6.9.6)',
    ports: [80, 443],
    sure: 95,
  },
  {
    name: 'prn-office',
    vendor: 'HP',
    model: 'LaserJet M507',
    type: 'printer',
    template: 'generic-snmp',
    descr: 'HP ETHERNET MULTI-ENVIRONMENT',
    ports: [80, 443, 631],
    sure: 90,
  },
  {
    name: 'nas-backup',
    vendor: 'Synology',
    model: 'RS1221+',
    type: 'nas',
    template: 'generic-snmp',
    descr: 'Linux RS1221 4.4.180+ #42962 SMP',
    ports: [22, 445, 5000],
    sure: 93,
  },
  {
    name: 'plc-line',
    vendor: 'Siemens',
    model: 'S7-1500',
    type: 'plc',
    template: 'ping',
    descr: 'Siemens, SIMATIC S7, CPU 1515-2 PN',
    ports: [102],
    sure: 71,
  },
];

const BIDI = 'invoice\u202etxt.exe';
const HOSTILE = [
  { sys_name: '<script>window.__canary=1</script>', sys_descr: '<img src=x onerror="window.__canary=2">' },
  { sys_name: BIDI, sys_descr: '\u001b[31mred\u001b[0m \u0007 bell' },
  { sys_name: '=HYPERLINK("http://evil.example","click")', sys_descr: 'x'.repeat(65_536) },
];

function deviceOf(plant: Plant, job: string, index: number, random: () => number): DiscoveredDevice {
  const kind = KINDS[Math.floor(random() * KINDS.length)] ?? KINDS[0];
  if (kind === undefined) throw new Error('no kinds');
  const hostile = HOSTILE[index - 20];
  const isMute = index % 9 === 7;
  const address = `10.20.${Math.floor(index / 200)}.${(index % 200) + 10}`;
  const isRouter = index === 0;
  const node = index % 5 === 4 ? plant.nodes[index % Math.max(1, plant.nodes.length)] : undefined;
  const change = index % 17 === 5 ? 'changed' : index % 23 === 11 ? 'back' : null;
  const state =
    node !== undefined ? 'monitored' : index % 13 === 12 ? 'ignored' : index % 19 === 18 ? 'gone' : 'new';
  const name = `${kind.name}-${String(index).padStart(2, '0')}`;
  const own = plant.credentials[index % 2];
  const mac = `00:1b:2c:00:00:${(index % 256).toString(16).padStart(2, '0')}`;
  return {
    id: idOf(DEVICE, index),
    job_id: job,
    ip_address: address,
    addresses: isRouter
      ? [
          address,
          '10.20.8.1',
          '10.20.9.1',
          '10.20.10.1',
          '192.0.2.1',
          '198.51.100.1',
          '203.0.113.1',
          '10.20.11.1',
        ]
      : [address],
    state,
    hostname: isMute ? null : `${name}.plant.example`,
    sys_name: isMute ? null : name,
    sys_descr: isMute ? null : kind.descr,
    sys_object_id: isMute ? null : '1.3.6.1.4.1.9.1.1208',
    vendor: isMute ? null : kind.vendor,
    model: isMute ? null : kind.model,
    serial: isMute ? null : `FOC${1000 + index}X`,
    firmware: isMute ? null : '15.2(7)E4',
    os: isMute ? null : 'IOS',
    family: isMute ? null : 'cisco-ios',
    device_type: isMute ? 'other' : kind.type,
    template: isMute ? 'ping' : kind.template,
    confidence: isMute ? 20 : kind.sure,
    reasons: isMute
      ? ['It answers to ping, and to nothing that tells what it is']
      : [`sysObjectID 1.3.6.1.4.1.9.1.1208 is a ${kind.model}`, `The MAC address belongs to ${kind.vendor}`],
    credential_id: isMute ? null : (own?.id ?? null),
    credential_name: isMute ? null : (own?.name ?? null),
    snmp_port: 161,
    mac_address: mac,
    mac_vendor: `${kind.vendor} Inc.`,
    open_ports: [...kind.ports],
    web: kind.ports.includes(443)
      ? {
          url: `https://${address}/`,
          status: 200,
          server: 'nginx',
          title: `${kind.model} login`,
          certificate_subject: `CN=${name}`,
          certificate_issuer: 'CN=Plant CA',
          certificate_not_after: ago(-86_400 * 200),
          certificate_sha256: null,
        }
      : null,
    neighbours:
      kind.type === 'switch'
        ? Array.from({ length: 3 }, (_, at) => ({
            protocol: 'lldp' as const,
            local_port: `Gi1/0/${at + 1}`,
            name: `sw-access-${at + 30}`,
            address: `10.20.0.${at + 40}`,
            port: `Gi0/${at + 1}`,
            platform: null,
          }))
        : [],
    keys: isMute
      ? [{ kind: 'addresses', value: address, is_unique: true }]
      : [
          { kind: 'serial', value: `${kind.vendor}:FOC${1000 + index}X`, is_unique: true },
          { kind: 'base_mac', value: mac, is_unique: index !== 3 },
        ],
    merge_reasons: isRouter ? ['8 addresses answered with the serial number Cisco:FOC1000X'] : [],
    remarks: index % 11 === 3 ? ['ENTITY-MIB: the walk broke off after 120 rows'] : [],
    last_change: state === 'gone' ? 'gone' : change,
    node_id: node?.id ?? null,
    node_name: node?.name ?? null,
    first_seen_at: ago(86_400 * 3),
    last_seen_at: ago(120),
    ...hostile,
  };
}

export function devicesOf(plant: Plant, job: string, count: number): DiscoveredDevice[] {
  const random = seeded(40);
  return Array.from({ length: count }, (_, index) => deviceOf(plant, job, index, random));
}

const NO_CHANGES = { new: 0, changed: 0, gone: 0, back: 0 };

export function runOf(job: string, number: number, change: Partial<DiscoveryRun> = {}): DiscoveryRun {
  return {
    id: idOf(RUN, number),
    job_id: job,
    number,
    trigger: number === 1 ? 'created' : 'schedule',
    status: 'done',
    message: null,
    progress: { phase: 'identify', done: 58, total: 58, found: 58 },
    packets: 3_204,
    resumed: 0,
    changes: { new: 3, changed: 4, gone: 2, back: 1 },
    remarks: [
      '2 devices answered with what is no SNMP',
      'The user "ops" is not tried further: 10.20.0.17 refused its password',
    ],
    requested_by: 'admin',
    created_at: ago(3_600 * (5 - number)),
    started_at: ago(3_600 * (5 - number)),
    ended_at: ago(3_600 * (5 - number) - 42),
    ...change,
  };
}

type JobChange = Partial<DiscoveryJob> & { readonly run: DiscoveryRun | null };

function jobOf(index: number, plant: Plant, change: JobChange): DiscoveryJob {
  return {
    id: jobIdOf(index),
    name: 'Headquarters, all',
    targets: ['10.20.0.0/22'],
    crawl: null,
    collector_id: null,
    site_id: plant.sites[0]?.id ?? null,
    credential_ids: plant.credentials.slice(0, 2).map(({ id }) => id),
    options: {
      ping: true,
      tcp: null,
      tcp_ports: null,
      snmp: true,
      snmp_port: 161,
      http: null,
      dns: true,
      packets_per_second: null,
      host_packets_per_second: null,
      ot_safe: false,
      exclude: [],
      hours: null,
    },
    schedule: { rrule: 'FREQ=WEEKLY;BYDAY=SU', timezone: 'Europe/Berlin' },
    collector_name: null,
    site_name: plant.sites[0]?.name ?? null,
    addresses: 1_022,
    status: 'done',
    message: null,
    progress: { phase: 'identify', done: 58, total: 58, found: 58 },
    next_run_at: ago(-86_400 * 2),
    devices: { new: 38, monitored: 12, ignored: 4, gone: 3 },
    created_by: 'admin',
    created_at: ago(86_400 * 3),
    updated_at: ago(86_400),
    ...change,
  };
}

export function jobsOf(plant: Plant): DiscoveryJob[] {
  const collector = plant.components.find(({ component_type: type }) => type === 'collector');
  const running = { phase: 'snmp', done: 140, total: 254, found: 31 } as const;
  return [
    jobOf(0, plant, { run: runOf(jobIdOf(0), 4) }),
    jobOf(1, plant, {
      name: 'Line 4 cell',
      targets: ['10.40.0.0/24', '10.41.0.1-10.41.0.60'],
      collector_id: collector?.id ?? null,
      collector_name: collector?.name ?? null,
      status: 'running',
      progress: running,
      schedule: null,
      next_run_at: null,
      addresses: 314,
      devices: { new: 31, monitored: 0, ignored: 0, gone: 0 },
      run: runOf(jobIdOf(1), 1, {
        status: 'running',
        progress: running,
        changes: NO_CHANGES,
        remarks: [],
        ended_at: null,
        started_at: ago(42),
        packets: 611,
      }),
    }),
    jobOf(2, plant, {
      name: 'From the core',
      targets: [],
      crawl: { seed: '10.20.0.1', fence: ['10.20.0.0/16'], depth: 4, devices_max: 500 },
      status: 'failed',
      message: 'The collector was not heard from for 10 min.',
      schedule: null,
      next_run_at: null,
      addresses: null,
      devices: { new: 0, monitored: 0, ignored: 0, gone: 0 },
      progress: { phase: 'crawl', done: 0, total: 0, found: 0 },
      run: runOf(jobIdOf(2), 1, {
        status: 'failed',
        message: 'The collector was not heard from for 10 min.',
        changes: NO_CHANGES,
        remarks: [],
        progress: { phase: 'crawl', done: 0, total: 0, found: 0 },
      }),
    }),
  ];
}

export function changesOf(devices: readonly DiscoveredDevice[]): DiscoveryChange[] {
  return devices.slice(0, 24).map((device, index) => ({
    id: idOf(43, index),
    run_id: idOf(RUN, 4),
    device_id: device.id,
    ip_address: device.ip_address,
    name: device.sys_name,
    change: (['changed', 'new', 'gone', 'back'] as const)[index % 4] ?? 'new',
    fields:
      index % 4 === 0
        ? [
            { field: 'firmware', before: '15.2(4)E7', after: '15.2(7)E4' },
            { field: 'open_ports', before: '22 80 443', after: '22 443' },
          ]
        : [],
    at: ago(120),
  }));
}

export function ledgerOf(devices: readonly DiscoveredDevice[]): DiscoveryLedger['items'] {
  return devices.map(({ ip_address: address, open_ports: ports }, index) => {
    const kinds: Record<string, number> = {
      icmp_echo: 1 + (index % 2),
      snmp_v2c_probe: 1,
      snmp_v2c_read: 12 + (index % 7),
      tcp_443: ports.includes(443) ? 2 : 1,
      dns_query: 1,
    };
    return { address, packets: Object.values(kinds).reduce((sum, count) => sum + count, 0), kinds };
  });
}
