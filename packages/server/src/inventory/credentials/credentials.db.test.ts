import { type CredentialType, PURPOSE_OF_TYPE } from '@stratora/contract';
import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PASSWORD = 'a-password-that-nobody-sees';
const PEM = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';

const SECRETS: Record<CredentialType, Record<string, string>> = {
  snmp_v1: { community: PASSWORD },
  snmp_v2c: { community: PASSWORD },
  snmp_v3: { username: 'op', security_level: 'authNoPriv', auth_protocol: 'SHA', auth_password: PASSWORD },
  wmi: { username: 'op', password: PASSWORD, domain: 'PLANT' },
  vsphere: { username: 'op@vsphere.local', password: PASSWORD },
  ssh: { username: 'op', private_key: PEM, passphrase: PASSWORD },
  http: { scheme: 'basic', username: 'op', password: PASSWORD },
};
const TYPES = Object.keys(SECRETS) as CredentialType[];

describe('credentials', () => {
  let backend: TestBackend;
  let node: string;
  const ids = {} as Record<CredentialType, string>;

  beforeAll(async () => {
    backend = await startBackend();
    node = (await backend.admin('POST', '/api/v1/nodes', { name: 'press-07', ip_address: '10.1.0.1' })).id;
    for (const type of TYPES) {
      const body = { name: type, type, secret: SECRETS[type] };
      ids[type] = (await backend.admin('POST', '/api/v1/credentials', body)).id;
    }
  });
  afterAll(() => backend?.stop());

  it.each(TYPES)(
    'of type %s keep their secret, which only a reveal with a reason gives back',
    async (type) => {
      const shown = await backend.admin('GET', `/api/v1/credentials/${ids[type]}`);
      expect(shown).toMatchObject({ type, enabled: true, secret_fields: Object.keys(SECRETS[type]) });
      expect(JSON.stringify(shown)).not.toContain(PASSWORD);
      const path = `/api/v1/credentials/${ids[type]}/reveal`;
      const without = await backend.call('POST', path, { token: backend.adminToken, body: {} });
      expect(without.status).toBe(400);
      const reason = `reading ${type} back`;
      expect((await backend.admin('POST', path, { reason })).secret).toEqual(SECRETS[type]);
      const log = await backend.admin('GET', '/api/v1/audit-log?search=credential.reveal&limit=20');
      expect(log.items.some(({ detail }: { detail: { reason: string } }) => detail.reason === reason)).toBe(
        true,
      );
    },
  );

  it.each<[CredentialType, Record<string, string>, string]>([
    ['wmi', { username: 'op' }, 'secret.password'],
    ['ssh', { username: 'op' }, 'secret.password'],
    ['ssh', { username: 'op', private_key: 'ssh-rsa AAAA' }, 'secret.private_key'],
    ['ssh', { username: 'op', password: 'x', passphrase: 'y' }, 'secret.passphrase'],
    ['http', { username: 'op' }, 'secret.password'],
    ['http', { scheme: 'bearer' }, 'secret.token'],
    ['http', { scheme: 'bearer', token: 'two words' }, 'secret.token'],
    ['http', { username: 'a:b', password: 'x' }, 'secret.username'],
  ])('of type %s are refused with %j', async (type, secret, path) => {
    const body = { name: 'faulty', type, secret };
    const { status, json } = await backend.call('POST', '/api/v1/credentials', {
      token: backend.adminToken,
      body,
    });
    expect(status).toBe(400);
    expect(json.errors.map((fault: { path: string }) => fault.path)).toContain(path);
  });

  it.each(TYPES)('of type %s are attached for the one purpose that they serve', async (type) => {
    for (const purpose of ['snmp', 'wmi', 'vsphere', 'ssh', 'http']) {
      const path = `/api/v1/nodes/${node}/credentials/${purpose}`;
      const body = { credential_id: ids[type] };
      const { status, json } = await backend.call('PUT', path, { token: backend.adminToken, body });
      const fits = PURPOSE_OF_TYPE[type] === purpose;
      expect([purpose, status]).toEqual([purpose, fits ? 204 : 400]);
      if (!fits) expect(json.errors[0].path).toBe('credential_id');
    }
  });

  it('say where they are used', async () => {
    const path = `/api/v1/nodes/${node}/credentials/wmi`;
    await backend.admin('PUT', path, { credential_id: ids.wmi });
    const using = async (type: CredentialType) =>
      (await backend.admin('GET', `/api/v1/nodes?credential_id=${ids[type]}`)).items.map(
        ({ name }: { name: string }) => name,
      );
    expect([
      await using('wmi'),
      (await backend.admin('GET', `/api/v1/credentials/${ids.wmi}`)).node_count,
    ]).toEqual([['press-07'], 1]);
    await backend.admin('DELETE', path);
    expect(await using('wmi')).toEqual([]);
  });
});
