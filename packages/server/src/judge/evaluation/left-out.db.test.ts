import type { Node, NodeDetail } from '@stratora/contract';
import { startBackend, type TestBackend, VictoriaMetrics, waitFor } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderMarked } from '../../components/config-delivery/marked-configs.test-support.ts';

let store: VictoriaMetrics;
let backend: TestBackend;

beforeAll(async () => {
  store = await VictoriaMetrics.start();
  backend = await startBackend({ config: { metricsWriteUrl: store.url, metricsReadUrl: store.url } });
});
afterAll(async () => {
  await backend?.stop();
  await store?.stop();
});

async function enrol(hostname: string): Promise<{ component_id: string; api_key: string }> {
  const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
  return (await backend.register(token, { hostname })).json as { component_id: string; api_key: string };
}

it.concurrent.each([
  ['SNMP', 'snmp', 'generic-snmp', { type: 'snmp_v2c', secret: { community: 'public' } }],
  [
    'vSphere',
    'vsphere',
    'vcenter',
    { type: 'vsphere', secret: { username: 'reader', password: 'a phrase' } },
  ],
])('a node that lacks the credential for %s says so, and why', async (name, purpose, template, secret) => {
  const { component_id: id, api_key: key } = await enrol(`hall-${purpose}`);
  const { id: node } = await backend.admin('POST', '/api/v1/nodes', {
    name: `mute ${purpose}`,
    ip_address: purpose === 'snmp' ? '10.0.0.9' : '10.0.0.10',
    template,
    collector_id: id,
  });
  const { id: credential } = await backend.admin('POST', '/api/v1/credentials', { name: purpose, ...secret });
  const config = async () =>
    (await backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key })).text;
  const says = (reason: string) =>
    waitFor(
      async () => {
        await config();
        const { status_reason: found } = await backend.admin('GET', `/api/v1/nodes/${node}`);
        return found === reason;
      },
      { timeoutMs: 60_000, what: reason },
    );
  await says(`Nothing is read by ${name}: no credential is chosen for it.`);
  await backend.admin('PUT', `/api/v1/nodes/${node}/credentials/${purpose}`, { credential_id: credential });
  await says('No data yet.');
  await waitFor(async () => (await config()).includes(`[[inputs.${purpose}]]`), { what: 'the config' });
  await backend.admin('PATCH', `/api/v1/credentials/${credential}`, { enabled: false });
  await says(`Nothing is read by ${name}: its credential is switched off.`);
  await waitFor(async () => !(await config()).includes(`[[inputs.${purpose}]]`), {
    what: 'the config without it',
  });
});

it.concurrent('a node that its config leaves out says so, and its neighbour does not', async () => {
  const { component_id: id, api_key: key } = await enrol('hall-1');
  const add = (name: string, address: string): Promise<Node> =>
    backend.admin('POST', '/api/v1/nodes', {
      name,
      ip_address: address,
      template: 'ping',
      collector_id: id,
    });
  const bad = await add('bad', '10.0.0.1');
  const good = await add('good', '10.0.0.2');
  const { db } = backend.app.modules.database;
  await sql`UPDATE nodes SET ip_address = 'gw..lan' WHERE id = ${bad.id}`.execute(db);
  await renderMarked(backend);
  const detail = (node: Node): Promise<NodeDetail> => backend.admin('GET', `/api/v1/nodes/${node.id}`);
  const told = await waitFor(
    async () => {
      // The pull is the collector's sign of life.
      await backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key });
      const found = await detail(bad);
      return found.status_reason?.startsWith('It is not polled') && found;
    },
    { timeoutMs: 60_000, what: 'the reason' },
  );
  expect(told).toMatchObject({
    status: 'discovering',
    status_reason: 'It is not polled: address: must be an IPv4 address, an IPv6 address or a DNS name',
  });
  expect((await detail(good)).status_reason).toBe('No data yet.');
  await backend.admin('PATCH', `/api/v1/nodes/${bad.id}`, { ip_address: '10.0.0.3' });
  await renderMarked(backend);
  await waitFor(async () => (await detail(bad)).status_reason === 'No data yet.', {
    timeoutMs: 60_000,
    what: 'the end of the reason',
  });
});
