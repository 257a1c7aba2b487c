import type { SensorProfile } from '@stratora/simulator';

/** A model of device: the data that all devices of its make have in common. */
export interface Model {
  readonly description: string;
  /** sysObjectID below 1.3.6.1.4.1. */
  readonly vendorArcs: string;
  /** Ports by their kind, in the order of ifIndex. `#` stands for the number of the port. */
  readonly ports: readonly {
    readonly count: number;
    readonly name: string;
    readonly description: string;
    readonly megabits: number;
  }[];
  /** Mean load of each processor, per cent. */
  readonly processors?: readonly number[];
  readonly memoryBytes?: number;
  readonly sensors?: readonly Pick<SensorProfile, 'name' | 'kind' | 'precision'>[];
  /** Middle and swing of each sensor, in the same order. */
  readonly levels?: readonly (readonly [middle: number, swing: number])[];
}

const GIB = 2 ** 30;
const celsius = (name: string, precision = 0) => ({ name, kind: 'celsius', precision }) as const;
const fan = (name: string) => ({ name, kind: 'rpm', precision: 0 }) as const;
const watts = (name: string) => ({ name, kind: 'watts', precision: 0 }) as const;

/** The models of the plant. Names and numbers are those of products that exist; all values are invented. */
export const MODELS = {
  firewall: {
    description: 'FortiGate-100F v7.4.5,build2702 (GA)',
    vendorArcs: '12356.101.1.1041',
    ports: [
      { count: 4, name: 'wan#', description: 'wan#', megabits: 1_000 },
      { count: 8, name: 'port#', description: 'port#', megabits: 10_000 },
    ],
    processors: [22, 18, 20, 16],
    memoryBytes: 8 * GIB,
    sensors: [celsius('CPU temperature'), celsius('Board temperature'), fan('Fan 1'), fan('Fan 2')],
    levels: [
      [54, 5],
      [38, 3],
      [6_900, 350],
      [6_840, 350],
    ],
  },
  router: {
    description: 'RouterOS CCR2004-1G-12S+2XS 7.15.3',
    vendorArcs: '14988.1',
    ports: [
      { count: 1, name: 'ether#', description: 'ether#', megabits: 1_000 },
      { count: 12, name: 'sfp-sfpplus#', description: 'sfp-sfpplus#', megabits: 10_000 },
    ],
    processors: [12, 9, 14, 8],
    memoryBytes: 4 * GIB,
    sensors: [
      celsius('CPU temperature'),
      celsius('Board temperature', 1),
      fan('Fan 1'),
      watts('Power supply 1'),
    ],
    levels: [
      [51, 4],
      [36.5, 2],
      [4_300, 260],
      [31, 4],
    ],
  },
  core: {
    description: 'Cisco IOS Software [Cupertino], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.9.5',
    vendorArcs: '9.1.2694',
    ports: [
      {
        count: 24,
        name: 'Te1/0/#',
        description: 'TenGigabitEthernet1/0/#',
        megabits: 10_000,
      },
    ],
    processors: [14],
    memoryBytes: 16 * GIB,
    sensors: [
      celsius('Inlet temperature'),
      celsius('Hotspot temperature'),
      fan('Fan 1'),
      fan('Fan 2'),
      watts('Power supply A'),
      watts('Power supply B'),
    ],
    levels: [
      [25, 2],
      [49, 4],
      [5_400, 300],
      [5_360, 300],
      [128, 14],
      [121, 14],
    ],
  },
  access: {
    description: 'Aruba JL253A 2930F-24G-4SFP+ Switch, revision WC.16.11.0020, ROM WC.16.01.0010',
    vendorArcs: '11.2.3.7.11.181.15',
    ports: [
      { count: 24, name: '#', description: 'Port #', megabits: 1_000 },
      { count: 2, name: 'A#', description: 'Uplink #', megabits: 10_000 },
    ],
    processors: [9],
    memoryBytes: GIB,
    sensors: [celsius('Chassis temperature'), fan('Fan 1'), watts('Power supply')],
    levels: [
      [33, 3],
      [4_100, 240],
      [38, 5],
    ],
  },
  field: {
    description:
      'Siemens, SIMATIC NET, SCALANCE XC208, 6GK5 208-0BA00-2AC2, HW: Version 4, FW: Version V04.05',
    vendorArcs: '4329.6.1.2.3',
    ports: [{ count: 8, name: 'P0.#', description: 'Siemens, SIMATIC NET, P0.#', megabits: 100 }],
    processors: [17],
    memoryBytes: GIB / 8,
    sensors: [celsius('Housing temperature'), { name: 'Supply L1', kind: 'volts', precision: 1 }],
    levels: [
      [41, 4],
      [24.1, 0.3],
    ],
  },
  server: {
    description: 'Linux 6.1.0-26-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.112-1 x86_64',
    vendorArcs: '8072.3.2.10',
    ports: [{ count: 2, name: 'eno#', description: 'Broadcom NetXtreme-E BCM57414, eno#', megabits: 10_000 }],
    processors: [34, 29, 38, 31],
    memoryBytes: 64 * GIB,
    sensors: [celsius('CPU 1'), celsius('System board inlet'), fan('Fan 1A'), watts('PSU 1 input')],
    levels: [
      [52, 8],
      [23, 2],
      [7_200, 500],
      [184, 32],
    ],
  },
  nas: {
    description: 'Linux nas 4.4.302+ #72806 SMP x86_64 synology_v1000_1621+',
    vendorArcs: '8072.3.2.10',
    ports: [{ count: 2, name: 'eth#', description: 'eth#', megabits: 1_000 }],
    processors: [21, 17],
    memoryBytes: 8 * GIB,
    sensors: [
      celsius('System'),
      celsius('Disk 1'),
      celsius('Disk 2'),
      celsius('Disk 3'),
      celsius('Disk 4'),
      fan('System fan'),
    ],
    levels: [
      [41, 3],
      [36, 2],
      [37, 2],
      [37, 2],
      [36, 2],
      [1_250, 90],
    ],
  },
  ups: {
    description: 'APC Web/SNMP Management Card (MB:v4.2.9 PF:v2.4.2.1 HR:05 MN:AP9641), Smart-UPS SRT 3000',
    vendorArcs: '318.1.3.27',
    ports: [{ count: 1, name: 'eth#', description: 'AP9641 port #', megabits: 1_000 }],
    sensors: [watts('Output power'), celsius('Battery temperature', 1), celsius('Inlet temperature', 1)],
    levels: [
      [1_240, 180],
      [27.5, 1.2],
      [24, 1.5],
    ],
  },
  printer: {
    description: 'HP ETHERNET MULTI-ENVIRONMENT,JETDIRECT,JD153,EEPROM JSI25130007,HP Color LaserJet M455dn',
    vendorArcs: '11.2.3.9.1',
    ports: [{ count: 1, name: 'eth#', description: 'Embedded Ethernet #', megabits: 1_000 }],
    processors: [4],
    memoryBytes: GIB,
  },
  sensor: {
    description: 'Poseidon2 3266 THset, hardware 2.1, firmware 3.8.4',
    vendorArcs: '21796.3.3',
    ports: [{ count: 1, name: 'eth#', description: 'Ethernet #', megabits: 100 }],
    sensors: [celsius('Room temperature', 1), { name: 'Room humidity', kind: 'humidity', precision: 0 }],
    levels: [
      [22.5, 1.2],
      [41, 5],
    ],
  },
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof MODELS;
