import { LoopbackServer, TestAuthority, TlsFront } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageTitle } from './page-title.ts';
import { lookAtWeb } from './web-banner.ts';

const asked: string[] = [];
let server: LoopbackServer;
let other: LoopbackServer;

beforeAll(async () => {
  other = new LoopbackServer((_, __, response) => {
    asked.push('other');
    response.end('<title>Elsewhere</title>');
  }, '127.0.0.9');
  await other.start();
  server = new LoopbackServer((request, _, response) => {
    asked.push(request.url ?? '');
    if (request.url === '/') response.writeHead(302, { location: '/login.html' }).end();
    else if (request.url === '/login.html') {
      response
        .writeHead(200, { server: 'boiler/7' })
        .end(`<title>Boiler &amp; pump\u202e</title>${'x'.repeat(200_000)}`);
    }
  });
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await other.stop();
});

function look(url: string) {
  const { port, hostname, protocol } = new URL(url);
  const packets: number[] = [];
  const seen = lookAtWeb({
    address: hostname,
    port: Number(port),
    scheme: protocol === 'https:' ? 'https' : 'http',
    signal: new AbortController().signal,
    onConnect: async (to) => {
      packets.push(to);
    },
    onRequest: () => packets.push(0),
  });
  return seen.then((web) => ({ web, packets }));
}

describe('a look at a web server', () => {
  it('reads the title and what it calls itself, follows it on its own address, and counts each connection', async () => {
    asked.length = 0;
    const port = Number(new URL(server.url).port);
    const { web, packets } = await look(server.url);
    expect(web).toMatchObject({
      status: 200,
      server: 'boiler/7',
      title: 'Boiler & pump',
      certificate_subject: null,
    });
    expect(web?.url).toBe(`${server.url}/login.html`);
    expect(asked).toEqual(['/', '/login.html']);
    expect(packets).toEqual([port, 0, port, 0]);
  });

  it('does not follow it to another host', async () => {
    const away = new LoopbackServer((_, __, response) => {
      response.writeHead(301, { location: other.url, server: 'gate' }).end();
    });
    await away.start();
    asked.length = 0;
    const { web } = await look(away.url);
    await away.stop();
    expect(web).toMatchObject({ status: 301, server: 'gate' });
    expect(asked).toEqual([]);
  });

  it('reads the certificate, whoever signed it, and the page behind it', async () => {
    const authority = await TestAuthority.create('boiler.test', '127.0.0.1');
    const front = new TlsFront(authority.server, () => Number(new URL(server.url).port));
    await front.start();
    const { web } = await look(`https://127.0.0.1:${front.port}`);
    await front.stop();
    await authority.dispose();
    expect(web).toMatchObject({
      title: 'Boiler & pump',
      certificate_subject: expect.stringContaining('DNS:boiler.test'),
    });
    expect(web?.certificate_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(web?.certificate_not_after ?? '')).toBeGreaterThan(Date.now());
  });

  it('is nothing where nobody answers', async () => {
    const gone = new LoopbackServer(() => undefined);
    await gone.start();
    const { url } = gone;
    await gone.stop();
    expect((await look(url)).web).toBeUndefined();
  });
});

describe('the title of a page', () => {
  it.each([
    ['<TITLE lang="en">\n  A  B </TITLE>', 'A B'],
    ['<title>&#72;&#x69; &bogus; &lt;b&gt;</title>', 'Hi &bogus; <b>'],
    ['<title></title>', undefined],
    ['no page', undefined],
    ['<title>&#99999999;&#0;x</title>', '&#99999999;x'],
  ])('of %j is %j', (html, title) => {
    expect(pageTitle(html)).toBe(title);
  });
});
