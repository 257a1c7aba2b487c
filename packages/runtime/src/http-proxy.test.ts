import { describe, expect, it } from 'vitest';
import { readHttpProxy, readNoProxy } from './http-proxy.ts';

describe('NO_PROXY', () => {
  it.each([
    ['', 'server.example', 443, false],
    ['*', 'server.example', 443, true],
    ['server.example', 'server.example', 443, true],
    ['server.example', 'SERVER.Example.', 443, true],
    ['server.example', 'a.server.example', 443, true],
    ['server.example', 'notserver.example', 443, false],
    ['.example', 'server.example', 443, true],
    ['.example', 'example', 443, false],
    ['*.example', 'server.example', 443, true],
    ['other, server.example', 'server.example', 443, true],
    ['other server.example', 'server.example', 443, true],
    ['server.example:8443', 'server.example', 8443, true],
    ['server.example:8443', 'server.example', 443, false],
    ['10.0.0.0/8', '10.200.3.4', 443, true],
    ['10.0.0.0/8', '11.0.0.1', 443, false],
    ['10.0.0.0/8:8443', '10.0.0.1', 8443, true],
    ['10.0.0.0/8:8443', '10.0.0.1', 443, false],
    ['192.0.2.7', '192.0.2.7', 443, true],
    ['192.0.2.7', '192.0.2.70', 443, false],
    ['2.7', '192.0.2.7', 443, false],
    ['.2.7', '192.0.2.7', 443, false],
    ['2001:db8::/32', '2001:db8:1::9', 443, true],
    ['2001:db8::/32', '2001:db9::9', 443, false],
    ['[2001:db8::1]:8443', '2001:db8:0::1', 8443, true],
    ['[2001:db8::1]:8443', '2001:db8::1', 443, false],
    ['10.0.0.0/99', '10.0.0.1', 443, false],
    ['10.0.0.0/8', 'ten.example', 443, false],
  ])('%j lets %s:%i go directly: %s', (rules, host, port, expected) => {
    expect(readNoProxy(rules)(host, port)).toBe(expected);
  });
});

describe('HTTPS_PROXY', () => {
  it('is not there when it is not set', () => {
    expect(readHttpProxy({})).toBeUndefined();
    expect(readHttpProxy({ HTTPS_PROXY: '' })).toBeUndefined();
  });

  it('has a host, a port and decoded credentials, which its label leaves out', () => {
    const proxy = readHttpProxy({ https_proxy: 'http://us%40er:p%3Ass@proxy.example:3128' });
    expect(proxy).toMatchObject({ host: 'proxy.example', port: 3128, label: 'proxy.example:3128' });
    expect(proxy?.authorization).toBe(`Basic ${Buffer.from('us@er:p:ss').toString('base64')}`);
    expect(readHttpProxy({ HTTPS_PROXY: 'proxy.example:8080' })).toMatchObject({
      host: 'proxy.example',
      port: 8080,
      authorization: undefined,
    });
    expect(readHttpProxy({ HTTPS_PROXY: 'http://[2001:db8::5]' })).toMatchObject({
      host: '2001:db8::5',
      port: 80,
    });
  });

  it.each(['socks5://proxy:1080', 'https://proxy:1', 'http://', 'http://a b'])('%j is refused', (address) => {
    expect(() => readHttpProxy({ HTTPS_PROXY: address })).toThrow('HTTPS_PROXY');
  });

  it('is never asked for this host itself', () => {
    const proxy = readHttpProxy({ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '10.0.0.0/8' });
    for (const host of ['localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]', '10.1.1.1']) {
      expect(proxy?.bypasses(host, 8443)).toBe(true);
    }
    expect(proxy?.bypasses('192.0.2.1', 8443)).toBe(false);
  });
});
