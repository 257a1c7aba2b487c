import { TestAuthority, TlsRecorder } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificatePinError,
  fetchPinnedAuthority,
  fingerprintOf,
  readPin,
} from './pinned-authority.ts';

describe('an authority that is pinned by its hash', () => {
  let authority: TestAuthority;
  let other: TestAuthority;
  let server: TlsRecorder;
  let offered = '';

  beforeAll(async () => {
    authority = await TestAuthority.create('127.0.0.1');
    other = await TestAuthority.create('127.0.0.1');
    server = new TlsRecorder(authority.server, (request, response) => {
      response.writeHead(request.url === '/install/ca.crt' ? 200 : 404).end(offered);
    });
    await server.start();
  });
  afterAll(async () => {
    await server?.stop();
    await authority?.dispose();
    await other?.dispose();
  });

  const fetchIt = (sha256: string, path = '/install/ca.crt') =>
    fetchPinnedAuthority({ baseUrl: server.url, path, sha256, timeoutMs: 10_000 });

  it('is taken when its hash is right, wherever it stands among others', async () => {
    const pin = fingerprintOf(authority.ca);
    offered = authority.ca;
    expect(fingerprintOf(await fetchIt(pin))).toBe(pin);
    offered = `${other.ca}\n${authority.ca}`;
    expect(fingerprintOf(await fetchIt(pin))).toBe(pin);
  });

  it('is refused with both hashes when it is another one, and nothing but the question was sent', async () => {
    offered = other.ca;
    server.requests.length = 0;
    const pin = fingerprintOf(authority.ca);
    const error = (await fetchIt(pin).catch((fault: unknown) => fault)) as CertificatePinError;
    expect(error.message).toContain(pin);
    expect(error.message).toContain(fingerprintOf(other.ca));
    expect(server.requests).toEqual([
      { method: 'GET', url: '/install/ca.crt', headers: expect.any(Object) as object, body: '' },
    ]);
    expect(Object.keys(server.requests[0]?.headers ?? {}).toSorted()).toEqual(['connection', 'host']);
  });

  it('is not what a page or a broken certificate says', async () => {
    const pin = fingerprintOf(authority.ca);
    offered = '<html>log in first</html>';
    await expect(fetchIt(pin)).rejects.toThrow('no certificate');
    offered = authority.ca.replace(/[A-Za-z]{20}/, 'A'.repeat(20));
    await expect(fetchIt(pin)).rejects.toThrow('not the one that was pinned');
    offered = authority.ca;
    await expect(fetchIt(pin, '/elsewhere')).rejects.toThrow('404');
  });

  it('has a hash that people write in several ways', () => {
    const plain = 'ab'.repeat(32);
    expect(readPin(` ${plain.toUpperCase()} `)).toBe(plain);
    expect(readPin(plain.replace(/..(?=.)/g, '$&:'))).toBe(plain);
    for (const text of ['', 'ab', `${plain}0`, plain.replace('a', 'g')]) {
      expect(() => readPin(text)).toThrow('SHA-256');
    }
  });
});
