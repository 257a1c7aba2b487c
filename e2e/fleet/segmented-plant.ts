import type { Component, Node } from '@stratora/contract';
import {
  ArrivalLog,
  type LabPlant,
  type LabSite,
  NetworkLab,
  PacketCapture,
  RemoteComponent,
  RemotePlant,
  requireBinary,
  StoreRecorder,
  StratoraSystem,
  VictoriaMetrics,
} from '@stratora/testkit';

export const DEVICES_PER_SITE = 3;

export interface CollectorSite {
  site: LabSite;
  plant: LabPlant;
  devices: RemotePlant;
  collector: RemoteComponent;
  component: Component;
  nodes: Node[];
}

export interface AgentSite {
  site: LabSite;
  agent: RemoteComponent;
  component: Component;
}

/** A watched link: name, capture, and the watched host's own addresses. */
interface Watched {
  name: string;
  capture: PacketCapture;
  own: string[];
}

/**
 * A server, three collectors with a plant each and two agents, every one in a network namespace of its own, with
 * nothing open between them but TCP 443 of the server. All links of the components are captured from the start.
 */
export class SegmentedPlant {
  readonly lab: NetworkLab;
  readonly arrivals = new ArrivalLog();
  readonly collectors: CollectorSite[] = [];
  readonly agents: AgentSite[] = [];
  readonly watched: Watched[] = [];
  store!: VictoriaMetrics;
  system!: StratoraSystem;
  #recorder: StoreRecorder | undefined;

  private constructor(lab: NetworkLab) {
    this.lab = lab;
  }

  /** Tells whether namespaces and tcpdump are there; prints a line where they are missing. */
  static isPossible(): boolean {
    return NetworkLab.isPossible() && requireBinary('tcpdump') !== undefined;
  }

  static async start(): Promise<SegmentedPlant> {
    const lab = NetworkLab.create(443);
    const plant = new SegmentedPlant(lab);
    try {
      await plant.#start();
      return plant;
    } catch (error) {
      await plant.dispose();
      throw error;
    }
  }

  async #start(): Promise<void> {
    const { lab } = this;
    this.store = await VictoriaMetrics.start();
    this.#recorder = new StoreRecorder({
      storePort: this.store.port,
      address: lab.testAddress,
      onTaken: (body) => this.arrivals.read(body),
    });
    await this.#recorder.start();
    this.system = await StratoraSystem.start({
      namespace: lab.serverNamespace,
      host: lab.serverAddress,
      port: 443,
      args: ['--no-collector', '--no-agent'],
      env: {
        STRATORA_METRICS_WRITE_URL: this.#recorder.url,
        STRATORA_METRICS_READ_URL: this.#recorder.url,
      },
    });
    const { id: credentialId } = await this.system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'public',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    });
    await Promise.all(['hall-1', 'hall-2', 'hall-3'].map((name) => this.#addCollector(name, credentialId)));
    await Promise.all(['press-1', 'press-2'].map((name) => this.#addAgent(name)));
  }

  async #addCollector(name: string, credentialId: string): Promise<void> {
    const { lab, system } = this;
    const site = lab.addSite();
    const plant = lab.addPlant(site, DEVICES_PER_SITE);
    await this.#watch(`${name} to the server`, lab.routerNamespace, site.uplink, [site.address]);
    await this.#watch(`${name} to its plant`, plant.namespace, plant.link, [plant.gateway]);
    const devices = await RemotePlant.start(
      { devices: plant.addresses.map((address) => ({ address })), port: 161, ports: 8 },
      plant.namespace,
    );
    const collector = await RemoteComponent.start(system, 'collector', name, {
      namespace: site.namespace,
      pinned: true,
    });
    const component = await collector.registered(system);
    const nodes: Node[] = [];
    for (const [at, address] of plant.addresses.entries()) {
      const node = await system.api.post<Node>('/api/v1/nodes', {
        name: `${name}-switch-${at + 1}`,
        ip_address: address,
        node_type: 'switch',
        template: 'generic-snmp',
        collector_id: component.id,
      });
      await system.api.put(`/api/v1/nodes/${node.id}/credentials/snmp`, { credential_id: credentialId });
      nodes.push(node);
    }
    this.collectors.push({ site, plant, devices, collector, component, nodes });
  }

  async #addAgent(name: string): Promise<void> {
    const { lab, system } = this;
    const site = lab.addSite();
    await this.#watch(`${name} to the server`, lab.routerNamespace, site.uplink, [site.address]);
    const agent = await RemoteComponent.start(system, 'agent', name, {
      namespace: site.namespace,
      pinned: true,
    });
    this.agents.push({ site, agent, component: await agent.registered(system) });
  }

  async #watch(name: string, namespace: string, link: string, own: string[]): Promise<void> {
    this.watched.push({ name, capture: await PacketCapture.start(namespace, link), own });
  }

  /** Reads the times of the samples of one series, epoch ms, ascending. */
  async times(match: string): Promise<number[]> {
    const series = await this.store.export(match);
    return series.flatMap(({ timestamps }) => timestamps).toSorted((a, b) => a - b);
  }

  async dispose(): Promise<void> {
    await Promise.all(this.watched.map(({ capture }) => capture.dispose()));
    await Promise.all(this.agents.map(({ agent }) => agent.dispose()));
    await Promise.all(this.collectors.map(({ collector }) => collector.dispose()));
    await Promise.all(this.collectors.map(({ devices }) => devices.stop()));
    await this.system?.dispose();
    await this.#recorder?.stop();
    await this.store?.stop();
    this.lab.dispose();
  }
}
