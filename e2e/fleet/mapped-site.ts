import type { Component, Node, NodeNeighbours, Topology, TopologyLink } from '@stratora/contract';
import { type LabSite, NetworkLab, RemoteComponent, StratoraSystem, waitFor } from '@stratora/testkit';
import { compareWiring, drawnLines, isBetweenNodes } from './drawn-wiring.ts';

/** Seconds between two readings of the neighbours of a device, in these tests. */
export const READ_SECONDS = 20;

/** A device that becomes a node. */
export interface MappedDevice {
  name: string;
  address: string;
  nodeType?: Node['node_type'];
}

/** A server, and a site with a collector that reads what its devices say of their neighbours, each in a namespace of its own. */
export class MappedSite {
  readonly lab: NetworkLab;
  readonly site: LabSite;
  /** Ids of the nodes by name. */
  readonly nodes = new Map<string, string>();
  system!: StratoraSystem;
  collector!: RemoteComponent;
  component!: Component;
  #credentialId = '';

  private constructor(lab: NetworkLab) {
    this.lab = lab;
    this.site = lab.addSite();
  }

  static async start(): Promise<MappedSite> {
    const mapped = new MappedSite(NetworkLab.create(443));
    try {
      await mapped.#start();
      return mapped;
    } catch (error) {
      await mapped.dispose();
      throw error;
    }
  }

  async #start(): Promise<void> {
    const { lab } = this;
    this.system = await StratoraSystem.start({
      namespace: lab.serverNamespace,
      host: lab.serverAddress,
      port: 443,
      args: ['--no-collector', '--no-agent'],
    });
    const { api } = this.system;
    await api.expect('PATCH', '/api/v1/settings', { neighbour_interval_seconds: READ_SECONDS });
    this.collector = await RemoteComponent.start(this.system, 'collector', 'site-1', {
      namespace: this.site.namespace,
      pinned: true,
    });
    this.component = await this.collector.registered(this.system);
    const credential = { name: 'public', type: 'snmp_v2c', secret: { community: 'public' } };
    const { id } = await api.post<{ id: string }>('/api/v1/credentials', credential);
    this.#credentialId = id;
  }

  async addNodes(devices: readonly MappedDevice[]): Promise<void> {
    const { api } = this.system;
    for (const { name, address, nodeType = 'switch' } of devices) {
      const { id } = await api.post<Node>('/api/v1/nodes', {
        name,
        ip_address: address,
        node_type: nodeType,
        template: 'generic-snmp',
        collector_id: this.component.id,
      });
      await api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id: this.#credentialId });
      this.nodes.set(name, id);
    }
  }

  map(): Promise<Topology> {
    return this.system.api.get<Topology>('/api/v1/topology');
  }

  async links(): Promise<TopologyLink[]> {
    return (await this.map()).links;
  }

  neighboursOf(name: string): Promise<NodeNeighbours> {
    return this.system.api.get<NodeNeighbours>(`/api/v1/topology/nodes/${this.nodes.get(name)}`);
  }

  /**
   * Waits until the map shows these lines between nodes and no others.
   * @returns milliseconds that took
   * @throws with what is missing and what is invented when the time is over
   */
  async untilDrawn(wired: readonly string[], timeoutMs: number): Promise<number> {
    const startedAt = Date.now();
    let last = compareWiring([], wired);
    const isDrawn = async () => {
      const { links } = await this.map();
      last = compareWiring(drawnLines(links.filter(isBetweenNodes)), wired);
      return last.missing.length + last.invented.length === 0;
    };
    await waitFor(isDrawn, { timeoutMs, everyMs: 250, what: 'the map of the wiring' }).catch(
      (error: unknown) => {
        const lists = `missing:\n${last.missing.join('\n')}\ninvented:\n${last.invented.join('\n')}`;
        throw new Error(`the map is not as it is wired\n${lists}`, { cause: error });
      },
    );
    return Date.now() - startedAt;
  }

  async dispose(): Promise<void> {
    await this.collector?.dispose();
    await this.system?.dispose();
    this.lab.dispose();
  }
}
