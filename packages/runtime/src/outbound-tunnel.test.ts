import { ConnectProxy, TestAuthority, TlsRecorder } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readHttpProxy } from './http-proxy.ts';
import type { OutboundError } from './outbound-error.ts';
import { createHttpClient, type HttpClient } from './outbound-http.ts';

/** A name that no resolver knows: only the proxy can find it. */
const NAME = 'server.stratora.test';

describe('a call through a proxy', () => {
  let authority: TestAuthority;
  let stranger: TestAuthority;
  let server: TlsRecorder;
  let proxy: ConnectProxy;
  let clients: HttpClient[];

  beforeAll(async () => {
    authority = await TestAuthority.create(NAME, '127.0.0.1');
    stranger = await TestAuthority.create(NAME);
  });
  afterAll(async () => {
    await authority?.dispose();
    await stranger?.dispose();
  });
  beforeEach(async () => {
    clients = [];
    server = new TlsRecorder(authority.server, (request, response) => response.end(`got ${request.body}`));
    proxy = new ConnectProxy();
    await server.start();
    await proxy.start();
    proxy.hosts.set(`${NAME}:8443`, server.port);
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await proxy.stop();
    await server.stop();
  });

  function open(more: { user?: string; noProxy?: string; base?: string; ca?: string } = {}): HttpClient {
    const address = `http://${more.user ? `${more.user}@` : ''}127.0.0.1:${proxy.port}`;
    const choice = readHttpProxy({ HTTPS_PROXY: address, NO_PROXY: more.noProxy });
    const client = createHttpClient({
      baseUrl: more.base ?? `https://${NAME}:8443`,
      ca: more.ca ?? authority.ca,
      timeoutMs: 2000,
      ...(choice ? { proxy: choice } : {}),
    });
    clients.push(client);
    return client;
  }

  const post = (client: HttpClient) => client.request({ method: 'POST', path: '/', body: 'hello secret' });

  async function failureOf(promise: Promise<unknown>): Promise<OutboundError> {
    return promise.then(
      () => {
        throw new Error('it was answered');
      },
      (error: OutboundError) => error,
    );
  }

  it('reaches a name that only the proxy knows, in one tunnel for many calls', async () => {
    const client = open();
    expect((await post(client)).text()).toBe('got hello secret');
    expect((await post(client)).text()).toBe('got hello secret');
    expect(proxy.asked).toEqual([`${NAME}:8443`]);
  });

  it('shows the proxy no word of it', async () => {
    await post(open());
    expect(proxy.seen.length).toBeGreaterThan(0);
    expect(proxy.seen).not.toContain('secret');
  });

  it('verifies the server as without one', async () => {
    server.present(stranger.server);
    expect(await failureOf(post(open()))).toMatchObject({ reason: 'tls' });
    expect(server.requests).toEqual([]);
    proxy.hosts.set('other.test:8443', server.port);
    server.present(authority.server);
    const misnamed = await failureOf(post(open({ base: 'https://other.test:8443' })));
    expect(misnamed.reason).toBe('tls');
    expect(misnamed.message).toContain('other.test');
    expect(server.requests).toEqual([]);
  });

  it('gives the proxy the user and password that it wants, and says when they are wrong', async () => {
    proxy.credentials = 'site 7:pa:ss';
    const nobody = await failureOf(post(open()));
    expect(nobody).toMatchObject({ reason: 'proxy' });
    expect(nobody.message).toMatch(/wants a user and a password/);
    const wrong = await failureOf(post(open({ user: 'site%207:guess' })));
    expect(wrong.message).toMatch(/does not take/);
    expect(wrong.message).not.toContain('guess');
    expect((await post(open({ user: 'site%207:pa%3Ass' }))).status).toBe(200);
    expect(JSON.stringify(server.requests)).not.toContain('proxy-authorization');
  });

  it('says that the proxy refuses, is not there, or says nothing', async () => {
    proxy.refuseWith = 403;
    const refused = await failureOf(post(open()));
    expect(refused).toMatchObject({ reason: 'proxy' });
    expect(refused.message).toContain(`${NAME}:8443 (403)`);
    await proxy.stop();
    const away = await failureOf(post(open()));
    expect(away).toMatchObject({ reason: 'refused' });
    expect(away.message).toContain(`proxy 127.0.0.1:${proxy.port}`);
    await proxy.start();
  });

  it('goes around it for what NO_PROXY names', async () => {
    const base = `https://127.0.0.1:${server.port}`;
    // The loopback goes around it anyway: a name that leads there shows the rule.
    expect((await post(open({ base }))).status).toBe(200);
    const direct = await failureOf(post(open({ noProxy: NAME })));
    expect(['dns', 'timeout', 'refused']).toContain(direct.reason);
    expect(proxy.asked).toEqual([]);
    await failureOf(post(open({ noProxy: '.stratora.test:8443' })));
    await failureOf(post(open({ noProxy: '*' })));
    expect(proxy.asked).toEqual([]);
    await post(open({ noProxy: `${NAME}:443, 127.0.0.0/8` }));
    expect(proxy.asked).toEqual([`${NAME}:8443`]);
  });
});
