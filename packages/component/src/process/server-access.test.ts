import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf, silentLogger } from '@stratora/runtime';
import { ConnectProxy, FakeServer, TestAuthority, TlsFront, waitFor } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningComponent, runComponent } from './component.ts';
import { enrollComponent } from './enroll-command.ts';

const NAME = 'server.stratora.test';

/** Writes a line every 100 ms. */
const ENGINE = `
  import { readFileSync } from 'node:fs';
  import { request } from 'node:http';
  const [command, , file] = process.argv.slice(2);
  if (command === 'check') process.exit(0);
  const text = readFileSync(file, 'utf8');
  process.on('SIGTERM', () => process.exit(0));
  process.stdin.on('end', () => process.exit(0)).resume();
  setInterval(() => {
    const socketPath = /unix:\\/\\/([^"]+)/.exec(text)[1];
    const db = /database = "([^"]+)"/.exec(text)[1];
    const call = request({ socketPath, method: 'POST', path: '/write?db=' + db + '&precision=ns' });
    call.on('error', () => {});
    call.on('response', (answer) => answer.resume());
    call.end('m v=1i ' + Date.now() + '000000\\n');
  }, 100);
`;

describe('a component on its way to the server', () => {
  let authority: TestAuthority;
  let stranger: TestAuthority;
  let pin: string;
  let folder: string;
  let server: FakeServer;
  let front: TlsFront;
  let proxy: ConnectProxy;
  let running: RunningComponent[];
  /** The authority that the server shows. */
  let offered: string;

  beforeAll(async () => {
    authority = await TestAuthority.create('127.0.0.1', NAME);
    stranger = await TestAuthority.create('127.0.0.1', NAME);
    pin = fingerprintOf(authority.ca);
  });
  afterAll(async () => {
    await authority?.dispose();
    await stranger?.dispose();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'server-access-'));
    await writeFile(join(folder, 'engine.mjs'), ENGINE);
    offered = authority.ca;
    server = new FakeServer();
    server.config = '[agent]\ninterval = "1s"\n\n[[inputs.cpu]]\n';
    server.intercept = (call) =>
      call.path === '/install/ca.crt' ? { status: 200, body: offered } : undefined;
    await server.start();
    front = new TlsFront(authority.server, () => Number(new URL(server.url).port));
    await front.start();
    proxy = new ConnectProxy();
    await proxy.start();
    proxy.hosts.set(`${NAME}:8443`, front.port);
    running = [];
  });
  afterEach(async () => {
    await Promise.all(running.map((component) => component.stop()));
    await proxy.stop();
    await front.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const state = () => join(folder, 'state');
  const environment = (more: Record<string, string> = {}) => ({
    STRATORA_SERVER_URL: `https://127.0.0.1:${front.port}`,
    STRATORA_CA_SHA256: pin,
    STRATORA_STATE_DIR: state(),
    STRATORA_ENROLLMENT_TOKEN: server.token,
    STRATORA_ENGINE_COMMAND: JSON.stringify([process.execPath, join(folder, 'engine.mjs')]),
    STRATORA_HOSTNAME: 'host-a',
    ...more,
  });
  const enroll = (more: Record<string, string> = {}) =>
    enrollComponent('collector', environment(more), { version: '1', timeoutMs: 2000 });
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'it went well',
      (error: Error) => error.message,
    );

  async function run(more: Record<string, string> = {}): Promise<RunningComponent> {
    const component = await runComponent('collector', environment(more), {
      version: '1',
      logger: silentLogger(),
      intervals: { pullMs: 300, reportMs: 300 },
    });
    running.push(component);
    return component;
  }

  const connected = (component: RunningComponent) =>
    waitFor(() => component.status.connection.state === 'connected');

  it('needs an address and a hash: no name, no file', async () => {
    await enroll();
    const [first, second] = server.calls;
    expect([first?.path, second?.path]).toEqual(['/install/ca.crt', '/api/v1/components/register']);
    expect(await readFile(join(state(), 'server-ca.crt'), 'utf8')).toBe(authority.ca);
    await connected(await run());
    await waitFor(() => server.lines.length > 0);
  });

  it('can be run without having been enrolled', async () => {
    await connected(await run());
    expect(server.components.size).toBe(1);
  });

  it('takes no other authority than the one whose hash it was given, and tells it nothing', async () => {
    front.present(stranger.server);
    offered = stranger.ca;
    const message = await failureOf(enroll());
    expect(message).toContain(pin);
    expect(message).toContain(fingerprintOf(stranger.ca));
    expect(message).toMatch(/Nothing was sent/);
    const component = await run();
    await waitFor(() => component.status.connection.message.includes(fingerprintOf(stranger.ca)));
    expect(front.heard).toContain('GET /install/ca.crt');
    expect(front.heard).not.toMatch(/enroll_|sk_stra_|host-a|x-stratora/i);
  });

  it('does not believe a hash that is right beside a certificate that is not', async () => {
    front.present(stranger.server);
    const message = await failureOf(enroll());
    expect(message).toMatch(/not of the authority that this component was given/);
    expect(message).toContain(pin);
    expect(front.heard).not.toMatch(/enroll_|sk_stra_|host-a|x-stratora/i);
  });

  it('shows its old key to the server that gave it, under any address, and to no other server', async () => {
    const keyOf = (call: { headers: Record<string, string> } | undefined) => call?.headers['x-api-key'];
    await enroll();
    const [first] = [...server.components.values()].map(({ key }) => key);
    proxy.hosts.set('server.stratora.test:443', front.port);
    const way = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    await enroll({ ...way, STRATORA_SERVER_URL: `https://${NAME}` });
    expect(keyOf(server.callsTo('/api/v1/components/register')[1])).toBe(first);
    front.present(stranger.server);
    offered = stranger.ca;
    await enroll({
      STRATORA_CA_SHA256: fingerprintOf(stranger.ca),
      STRATORA_SERVER_URL: `https://127.0.0.1:${front.port}`,
    });
    expect(keyOf(server.callsTo('/api/v1/components/register')[2])).toBeUndefined();
  });

  it('keeps on through a new certificate of the same authority', async () => {
    const component = await run();
    await connected(component);
    await authority.renewServer();
    front.present(authority.server);
    const before = server.lines.length;
    await waitFor(() => server.lines.length > before + 5);
    expect(component.status.connection.state).toBe('connected');
  });

  it('says what it is when the server comes with another authority, keeps the data and tells it nothing', async () => {
    const component = await run();
    await connected(component);
    await waitFor(() => server.lines.length > 0);
    front.present(stranger.server);
    front.heard = '';
    await waitFor(() => component.status.connection.state === 'untrusted');
    expect(component.status.connection.message).toMatch(
      new RegExp(`SHA-256 ${pin}.*Nothing was sent.*enrol again with its new hash`),
    );
    await waitFor(() => component.status.spool.pendingBytes > 0);
    expect(front.heard).toBe('');
    front.present(authority.server);
    await connected(component);
    await waitFor(() => component.status.spool.pendingBytes === 0, { timeoutMs: 20_000 });
  }, 40_000);

  it('starts again without the server and gathers with its last config', async () => {
    const first = await run();
    await connected(first);
    await waitFor(() => server.lines.length > 0);
    await first.stop();
    await front.stop();
    const second = await run();
    await waitFor(() => second.status.spool.pendingBytes > 0);
    expect(second.status).toMatchObject({
      connection: { state: 'unreachable' },
      config: { status: 'applied' },
      engine: { running: true },
    });
    await front.start();
    await waitFor(() => second.status.spool.pendingBytes === 0, { timeoutMs: 20_000 });
  }, 40_000);

  it('goes through a proxy, enrolling, pulling and sending, by a name that only the proxy knows', async () => {
    proxy.credentials = 'site:secret';
    const way = {
      STRATORA_SERVER_URL: `https://${NAME}:8443`,
      HTTPS_PROXY: `http://site:secret@127.0.0.1:${proxy.port}`,
    };
    await enroll(way);
    const component = await run(way);
    await connected(component);
    await waitFor(() => server.lines.length > 0);
    expect(new Set(proxy.asked)).toEqual(new Set([`${NAME}:8443`]));
    expect(proxy.seen).not.toContain('sk_stra_');
    expect(front.heard).not.toContain('secret');
    proxy.credentials = 'site:changed';
    for (const socket of [front]) socket.present(authority.server);
    // The connections that end with the change are told of first.
    await waitFor(() =>
      /proxy 127\.0\.0\.1:\d+ does not take the user/.test(component.status.connection.message),
    );
    expect(component.status.connection.state).toBe('unreachable');
    expect(component.status.connection.message).not.toContain('secret');
  }, 40_000);

  it.each([
    [
      'a name that is none',
      { STRATORA_SERVER_URL: 'https://nowhere.stratora.invalid' },
      /IP address does as well/,
    ],
    [
      'a port where nothing is',
      { STRATORA_SERVER_URL: 'https://127.0.0.1:1' },
      /Nothing answers at port 1 of 127/,
    ],
  ])('says what to do about %s', async (_, more, words) => {
    expect(await failureOf(enroll(more as unknown as Record<string, string>))).toMatch(words);
  });

  it('says what to do about a port that speaks no TLS', async () => {
    const port = new URL(server.url).port;
    expect(await failureOf(enroll({ STRATORA_SERVER_URL: `https://127.0.0.1:${port}` }))).toMatch(
      /the HTTPS port of the server/,
    );
  });

  it('says what to do about an address that the certificate is not made out to', async () => {
    const other = await TestAuthority.create('other.test');
    try {
      front.present(other.server);
      offered = other.ca;
      const message = await failureOf(enroll({ STRATORA_CA_SHA256: fingerprintOf(other.ca) }));
      expect(message).toMatch(/not made out to 127\.0\.0\.1: use a name or address that it is made out to/);
    } finally {
      await other.dispose();
    }
  });
});
