import type { ModelName } from './model.ts';

/** The devices of one model at a site: their number, and the beginning of their names. */
export interface SiteGroup {
  readonly model: ModelName;
  readonly prefix: string;
  readonly count: number;
  readonly place: string;
}

export interface DemoSite {
  /** Code of the site in names of devices. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** Second octet of the addresses of its devices: 127.NETWORK.x.y. */
  readonly network: number;
  readonly groups: readonly SiteGroup[];
}

const EDGE_DEVICES: readonly SiteGroup[] = [
  { model: 'firewall', prefix: 'fw', count: 1, place: 'Server room, rack 1' },
  { model: 'router', prefix: 'rt', count: 1, place: 'Server room, rack 1' },
];

/** Sites with sixty devices. Switches, servers and so on are plugged into the first core switch of their site. */
export const SITES: readonly DemoSite[] = [
  {
    code: 'ham',
    name: 'Hamburg plant',
    description: 'Production and head office',
    network: 10,
    groups: [
      ...EDGE_DEVICES,
      { model: 'core', prefix: 'core', count: 2, place: 'Server room, rack 2' },
      { model: 'access', prefix: 'sw', count: 6, place: 'Floor distributor' },
      { model: 'field', prefix: 'line', count: 5, place: 'Assembly line cabinet' },
      { model: 'server', prefix: 'srv', count: 5, place: 'Server room, rack 3' },
      { model: 'nas', prefix: 'nas', count: 2, place: 'Server room, rack 3' },
      { model: 'ups', prefix: 'ups', count: 2, place: 'Server room, rack 4' },
      { model: 'printer', prefix: 'prn', count: 3, place: 'Office floor' },
      { model: 'sensor', prefix: 'env', count: 3, place: 'Server room' },
    ],
  },
  {
    code: 'lej',
    name: 'Leipzig warehouse',
    description: 'Storage and shipping',
    network: 20,
    groups: [
      ...EDGE_DEVICES,
      { model: 'core', prefix: 'core', count: 1, place: 'Technical room' },
      { model: 'access', prefix: 'sw', count: 4, place: 'Hall distributor' },
      { model: 'field', prefix: 'line', count: 2, place: 'Conveyor cabinet' },
      { model: 'server', prefix: 'srv', count: 2, place: 'Technical room' },
      { model: 'nas', prefix: 'nas', count: 1, place: 'Technical room' },
      { model: 'ups', prefix: 'ups', count: 1, place: 'Technical room' },
      { model: 'printer', prefix: 'prn', count: 3, place: 'Shipping desk' },
      { model: 'sensor', prefix: 'env', count: 2, place: 'Charging room' },
    ],
  },
  {
    code: 'rtm',
    name: 'Rotterdam office',
    description: 'Sales and freight',
    network: 30,
    groups: [
      ...EDGE_DEVICES,
      { model: 'core', prefix: 'core', count: 1, place: 'Comms room' },
      { model: 'access', prefix: 'sw', count: 3, place: 'Office floor' },
      { model: 'server', prefix: 'srv', count: 1, place: 'Comms room' },
      { model: 'nas', prefix: 'nas', count: 1, place: 'Comms room' },
      { model: 'ups', prefix: 'ups', count: 1, place: 'Comms room' },
      { model: 'printer', prefix: 'prn', count: 2, place: 'Office floor' },
      { model: 'sensor', prefix: 'env', count: 1, place: 'Comms room' },
    ],
  },
];
