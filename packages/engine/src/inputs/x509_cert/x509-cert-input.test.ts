import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  type AddressInfo,
  connect,
  createServer as createPlainServer,
  type Server,
  type Socket,
} from 'node:net';
import { createServer, getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SharedServices } from '../../shared-services.ts';
import { createGuard } from '../engine-names.ts';
import { faultsOf, InputHarness } from '../input-harness.test-support.ts';
import { createOldTlsServer } from '../old-tls-server.test-support.ts';
import { plugin } from './x509-cert-input.ts';
import { parseSource } from './x509-options.ts';

cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0]);
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

type Keys = Awaited<ReturnType<typeof generateKeys>>;
interface Issued {
  readonly pem: string;
  readonly keyPem: string;
  readonly subject: string;
  readonly keys: Keys;
}

function generateKeys() {
  return webcrypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
}

async function issue(
  subject: string,
  more: { issuer?: Issued; ca?: boolean; days?: number } = {},
): Promise<Issued> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: '0a1b2c',
    subject,
    issuer: more.issuer?.subject ?? subject,
    notBefore: new Date(Date.now() - 10 * DAY_MS),
    notAfter: new Date(Date.now() + (more.days ?? 30) * DAY_MS),
    signingAlgorithm: ECDSA,
    publicKey: keys.publicKey as never,
    signingKey: (more.issuer?.keys ?? keys).privateKey as never,
    extensions: [
      new BasicConstraintsExtension(more.ca === true, undefined, true),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'web.test' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    pem: certificate.toString('pem'),
    keyPem: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    subject,
    keys,
  };
}

