import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectPlain, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import type { Problem } from '@stratora/contract';
import { ensureCertificates, findNginx, renderNginxConfig, type TlsFiles } from '@stratora/launcher';
import { freeTcpPort, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const nginx = await findNginx(process.env['STRATORA_NGINX_BIN'], process.env['PATH'] ?? '');
/** Bytes of a head that neither door takes. */
const TOO_LARGE = 'a'.repeat(40_000);

interface Answer {
  status: number;
  headers: Map<string, string>;
  problem: Problem;
}

let folder: string;
let certificates: TlsFiles;
let backend: TestBackend;
const ports = { builtin: 0, nginx: 0, alone: 0 };
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stratora-doors-'));
  certificates = await ensureCertificates(folder, { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] });
  // Workers of nginx are nobody, where its master is root.
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'index.html'), '<title>the page</title>');
  ports.builtin = await freeTcpPort();
  const { certificateFile: certFile, keyFile } = certificates;
  const tls = { certFile, keyFile, host: '127.0.0.1', port: ports.builtin };
  backend = await startBackend({ config: { tls, webDir: folder } });
  if (nginx === undefined) return;
  ports.nginx = await startNginx('beside', Number(new URL(backend.url).port));
  ports.alone = await startNginx('alone', await freeTcpPort());
});
afterAll(async () => {
  for (const child of children) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
  await backend?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts nginx as the launcher does, in front of a backend on that port. @returns its own port */
async function startNginx(name: string, backendPort: number): Promise<number> {
  if (nginx === undefined) throw new Error('there is no nginx here');
  const port = await freeTcpPort();
  const file = join(folder, `${name}.conf`);
  const workDir = await mkdtemp(join(folder, 'nginx-'));
  const text = renderNginxConfig({
    host: '127.0.0.1',
    port,
    backendPorts: [backendPort],
    ...certificates,
    webDir: folder,
    workDir,
    proxySecret: 'proxy-secret',
    workers: 1,
    version: nginx.version,
  });
  await writeFile(file, text);
  const child = spawn(nginx.path, ['-e', 'stderr', '-p', workDir, '-c', file], { stdio: 'ignore' });
  children.push(child);
  const isThere = () =>
    send(connectPlain(port, '127.0.0.1'), 'GET / HTTP/1.0\r\n\r\n').then(Boolean, () => false);
  await waitFor(isThere, { everyMs: 20, what: `nginx ${name}` });
  return port;
}

function send(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.on('error', (error) => (chunks.length > 0 ? socket.destroy() : reject(error)));
    socket.write(text);
  });
}

function over(port: number): Socket {
  return connectTls({ port, host: '127.0.0.1', ca: undefined, rejectUnauthorized: false });
}

async function ask(socket: Socket, text: string): Promise<Answer> {
  const raw = await send(socket, text);
  const [head = '', body = ''] = raw.split(/\r\n\r\n(.*)/s);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.split(':', 1)[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]),
  );
  const isChunked = headers.get('transfer-encoding') === 'chunked';
  const json = isChunked ? body.replace(/^[0-9a-f]+\r\n|\r\n[0-9a-f]+\r\n/g, '') : body;
  return { status: Number(first.split(' ')[1]), headers, problem: JSON.parse(json) as Problem };
}

const HOST = 'Host: localhost\r\nConnection: close\r\n';
/** What a request is, its text, and the status and code of the answer of both doors, or of nginx and the built-in one. */
const FAULTS: readonly [string, string, [number, string], [number, string]?][] = [
  ['is no HTTP', 'what is this\r\n\r\n', [400, 'bad_request']],
  ['has no host', 'GET /api/v1/health HTTP/1.1\r\nConnection: close\r\n\r\n', [400, 'bad_request']],
  ['is of an unknown version', `GET /api/v1/health HTTP/7.1\r\n${HOST}\r\n`, [400, 'bad_request']],
  [
    'has two lengths',
    `POST /api/v1/sites HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`,
    [400, 'bad_request'],
  ],
  [
    'is coded in an unknown way',
    `POST /api/v1/sites HTTP/1.1\r\n${HOST}Transfer-Encoding: zip\r\n\r\n`,
    [400, 'bad_request'],
  ],
  [
    'has too large a head',
    `GET /api/v1/health HTTP/1.1\r\n${HOST}X-A: ${TOO_LARGE}\r\n\r\n`,
    [431, 'head_too_large'],
  ],
  [
    'has too long an address',
    `GET /api/v1/health?${TOO_LARGE} HTTP/1.1\r\n${HOST}\r\n`,
    [414, 'uri_too_long'],
    [431, 'head_too_large'],
  ],
  [
    'has too large a body',
    `POST /api/v1/auth/login HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nContent-Length: 3000000\r\n\r\n{`,
    [413, 'body_too_large'],
  ],
  ['wants a file that is not there', `GET /assets/none.js HTTP/1.1\r\n${HOST}\r\n`, [404, 'not_found']],
  ['wants what is for this host alone', `GET /metrics HTTP/1.1\r\n${HOST}\r\n`, [404, 'not_found']],
  [
    'uses a method that nothing takes',
    `POST /index.html HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`,
    [405, 'method_not_allowed'],
    [404, 'not_found'],
  ],
];

function expectProblem({ headers, problem, ...answer }: Answer, [status, code]: [number, string]): void {
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
  expect(problem).toEqual({
    type: `urn:stratora:error:${code}`,
    title: expect.stringMatching(/^[A-Z]/) as string,
    status,
    detail: expect.stringMatching(/\.$/) as string,
    code,
  });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{32,36}$/);
}

describe('what the built-in proxy answers by itself', () => {
  it.each(FAULTS)('is a problem document where a request %s', async (_, text, both, own) => {
    expectProblem(await ask(over(ports.builtin), text), own ?? both);
  });

  it('is a problem document where a request comes in the clear', async () => {
    const text = `POST /api/v1/sites HTTP/1.1\r\n${HOST}\r\n`;
    expectProblem(await ask(connectPlain(ports.builtin, '127.0.0.1'), text), [400, 'bad_request']);
  });

  it('is no refusal where a caller expects what nobody knows', async () => {
    const text = `GET /api/v1/auth/me HTTP/1.1\r\n${HOST}Expect: the unexpected\r\n\r\n`;
    expectProblem(await ask(over(ports.builtin), text), [401, 'not_authenticated']);
  });
});

describe.runIf(nginx)('what nginx answers by itself', () => {
  it.each(FAULTS)('is a problem document where a request %s', async (_, text, answer) => {
    expectProblem(await ask(over(ports.nginx), text), answer);
  });

  it('is a problem document where a request comes in the clear', async () => {
    const text = `POST /api/v1/sites HTTP/1.1\r\n${HOST}\r\n`;
    expectProblem(await ask(connectPlain(ports.nginx, '127.0.0.1'), text), [400, 'bad_request']);
  });

  it('names the methods where one is not taken', async () => {
    const text = `POST /index.html HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`;
    expect((await ask(over(ports.nginx), text)).headers.get('allow')).toBe('GET, HEAD');
  });

  it('is a problem document while the backend is away, and says when to come back', async () => {
    const answer = await ask(over(ports.alone), `GET /api/v1/health HTTP/1.1\r\n${HOST}\r\n`);
    expectProblem(answer, [503, 'overloaded']);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('is given to nobody who asks for it by its own address', async () => {
    const answer = await ask(over(ports.nginx), `GET /.answers/500 HTTP/1.1\r\n${HOST}\r\n`);
    expectProblem(answer, [404, 'not_found']);
  });
});
