import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Collected {
  input: string;
  status: string;
}

const DEAD = { status: 'timeout', message: 'No answer from 192.0.2.1 port 161 after 3 tries.' };

describe('what is said of a node that was changed', () => {
  let backend: TestBackend;
  let collector: { component_id: string; api_key: string };

  beforeAll(async () => {
    backend = await startBackend();
    const token = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    collector = (await backend.register(token.token, { hostname: 'poller', machine_id: 'm1' })).json;
  });
  afterAll(() => backend?.stop());

  const at = (path: string) => `/api/v1/remote-collectors/${collector.component_id}/${path}`;

  async function configOf(): Promise<{ hash: string; text: string }> {
    const answer = await backend.call('GET', at('config'), { key: collector.api_key });
    return { hash: (answer.headers.get('etag') ?? '').replaceAll('"', ''), text: answer.text };
  }

  /** Waits for a config with this text, which has been rendered for good. @returns its hash */
  async function configWith(text: string): Promise<string> {
    return waitFor(async () => {
      const config = await configOf();
      return config.text.includes(text) ? config.hash : undefined;
    });
  }

  async function report(hash: string, nodeId: string, words: { status: string; message: string }) {
    const answer = await backend.call('POST', at('report'), {
      key: collector.api_key,
      body: {
        config_hash: hash,
        running_hash: hash,
        status: 'applied',
        engine: { kind: 'embedded', version: '1', running: true },
        targets: ['snmp', 'ping'].map((input) => ({ node_id: nodeId, input, ...words })),
      },
    });
    expect(answer.status).toBe(204);
  }

  async function collectionOf(id: string): Promise<Record<string, string>> {
    const { collection } = (await backend.admin('GET', `/api/v1/nodes/${id}`)) as { collection: Collected[] };
    return Object.fromEntries(collection.map(({ input, status }) => [input, status]));
  }

  async function addNode(
    name: string,
    address: string,
  ): Promise<{ id: string; hash: string; credential: string }> {
    const credential = await backend.admin('POST', '/api/v1/credentials', {
      name,
      type: 'snmp_v2c',
      secret: { community: `${name}-one` },
    });
    const node = await backend.admin('POST', '/api/v1/nodes', {
      name,
      ip_address: address,
      template: 'generic-snmp',
      collector_id: collector.component_id,
    });
    await backend.admin('PUT', `/api/v1/nodes/${node.id}/credentials/snmp`, { credential_id: credential.id });
    return { id: node.id, hash: await configWith(`${name}-one`), credential: credential.id };
  }

  it('under its old address is forgotten at once, and not taken again from the config before', async () => {
    const { id, hash } = await addNode('moved', '192.0.2.1');
    await report(hash, id, DEAD);
    expect(await collectionOf(id)).toEqual({ snmp: 'timeout', ping: 'timeout' });
    await backend.admin('PATCH', `/api/v1/nodes/${id}`, { ip_address: '192.0.2.2' });
    expect(await collectionOf(id)).toEqual({});
    await report(hash, id, DEAD);
    expect(await collectionOf(id)).toEqual({});
    const next = await configWith('192.0.2.2');
    await report(hash, id, DEAD);
    expect(await collectionOf(id)).toEqual({});
    await report(next, id, { status: 'ok', message: '' });
    expect(await collectionOf(id)).toEqual({ snmp: 'ok', ping: 'ok' });
  }, 60_000);

  it('by its old login or port is forgotten at once, and by ping is not', async () => {
    const { id, hash, credential } = await addNode('locked', '192.0.2.11');
    await report(hash, id, DEAD);
    const changes = [
      () =>
        backend.admin('PATCH', `/api/v1/credentials/${credential}`, { secret: { community: 'locked-two' } }),
      () => backend.admin('PATCH', `/api/v1/nodes/${id}`, { snmp_port: 1161 }),
      async () => {
        const other = await backend.admin('POST', '/api/v1/credentials', {
          name: 'locked, other',
          type: 'snmp_v2c',
          secret: { community: 'locked-three' },
        });
        await backend.admin('PUT', `/api/v1/nodes/${id}/credentials/snmp`, { credential_id: other.id });
      },
    ];
    let running = hash;
    for (const [at, text] of ['locked-two', ':1161', 'locked-three'].entries()) {
      await changes[at]?.();
      expect(await collectionOf(id)).toEqual({ ping: 'timeout' });
      await report(running, id, DEAD);
      expect(await collectionOf(id)).toEqual({ ping: 'timeout' });
      running = await configWith(text);
      await report(running, id, DEAD);
      expect(await collectionOf(id)).toEqual({ ping: 'timeout', snmp: 'timeout' });
    }
  }, 120_000);

  it('is taken again where a change was taken back, so that the config is the one before', async () => {
    const { id, hash } = await addNode('undone', '192.0.2.21');
    for (const ip_address of ['192.0.2.22', '192.0.2.21']) {
      await backend.admin('PATCH', `/api/v1/nodes/${id}`, { ip_address });
    }
    await waitFor(async () => {
      await report(hash, id, DEAD);
      return (await collectionOf(id))['snmp'] === 'timeout';
    });
    expect((await configOf()).hash).toBe(hash);
  }, 60_000);

  it('of another node of the same collector is taken all the while', async () => {
    const steady = await addNode('steady', '192.0.2.31');
    await backend.admin('PATCH', `/api/v1/nodes/${(await addNode('other', '192.0.2.32')).id}`, {
      ip_address: '192.0.2.33',
    });
    await report(steady.hash, steady.id, DEAD);
    expect(await collectionOf(steady.id)).toEqual({ snmp: 'timeout', ping: 'timeout' });
  }, 60_000);
});
