import type { AlertDefinition, Component, ListAnswer, Node } from '@stratora/contract';
import {
  type LabPlant,
  NetworkLab,
  RemoteComponent,
  RemotePlant,
  StratoraSystem,
  waitFor,
} from '@stratora/testkit';

const PORTS = 8;

/** A device of the plant and the node that stands for it. */
export interface PoweredDevice {
  readonly address: string;
  readonly id: string;
}

/** A server and a collector with a plant of simulated switches that can be switched off, each in a namespace of its own. */
export class PoweredPlant {
  readonly lab: NetworkLab;
  readonly devices: PoweredDevice[] = [];
  system!: StratoraSystem;
  #plant!: LabPlant;
  #agents: RemotePlant | undefined;
  #collector: RemoteComponent | undefined;

  private constructor(lab: NetworkLab) {
    this.lab = lab;
  }

  static async start(devices: number): Promise<PoweredPlant> {
    const plant = new PoweredPlant(NetworkLab.create(443));
    try {
      await plant.#start(devices);
      return plant;
    } catch (error) {
      await plant.dispose();
      throw error;
    }
  }

  async #start(devices: number): Promise<void> {
    const { lab } = this;
    this.system = await StratoraSystem.start({
      namespace: lab.serverNamespace,
      host: lab.serverAddress,
      port: 443,
      args: ['--no-collector', '--no-agent'],
    });
    const { api } = this.system;
    const site = lab.addSite();
    this.#plant = lab.addPlant(site, devices);
    const { addresses, namespace } = this.#plant;
    const specs = addresses.map((address) => ({ address }));
    this.#agents = await RemotePlant.start({ devices: specs, port: 161, ports: PORTS }, namespace);
    this.#collector = await RemoteComponent.start(this.system, 'collector', 'hall-1', {
      namespace: site.namespace,
      pinned: true,
    });
    const component = await this.#collector.registered(this.system);
    const { id: credential } = await api.post<{ id: string }>('/api/v1/credentials', {
      name: 'public',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    });
    for (const address of addresses) await this.#addNode(address, component, credential);
  }

  async #addNode(address: string, { id: collectorId }: Component, credentialId: string): Promise<void> {
    const { api } = this.system;
    const { id } = await api.post<Node>('/api/v1/nodes', {
      name: `switch-${address}`,
      ip_address: address,
      node_type: 'switch',
      template: 'generic-snmp',
      collector_id: collectorId,
    });
    await api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credentialId });
    this.devices.push({ address, id });
  }

  /** Puts a definition that the product ships in force, or out of it. */
  async enable(slug: string, enabled: boolean): Promise<void> {
    const { api } = this.system;
    const path = '/api/v1/alert-definitions';
    const { items } = await api.get<ListAnswer<AlertDefinition>>(`${path}?limit=500`);
    const id = items.find((definition) => definition.slug === slug)?.id;
    await api.expect('PATCH', `${path}/${id}`, { enabled });
  }

  setPower({ address }: PoweredDevice, state: 'on' | 'off'): void {
    this.lab.setPower(this.#plant, address, state);
  }

  /** Waits until every node is healthy and has answered to pings in three intervals, so that each rule has seen it good. */
  async untilHealthy(): Promise<void> {
    const { api } = this.system;
    const pinged = 'count_over_time(ping_percent_packet_loss[2m]) >= 3';
    await waitFor(
      async () => {
        const { items } = await api.get<ListAnswer<Node>>('/api/v1/nodes?status=healthy&limit=500');
        const isHealthy = items.length >= this.devices.length;
        return isHealthy && (await api.query(pinged)).length >= this.devices.length;
      },
      { timeoutMs: 180_000, everyMs: 500, what: 'a healthy plant' },
    );
  }

  async dispose(): Promise<void> {
    await this.#collector?.dispose();
    await this.#agents?.stop();
    await this.system?.dispose();
    this.lab.dispose();
  }
}