describe('certificates of local servers', () => {
  const servers: Server[] = [];
  const before = getCACertificates('default');
  let root: Issued;
  let middle: Issued;

  beforeAll(async () => {
    root = await issue('CN=Test root, O=Root Org', { ca: true });
    middle = await issue('CN=Test middle', { ca: true, issuer: root });
    setDefaultCACertificates([...before, root.pem]);
  });
  afterAll(() => {
    setDefaultCACertificates(before);
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(server: Server): Promise<number> {
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  function serve(leaf: Issued, ...chain: Issued[]): Promise<number> {
    const cert = [leaf, ...chain].map((one) => one.pem).join('\n');
    const server = createServer({ cert, key: leaf.keyPem });
    server.on('tlsClientError', () => {});
    return listen(server);
  }

  async function look(options: Record<string, string | string[] | boolean>) {
    const services = new SharedServices();
    services.get('checks.guard', () => createGuard({ allow: ['127.0.0.0/8', '::1/128'] }));
    const harness = new InputHarness(plugin, options, { services });
    const lines = await harness.gather();
    return { lines, status: harness.status };
  }

  test('a trusted chain is valid, the leaf and the intermediate told apart', async () => {
    const leaf = await issue('CN=web.test, O=Example\\, Inc, OU=Web, C=DE, ST=Bayern, L=Nürnberg', {
      issuer: middle,
    });
    const port = await serve(leaf, middle);
    const { lines, status } = await look({ sources: [`https://127.0.0.1:${port}`] });
    expect(status).toEqual({ status: 'ok', message: '' });
    expect(lines).toHaveLength(2);
    const shown = lines.find((line) => line.includes('type=leaf')) ?? '';
    expect(shown.split(/(?<!\\) /)[0]).toBe(
      String.raw`x509_cert,common_name=web.test,country=DE,issuer_common_name=Test\ middle,locality=Nürnberg,ocsp_stapled=no,organization=Example\,\ Inc,organizational_unit=Web,province=Bayern,public_key_algorithm=ECDSA,san=web.test\,127.0.0.1,serial_number=a1b2c,signature_algorithm=ECDSA-SHA256,source=https://127.0.0.1:${port},type=leaf,verification=valid`,
    );
    expect(shown).toMatch(
      / age=86\d{4}i,expiry=259\d{4}i,startdate=\d+i,enddate=\d+i,public_key_length=256i,verification_code=0i$/,
    );
    expect(lines.find((line) => line.includes('common_name=Test\\ middle,issuer'))).toMatch(
      /type=intermediate,verification=valid /,
    );
  });

  test('an expired one, another name and a stranger are invalid, each with its reason', async () => {
    const expired = await serve(await issue('CN=old', { issuer: middle, days: -1 }), middle);
    const old = await look({ sources: [`tcp://127.0.0.1:${expired}`] });
    const leaf = old.lines.find((line) => line.includes('common_name=old')) ?? '';
    expect(leaf).toMatch(
      /type=leaf,verification=invalid .*expiry=-86\d{3}i.*verification_code=1i,verification_error="[^"]*expired"/,
    );
    expect(old.lines.find((line) => line.includes('common_name=Test\\ middle,issuer'))).toMatch(
      /type=leaf,verification=valid /,
    );

    const named = await serve(await issue('CN=web.test', { issuer: middle }), middle);
    const other = await look({
      sources: [`tcp://127.0.0.1:${named}`],
      server_name: 'shop.test',
      exclude_root_certs: true,
    });
    expect(other.lines).toHaveLength(1);
    expect(other.lines[0]).toMatch(/verification=invalid .*verification_error=".*shop\.test/);
    const right = await look({
      sources: [`tcp://127.0.0.1:${named}`],
      server_name: 'web.test',
      pad_serial_with_zeroes: true,
    });
    expect(right.lines.join()).toContain('verification=valid');
    expect(right.lines.join()).toContain(`serial_number=${'a1b2c'.padStart(16, '0')}`);

    const alone = await serve(await issue('CN=self'));
    const self = await look({ sources: [`https://127.0.0.1:${alone}`] });
    expect(self.lines).toHaveLength(1);
    expect(self.lines[0]).toContain('type=root,verification=invalid ');
    expect(self.status?.status).toBe('ok');
  });

  test('a mail server is asked for TLS first', async () => {
    const leaf = await issue('CN=mail', { issuer: middle });
    const talk = (socket: Socket): void => {
      const said: string[] = [];
      socket.write('220 mail ESMTP\r\n');
      socket.on('error', () => {});
      socket.on('data', function hear(chunk: Buffer) {
        said.push(chunk.toString());
        if (chunk.toString().startsWith('EHLO')) socket.write('250-mail\r\n250 STARTTLS\r\n');
        if (chunk.toString() !== 'STARTTLS\r\n') return;
        socket.off('data', hear);
        socket.write('220 go\r\n');
        const secure = new TLSSocket(socket, {
          isServer: true,
          cert: `${leaf.pem}\n${middle.pem}`,
          key: leaf.keyPem,
        });
        secure.on('error', () => {});
      });
    };
    const port = await listen(createPlainServer(talk));
    const { lines } = await look({ sources: [`smtp://127.0.0.1:${port}`] });
    expect(lines.find((line) => line.includes('type=leaf'))).toContain('common_name=mail,');
  });

  test.each([['TLSv1.2'], ['TLSv1.3']] as const)(
    'a server that hangs up on whoever has no certificate has shown its own before: %s',
    async (version) => {
      const leaf = await issue('CN=mutual', { issuer: middle, days: 7 });
      const cert = `${leaf.pem}\n${middle.pem}`;
      const behind = createServer({
        cert,
        key: leaf.keyPem,
        requestCert: true,
        minVersion: version,
        maxVersion: version,
      });
      behind.on('tlsClientError', () => {});
      const target = await listen(behind);
      // Ends the connection on the client's second flight, as a server does that misses a certificate in it.
      const port = await listen(
        createPlainServer((socket) => {
          const inner = connect(target, '127.0.0.1');
          inner.pipe(socket).on('error', () => {});
          inner.on('error', () => {});
          socket.once('data', (hello) => {
            inner.write(hello);
            socket.once('data', () => {
              socket.resetAndDestroy();
              inner.destroy();
            });
          });
        }),
      );
      for (const [serverName, verification] of [
        ['web.test', 'valid'],
        ['other.test', 'invalid'],
      ] as const) {
        const { lines, status } = await look({
          sources: [`https://127.0.0.1:${port}`],
          server_name: serverName,
        });
        expect(status).toEqual({ status: 'ok', message: '' });
        expect(lines).toHaveLength(2);
        const shown = lines.find((line) => line.includes('common_name=mutual,')) ?? '';
        expect(shown).toContain(`verification=${verification} `);
        expect(shown).toMatch(/,expiry=60\d{4}i,/);
      }
    },
  );

  test('a server without secure renegotiation is dated', async () => {
    const leaf = await issue('CN=old box', { issuer: root, days: 7 });
    const port = await listen(createOldTlsServer({ cert: leaf.pem, key: leaf.keyPem, answer: '' }));
    const { lines, status } = await look({ sources: [`https://127.0.0.1:${port}`] });
    expect(status).toEqual({ status: 'ok', message: '' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('common_name=old\\ box,');
    expect(lines[0]).toMatch(/verification=valid .*,expiry=60\d{4}i,/);
  });

  test('a server without TLS, a silent one and a closed port are told apart and give no line', async () => {
    const plain = await listen(createPlainServer((socket) => socket.end('hello there, no TLS here\n')));
    const open = new Set<Socket>();
    const silent = await listen(createPlainServer((socket) => open.add(socket)));
    const bad = await look({ sources: [`tcp://127.0.0.1:${plain}`] });
    expect(bad).toMatchObject({ lines: [], status: { status: 'bad_answer' } });
    const quiet = await look({ sources: [`tcp://127.0.0.1:${silent}`], timeout: '300ms' });
    expect(quiet).toEqual({ lines: [], status: { status: 'timeout', message: 'No answer within 0.3 s.' } });
    for (const socket of open) socket.destroy();
    const closed = await look({ sources: ['tcp://127.0.0.1:1'] });
    expect(closed).toMatchObject({ lines: [], status: { status: 'refused' } });
  });

  test('this machine itself is no target unless a test says so', async () => {
    const harness = new InputHarness(plugin, { sources: ['tcp://127.0.0.1:1'] });
    expect(await harness.gather()).toEqual([]);
    expect(harness.status?.message).toContain('loopback');
  });
});

describe('options', () => {
  test('an https source has its port in the tag, as Telegraf writes it', () => {
    expect(parseSource('https://example.org/')).toMatchObject({
      label: 'https://example.org:443/',
      port: 443,
    });
    expect(parseSource('tcp6://[2001:db8::1]:993')).toMatchObject({
      host: '2001:db8::1',
      family: 6,
      port: 993,
    });
  });

  test.each([
    ['/etc/ssl/key.pem', 'files are not read'],
    ['file:///etc/ssl/key.pem', 'files are not read'],
    ['jks://store', 'not a kind of source'],
    ['udp://a:1', 'DTLS'],
    ['tcp://a', 'needs a port'],
    ['https://-oProxy', 'names neither'],
    ['https://u:p@a', 'must be a URL'],
    ['tcp://a:0', 'port'],
  ])('%s is refused', (source, words) => {
    expect(faultsOf(plugin, { sources: [source] })[0]).toContain(words);
  });

  test('files and proxies are left to Telegraf', () => {
    const options = {
      sources: ['https://a'],
      tls_ca: '/etc/ca.pem',
      use_proxy: true,
      server_name: 'a',
      tls_server_name: 'b',
    };
    expect(faultsOf(plugin, options)).toHaveLength(3);
  });
});
