import {
  type CreateNode,
  type DeviceTemplate,
  type DeviceType,
  type DiscoveredDevice,
  type ImportDevices,
  type Node,
  nameSchema,
} from '@stratora/contract';

/** What the node of a device is made of. */
export interface ImportChoice {
  readonly node: CreateNode;
  /** To be attached; null for none. */
  readonly credentialId: string | null;
}

export interface ImportFacts {
  readonly device: DiscoveredDevice;
  readonly input: ImportDevices;
  /** The collector that found it; null where the server did. */
  readonly foundBy: string | null;
  readonly findTemplate: (slug: string) => DeviceTemplate | undefined;
}

const NODE_TYPES: Readonly<Record<DeviceType, Node['node_type']>> = {
  switch: 'switch',
  router: 'router',
  firewall: 'firewall',
  wireless: 'access_point',
  server: 'server',
  hypervisor: 'hypervisor',
  nas: 'storage',
  ups: 'ups',
  pdu: 'pdu',
  printer: 'printer',
  sensor: 'sensor',
  camera: 'camera',
  phone: 'other',
  plc: 'plc',
  computer: 'workstation',
  other: 'other',
};

/** Decides what the node of a device is: what people said of it goes first, then what was found. */
export function chooseNode({ device, input, foundBy, findTemplate }: ImportFacts): ImportChoice {
  const said = input.overrides.find(({ device_id }) => device_id === device.id);
  const credentialId = said?.credential_id === undefined ? device.credential_id : said.credential_id;
  const found = templateOf(device, { hasCredential: credentialId !== null, findTemplate });
  const collectorId = input.collector_id ?? foundBy;
  const node: CreateNode = {
    name: said?.name ?? nameOf(device),
    ip_address: said?.ip_address ?? device.ip_address,
    node_type: (said?.node_type ?? NODE_TYPES[device.device_type]) as CreateNode['node_type'],
    site_id: input.site_id,
    template: said?.template ?? found,
    snmp_port: device.snmp_port,
    ...(collectorId === null ? {} : { collector_id: collectorId }),
    ...(input.group_ids === undefined ? {} : { group_ids: input.group_ids }),
  };
  return { node, credentialId };
}

/** Returns the name by which a device is known: its own, that of DNS, or its address. */
function nameOf({ sys_name, hostname, ip_address }: DiscoveredDevice): string {
  for (const name of [sys_name, hostname]) {
    const read = nameSchema().safeParse(name);
    if (read.success) return read.data;
  }
  return ip_address;
}

/** Returns the template that was found where it can work: without a credential nothing that asks by SNMP does. */
function templateOf(
  { template }: DiscoveredDevice,
  { hasCredential, findTemplate }: { hasCredential: boolean; findTemplate: ImportFacts['findTemplate'] },
): string {
  const found = findTemplate(template);
  const isForCollectors = found?.gathered_by === 'collector';
  const asksSnmp = found?.inputs.some(({ plugin }) => plugin === 'snmp') === true;
  if (isForCollectors && (hasCredential || !asksSnmp)) return template;
  return hasCredential && findTemplate('generic-snmp') ? 'generic-snmp' : 'ping';
}
