import { writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { type CertificateWish, type Issued, issue } from './certificates.ts';
import { STAGE } from './private-host.ts';
import { writeVcenterCertificate } from './simulated-vcenter.ts';
import { answerPage } from './web-pages.ts';

/** Certificates of the TLS servers by port; `chain` is sent after the server's own certificate. */
const TLS_SERVERS: Readonly<
  Record<number, { readonly wish: CertificateWish; readonly chain: 'middle' | 'middle+root' | 'none' }>
> = {
  8443: { wish: { subject: 'CN=web.test' }, chain: 'middle' },
  8444: { wish: { subject: 'CN=old', until: -1 }, chain: 'middle' },
  8446: {
    wish: { subject: 'CN=elsewhere.test', names: [{ type: 'dns', value: 'elsewhere.test' }] },
    chain: 'middle',
  },
  8447: { wish: { subject: 'CN=web.test', algorithm: 'rsa', serial: '00ff' }, chain: 'middle' },
  8448: { wish: { subject: 'CN=web.test', algorithm: 'ed25519' }, chain: 'middle' },
  8449: { wish: { subject: 'CN=web.test' }, chain: 'middle+root' },
  8450: { wish: { subject: 'CN=early', from: 1 }, chain: 'middle' },
  8451: {
    wish: { subject: 'CN=web.test', algorithm: 'P-384', serial: '7fffffffffffffffffffffffffffffffffffff' },
    chain: 'middle',
  },
  8452: { wish: { subject: 'CN=web.test' }, chain: 'none' },
  8455: {
    wish: { subject: 'CN=*.web.test', names: [{ type: 'dns', value: '*.web.test' }] },
    chain: 'middle',
  },
  8456: {
    wish: {
      subject:
        'CN=first, CN=second.test, O=Example\\, Inc, O=Other, OU=Web, OU=Shop, C=DE, ST=Bayern, L=Nürnberg, 2.5.4.5=4711',
      names: [
        { type: 'dns', value: 'web.test' },
        { type: 'dns', value: 'a,b.test' },
        { type: 'email', value: 'ops@web.test' },
        { type: 'ip', value: '192.0.2.1' },
        { type: 'ip', value: '2001:db8:0:0:0:0:0:1' },
        { type: 'url', value: 'https://web.test/x' },
      ],
    },
    chain: 'middle',
  },
  8457: { wish: { subject: 'CN=web.test', names: [] }, chain: 'middle' },
};

/** Starts the web, TLS and mail servers of the stage; returns a function that stops them. */
export async function startWebServers(folder: string): Promise<() => void> {
  const root = await issue({ subject: 'CN=Stage root, O=Stage', isAuthority: true, serial: '01', names: [] });
  const middle = await issue({
    subject: 'CN=Stage middle, 2.5.4.5=42',
    isAuthority: true,
    issuer: root,
    serial: '02',
    names: [],
  });
  const stranger = await issue({ subject: 'CN=self', serial: '03' });
  const pss = await issue({ subject: 'CN=pss', algorithm: 'rsa-pss', serial: '04' });
  writeFileSync(join(folder, 'roots.pem'), root.pem);

  const servers: Server[] = [];
  const listen = async (server: Server, port: number, host: string = STAGE.web): Promise<void> => {
    server.on('error', () => {});
    // Clients hang up in the middle of whatever they are told.
    for (const event of ['connection', 'secureConnection'])
      server.on(event, (socket: Socket) => socket.on('error', () => {}));
    servers.push(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  };
  await listen(createHttpServer(answerPage), 8080);
  await listen(createHttpServer(answerPage), 8080, STAGE.web6);
  await listen(createHttpServer(answerPage), 8080, '127.0.0.1');
  for (const [port, { wish, chain }] of Object.entries(TLS_SERVERS)) {
    const leaf = await issue({ issuer: middle, ...wish });
    const sent = chain === 'none' ? [leaf] : [leaf, middle, ...(chain === 'middle+root' ? [root] : [])];
    await listen(createHttpsServer(tlsOptions(leaf, sent), answerPage), Number(port));
  }
  await listen(createHttpsServer(tlsOptions(stranger, [stranger]), answerPage), 8445);
  await listen(createTlsServer(tlsOptions(pss, [pss])), 8458);
  await listen(
    createTcpServer((socket) => socket.end('hello there, no TLS here\n')),
    8453,
  );
  await listen(
    createTcpServer(() => {}),
    8454,
  );
  writeVcenterCertificate(folder, await issue({ subject: 'CN=vcenter', issuer: middle }), [middle]);
  const strict = await issue({ subject: 'CN=strict', issuer: middle });
  const wantsCertificate = { ...tlsOptions(strict, [strict, middle]), requestCert: true };
  await listen(createTlsServer({ ...wantsCertificate, maxVersion: 'TLSv1.2' }), 8460, '127.0.0.1');
  await listen(createTcpServer(hangUpOnSecondFlight), 8459);
  const mail = await issue({ subject: 'CN=mail', issuer: middle });
  await listen(
    createTcpServer((socket) => serveMail(socket, mail, [mail, middle])),
    2525,
  );
  return () => {
    for (const server of servers) server.close();
  };
}

function tlsOptions(own: Issued, sent: readonly Issued[]) {
  return { cert: sent.map((one) => one.pem).join('\n'), key: own.keyPem };
}

/** Ends a handshake of TLS 1.2 when the client has answered, as a server does that misses a certificate in it. */
function hangUpOnSecondFlight(socket: Socket): void {
  const inner = connect(8460, '127.0.0.1').on('error', () => {});
  inner.pipe(socket).on('error', () => {});
  socket.once('data', (hello) => {
    inner.write(hello);
    socket.once('data', () => {
      socket.resetAndDestroy();
      inner.destroy();
    });
  });
}

/** Speaks as much of SMTP as STARTTLS needs (RFC 3207). */
function serveMail(socket: Socket, own: Issued, sent: readonly Issued[]): void {
  socket.write('220 mail ESMTP\r\n');
  socket.on('data', function onData(chunk: Buffer) {
    const command = chunk.toString();
    if (/^(EHLO|HELO)/.test(command)) socket.write('250-mail\r\n250 STARTTLS\r\n');
    if (!command.startsWith('STARTTLS')) return;
    socket.off('data', onData);
    socket.write('220 go\r\n');
    new TLSSocket(socket, { isServer: true, ...tlsOptions(own, sent) }).on('error', () => {});
  });
}
