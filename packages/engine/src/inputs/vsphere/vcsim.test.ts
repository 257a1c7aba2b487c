import { startVcsim, type Vcsim } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGuard } from '../engine-names.ts';
import { SoapClient } from './soap-client.ts';
import { login, type ObjectRef, retrieveObject } from './vim-requests.ts';
import { inputFor, optionsFor } from './vsphere-fixture.test-support.ts';
import { childrenOf, textAt, type XmlElement } from './xml-tree.ts';

const vcsim: Vcsim | undefined = await startVcsim({ flags: ['-vms=3'] });
afterAll(() => vcsim?.stop());

const SESSIONS: ObjectRef = { type: 'SessionManager', id: 'SessionManager' };
const COLLECTOR: ObjectRef = { type: 'PropertyCollector', id: 'propertyCollector' };

/** A client of its own, which looks at the sessions of others and ends them. */
class Onlooker {
  readonly #client: SoapClient;
  #session = '';
  #own = '';

  constructor({ url }: Vcsim) {
    const guard = createGuard({ allow: ['127.0.0.0/8'] });
    this.#client = new SoapClient({ url: new URL(url), timeoutMs: 10_000, takesAnyCertificate: true, guard });
  }

  async logIn({ username, password }: Vcsim): Promise<void> {
    const { answer, session = '' } = await this.#call(login(SESSIONS, username, password));
    this.#session = session;
    this.#own = textAt(answer, 'returnval', 'key');
  }

  /** Lists the keys of all sessions but its own. */
  async sessions(): Promise<string[]> {
    const { answer } = await this.#call(retrieveObject(COLLECTOR, SESSIONS, ['sessionList']));
    return elementsNamed(answer, 'UserSession')
      .map((session) => textAt(session, 'key'))
      .filter((key) => key !== this.#own);
  }

  async endSession(key: string): Promise<void> {
    await this.#call(
      `<TerminateSession xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this><sessionId>${key}</sessionId></TerminateSession>`,
    );
  }

  close(): void {
    this.#client.close();
  }

  #call(request: string) {
    return this.#client.call(request, { session: this.#session, signal: AbortSignal.timeout(10_000) });
  }
}

function elementsNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return [...childrenOf(element, name), ...element.children.flatMap((child) => elementsNamed(child, name))];
}

describe.skipIf(vcsim === undefined)('beside a simulated vCenter', () => {
  const server = vcsim as Vcsim;
  const options = optionsFor(server?.url ?? '', {
    username: server?.username ?? '',
    password: server?.password ?? '',
    vm_metric_include: ['cpu.usage.average', 'net.bytesRx.average'],
    host_metric_include: ['mem.usage.average'],
    cluster_metric_include: ['cpu.usagemhz.average'],
    datastore_metric_include: ['disk.capacity.latest'],
    resource_pool_metric_include: ['cpu.usagemhz.average'],
    datacenter_metric_include: ['vmop.numPoweron.latest'],
  });
  let onlooker: Onlooker;

  beforeAll(async () => {
    onlooker = new Onlooker(server);
    await onlooker.logIn(server);
  });
  afterAll(() => onlooker.close());

  test('every kind has its objects', async () => {
    const input = inputFor(options);
    const lines = await input.gather();
    await input.stop();
    const objects = (measurement: string): number =>
      new Set(
        lines
          .filter((line) => line.startsWith(`${measurement},`))
          .map((line) => /moid=([^, ]+)/.exec(line)?.[1]),
      ).size;
    // One data centre with a host of its own and a cluster of three; three machines of each pool.
    expect({
      vms: objects('vsphere_vm_cpu'),
      hosts: objects('vsphere_host_mem'),
      clusters: objects('vsphere_cluster_cpu'),
      datastores: objects('vsphere_datastore_disk'),
      pools: objects('vsphere_resourcepool_cpu'),
      datacenters: objects('vsphere_datacenter_vmop'),
    }).toEqual({ vms: 6, hosts: 4, clusters: 1, datastores: 1, pools: 2, datacenters: 1 });
  });

  test('there is one session from the first gather to the stop, and none after it', async () => {
    expect(await onlooker.sessions()).toEqual([]);
    const input = inputFor(options);
    await input.gather();
    const [session] = await onlooker.sessions();
    await input.gather();
    expect(await onlooker.sessions()).toEqual([session]);
    await input.stop();
    expect(await onlooker.sessions()).toEqual([]);
  });

  test('a session that was ended there is followed by another one, within the gather', async () => {
    const input = inputFor(options);
    await input.gather();
    const [first = ''] = await onlooker.sessions();
    await onlooker.endSession(first);
    await input.gather();
    const after = await onlooker.sessions();
    expect(after).toEqual([expect.not.stringMatching(first)]);
    await input.stop();
    expect(await onlooker.sessions()).toEqual([]);
  });

  test('a wrong password reads as auth', async () => {
    const input = inputFor({ ...options, password: 'wrong' });
    await expect(input.gather()).rejects.toMatchObject({ status: 'auth' });
    await input.stop();
    expect(await onlooker.sessions()).toEqual([]);
  });
});
