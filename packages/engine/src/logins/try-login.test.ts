import { createSocket } from 'node:dgram';
import type { CredentialTestOrder } from '@stratora/contract';
import { MibImage, networkDeviceObjects, type Plant, startPlant } from '@stratora/simulator';
import { HttpSink, TestAuthority, TlsFront } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fault, type StubScript, VcenterStub } from '../inputs/vsphere/vcenter-stub.test-support.ts';
import { tryLogin } from './try-login.ts';

const USER = {
  username: 'operator',
  security_level: 'authPriv',
  auth_protocol: 'SHA256',
  auth_password: 'authentic words',
  priv_protocol: 'AES',
  priv_password: 'private words',
};
const HOST = '127.78.0.1';

let port = 0;

function order(changes: Partial<CredentialTestOrder> = {}): CredentialTestOrder {
  return {
    type: 'snmp_v2c',
    secret: { community: 'letmein' },
    host: HOST,
    snmp_port: port,
    url: null,
    any_certificate: false,
    ...changes,
  };
}

function run(changes: Partial<CredentialTestOrder>, outboundAllow = ['127.0.0.0/8']) {
  return tryLogin({ order: order(changes), outboundAllow, signal: new AbortController().signal });
}

describe('a login by SNMP', () => {
  let plant: Plant;

  beforeAll(async () => {
    const image = new MibImage(networkDeviceObjects({ ports: 2 }));
    plant = await startPlant({
      devices: [
        {
          address: HOST,
          image,
          name: 'hall-3-switch',
          community: 'letmein',
          users: [
            {
              secName: USER.username,
              secLevel: 'authPriv',
              authProtocol: 'SHA256',
              authPassword: USER.auth_password,
              privProtocol: 'AES',
              privPassword: USER.priv_password,
            },
          ],
        },
      ],
    });
    port = plant.devices[0]?.port ?? 0;
  });
  afterAll(() => plant.stop());

  it.each([
    ['snmp_v1', { community: 'letmein' }, 'v1'],
    ['snmp_v2c', { community: 'letmein' }, 'v2c'],
    ['snmp_v3', USER, 'v3'],
  ] as const)('of %s that is right says what the device says of itself', async (type, secret, version) => {
    const result = await run({ type, secret });
    expect(result).toMatchObject({
      outcome: 'ok',
      message: `The device answers SNMP ${version}.`,
      detail: null,
      device: { name: 'hall-3-switch', object_id: expect.stringMatching(/^1\.3\.6\.1\.4\.1\./) },
    });
    expect(result?.device?.description).not.toBe('');
    expect(result?.took_ms).toBeLessThan(30_000);
  });

  it('with a wrong community is told from silence, where the device speaks SNMPv3 too', async () => {
    const result = await run({ secret: { community: 'not this one' } });
    expect(result?.outcome).toBe('auth');
    expect(result?.message).toContain('this community gets no answer');
    expect(JSON.stringify(result)).not.toContain('not this one');
  });

  it.each([
    ['auth_password', 'authentication password or protocol'],
    ['priv_password', 'privacy protocol or password is likely wrong'],
    ['username', 'user'],
  ])('with a wrong %s says which part it is, as far as that is known', async (field, words) => {
    const wrong = 'something else';
    const result = await run({ type: 'snmp_v3', secret: { ...USER, [field]: wrong } });
    expect(result?.outcome).toBe('auth');
    expect(result?.message).toContain(words);
  });

  it('at a port where nothing listens is refused, in other words than silence', async () => {
    const dead = createSocket('udp4');
    await new Promise<void>((resolve) => {
      dead.bind(0, HOST, resolve);
    });
    const { port: silentPort } = dead.address();
    const silent = await run({ snmp_port: silentPort });
    await new Promise<void>((resolve) => {
      dead.close(() => resolve());
    });
    const refused = await run({ snmp_port: silentPort });
    expect([silent?.outcome, refused?.outcome]).toEqual(['timeout', 'refused']);
    expect(silent?.message).toContain('No answer from 127.78.0.1 port');
    expect(refused?.message).toContain('Nothing listens on UDP port');
  });

  it('that is broken off says so', async () => {
    const result = await tryLogin({
      order: order({ host: '127.78.0.9', snmp_port: 9 }),
      outboundAllow: [],
      signal: AbortSignal.abort(),
    });
    expect(result?.outcome).toBe('timeout');
  });

  it('with a text that no message can carry is a failure in words', async () => {
    const result = await run({ secret: { community: 'é'.repeat(200) } });
    expect(result).toMatchObject({
      outcome: 'failed',
      message: 'Nothing can be asked: the community is longer than 255 octets.',
    });
  });
});

