import type { CreateNode, Node, NodeDetail } from '@stratora/contract';
import type { DemoApi } from './demo-api.ts';
import type { DemoState } from './demo-folder.ts';
import type { CommunityName, DemoPlant, PlantDevice } from './plant/plant-device.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

const CREDENTIAL_NAMES: Readonly<Record<CommunityName, string>> = {
  network: 'Network devices (SNMP v2c)',
  facility: 'Facility devices (SNMP v2c)',
};
const TEMPLATE = 'generic-snmp';
const TEMPLATE_OF_UPS = 'ups';
/** Seconds until a node counts as unreachable: a visitor does not wait five minutes to see a dead device. */
const UNREACHABLE_SECONDS = 60;

/**
 * Enters sites, credentials and nodes of the plant, as an administrator would by hand. Whatever exists already, by its
 * name, is left alone, so that a start that was cut short goes on where it was.
 *
 * @returns ids of the nodes by the names of their devices
 */
export async function enterPlant(
  api: DemoApi,
  plant: DemoPlant,
  state: Pick<DemoState, 'communities' | 'snmp_port'>,
): Promise<ReadonlyMap<string, string>> {
  await api.call('PATCH', '/settings', { node_unreachable_seconds: UNREACHABLE_SECONDS });
  const sites = await byName(api, '/sites');
  for (const { name, description } of plant.sites) {
    if (!sites.has(name)) sites.set(name, await create(api, '/sites', { name, description }));
  }
  const credentials = await byName(api, '/credentials');
  for (const [community, name] of Object.entries(CREDENTIAL_NAMES) as [CommunityName, string][]) {
    if (credentials.has(name)) continue;
    const secret = { community: state.communities[community] };
    credentials.set(name, await create(api, '/credentials', { name, type: 'snmp_v2c', secret }));
  }
  const nodes = await byName(api, '/nodes');
  const entered = new Map<string, string>();
  for (const device of plant.devices) {
    const siteId = sites.get(device.site.name) ?? '';
    const id = nodes.get(device.name) ?? (await createNode(api, device, siteId, state.snmp_port ?? 161));
    const credentialId = credentials.get(CREDENTIAL_NAMES[device.community]) ?? '';
    await attachOnce(api, id, credentialId, nodes.has(device.name));
    entered.set(device.name, id);
  }
  return entered;
}

async function byName(api: DemoApi, path: string): Promise<Map<string, string>> {
  return new Map((await api.list<Named>(path)).map(({ id, name }) => [name, id]));
}

async function create(api: DemoApi, path: string, body: object): Promise<string> {
  return (await api.call<Named>('POST', path, body)).id;
}

async function createNode(
  api: DemoApi,
  device: PlantDevice,
  siteId: string,
  snmpPort: number,
): Promise<string> {
  const body: Partial<CreateNode> = {
    name: device.name,
    ip_address: device.address,
    node_type: device.nodeType,
    site_id: siteId,
    template: device.nodeType === 'ups' ? TEMPLATE_OF_UPS : TEMPLATE,
    snmp_port: snmpPort,
  };
  return (await api.call<Node>('POST', '/nodes', body)).id;
}

async function attachOnce(api: DemoApi, nodeId: string, credentialId: string, isOld: boolean): Promise<void> {
  if (isOld) {
    const { credentials } = await api.call<NodeDetail>('GET', `/nodes/${nodeId}`);
    if (credentials.length > 0) return;
  }
  await api.call('PUT', `/nodes/${nodeId}/credentials/snmp`, { credential_id: credentialId });
}
