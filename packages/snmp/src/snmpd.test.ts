import { requireBinary, type Snmpd, startSnmpd } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SnmpManager, SnmpSession } from './snmp-api.ts';
import { createSnmpManager } from './snmp-manager.ts';
import type { AuthProtocol, CommunityTarget, PrivProtocol, UserTarget, UsmUser } from './snmp-target.ts';

const SYS_NAME = '1.3.6.1.2.1.1.5.0';
const AUTH_PASSWORD = 'authentic words';
const PRIV_PASSWORD = 'private words';

/** Users of the agent: net-snmp's words for the protocols, and ours. */
const USERS: readonly (readonly [string, string, AuthProtocol, PrivProtocol])[] = [
  ['MD5', 'DES', 'MD5', 'DES'],
  ['SHA', 'AES', 'SHA', 'AES'],
  ['SHA-224', 'AES', 'SHA224', 'AES'],
  ['SHA-256', 'AES', 'SHA256', 'AES'],
  ['SHA-384', 'AES', 'SHA384', 'AES'],
  ['SHA-512', 'AES', 'SHA512', 'AES'],
  ['SHA-512', 'AES-256', 'SHA512', 'AES256'],
  ['SHA', 'AES-256', 'SHA', 'AES256'],
  ['SHA', 'AES-192', 'SHA', 'AES192'],
];

function nameOf(auth: string, priv: string): string {
  return `u${auth}${priv}`.replaceAll('-', '').toLowerCase();
}

const config = [
  ...USERS.flatMap(([auth, priv]) => [
    `createUser ${nameOf(auth, priv)} ${auth} "${AUTH_PASSWORD}" ${priv} "${PRIV_PASSWORD}"`,
    `rouser ${nameOf(auth, priv)} authPriv`,
  ]),
  `createUser signer SHA-256 "${AUTH_PASSWORD}"`,
  'rouser signer authNoPriv',
  'createUser open',
  'rouser open noauth',
];

describe.skipIf(requireBinary('snmpd') === undefined)('against net-snmp', () => {
  let agent: Snmpd | undefined;
  let manager: SnmpManager;

  beforeAll(async () => {
    agent = await startSnmpd({ config });
    manager = createSnmpManager();
  });
  afterAll(async () => {
    await manager.close();
    await agent?.stop();
  });

  function session(target: Omit<CommunityTarget, 'host'> | Omit<UserTarget, 'host'>): SnmpSession {
    return manager.session({
      host: '127.0.0.1',
      port: agent?.port ?? 0,
      timeoutMs: 400,
      retries: 1,
      ...target,
    });
  }

  function user(user: Partial<UsmUser> & { readonly secName: string }): SnmpSession {
    return session({
      version: 3,
      user: { secLevel: 'authPriv', authPassword: AUTH_PASSWORD, privPassword: PRIV_PASSWORD, ...user },
    });
  }

  async function sysName(asked: SnmpSession): Promise<string> {
    const [name] = await asked.getValues([SYS_NAME]);
    return String(name?.value);
  }

  test.each([1, 2] as const)('version %d reads and walks', async (version) => {
    const asked = session({ version, community: 'public' });
    expect(await sysName(asked)).toBe('snmpd.test');
    const values = await asked.walkValues('1.3.6.1.2.1.1');
    expect(values.length).toBeGreaterThan(8);
    expect(values.every((value) => value.oid.startsWith('1.3.6.1.2.1.1.'))).toBe(true);
  });

  test('both versions find the same interfaces', async () => {
    const walk = (version: 1 | 2): Promise<readonly { readonly oid: string }[]> =>
      session({ version, community: 'public' }).walkValues('1.3.6.1.2.1.2.2.1.2');
    expect(await walk(1)).toEqual(await walk(2));
  });

  test.each(USERS)(
    'version 3 with %s and %s reads and walks',
    async (auth, priv, authProtocol, privProtocol) => {
      const asked = user({ secName: nameOf(auth, priv), authProtocol, privProtocol });
      expect(await sysName(asked)).toBe('snmpd.test');
      expect((await asked.walkValues('1.3.6.1.2.1.2')).length).toBeGreaterThan(20);
    },
  );

  test('version 3 works without privacy and without authentication', async () => {
    expect(await sysName(user({ secName: 'signer', secLevel: 'authNoPriv', authProtocol: 'SHA256' }))).toBe(
      'snmpd.test',
    );
    expect(await sysName(user({ secName: 'open', secLevel: 'noAuthNoPriv' }))).toBe('snmpd.test');
  });

  test.each([
    ['a wrong authentication password', { authPassword: 'other words' }],
    ['a wrong authentication protocol', { authProtocol: 'SHA512' as const }],
    ['a wrong privacy password', { privPassword: 'other words' }],
    ['an unknown user', { secName: 'nobody' }],
    ['a level below the one that the agent asks for', { secLevel: 'authNoPriv' as const }],
  ])('%s says authentication, not timeout', async (_, change) => {
    const asked = user({ secName: 'usha256aes', authProtocol: 'SHA256', privProtocol: 'AES', ...change });
    await expect(sysName(asked)).rejects.toMatchObject({ name: 'SnmpError', kind: 'auth' });
  });

  test('a wrong community is silence', async () => {
    const asked = session({ version: 2, community: 'other' });
    await expect(sysName(asked)).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('a missing object and a missing instance are told apart', async () => {
    const asked = session({ version: 2, community: 'public' });
    const values = await asked.getValues(['1.3.6.1.2.1.1.99.0', '1.3.6.1.2.1.1.5.1', SYS_NAME]);
    expect(values.map((value) => value.type)).toEqual([0x80, 0x81, 0x04]);
  });
});