describe('a login to a web page', () => {
  const sink = new HttpSink();
  const secret = { scheme: 'basic', username: 'operator', password: 'hall-3-password' };

  beforeAll(() => sink.start());
  afterAll(() => sink.stop());
  afterEach(() => {
    sink.answers.length = 0;
    sink.requests.length = 0;
  });

  function login(...statuses: (number | 'silent')[]) {
    sink.answers.push(
      ...statuses.map((status) =>
        status === 'silent' ? status : { status, headers: { server: 'boiler/7 hall-3-password' } },
      ),
    );
    return run({ type: 'http', secret, url: `${sink.url}/status?x=1` });
  }

  it.each([
    [[401, 200], 'ok', 'The server takes the login (200).'],
    [[200, 200], 'ok', 'this page asks for none'],
    [[401, 401], 'auth', 'refuses the login (401)'],
    [[401, 403], 'auth', 'not allowed'],
    [[404, 404], 'bad_answer', 'says nothing of the login'],
  ] as const)('that is answered with %j is %s', async (statuses, outcome, words) => {
    const result = await login(...statuses);
    expect(result?.outcome).toBe(outcome);
    expect(result?.message).toContain(words);
    expect(sink.requests.map(({ headers, url }) => [url, headers['authorization']])).toEqual([
      ['/status?x=1', undefined],
      ['/status?x=1', `Basic ${Buffer.from('operator:hall-3-password').toString('base64')}`],
    ]);
  });

  it('shows what the server calls itself, and the password not even where the server repeats it', async () => {
    const result = await login(401, 200);
    expect(result?.device?.description).toBe('boiler/7 ********');
    expect(JSON.stringify(result)).not.toContain('hall-3-password');
  });

  it('by a token sends it as such', async () => {
    sink.answers.push({ status: 401 });
    const result = await run({ type: 'http', secret: { scheme: 'bearer', token: 'abc.def' }, url: sink.url });
    expect(result?.outcome).toBe('ok');
    expect(sink.requests.at(-1)?.headers['authorization']).toBe('Bearer abc.def');
  });

  it('is not sent to addresses that are refused, nor to a server whose certificate is not trusted', async () => {
    const refused = await run({ type: 'http', secret, url: sink.url }, []);
    expect(refused).toMatchObject({ outcome: 'refused', message: expect.stringContaining('are refused') });
    const authority = await TestAuthority.create('127.0.0.1');
    const front = new TlsFront(authority.server, () => Number(new URL(sink.url).port));
    await front.start();
    try {
      const untrusted = await run({ type: 'http', secret, url: `https://127.0.0.1:${front.port}/` });
      expect(untrusted?.outcome).toBe('untrusted');
      expect(untrusted?.message).toContain('The login was not sent.');
      expect(front.heard).toBe('');
    } finally {
      await front.stop();
      await authority.dispose();
    }
    expect(sink.requests).toEqual([]);
  });

  it('where nothing listens says so', async () => {
    const closed = new HttpSink();
    await closed.start();
    const { url } = closed;
    await closed.stop();
    const result = await run({ type: 'http', secret, url });
    expect(result).toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('Nothing listens on TCP port'),
    });
  });
});

describe('a login to a vCenter', () => {
  const secret = { username: 'reader@vsphere.local', password: 'hall-3-password' };
  let stub: VcenterStub;

  beforeAll(async () => {
    stub = await VcenterStub.start();
  });
  afterAll(() => stub.stop());

  function login(script: StubScript, changes: Partial<CredentialTestOrder> = {}) {
    stub.plays(script);
    return run({ type: 'vsphere', secret, url: stub.url, any_certificate: true, ...changes });
  }

  const about = (method: string) =>
    method === 'RetrieveServiceContent'
      ? {
          body: `<RetrieveServiceContentResponse xmlns="urn:vim25"><returnval><rootFolder type="Folder">root</rootFolder>
            <propertyCollector type="PropertyCollector">pc</propertyCollector><viewManager type="ViewManager">vm</viewManager>
            <about><name>VMware vCenter Server</name><fullName>VMware vCenter Server 8.0.3 build-1</fullName></about>
            <sessionManager type="SessionManager">sm</sessionManager><perfManager type="PerformanceManager">pm</perfManager>
            </returnval></RetrieveServiceContentResponse>`,
        }
      : undefined;

  it('says what it is, and leaves no session behind', async () => {
    const result = await login(about);
    expect(result).toMatchObject({
      outcome: 'ok',
      device: { name: 'VMware vCenter Server', description: 'VMware vCenter Server 8.0.3 build-1' },
    });
    expect(stub.methods.at(-1)).toBe('Logout');
    expect(stub.methods.filter((method) => method === 'Login')).toHaveLength(1);
  });

  it('with a wrong password is refused, and repeats it nowhere', async () => {
    const result = await login((method) =>
      method === 'Login' ? fault('InvalidLogin', 'no entry with hall-3-password') : about(method),
    );
    expect(result).toMatchObject({
      outcome: 'auth',
      message: 'The vCenter refuses the login: user name or password is wrong.',
    });
    expect(JSON.stringify(result)).not.toContain('hall-3-password');
  });

  it('is not sent where the certificate is not trusted', async () => {
    const result = await login(about, { any_certificate: false });
    expect(result?.outcome).toBe('untrusted');
    expect(stub.methods).toEqual([]);
  });

  it('at what is no vCenter says so', async () => {
    const result = await login(() => ({ raw: '<html>hello</html>' }));
    expect(result?.outcome).toBe('bad_answer');
  });
});

it.each(['wmi', 'ssh'] as const)('%s is left to nobody here', async (type) => {
  expect(await run({ type, secret: { username: 'x', password: 'y' } })).toBeUndefined();
});
