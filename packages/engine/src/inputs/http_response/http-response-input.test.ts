import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SharedServices } from '../../shared-services.ts';
import { createGuard } from '../engine-names.ts';
import { faultsOf, InputHarness } from '../input-harness.test-support.ts';
import { plugin } from './http-response-input.ts';

const TIME = String.raw`response_time=[\d.]+(e-\d+)?`;

describe('checks of a local server', () => {
  let server: Server;
  let base = '';
  const seen: { url: string; method: string; host: string; authorization: string; body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { url = '', method = '', headers } = request;
        const { host = '', authorization = '' } = headers;
        seen.push({ url, method, host, authorization, body });
        if (url === '/slow') return;
        if (url === '/cut') {
          response.writeHead(200, { 'content-length': '100' });
          response.write('half');
          setTimeout(() => response.destroy(), 50);
        } else if (url === '/loop') response.writeHead(302, { location: '/loop' }).end();
        else if (url === '/moved') response.writeHead(302, { location: '/hello' }).end();
        else if (url === '/away')
          response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
        else if (url === '/missing') response.writeHead(404).end('nothing here');
        else if (url === '/ftp') response.writeHead(302, { location: 'ftp://web.test/' }).end();
        else if (url === '/packed')
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('a'.repeat(500)));
        else if (url === '/big') response.end('x'.repeat(5_000));
        else response.setHeader('x-version', '7').end('service is up\n');
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  async function check(
    options: Record<string, string | number | boolean | string[] | Record<string, string | string[]>>,
  ) {
    const services = new SharedServices();
    services.get('checks.guard', () => createGuard({ allow: ['127.0.0.0/8', '::1/128'] }));
    const harness = new InputHarness(plugin, options, { services });
    const lines = await harness.gather();
    return { line: lines.join('\n'), status: harness.status };
  }

  test('an answer has its code, length and time', async () => {
    const { line, status } = await check({ urls: [`${base}/hello`] });
    expect(line).toMatch(
      new RegExp(
        `^http_response,method=GET,result=success,server=${base}/hello,status_code=200 http_response_code=200i,${TIME},content_length=14i,result_type="success",result_code=0i$`,
      ),
    );
    expect(status).toEqual({ status: 'ok', message: '' });
  });

  test('text and status are matched, and the status has the last word', async () => {
    const options = {
      urls: [`${base}/missing`],
      response_string_match: '(?i)SERVICE',
      response_status_code: 200,
    };
    const { line } = await check(options);
    expect(line).toContain('result=response_status_code_mismatch,');
    expect(line).toContain('status_code=404');
    expect(line).toContain('response_string_match=0i,response_status_code_match=0i');
    expect(line).toContain('result_code=6i');
    const good = await check({ ...options, urls: [`${base}/hello`] });
    expect(good.line).toContain('response_string_match=1i,response_status_code_match=1i');
    const other = await check({ urls: [`${base}/hello`], response_string_match: 'down' });
    expect(other.line).toContain('result_type="response_string_mismatch",result_code=1i');
  });

  test('a pattern that would search for ever is given up', async () => {
    const { line } = await check({ urls: [`${base}/big`], response_string_match: '(x+x+)+y' });
    expect(line).toContain('response_string_match=0i');
  });

  test('method, body, headers, login and header tags are used', async () => {
    const { line } = await check({
      urls: [`${base}/form`],
      method: 'POST',
      body: 'a=1',
      username: 'u',
      password: 'p:ü',
      headers: { Host: 'shop.example.org' },
      http_header_tags: { 'X-Version': 'version', 'X-None': 'none' },
      response_body_field: 'text',
    });
    expect(seen.at(-1)).toMatchObject({ method: 'POST', body: 'a=1', host: 'shop.example.org' });
    expect(seen.at(-1)?.authorization).toBe(`Basic ${Buffer.from('u:p:ü').toString('base64')}`);
    expect(line).toContain(',version=7 ');
    expect(line).toContain('text="service is up"');
  });

  test('redirects are followed only when asked for, never for ever, and never to a forbidden address', async () => {
    expect((await check({ urls: [`${base}/moved`] })).line).toContain('status_code=302');
    expect((await check({ urls: [`${base}/moved`], follow_redirects: true })).line).toContain(
      'status_code=200',
    );
    const loop = await check({ urls: [`${base}/loop`], follow_redirects: true });
    expect(loop.line).toContain('result=connection_failed');
    const away = await check({ urls: [`${base}/away`], follow_redirects: true });
    expect(away.line).toContain('result=connection_failed');
    expect(away.status).toMatchObject({
      status: 'refused',
      message: expect.stringContaining('refused') as string,
    });
  });

  test('a packed body counts and is searched as it reads', async () => {
    const { line } = await check({ urls: [`${base}/packed`], response_string_match: '^a{500}$' });
    expect(line).toContain('content_length=500i,response_string_match=1i,result_type="success"');
    const large = await check({ urls: [`${base}/packed`], response_body_max_size: '400B' });
    expect(large.line).toContain('content_length=401i,result_type="body_read_error"');
  });

  test('half a login is none, and a form is a body', async () => {
    await check({ urls: [`${base}/hello`], username: 'user' });
    expect(seen.at(-1)?.authorization).toBe('');
    await check({
      urls: [`${base}/hello`],
      method: 'POST',
      body_form: { b: ['2'], a: ['1', 'x y'] },
    });
    expect(seen.at(-1)?.body).toBe('a=1&a=x+y&b=2');
  });

  test('a header is a tag by its usual spelling alone, and a redirect off the web is a failure', async () => {
    const named = (name: string) =>
      check({ urls: [`${base}/hello`], http_header_tags: { [name]: 'version' } });
    expect((await named('X-Version')).line).toContain(',version=7 ');
    expect((await named('x-version')).line).not.toContain('version=7');
    const away = await check({ urls: [`${base}/ftp`], follow_redirects: true });
    expect(away.line).toContain('result=connection_failed');
  });

  test('silence, a closed port, an unknown name and half a body are told apart', async () => {
    const silent = await check({ urls: [`${base}/slow`], response_timeout: '1s' });
    expect(silent.line).toBe(
      `http_response,method=GET,result=timeout,server=${base}/slow result_type="timeout",result_code=4i`,
    );
    expect(silent.status).toEqual({ status: 'timeout', message: 'No answer within 1 s.' });
    const closed = await check({ urls: ['http://127.0.0.1:1/'] });
    expect(closed.line).toContain('result_type="connection_failed",result_code=3i');
    const unknown = await check({ urls: ['http://no-such-name.invalid/'] });
    expect(unknown.line).toContain('result_type="dns_error",result_code=5i');
    const cut = await check({ urls: [`${base}/cut`] });
    expect(cut.line).toContain('content_length=4i,result_type="body_read_error",result_code=2i');
    const big = await check({ urls: [`${base}/big`], response_body_max_size: '1KiB' });
    expect(big.line).toContain('result_type="body_read_error"');
    expect(big.line).toContain('status_code=200');
  });

  test('this machine itself is no target unless a test says so', async () => {
    const before = seen.length;
    const harness = new InputHarness(plugin, { urls: [`${base}/hello`] });
    expect((await harness.gather()).join()).toContain('result=connection_failed');
    expect(harness.status?.status).toBe('refused');
    expect(seen).toHaveLength(before);
  });
});

test.each([
  [{ urls: ['file:///etc/passwd'] }, 'urls[0]: must be an http:// or https:// URL'],
  [{ urls: ['http://u:p@example.org'] }, 'urls[0]: holds a login, which would be shown in the open'],
  [
    { urls: ['http://a'], insecure_skip_verify: true },
    'insecure_skip_verify: is not supported: certificates are always verified',
  ],
  [{ urls: ['http://a'], bearer_token: '/etc/shadow' }, 'bearer_token: is left to the Telegraf engine'],
  [{ urls: ['http://a'], method: 'GET / HTTP/1.1\r\nX' }, 'method: must be an HTTP method in capitals'],
  [
    { urls: ['http://a'], headers: { X: 'a\r\nb' } },
    'headers.X: holds a character that a header cannot have',
  ],
  [
    { urls: ['http://a'], response_body_max_size: '1TiB' },
    'response_body_max_size: must be a size of at most 32MiB, such as "1MiB"',
  ],
])('%j is refused', (options, fault) => {
  expect(faultsOf(plugin, options)).toEqual([fault]);
});
