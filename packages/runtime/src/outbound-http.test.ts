import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundError } from './outbound-error.ts';
import { createHttpClient, type HttpClient } from './outbound-http.ts';

const open: { server: Server; client: HttpClient }[] = [];

async function serve(
  listener: RequestListener,
  options: { maxResponseBytes?: number; cutsAnswers?: boolean; timeoutMs?: number } = {},
) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = createHttpClient({
    baseUrl: `http://127.0.0.1:${port}/base`,
    timeoutMs: 10_000,
    ...options,
  });
  open.push({ server, client });
  return { client, port };
}

afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    client.close();
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }
});

async function reasonOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'answered',
    (error: OutboundError) => error.reason,
  );
}

describe('createHttpClient', () => {
  it('sends the body and gives the answer, below the prefix of the base', async () => {
    const { client } = await serve((request, response) => {
      request.on('data', (chunk: Buffer) =>
        response.end(JSON.stringify({ url: request.url, got: chunk.toString() })),
      );
    });
    const answer = await client.request({ method: 'POST', path: '/x?y=1', body: 'hello' });
    expect(answer.json()).toEqual({ url: '/base/x?y=1', got: 'hello' });
  });

  it('takes a switch of protocols that nobody asked for as an answer without a body', async () => {
    const { client } = await serve((request) => {
      request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: other\r\n\r\n');
    });
    const told: number[] = [];
    const call = { method: 'GET', path: '/', onHeaders: (status: number) => told.push(status) } as const;
    const answer = await client.request(call);
    expect({ status: answer.status, text: answer.text(), told }).toEqual({
      status: 101,
      text: '',
      told: [101],
    });
  });

  it('never follows a redirect', async () => {
    const { client } = await serve((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    expect((await client.request({ method: 'GET', path: '/' })).status).toBe(302);
  });

  it('gives up on silence, also in the middle of a body', async () => {
    const { client } = await serve(
      (request, response) => {
        if (request.url === '/base/half') response.writeHead(200).write('half');
      },
      { timeoutMs: 500 },
    );
    expect(await reasonOf(client.request({ method: 'GET', path: '/none' }))).toBe('timeout');
    expect(await reasonOf(client.request({ method: 'GET', path: '/half' }))).toBe('timeout');
  });

  it('bounds the answer', async () => {
    const { client } = await serve((_, response) => void response.end('x'.repeat(2000)), {
      maxResponseBytes: 1000,
    });
    expect(await reasonOf(client.request({ method: 'GET', path: '/' }))).toBe('too_large');
  });

  it('takes the beginning of a larger answer where that is wanted', async () => {
    const { client } = await serve((_, response) => response.end('x'.repeat(5000)), {
      maxResponseBytes: 1000,
      cutsAnswers: true,
    });
    expect((await client.request({ method: 'GET', path: '/' })).text()).toBe('x'.repeat(1000));
  });

  it('names why there was no answer', async () => {
    const { client, port } = await serve((request) => void request.socket.destroy());
    expect(await reasonOf(client.request({ method: 'GET', path: '/' }))).toBe('reset');
    const nobody = createHttpClient({ baseUrl: 'http://127.0.0.1:1', timeoutMs: 10_000 });
    expect(await reasonOf(nobody.request({ method: 'GET', path: '/' }))).toBe('refused');
    const plain = createHttpClient({ baseUrl: `https://127.0.0.1:${port}`, timeoutMs: 10_000 });
    expect(await reasonOf(plain.request({ method: 'GET', path: '/' }))).toBe('tls');
    plain.close();
    nobody.close();
  });
});

it.runIf(process.platform === 'linux')(
  'a peer that does not even accept a connection is given up after its own, shorter time',
  async () => {
    // Stopped, with its queue full: Linux drops what else wants to connect, as a dead line does.
    const script =
      "require('node:net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},function(){console.log(this.address().port)})";
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const sockets: Socket[] = [];
    try {
      const [printed] = (await once(child.stdout, 'data')) as [Buffer];
      const port = Number(printed.toString());
      child.kill('SIGSTOP');
      for (let at = 0; at < 4; at += 1) sockets.push(connect(port, '127.0.0.1').on('error', () => {}));
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
      const client = createHttpClient({
        baseUrl: `http://127.0.0.1:${port}`,
        timeoutMs: 20_000,
        connectTimeoutMs: 300,
      });
      const startedAt = Date.now();
      await expect(client.request({ method: 'GET', path: '/' })).rejects.toMatchObject({ reason: 'timeout' });
      expect(Date.now() - startedAt).toBeLessThan(8000);
      client.close();
    } finally {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGKILL');
    }
  },
);
