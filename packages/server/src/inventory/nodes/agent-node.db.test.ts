import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';

interface Enrolled {
  component_id: string;
  node_id: string;
  api_key: string;
}

let backend: TestBackend;
let token: string;

beforeAll(async () => {
  backend = await startBackend();
  ({ token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true }));
});
afterAll(() => backend?.stop());

async function enrol(hostname: string, addresses?: string[]): Promise<Enrolled> {
  return (
    await backend.register(token, {
      component_type: 'agent',
      hostname,
      machine_id: `machine of ${hostname}`,
      ...(addresses ? { ip_addresses: addresses } : {}),
    })
  ).json as Enrolled;
}

async function beat(agent: Enrolled, addresses: string[]): Promise<void> {
  const answer = await backend.call('POST', `/api/v1/agents/heartbeat/${agent.node_id}`, {
    key: agent.api_key,
    body: {
      version: '1',
      hostname: 'press',
      os: 'linux',
      os_version: 'Debian 12',
      arch: 'x64',
      uptime_seconds: 60,
      ip_addresses: addresses,
      engine: { kind: 'embedded', version: '1', running: true },
    },
  });
  expect(answer.status).toBe(200);
  await backend.app.modules.states.flush();
}

/** Waits for the report to be written: several heartbeats may be on their way into one statement. */
const hasAddress = (agent: Enrolled, address: string) =>
  waitFor(async () => (await addressOf(agent)) === address, { what: `the address ${address}` });

const addressOf = async (agent: Enrolled): Promise<string> =>
  (await backend.admin('GET', `/api/v1/nodes/${agent.node_id}`)).ip_address;

it('gives agents that call through one proxy the addresses of their own hosts', async () => {
  // All of them call from the same address, as behind a proxy.
  const one = await enrol('proxied-one', ['198.51.100.50', '10.0.0.1']);
  const two = await enrol('proxied-two');
  expect(await addressOf(one)).toBe('198.51.100.50');
  await beat(one, ['198.51.100.50', '10.0.0.1']);
  await beat(two, ['fe80::1', '127.0.0.1', 'no address', '198.51.100.60']);
  expect(await addressOf(one)).toBe('198.51.100.50');
  await hasAddress(two, '198.51.100.60');
});

it('follows a host to its next address, and not from one of its addresses to another', async () => {
  const agent = await enrol('moving', ['10.0.0.5', '10.9.0.5']);
  await beat(agent, ['10.9.0.5', '10.0.0.5']);
  expect(await addressOf(agent)).toBe('10.0.0.5');
  await beat(agent, ['10.9.0.6', '10.9.0.5']);
  await hasAddress(agent, '10.9.0.6');
  await beat(agent, []);
  expect(await addressOf(agent)).toBe('10.9.0.6');
});

it('keeps the address that a person gave, which makes nothing of what the agent said unknown', async () => {
  const agent = await enrol('named', ['10.0.0.5']);
  const { db } = backend.app.modules.database;
  await db
    .updateTable('node_states')
    .set({ status: 'healthy' })
    .where('node_id', '=', agent.node_id)
    .execute();
  const changed = await backend.admin('PATCH', `/api/v1/nodes/${agent.node_id}`, {
    ip_address: 'press.example.com',
  });
  expect(changed).toMatchObject({ ip_address: 'press.example.com', status: 'healthy' });
  await beat(agent, ['10.0.0.5']);
  expect(await addressOf(agent)).toBe('press.example.com');
});
