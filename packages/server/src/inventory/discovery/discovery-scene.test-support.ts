import type {
  DiscoveredDevice,
  DiscoveryJob,
  DiscoveryOrder,
  DiscoveryPartInput,
  FoundDeviceInput,
} from '@stratora/contract';
import { type BackendAnswer, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { Client } from 'pg';

export const COMMUNITY = 'a-community-that-nobody-sees';
export const NOTHING = '01980000-0000-7000-8000-000000000000';

/** A collector that scans as a test says. */
export interface ScriptedCollector {
  id: string;
  key: string;
  name: string;
}

/** An order as a collector has fetched it, with the id of its job. */
export interface FetchedOrder {
  id: string;
  order: DiscoveryOrder;
}

export type Finding = Partial<FoundDeviceInput> & { address: string };

/** A backend with collectors that a test plays. */
export class DiscoveryScene {
  readonly backend: TestBackend;
  #next: number | undefined;

  private constructor(backend: TestBackend) {
    this.backend = backend;
  }

  static async start(): Promise<DiscoveryScene> {
    return new DiscoveryScene(await startBackend());
  }

  stop(): Promise<void> {
    return this.backend.stop();
  }

  /** Adds a collector that the server hears. */
  async addCollector(name: string, siteId?: string): Promise<ScriptedCollector> {
    const asked = { auto_approve: true, ...(siteId ? { site_id: siteId } : {}) };
    const { token } = await this.backend.admin('POST', '/api/v1/enrollment-tokens', asked);
    const { json } = await this.backend.register(token, { hostname: name });
    const collector = { id: json.component_id as string, key: json.api_key as string, name };
    await this.pull(collector);
    await waitFor(
      async () =>
        (await this.backend.admin('GET', `/api/v1/components/${collector.id}`)).last_seen_at !== null,
      { what: 'a collector that is heard', timeoutMs: 60_000 },
    );
    return collector;
  }

  pull({ id, key }: ScriptedCollector): Promise<BackendAnswer> {
    return this.backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key });
  }

  async user(role: string): Promise<string> {
    const password = 'a long pass phrase';
    const body = { username: role, role, password, must_change_password: false };
    await this.backend.admin('POST', '/api/v1/users', body);
    return this.backend.login(role, password);
  }

  async site(name: string): Promise<string> {
    return (await this.backend.admin('POST', '/api/v1/sites', { name })).id as string;
  }

  async credential(name: string): Promise<string> {
    const body = { name, type: 'snmp_v2c', secret: { community: COMMUNITY } };
    return (await this.backend.admin('POST', '/api/v1/credentials', body)).id as string;
  }

  job(body: object): Promise<DiscoveryJob> {
    return this.backend.admin('POST', '/api/v1/discovery/jobs', body) as Promise<DiscoveryJob>;
  }

  shown(id: string): Promise<DiscoveryJob> {
    return this.backend.admin('GET', `/api/v1/discovery/jobs/${id}`) as Promise<DiscoveryJob>;
  }

  async devices(id: string, query = ''): Promise<DiscoveredDevice[]> {
    const answer = await this.backend.admin('GET', `/api/v1/discovery/jobs/${id}/devices${query}`);
    return answer.items as DiscoveredDevice[];
  }

  act(id: string, verb: string, body?: object): Promise<BackendAnswer> {
    return this.backend.call('POST', `/api/v1/discovery/jobs/${id}/${verb}`, {
      token: this.backend.adminToken,
      ...(body ? { body } : {}),
    });
  }

  /** Waits until a job is as it is to be. */
  until(id: string, is: (job: DiscoveryJob) => boolean): Promise<DiscoveryJob> {
    return waitFor(
      async () => {
        const job = await this.shown(id);
        return is(job) ? job : undefined;
      },
      { what: 'a discovery job as it is to be', timeoutMs: 60_000 },
    );
  }

  /** Fetches the order of a job's run, as its collector. */
  async fetch(collector: ScriptedCollector, jobId: string): Promise<FetchedOrder> {
    const { run } = await this.shown(jobId);
    const fetched = await waitFor(
      async () => {
        const path = `/api/v1/remote-collectors/${collector.id}/jobs`;
        const { json } = await this.backend.call('GET', path, { key: collector.key });
        const jobs = json.items as { id: string; order: DiscoveryOrder }[];
        return jobs.find(({ order }) => order.run_id === run?.id);
      },
      { what: 'the order of a scan', timeoutMs: 60_000 },
    );
    this.#next = fetched.order.next_part;
    return fetched;
  }

  /** Posts a part as a collector; numbered after the last one unless it says otherwise. */
  post(
    collector: ScriptedCollector,
    { id }: FetchedOrder,
    { state = 'running', ...part }: Partial<DiscoveryPartInput> & { state?: string },
  ): Promise<BackendAnswer> {
    const number = part.part ?? this.#next ?? 0;
    this.#next = number + 1;
    const result = {
      progress: { phase: 'snmp', done: 1, total: 2 },
      cursor: `after part ${number}`,
      ...part,
      part: number,
    };
    const path = `/api/v1/remote-collectors/${collector.id}/jobs/${id}/results`;
    return this.backend.call('POST', path, { key: collector.key, body: { state, result } });
  }

  /** Plays a whole run of a job: its collector fetches it, finds this, and ends. */
  async play(
    collector: ScriptedCollector,
    jobId: string,
    findings: readonly Finding[],
  ): Promise<DiscoveryJob> {
    const fetched = await this.fetch(collector, jobId);
    await this.post(collector, fetched, { devices: findings.map(found) });
    await this.post(collector, fetched, { state: 'done', end: { how: 'done', message: null } });
    return this.until(jobId, ({ run }) => run?.id === fetched.order.run_id && run.ended_at !== null);
  }

  async rerun(jobId: string): Promise<void> {
    const { status, text } = await this.act(jobId, 'rerun');
    if (status !== 202) throw new Error(`rerun answered ${status}: ${text}`);
  }

  async sql<T extends object>(text: string, values: unknown[] = []): Promise<T[]> {
    const client = new Client({ connectionString: this.backend.database.url });
    await client.connect();
    try {
      return (await client.query<T>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async audited(action: string): Promise<{ actor: string; detail: Record<string, unknown> }[]> {
    return (await this.backend.admin('GET', `/api/v1/audit-log?search=${action}&limit=500`)).items;
  }
}

/** Makes a finding whole. */
export function found(finding: Finding): FoundDeviceInput {
  return { found_by: ['ping'], seen_at: new Date().toISOString(), ...finding };
}

/** A switch as a scan finds it, by its last octets. */
export function switchAt(address: string, credentialId: string | null, more: Partial<Finding> = {}): Finding {
  const serial = `FOC${address.split('.').join('A')}`;
  return {
    address,
    found_by: ['ping', 'snmp'],
    hostname: `sw-${address.replaceAll('.', '-')}.plant.example`,
    sys_name: `sw-${address.replaceAll('.', '-')}`,
    sys_descr: 'Cisco IOS Software',
    sys_object_id: '1.3.6.1.4.1.9.1.2066',
    identity: {
      vendor: 'Cisco',
      model: 'C9300',
      serial,
      firmware: '17.9.4',
      os: 'IOS XE',
      family: 'cisco-ios',
      device_type: 'switch',
      template: 'generic-snmp',
      confidence: 95,
      reasons: ['sysObjectID 1.3.6.1.4.1.9.1.2066'],
    },
    credential_id: credentialId,
    keys: [{ kind: 'serial', value: `Cisco:${serial}` }],
    own_addresses: [address],
    ...more,
  };
}
