import type { Component, CredentialTest } from '@stratora/contract';
import {
  RemoteComponent,
  type Snmpd,
  STALL_MS,
  StratoraSystem,
  startSnmpd,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const COMMUNITY = 'letmein-to-hall-3';
const V3_USER = {
  username: 'monitor',
  security_level: 'authPriv',
  auth_protocol: 'SHA256',
  auth_password: 'auth pass phrase',
  priv_protocol: 'AES',
  priv_password: 'priv pass phrase',
};
const WRONG = 'not-the-one-that-it-has';
/** Time in which an answer is there: the collector hears of a test within ten seconds, and a login takes ten at most. */
const ANSWER_MS = 20_000 + STALL_MS;

/** Logins to a real snmpd, from a collector in a process of its own, which only ever calls out. */
describe('a credential is tested from the collector of a node', () => {
  let system: StratoraSystem;
  let collector: RemoteComponent;
  let collectorId: string;
  let device: Snmpd | undefined;
  let made = 0;

  beforeAll(async () => {
    device = await startSnmpd({
      community: COMMUNITY,
      sysName: 'press-07.hall-3',
      config: [
        `createUser monitor SHA-256 "${V3_USER.auth_password}" AES "${V3_USER.priv_password}"`,
        'rouser monitor authPriv',
      ],
    });
    if (!device) return;
    system = await StratoraSystem.start({ args: ['--no-agent', '--no-collector'] });
    collector = await RemoteComponent.start(system, 'collector', 'hall-3');
    collectorId = (await collector.registered(system)).id;
    await waitFor(async () => (await collector.status())?.connection.state === 'connected', {
      timeoutMs: 60_000,
      what: 'a connected collector',
    });
  });
  afterAll(async () => {
    await collector?.dispose();
    await system?.dispose();
    await device?.stop();
  });

  /** Makes a node with a credential, and has it tested. */
  async function test(
    type: string,
    secret: Record<string, string>,
    at: { address: string; port: number } = device as Snmpd,
  ): Promise<CredentialTest & { waitedMs: number }> {
    made += 1;
    const credential = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: `c${made}`,
      type,
      secret,
    });
    const node = await system.api.post<{ id: string }>('/api/v1/nodes', {
      name: `n${made}`,
      ip_address: at.address,
      snmp_port: at.port,
      collector_id: collectorId,
      allow_duplicate: true,
    });
    await system.api.put(`/api/v1/nodes/${node.id}/credentials/snmp`, { credential_id: credential.id });
    const startedAt = Date.now();
    const { id } = await system.api.post<CredentialTest>(
      `/api/v1/nodes/${node.id}/credentials/snmp/test`,
      {},
    );
    const done = await waitFor(
      async () => {
        const found = await system.api.get<CredentialTest>(`/api/v1/credential-tests/${id}`);
        return found.state === 'done' && found;
      },
      { timeoutMs: 90_000, everyMs: 100, what: 'an answer' },
    );
    const waitedMs = Date.now() - startedAt;
    process.stdout.write(`${type}: ${done.outcome} after ${(waitedMs / 1000).toFixed(1)} s\n`);
    for (const secretText of Object.values(secret)) {
      if (secretText.length > 8) expect(JSON.stringify(done)).not.toContain(secretText);
    }
    return { ...done, waitedMs };
  }

  it('by the right community, and says what the device is', async (context) => {
    if (!device) return context.skip('snmpd is not installed');
    const done = await test('snmp_v2c', { community: COMMUNITY });
    expect(done).toMatchObject({
      outcome: 'ok',
      message: 'The device answers SNMP v2c.',
      collector_name: 'hall-3',
      device: { name: 'press-07.hall-3', object_id: expect.stringMatching(/^1\.3\.6\.1\.4\.1\.8072\./) },
    });
    expect(done.waitedMs).toBeLessThan(ANSWER_MS);
  });

  it('by the right user of SNMPv3, at once, since the collector has just been asked', async (context) => {
    if (!device) return context.skip('snmpd is not installed');
    const done = await test('snmp_v3', V3_USER);
    expect(done).toMatchObject({ outcome: 'ok', message: 'The device answers SNMP v3.' });
    expect(done.waitedMs).toBeLessThan(3000 + STALL_MS);
  });

  it('by a wrong community, a wrong password and at a dead address, each in words of its own', async (context) => {
    if (!device) return context.skip('snmpd is not installed');
    const community = await test('snmp_v2c', { community: WRONG });
    const password = await test('snmp_v3', { ...V3_USER, auth_password: WRONG });
    const user = await test('snmp_v3', { ...V3_USER, username: 'nobody' });
    const silent = await test('snmp_v2c', { community: COMMUNITY }, { address: '192.0.2.77', port: 161 });
    const closed = await test('snmp_v2c', { community: COMMUNITY }, { address: '127.9.9.9', port: 9 });
    expect([community, password, user, closed].map(({ outcome }) => outcome)).toEqual([
      'auth',
      'auth',
      'auth',
      'refused',
    ]);
    // Some networks say at once that there is no way to a dead address.
    expect(['timeout', 'refused']).toContain(silent.outcome);
    expect(community.message).toContain('this community gets no answer');
    expect(password.message).toContain('authentication password or protocol is wrong');
    expect(user.message).toContain('does not know the SNMPv3 user "nobody"');
    const all = [community, password, user, silent, closed].map(({ message }) => message);
    expect(new Set(all).size).toBe(all.length);
  });

  it('that is not running says so at once', async (context) => {
    if (!device) return context.skip('snmpd is not installed');
    await collector.stop();
    await waitFor(
      async () =>
        (await system.api.get<Component>(`/api/v1/components/${collectorId}`)).connection === 'offline',
      { timeoutMs: 120_000, everyMs: 1000, what: 'a collector that counts as away' },
    );
    const done = await test('snmp_v2c', { community: COMMUNITY });
    expect(done.outcome).toBe('collector_offline');
    expect(done.message).toContain('heard last at');
    expect(done.waitedMs).toBeLessThan(3000 + STALL_MS);
    collector.launch();
  });

  it('leaves the secrets in no log', (context) => {
    if (!device) return context.skip('snmpd is not installed');
    for (const secret of [COMMUNITY, WRONG, V3_USER.auth_password, V3_USER.priv_password]) {
      expect(system.printed).not.toContain(secret);
      expect(collector.printed).not.toContain(secret);
    }
  });
});
