import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRawServer, type Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { OutboundGuard } from '@stratora/runtime';
import { TestAuthority } from '@stratora/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { SharedServices } from '../../shared-services.ts';
import { malformedAnswer, notHttp } from '../../target-words.ts';
import { createGuard } from '../engine-names.ts';
import { InputHarness } from '../input-harness.test-support.ts';
import { createOldTlsServer } from '../old-tls-server.test-support.ts';
import { plugin } from './http-response-input.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that sends these octets, whatever it is asked. */
function sending(answer: string): Promise<string> {
  return listen(
    createRawServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer, 'latin1'));
    }),
  );
}

function serving(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  return listen(createServer(handle));
}

async function check(url: string, options: Record<string, boolean | string> = {}, guard?: OutboundGuard) {
  const services = new SharedServices();
  services.get('checks.guard', () => guard ?? createGuard({ allow: ['127.0.0.0/8', '::1/128'] }));
  const harness = new InputHarness(plugin, { urls: [url], ...options }, { services });
  const lines = await harness.gather();
  return { line: lines.join('\n'), status: harness.status };
}

const REST = 'content-length: 2\r\nconnection: close\r\n';
const large = (count: number): string =>
  Array.from({ length: count }, (_, index) => `x-h${index}: ${'a'.repeat(1000)}\r\n`).join('');

describe('an answer that browsers show', () => {
  test.each([
    ['20 kB of headers', `HTTP/1.1 200 OK\r\n${large(20)}${REST}\r\nok`],
    ['250 kB of headers', `HTTP/1.1 200 OK\r\n${large(250)}${REST}\r\nok`],
    ['a control character', `HTTP/1.1 200 OK\r\nx-odd: a\u0001b\r\n${REST}\r\nok`],
    ['a letter of Latin-1', `HTTP/1.1 200 OK\r\nx-odd: caf\u00e9\r\n${REST}\r\nok`],
    ['a space before the colon', `HTTP/1.1 200 OK\r\nx-odd : a\r\n${REST}\r\nok`],
    ['a line that is no header', `HTTP/1.1 200 OK\r\nnothing\r\n${REST}\r\nok`],
    ['bare line feeds', `HTTP/1.1 200 OK\n${REST.replaceAll('\r', '')}\nok`],
    [
      'two lengths',
      `HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
    ],
    ['no reason', `HTTP/1.1 200\r\n${REST}\r\nok`],
    ['HTTP/1.0 without a length', 'HTTP/1.0 200 OK\r\n\r\nok'],
    ['more than its length', `HTTP/1.1 200 OK\r\n${REST}\r\nok and more`],
    ['lower case', `http/1.1 200 ok\r\n${REST}\r\nok`],
    ['two spaces', `HTTP/1.1  200  OK\r\n${REST}\r\nok`],
    ['a line of HTTP/2', `HTTP/2 200\r\n${REST}\r\nok`],
    ['a bare carriage return', `HTTP/1.1 200 OK\r\nx-a: a\rb: c\r\n${REST}\r\nok`],
    ['its length twice', `HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n${REST}\r\nok`],
    ['a length with a sign', 'HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\nok'],
    ['a length beyond all bounds', `HTTP/1.1 200 OK\r\ncontent-length: ${'9'.repeat(23)}\r\n\r\nok`],
    ['chunks with bare line feeds', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\nok\n0\n\n'],
    ['an early hint', `HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\nHTTP/1.1 200 OK\r\n${REST}\r\nok`],
  ])('is a success: %s', async (_, answer) => {
    const { line, status } = await check(await sending(answer));
    expect(line).toContain('content_length=2i,result_type="success",result_code=0i');
    expect(status?.status).toBe('ok');
  });

  test('is one without a body, whatever follows', async () => {
    const answer = 'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\nconnection: close\r\n\r\nhello';
    const { line, status } = await check(await sending(answer));
    expect(line).toContain('http_response_code=204i');
    expect(line).toContain('result_type="success"');
    expect(status?.status).toBe('ok');
  });

  test('is one behind a redirect that wants its cookie back', async () => {
    const base = await serving((request, response) => {
      const { cookie = '' } = request.headers;
      if (cookie.includes('seen=1')) response.end(cookie);
      else response.writeHead(302, { location: '/', 'set-cookie': ['seen=1; Path=/', 'b=2'] }).end();
    });
    const { line } = await check(base, { follow_redirects: true, response_body_field: 'text' });
    expect(line).toContain('status_code=200');
    expect(line).toContain('text="seen=1; b=2"');
  });

  test('is one behind as many redirects as browsers follow', async () => {
    const base = await serving((request, response) => {
      const left = Number((request.url ?? '/').slice(1));
      if (left === 0) response.end('ok');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect((await check(`${base}/20`, { follow_redirects: true })).line).toContain('status_code=200');
    const endless = await check(`${base}/21`, { follow_redirects: true });
    expect(endless.line).toContain('result=connection_failed');
  });

  test('is one behind a redirect in UTF-8, or with a login', async () => {
    const base = await serving((request, response) => {
      const { url = '', headers } = request;
      if (url === '/') {
        response.writeHead(302, { location: Buffer.from('/caf\u00e9').toString('latin1') }).end();
      } else if (url === '/caf%C3%A9') {
        response.writeHead(302, { location: `http://u:p%40@${headers.host}/in` }).end();
      } else response.end(`${url} ${headers.authorization}`);
    });
    const { line } = await check(base, { follow_redirects: true, response_body_field: 'text' });
    expect(line).toContain(`text="/in Basic ${Buffer.from('u:p@').toString('base64')}"`);
  });

  test('is one of a server without secure renegotiation', async () => {
    const authority = await TestAuthority.create('127.0.0.1');
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, authority.ca]);
    try {
      const answer = `HTTP/1.1 200 OK\r\n${REST}\r\nok`;
      const base = await listen(createOldTlsServer({ ...authority.server, answer }));
      const { line, status } = await check(base.replace('http:', 'https:'), { response_body_field: 'text' });
      expect(status).toEqual({ status: 'ok', message: '' });
      expect(line).toContain('status_code=200');
      expect(line).toContain('text="ok"');
    } finally {
      setDefaultCACertificates(before);
      await authority.dispose();
    }
  });

  test('is one of a name whose first address refuses', async () => {
    const base = await serving((_, response) => response.end('ok'));
    const guard = createGuard();
    guard.resolve = () => Promise.resolve(['::1', '127.0.0.1']);
    const { line } = await check(base.replace('127.0.0.1', 'dual.test'), {}, guard);
    expect(line).toContain('result=success');
  });
});

describe('an answer that nobody can read', () => {
  test.each([
    ['two lengths', `HTTP/1.1 200 OK\r\ncontent-length: 2, 5\r\n\r\nok`, malformedAnswer()],
    ['a length below nothing', `HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\nok`, malformedAnswer()],
    ['no code', `HTTP/1.1 OK\r\n\r\nok`, malformedAnswer()],
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n', notHttp()],
    ['no line', 'hello', notHttp()],
  ])('is said to be such: %s', async (_, answer, message) => {
    expect((await check(await sending(answer))).status).toMatchObject({ message });
  });
});
